"""Months that are too much alike, and growth that is a straight line."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import correlation, mean, pstdev

from extractors.documents.bank_statement import BANK_STATEMENT
from extractors.documents.business_licence import BUSINESS_LICENCE
from extractors.documents.shareholder_register import SHAREHOLDER_REGISTER
from verify.case_file import RuleView
from verify.doubt.parts import Part
from verify.ledger.accounts import month_of, whole_months
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotApplicable, Page, Result, rule


@rule(
    id="BNK15",
    title="Monthly receipts vary as business does",
    title_zh="月度回款过于平滑",
    severity="medium",
    group="made_up_rows",
    reads=(BANK_STATEMENT, SHAREHOLDER_REGISTER, BUSINESS_LICENCE),
    needs=("bank_statement",),
    stands_on_all=(Part.HOLDER, Part.ROWS),
    zh=Page(
        why="真实经营有淡旺季和波动；各月回款几乎相等，或严格按直线增长，像是按目标倒推出来的。",
        example="连续十二个月回款都在 98 万至 101 万之间。",
        innocent="按月收取固定租金、服务费的企业；只有一两家按月结算的大客户。",
        ask="各月回款为何几乎相同？",
        paper="主要客户合同的结算条款",
    ),
    en=Page(
        why=(
            "Real business has seasons; months that bring almost one amount, or growth "
            "along a straight line, look computed from a target."
        ),
        example="Twelve months each brought between 980,000 and 1,010,000.",
        innocent=(
            "Firms with fixed rents or service fees; one or two large customers that pay monthly."
        ),
        ask="Why are the months so alike?",
        paper="Terms of payment of the main customers",
    ),
)
def too_smooth(case: RuleView) -> Iterator[Result]:
    months = whole_months(case.entries())
    sums = dict.fromkeys(months, 0.0)
    counts = dict.fromkeys(months, 0)
    for entry in case.receipts().sales:
        month = month_of(entry.row.day)
        if month in sums:
            sums[month] += float(entry.amount)
            counts[month] += 1
    values = list(sums.values())
    busy = sum(counts.values()) >= len(months) * float(case.limit("least_receipts"))
    if len(values) < case.limit("least_months") or mean(values) <= 0 or not busy:
        yield NotApplicable(
            BilingualText("月份或回款太少，不作判断", "too few months or receipts to judge")
        )
        return
    spread = pstdev(values) / mean(values)
    line = correlation(range(len(values)), values) ** 2 if spread > 0 else 1.0
    if spread >= float(case.limit("least_spread")) and line <= float(case.limit("most_line")):
        yield Clear(BilingualText(f"月度波动系数 {spread:.0%}", f"months vary by {spread:.0%}"))
        return
    zh, en = (
        ("各月几乎相等", "months are almost equal")
        if spread < float(case.limit("least_spread"))
        else ("严格按直线增长", "growth is a straight line")
    )
    say = BilingualText(
        f"{len(values)} 个月回款{zh}（波动系数 {spread:.1%}，直线拟合度 {line:.1%}）",
        f"{len(values)} months: {en} (variation {spread:.1%}, fit to a line {line:.1%})",
    )
    firsts = {month_of(sale.row.day): sale for sale in reversed(case.receipts().sales)}
    shown = [firsts[each] for each in months if each in firsts][:4]
    yield Hit(
        say=say,
        evidence=tuple(case.at_entry(each) for each in shown),
        observed=f"{spread:.1%}",
        confidence=0.7,
        severity=Severity.MEDIUM,
    )
