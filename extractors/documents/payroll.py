"""工资表 and kin: what a company owes its people for a month, made by the company itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from extractors.documents.declare import DATE, MONEY, PARTY, Maker, Recognise, document_type
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
from extractors.values.money import money_text

PAYROLL = document_type(
    id="payroll",
    title="Payroll",
    title_zh="工资表",
    recognise=Recognise(
        titles=re.compile(
            r"(?:工资|薪酬|薪资).{0,6}(?:表|清单|明细表?|汇总表?|花名册)|代发工资.{0,4}(?:明细表?|清单|表)"
        ),
        cues=(
            "姓名",
            "应发",
            "实发|实付|实领",
            "基本工资|岗位工资|绩效|奖金",
            "代扣|社保|个税|个人所得税",
        ),
        never=re.compile(r"资产负债表|价税合计|对账单|保证合同|开户银行回单"),
        essential=("姓名", "应发", "实发|实付|实领"),
        continues=True,
    ),
    vocabulary={
        "company": ("单位名称", "单位", "公司名称", "编制单位", "发放单位", "企业名称"),
        "period": ("月份", "工资月份", "所属月份", "所属期", "工资所属期", "发放月份"),
        "headcount": ("人数", "发放人数", "总人数", "合计人数", "员工人数"),
    },
    required=("net_total|gross_total", "headcount"),
    made_by=Maker.APPLICANT,
    owner="company",
    bears_own_seal=True,
)
COMPANY = PAYROLL.field("company", PARTY, label_zh="单位名称")
PERIOD_END = PAYROLL.field("period_end", DATE, label_zh="所属月份止")
HEADCOUNT = PAYROLL.field("headcount", MONEY, label_zh="人数")
GROSS_TOTAL = PAYROLL.field("gross_total", MONEY, label_zh="应发合计")
NET_TOTAL = PAYROLL.field("net_total", MONEY, label_zh="实发合计")

_ROLES = {
    "name": re.compile(r"(?:员工|职工)?姓名|员工|收款人"),
    "gross": re.compile(r"应发(?:工资|金额|合计|小计|薪资|薪酬|数)*|税前(?:工资|合计)"),
    "net": re.compile(r"(?:实发|实付|实领|税后)(?:工资|金额|合计|小计|薪资|薪酬|数)*|代发金额"),
    "index": re.compile(r"序号|编号|工号"),
}


def _accept(roles: set[str]) -> bool:
    return bool({"gross", "net"} & roles) and "name" in roles


@PAYROLL.reader
def read(pages: Sequence[Page]) -> Parts:
    """Read the company, the month, the number of people and both totals."""
    parts = Parts()
    for page in pages:
        form = PAYROLL.form(page)
        put_company(form, parts)
        put_month(form, parts)
        parts.put(form.field("headcount", count_of))
    anchor = "gross"
    rows = staff_rows(pages, _ROLES, lambda roles: _accept(roles) and "gross" in roles, anchor)
    if not rows:
        anchor = "net"
        rows = staff_rows(pages, _ROLES, _accept, anchor)
    for role in ("gross", "net"):
        _put_total(parts, rows, role)
    listed = list(people(rows, "name"))
    if listed and "headcount" not in parts.fields:
        parts.put(listed[-1].field("headcount", "name", str(len(listed))))
    return parts


def _put_total(parts: Parts, rows: Sequence[StaffRow], role: str) -> None:
    """Keep the printed total of a column, else the sum of its people where all can be read."""
    printed = [r for r in rows if r.is_total and r.amount(role) is not None]
    if printed:
        last = printed[-1]
        amount = last.amount(role)
        assert amount is not None
        parts.put(last.field(f"{role}_total", role, money_text(amount)))
        return
    amounts = [(r, r.amount(role)) for r in people(rows, "name")]
    known = [(r, a) for r, a in amounts if a is not None]
    if known and len(known) == len(amounts):
        total = sum((a for _, a in known), Decimal(0))
        parts.put(known[-1][0].field(f"{role}_total", role, money_text(total)))
