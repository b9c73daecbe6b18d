"""The cash flow statement adds up, and ends at the cash of the balance sheet."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.documents import balance_sheet, cash_flow_statement
from extractors.model import Document
from verify.arithmetic.form_totals import COLUMNS, amount, line_sums
from verify.case_file import RuleView
from verify.model import BilingualText, Severity
from verify.rule import NotApplicable, Page, Result, rule


@rule(
    id="ARI06",
    title="Cash flow statement adds up",
    title_zh="现金流量表勾稽",
    severity="medium",
    group="cash_flow",
    reads=(cash_flow_statement.CASH_FLOW_STATEMENT, balance_sheet.BALANCE_SHEET),
    needs=("cash_flow_statement",),
    cross=True,
    zh=Page(
        why="经营、投资、筹资净额（加汇率影响）等于现金净增加额，期初加净增加等于期末，期末现金不应超过资产负债表货币资金。",
        example="三项净额之和 166 万，现金净增加额却为 266 万。",
        innocent="货币资金含受限资金、定期存款，因而大于期末现金；外币折算影响。",
        ask="现金流量表各项净额与净增加额为何不符？",
        paper="现金流量表底稿、货币资金明细",
    ),
    en=Page(
        why=(
            "Operating, investing and financing flows (with exchange effects) make the net "
            "increase; opening plus increase is closing; closing cash does not exceed cash "
            "on the sheet."
        ),
        example="Three flows of 1.66m in all, a net increase of 2.66m.",
        innocent=(
            "Restricted cash and time deposits make the sheet's cash larger; exchange effects."
        ),
        ask="Why do the flows not make the net increase?",
        paper="The working papers of the cash flow statement",
    ),
)
def cash_flow_sums(case: RuleView) -> Iterator[Result]:
    found = False
    for paper in case.own_papers(cash_flow_statement.CASH_FLOW_STATEMENT):
        for each in line_sums(paper):
            found = True
            zh, en = COLUMNS[each.column]
            what = BilingualText(f"{zh}{each.total}与各项之和", f"{en} {each.total} and its parts")
            yield case.compare_sum(what, paper, each)
        yield from _against_sheet(case, paper)
    if not found:
        yield NotApplicable(BilingualText("没有读到现金流量净额", "no net cash flows were read"))


def _against_sheet(case: RuleView, paper: Document) -> Iterator[Result]:
    """Closing cash against cash on the sheet of the same day: more than the sheet holds cannot be."""
    end, closing = (
        case.get(cash_flow_statement.PERIOD_END, paper),
        amount(paper, "期末现金余额", "value"),
    )
    for sheet in case.own_papers(balance_sheet.BALANCE_SHEET):
        day, cash = case.get(balance_sheet.PERIOD_END, sheet), amount(sheet, "货币资金", "ending")
        if not (end and day and closing and cash) or end.value != day.value:
            continue
        what = BilingualText(
            "期末现金与资产负债表货币资金", "closing cash and cash on the balance sheet"
        )
        evidence = (case.at_amount(paper, closing), case.at_amount(sheet, cash))
        confidence = min(closing.confidence, cash.confidence)
        allowed = cash.value * case.limit("share")
        if closing.value <= cash.value:
            allowed = cash.value  # restricted money and time deposits explain any shortfall
        yield case.compare(
            what, cash.value, closing.value, allowed, evidence, confidence, Severity.MEDIUM
        )
