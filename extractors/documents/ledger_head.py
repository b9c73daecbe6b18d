"""The head of a ledger that accounting software exports: whose books, and for what months."""

from __future__ import annotations

import re

from extractors.documents.form_head import HEAD, read_head
from extractors.documents.parts import Parts
from extractors.layout.labels import Form
from extractors.layout.lines import lines_of
from extractors.model import Field, Provenance, ReadMethod
from extractors.values.glyphs import squeeze

# Kingdee prints 公司名称, Yonyou 单位 or 核算单位, 畅捷通 单位名称 or 账套.
LEDGER_HEAD = {
    "company": (*HEAD["company"], "核算单位", "账套名称", "账套", "公司", "单位"),
    "tax_id": HEAD["tax_id"],
    "period": (
        *HEAD["period"],
        "月份",
        "会计期",
        "查询期间",
        "期间范围",
        "起止期间",
        "起止日期",
        "凭证日期范围",
    ),
    "year": HEAD["year"],
    "unit": ("金额单位", "货币单位", "币别", "币种", "本位币"),
    "other": ("打印日期", "打印时间", "制表人", "制表", "级次", "科目范围", "打印人"),
}
_OWNER = re.compile(
    r"^(.{2,40}?(?:公司|厂|店|中心|合作社|经营部|工作室))(?=.*(?:科目|序时|余额表|明细账))"
)
_HEAD_LINES = 4
_FROM_TITLE = 0.9  # the owner's name is cut out of a title


def read_ledger_head(form: Form, parts: Parts) -> None:
    """Company and period; the company from the title where no label names it."""
    read_head(form, parts, yearly=True)
    company = parts.fields.get("company")
    if company is not None and re.search(r"元$|人民币", company.value):
        del parts.fields["company"]  # 单位：元 names the unit of money
    if "company" in parts.fields:
        return
    for line in lines_of(form.page)[:_HEAD_LINES]:
        owner = _OWNER.match(squeeze(line.text))
        if owner:
            at = Provenance(
                page=form.page.number, box=form.page.box_of(line.words), method=ReadMethod.TEXT
            )
            parts.put(
                Field(name="company", value=owner[1], raw=line.text, confidence=_FROM_TITLE, at=at)
            )
            return
