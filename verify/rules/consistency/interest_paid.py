"""Interest that left the account against finance cost."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from extractors.documents import bank_statement, income_statement
from extractors.values.money import yuan
from verify.arithmetic.form_totals import amount
from verify.case_file import RuleView
from verify.doubt.parts import Part
from verify.ledger.accounts import total
from verify.ledger.transaction_kinds import loan_interest
from verify.model import BilingualText
from verify.rule import Clear, Hit, NotApplicable, Page, Result, rule


@rule(
    id="CON11",
    title="Interest paid stands in finance cost",
    title_zh="利息支出与财务费用",
    severity="medium",
    group="hidden_debt",
    reads=(income_statement.INCOME_STATEMENT, bank_statement.BANK_STATEMENT),
    cross=True,
    stands_on_all=(Part.HOLDER, Part.ROWS),
    zh=Page(
        why="从账户付出的贷款利息要计入财务费用；付息明显多于财务费用，说明有贷款没有进账。",
        example="全年付息 18.6 万，利润表财务费用 2.2 万。",
        innocent="存款利息收入、汇兑收益冲减财务费用；利息资本化计入在建工程。",
        ask="这些利息属于哪几笔贷款？为何未计入财务费用？",
        paper="企业征信报告、借款合同、财务费用明细账",
    ),
    en=Page(
        why=(
            "Loan interest that leaves the account belongs in finance cost; much more paid "
            "than booked means that a loan is not in the books."
        ),
        example="186,000 of interest paid, 22,000 of finance cost.",
        innocent=(
            "Interest earned and exchange gains set off; interest capitalised in construction."
        ),
        ask="To which loans does this interest belong, and why is it not in finance cost?",
        paper="The credit report, loan contracts, the ledger of finance cost",
    ),
)
def interest_paid(case: RuleView) -> Iterator[Result]:
    looked = False
    for paper in case.own_papers(income_statement.INCOME_STATEMENT):
        end, cost = case.get(income_statement.PERIOD_END, paper), amount(paper, "财务费用", "value")
        if end is None or cost is None:
            continue
        paid = [
            entry
            for entry in case.entries()
            if loan_interest(entry.row)
            and entry.row.day.year == end.value.year
            and entry.row.day <= end.value
        ]
        if len(paid) < case.limit("least_payments"):
            continue
        looked = True
        interest = total(entry.row.debit for entry in paid)
        gap = interest - max(cost.value, Decimal(0))
        if gap <= max(interest * case.limit("share"), case.limit("least")):
            yield Clear(
                BilingualText(
                    f"付息 {yuan(interest)} 已计入财务费用",
                    f"interest of {yuan(interest)} stands in finance cost",
                )
            )
            continue
        say = BilingualText(
            (
                f"{end.value.year} 年从账户支付贷款利息 {len(paid)} 笔共 {yuan(interest)}，利润表财务费用 "
                f"{yuan(cost.value)}"
            ),
            (
                f"{len(paid)} payments of loan interest, {yuan(interest)} in "
                f"{end.value.year}; finance cost is {yuan(cost.value)}"
            ),
        )
        yield Hit(
            say=say,
            evidence=(case.at_amount(paper, cost), *(case.at_entry(entry) for entry in paid[-4:])),
            expected=f">= {interest:.2f}",
            observed=f"{cost.value:.2f}",
            difference=f"{-gap:.2f}",
            confidence=0.8 * cost.confidence,
        )
    if not looked:
        yield NotApplicable(
            BilingualText("利润表期间内没有贷款利息支出", "no loan interest was paid in the period")
        )
