"""增值税纳税申报表 / 增值税及附加税费申报表."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.documents.declare import DATE, MONEY, TEXT, Parts, Recognise, document_type
from extractors.documents.line_names import vat_name
from extractors.documents.statement_lines import HEAD, read_head, read_lines
from extractors.layout.page import Page
from extractors.model import Field
from extractors.values.money import money_text

VAT_RETURN = document_type(
    id="vat_return",
    title="VAT return",
    title_zh="增值税纳税申报表",
    recognise=Recognise(
        titles=re.compile(r"增值税.{0,12}申报(?:表|情况)|(?i:vatreturn)"),
        cues=(
            "销项税额",
            "进项税额",
            "应纳税额",
            "留抵税额",
            "税款所属",
            "纳税人识别号",
            "一般纳税人|小规模纳税人",
            "计税销售额|不含税销售额",
        ),
        never=re.compile(r"价税合计|对账单|开票日期"),
        essential=("销项税额|应纳税额|进项税额|征收率", "税款所属|纳税人识别号", "申报|税额"),
        ends=re.compile(r"(?:申报表?|表|(?i:return))$"),
        continues=True,
    ),
    vocabulary=HEAD,
    required=("lines",),
)
COMPANY = VAT_RETURN.field("company", TEXT, label_zh="纳税人名称")
TAX_ID = VAT_RETURN.field("tax_id", TEXT, label_zh="纳税人识别号")
PERIOD_START = VAT_RETURN.field("period_start", DATE, label_zh="税款所属期起")
PERIOD_END = VAT_RETURN.field("period_end", DATE, label_zh="税款所属期止")
DECLARED_SALES = VAT_RETURN.field("sales", MONEY, label_zh="销售额（1、5、7、8 栏合计，本年累计）")
_SALES = ("销售额", "按简易办法计税销售额", "免抵退办法出口销售额", "免税销售额")


@VAT_RETURN.reader
def read(pages: Sequence[Page]) -> Parts:
    """Lines with year-to-date and month amounts; `sales` is the sum of lines 1, 5, 7 and 8, year to date."""
    parts = Parts()
    read_head(VAT_RETURN.form(pages[0]), parts, yearly=True)
    read_lines(pages, parts, vat_name, lambda roles: bool({"value", "month"} & roles))
    found = [
        parts.lines[n].columns["value"]
        for n in _SALES
        if n in parts.lines and "value" in parts.lines[n].columns
    ]
    if found:
        total = sum((a.value for a in found[1:]), found[0].value)
        parts.put(
            Field(
                name="sales",
                value=money_text(total),
                raw=found[0].raw,
                confidence=min(a.confidence for a in found),
                at=found[0].at,
            )
        )
    return parts
