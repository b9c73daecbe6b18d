"""The average balance on which the bank paid interest, against the average that the statement
shows.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from extractors.documents.bank_statement import BANK_STATEMENT
from extractors.model import Document
from extractors.values.money import yuan
from verify.case_file import RuleView
from verify.doubt.parts import Part
from verify.ledger.deposit_interest import (
    YEAR,
    Settlement,
    daily_of,
    interest_rows,
    listed_rates,
    on_yuan_deposit,
    settlements,
)
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotApplicable, Page, Result, rule


@rule(
    id="BNK03",
    title="Interest matches the balances shown",
    title_zh="由利息反推的日均余额",
    severity="high",
    group="interest",
    reads=(BANK_STATEMENT,),
    stands_on=(Part.ROWS,),
    zh=Page(
        why="用银行实付利息除以挂牌利率，可以反推银行计息所用的日均余额；虚增余额的对账单上，显示的日均余额会是它的数倍。",
        example="利息 44.50 元，按 0.05% 反推日均约 35 万，而对账单日均为 350 万。",
        innocent="开户行挂牌利率低于大行；账户部分资金转存通知或协定存款；每季比例一致时不提示。",
        ask="银行计息的余额为何小于对账单显示的余额？",
        paper="开户行结息清单、盖章对账单",
    ),
    en=Page(
        why=(
            "Interest paid, divided by the listed rate, gives the average balance that the "
            "bank itself counted; an inflated statement shows several times as much."
        ),
        example=(
            "44.50 of interest at 0.05 % is an average of about 350,000; the statement shows 3.5m."
        ),
        innocent=(
            "A bank that lists a lower rate; money swept into other deposits; silent where "
            "all quarters share one ratio."
        ),
        ask="Why did the bank pay on less than the statement shows?",
        paper="The bank's interest note, a stamped statement",
    ),
)
def interest_average(case: RuleView) -> Iterator[Result]:
    for statement in on_yuan_deposit(case.papers(BANK_STATEMENT)):
        least = case.limit("least_interest")
        paid = [
            settlement
            for settlement in settlements(statement)
            if settlement.product * min(listed_rates(settlement.first, settlement.last)) / YEAR
            >= least
        ]
        partial = _edge(case, statement)
        if not paid and partial is None:
            yield NotApplicable(
                BilingualText("没有可反推的结息", "no interest payment to reckon from")
            )
            continue
        if partial:
            yield partial
        ratios = [
            settlement.rate / min(listed_rates(settlement.first, settlement.last))
            for settlement in paid
        ]
        own_rate = len(ratios) >= 2 and max(ratios) <= min(ratios) * (1 + case.limit("share"))
        for each, ratio in zip(paid, ratios, strict=True):
            if ratio >= 1 - case.limit("share") or own_rate:
                yield Clear(
                    BilingualText(
                        f"反推日均余额与对账单相符（{yuan(each.average)}）",
                        f"the average of {yuan(each.average)} fits the interest paid",
                    )
                )
            else:
                yield _hit(case, statement, each, len(paid))


def _hit(case: RuleView, statement: Document, s: Settlement, count: int) -> Hit:
    rate = min(listed_rates(s.first, s.last))
    counted = s.paid_average(rate)
    say = BilingualText(
        (
            f"{s.first} 至 {s.last} 对账单日均余额 {yuan(s.average)}，按当期最低挂牌利率 {rate:.2%} 反推，"
            f"银行计息的日均余额至多 {yuan(counted)}"
        ),
        (
            f"for {s.first} to {s.last} the statement averages {yuan(s.average)}; at the "
            f"lowest listed rate of {rate:.2%} the bank paid on at most {yuan(counted)}"
        ),
    )
    severity = Severity.HIGH if count >= 2 else Severity.MEDIUM
    return Hit(
        say=say,
        evidence=(case.at_row(statement, s.row),),
        expected=f"{counted:.2f}",
        observed=f"{s.average:.2f}",
        difference=f"{s.average - counted:.2f}",
        confidence=0.9 * s.row.confidence,
        severity=severity,
    )


def _edge(case: RuleView, statement: Document) -> Hit | None:
    """The first payment, whose quarter began before the statement: the days that are shown may not
    exceed it alone.
    """
    daily, rows = daily_of(statement), interest_rows(statement)
    if daily is None or not rows or rows[0].day.day > 25 or rows[0].day.day < 20:
        return None
    last = rows[0].day.replace(day=20)
    if last <= daily.start or (last - daily.start).days > 92:
        return None
    shown = daily.product(daily.start, last) * min(listed_rates(daily.start, last)) / YEAR
    if shown <= rows[0].credit * (1 + case.limit("share")) + Decimal("0.01") or shown < case.limit(
        "least_interest"
    ):
        return None
    say = BilingualText(
        f"首次结息 {rows[0].credit}，而仅对账单所示的 {daily.start} 至 {last} 的余额按最低挂牌利率就应有 {yuan(shown)}",
        (
            f"the first interest is {rows[0].credit}, yet the balances shown for "
            f"{daily.start} to {last} alone earn {yuan(shown)} at the lowest listed rate"
        ),
    )
    return Hit(
        say=say,
        evidence=(case.at_row(statement, rows[0]),),
        expected=f"{shown:.2f}",
        observed=f"{rows[0].credit:.2f}",
        confidence=0.8,
        severity=Severity.MEDIUM,
    )
