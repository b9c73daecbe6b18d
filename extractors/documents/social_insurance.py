"""单位参保证明 and kin: how many people a company insures and what it paid, told by the insurance office."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from extractors.documents.declare import DATE, MONEY, PARTY, TEXT, Maker, Recognise, document_type
from extractors.documents.parts import Parts
from extractors.documents.staff_list import (
    StaffRow,
    count_of,
    people,
    put_company,
    put_month,
    staff_rows,
)
from extractors.layout.page import Page
from extractors.values.glyphs import squeeze
from extractors.values.money import money_text
from extractors.values.period import parse_period

SOCIAL_INSURANCE = document_type(
    id="social_insurance",
    title="Proof of social insurance",
    title_zh="社会保险参保缴费证明",
    recognise=Recognise(
        titles=re.compile(
            r"(?:社会保险|社保|养老保险).{0,8}(?:参保|缴费|缴纳).{0,8}(?:证明|明细表?|清单|名单|情况表?|凭证|申报表)|单位参保(?:缴费)?证明|参保(?:人员)?(?:证明|名单|花名册)"
        ),
        cues=(
            "参保|缴费人数",
            "缴费基数|险种|养老保险",
            "单位缴费|个人缴费|缴费金额",
            "所属期|缴费月份|缴费年月",
            "社会保障|社保|经办机构",
        ),
        never=re.compile(r"资产负债表|价税合计|对账单|保证合同"),
        essential=("参保人数|险种|缴费基数", "缴费金额|单位缴费|应缴", "单位名称|参保单位"),
        continues=True,
    ),
    vocabulary={
        "company": ("单位名称", "参保单位", "参保单位名称", "缴费单位", "用人单位"),
        "period": ("所属期", "缴费月份", "费款所属期", "缴费年月", "所属月份", "建账年月"),
        "insured": ("参保人数", "缴费人数", "在保人数", "参保缴费人数", "总人数"),
        "paid": ("缴费金额", "缴费总额", "应缴合计", "实缴金额", "缴费合计"),
        "code": ("验证码", "校验码", "验真码", "查询码", "验证编号", "授权码"),
    },
    required=("insured",),
    made_by=Maker.INSTITUTION,
    owner="company",
    system_issued=True,
)
COMPANY = SOCIAL_INSURANCE.field("company", PARTY, label_zh="单位名称")
PERIOD_END = SOCIAL_INSURANCE.field("period_end", DATE, label_zh="所属月份止")
INSURED = SOCIAL_INSURANCE.field("insured", MONEY, label_zh="参保人数")
PAID = SOCIAL_INSURANCE.field("paid", MONEY, label_zh="缴费金额")
CHECK_CODE = SOCIAL_INSURANCE.field("code", TEXT, label_zh="验证码")

_CODE = re.compile(r"[0-9A-Za-z]{8,40}")
_MONTHS = {
    "month": re.compile(r"(?:费款)?所属(?:期|月份?)|缴费(?:月份|年月|期间|所属期)|年月|月份"),
    "insured": re.compile(r"(?:参保|缴费|在保|实际缴费)?人数"),
    "paid": re.compile(r"(?:应缴|实缴|缴费|缴纳)?(?:金额|总额|合计)|单位缴费(?:金额)?"),
    "state": re.compile(r"(?:到账|缴费|缴纳)状态|状态"),
}
_PEOPLE = {
    "name": re.compile(r"(?:参保人|职工|人员)?姓名"),
    "kind": re.compile(r"(?:参保)?险种(?:类型|名称)?"),
    "base": re.compile(r"(?:月)?缴费基数"),
    "paid": re.compile(r"单位缴费(?:金额)?|单位应缴|单位部分|合计"),
    "own": re.compile(r"个人缴费(?:金额)?|个人应缴|个人部分"),
}


@SOCIAL_INSURANCE.reader
def read(pages: Sequence[Page]) -> Parts:
    """Read the company, the month, the number insured, what was paid, and the verification code."""
    parts = Parts()
    months = staff_rows(pages, _MONTHS, lambda roles: {"month", "insured"} <= roles, "insured")
    _put_latest(parts, months)
    for page in pages:
        form = SOCIAL_INSURANCE.form(page)
        put_company(form, parts)
        parts.put(form.field("code", _code))
        if not months:
            put_month(form, parts)
            parts.put(form.field("insured", count_of))
    if "insured" not in parts.fields:
        _put_people(parts, pages)
    return parts


def _code(text: str) -> str | None:
    plain = squeeze(text)
    return plain if _CODE.fullmatch(plain) else None


def _put_latest(parts: Parts, rows: Sequence[StaffRow]) -> None:
    """Keep the latest month of a table of months."""
    dated = [(span[1], row) for row in rows if (span := parse_period(row.text("month")))]
    for end, row in sorted(dated, key=lambda each: each[0], reverse=True)[:1]:
        count, paid = count_of(row.text("insured")), row.amount("paid")
        parts.put(row.field("period_end", "month", end.isoformat()))
        if count is not None:
            parts.put(row.field("insured", "insured", str(count)))
        if paid is not None:
            parts.put(row.field("paid", "paid", money_text(paid)))


def _put_people(parts: Parts, pages: Sequence[Page]) -> None:
    """Keep the number of different people of a list, each of whom has a row for each insurance."""
    rows = staff_rows(pages, _PEOPLE, lambda roles: {"name", "paid"} <= roles, "paid")
    listed = list(people(rows, "name"))
    names = {squeeze(row.text("name")) for row in listed}
    if not names:
        return
    parts.put(listed[-1].field("insured", "name", str(len(names))))
    amounts = [row.amount("paid") for row in listed]
    if all(a is not None for a in amounts):
        total = sum((a for a in amounts if a is not None), Decimal(0))
        parts.put(listed[-1].field("paid", "paid", money_text(total)))
