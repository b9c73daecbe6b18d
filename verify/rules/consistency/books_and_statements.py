"""The company's own books against its statements."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from extractors.documents import account_balances, balance_sheet, income_statement, journal
from extractors.model import Document, ReadStatus
from verify.arithmetic.form_totals import amount
from verify.arithmetic.rounding import rounding
from verify.case_file import RuleView
from verify.ledger.account_totals import (
    BALANCE_LINES,
    closing_balance,
    journal_revenue,
    posted_revenue,
)
from verify.model import BilingualText
from verify.rule import NotApplicable, Page, Result, rule


@rule(
    id="CON28",
    title="Statements follow from the books",
    title_zh="报表与账簿一致",
    severity="medium",
    group="books",
    since="0.2",
    reads=(
        account_balances.ACCOUNT_BALANCES,
        journal.JOURNAL,
        balance_sheet.BALANCE_SHEET,
        income_statement.INCOME_STATEMENT,
    ),
    needs=("balance_sheet",),
    cross=True,
    zh=Page(
        why="报表由账簿生成：货币资金、借款、实收资本、固定资产的期末余额和全年收入应与科目余额表、序时账一致；只改报表不改账会露出差额。",
        example="利润表营业收入 824 万，科目余额表主营业务收入贷方累计 524 万。",
        innocent="导出时未结账或未含未记账凭证；期间不同；报表按审计调整后的数字填列；收入科目红字冲销。",
        ask="报表与账簿的差额从何而来？导出时是否已全部记账？",
        paper="重新导出的全年科目余额表和序时账（含未记账凭证）、审计调整分录",
    ),
    en=Page(
        why=(
            "Statements are made from the books: cash, loans, paid-in capital, fixed "
            "assets and the year's revenue must agree with the account balance table and "
            "the journal. A changed statement whose books were left alone shows a gap."
        ),
        example="Revenue of 8.24m in the income statement, 5.24m credited to the revenue account.",
        innocent=(
            "Exported before closing or without unposted vouchers; another period; "
            "statements after audit adjustments; red entries."
        ),
        ask=(
            "Where does the difference between statements and books come from? Was "
            "everything posted before the export?"
        ),
        paper=(
            "The year's account balance table and journal, exported again with unposted "
            "vouchers; audit adjustments"
        ),
    ),
)
def books_and_statements(case: RuleView) -> Iterator[Result]:
    results = [
        *_balances(case),
        *_revenue_of_tables(case),
        *_revenue_of_journals(case),
    ]
    yield from results
    if not results:
        yield NotApplicable(
            BilingualText("没有同一期间的账簿和报表", "no books and statements of the same period")
        )


def _balances(case: RuleView) -> Iterator[Result]:
    for table in case.own_papers(account_balances.ACCOUNT_BALANCES):
        until = case.get(account_balances.PERIOD_END, table)
        for sheet in case.own_papers(balance_sheet.BALANCE_SHEET):
            day = case.get(balance_sheet.PERIOD_END, sheet)
            if until and day and _same_month(until.value, day.value):
                yield from _lines(case, table, sheet)


def _same_month(one, other) -> bool:  # type: ignore[no-untyped-def]
    return (one.year, one.month) == (other.year, other.month)


def _lines(case: RuleView, table: Document, sheet: Document) -> Iterator[Result]:
    for line in BALANCE_LINES:
        printed, booked = amount(sheet, line, "ending"), closing_balance(table, line)
        if printed is None or booked is None:
            continue
        evidence = (
            case.at_amount(sheet, printed),
            *(case.at_amount(table, cell) for cell in booked.cells),
        )
        yield case.compare(
            BilingualText(f"{line}报表数与账面余额", f"{line} in the statement and in the books"),
            booked.value,
            printed.value,
            rounding((printed, *booked.cells), case.limit("cents")),
            evidence,
            min(each.confidence for each in (printed, *booked.cells)),
        )


def _revenue_of_tables(case: RuleView) -> Iterator[Result]:
    for table in case.own_papers(account_balances.ACCOUNT_BALANCES):
        start = case.get(account_balances.PERIOD_START, table)
        until = case.get(account_balances.PERIOD_END, table)
        from_new_year = bool(start and start.value.month == 1)
        booked = posted_revenue(table, whole_period=from_new_year)
        if until is None or booked is None:
            continue
        for paper in _statements_to(case, until.value):
            printed = amount(paper, "营业收入", "value")
            if printed is None:
                continue
            evidence = (
                case.at_amount(paper, printed),
                *(case.at_amount(table, cell) for cell in booked.cells),
            )
            yield case.compare(
                _REVENUE,
                booked.value,
                printed.value,
                rounding((printed, *booked.cells), case.limit("cents")),
                evidence,
                min(each.confidence for each in (printed, *booked.cells)),
            )


_REVENUE = BilingualText("营业收入报表数与账面发生额", "revenue in the statement and in the books")


def _statements_to(case: RuleView, day) -> Iterator[Document]:  # type: ignore[no-untyped-def]
    """Income statements that end in the month of a day."""
    for paper in case.own_papers(income_statement.INCOME_STATEMENT):
        end = case.get(income_statement.PERIOD_END, paper)
        if end and _same_month(end.value, day):
            yield paper


def _revenue_of_journals(case: RuleView) -> Iterator[Result]:
    """A journal that runs from January to the month in which a statement ends."""
    for book in case.own_papers(journal.JOURNAL):
        if book.status != ReadStatus.READ or not book.entries:
            continue
        first = min(entry.day for entry in book.entries)
        last = max(entry.day for entry in book.entries)
        sales = journal_revenue(book.entries)
        if first.month != 1 or first.year != last.year or not sales:
            continue
        booked = sum((entry.credit for entry in sales), Decimal(0))
        for paper in _statements_to(case, last):
            printed = amount(paper, "营业收入", "value")
            if printed is None:
                continue
            yield case.compare(
                _REVENUE,
                booked,
                printed.value,
                rounding((printed,), case.limit("cents")),
                (case.at_amount(paper, printed), case.at_file(book)),
                min(printed.confidence, *(entry.confidence for entry in sales)),
            )
