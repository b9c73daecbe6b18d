"""Interest on the income statement fits the loans on the balance sheet."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from extractors.documents import balance_sheet, income_statement
from extractors.model import Document
from extractors.values.money import yuan
from verify.arithmetic.form_totals import LOANS, amount
from verify.case_file import RuleView
from verify.model import BilingualText
from verify.rule import Clear, Hit, NotApplicable, Page, Result, rule


@rule(
    id="ARI24",
    title="Finance cost fits the loans",
    title_zh="财务费用与借款规模",
    severity="low",
    group="loans",
    reads=(balance_sheet.BALANCE_SHEET, income_statement.INCOME_STATEMENT),
    cross=True,
    zh=Page(
        why="财务费用主要是借款利息；费用远高于账面借款所能产生的利息，可能有未列示的负债，远低则利息可能被少记。",
        example="平均借款 70 万，财务费用 28 万，折合年利率 40%。",
        innocent="手续费、汇兑损益、票据贴现计入财务费用；年中借还款使年初年末平均不具代表性。",
        ask="财务费用由哪些项目构成？",
        paper="财务费用明细账、借款合同",
    ),
    en=Page(
        why=(
            "Finance cost is mostly interest; far above what the loans shown can cost it "
            "speaks of debts that are not shown."
        ),
        example="Average loans of 0.7m and finance cost of 0.28m, 40 % a year.",
        innocent=(
            "Fees, exchange losses and bill discounts; loans that came and went within the year."
        ),
        ask="What makes up finance cost?",
        paper="The ledger of finance cost, the loan contracts",
    ),
)
def interest_on_loans(case: RuleView) -> Iterator[Result]:
    results = [
        r
        for sheet in case.own_papers(balance_sheet.BALANCE_SHEET)
        for paper in case.own_papers(income_statement.INCOME_STATEMENT)
        for r in _one(case, sheet, paper)
    ]
    yield from results
    if not results:
        yield NotApplicable(
            BilingualText("没有同一年度的借款与财务费用", "no loans and finance cost of one year")
        )


def _one(case: RuleView, sheet: Document, paper: Document) -> Iterator[Result]:
    day, end = (
        case.get(balance_sheet.PERIOD_END, sheet),
        case.get(income_statement.PERIOD_END, paper),
    )
    cost = amount(paper, "财务费用", "value")
    if (
        day is None
        or end is None
        or day.value != end.value
        or end.value.month != 12
        or cost is None
    ):
        return
    both = [
        [found.value for name in LOANS if (found := amount(sheet, name, column))]
        for column in ("ending", "opening")
    ]
    average = sum((sum(side, Decimal(0)) for side in both), Decimal(0)) / 2
    if average <= 0 or cost.value < case.limit("least"):
        return
    rate = cost.value / average
    if rate <= case.limit("highest"):
        yield Clear(
            BilingualText(
                f"财务费用约为平均借款的 {rate:.1%}",
                f"finance cost is about {rate:.1%} of average loans",
            )
        )
        return
    say = BilingualText(
        f"财务费用 {yuan(cost.value)} 相当于平均借款 {yuan(average)} 的 {rate:.1%}",
        f"finance cost of {yuan(cost.value)} is {rate:.1%} of average loans of {yuan(average)}",
    )
    yield Hit(
        say=say,
        evidence=(case.at_amount(paper, cost),),
        expected=f"<= {case.limit('highest'):.0%}",
        observed=f"{rate:.1%}",
        confidence=0.7,
    )
