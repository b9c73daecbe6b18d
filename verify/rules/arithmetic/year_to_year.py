"""Last year's closing figures are this year's opening figures, line by line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from extractors.documents import balance_sheet, income_statement
from extractors.model import Amount, Document
from extractors.values.money import yuan
from verify.arithmetic.form_totals import amount
from verify.arithmetic.rounding import rounding
from verify.case_file import RuleView
from verify.doubt.parts import Part
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotApplicable, NotChecked, Page, Result, rule


@rule(
    id="ARI09",
    title="Opening figures follow from last year's",
    title_zh="年初数与上年年末数衔接",
    severity="high",
    group="year_to_year",
    reads=(balance_sheet.BALANCE_SHEET, income_statement.INCOME_STATEMENT),
    needs=("balance_sheet",),
    cross=True,
    stands_on=(Part.HOLDER,),
    zh=Page(
        why="上年资产负债表的期末数就是本年的年初数，上年利润表的累计数就是本年表的上年数；只改一年的报表会在衔接处露出差额。",
        example="2024 年末应收账款 69 万，2025 年表的年初数为 169 万。",
        innocent="会计差错更正、政策变更的追溯调整（应有说明）；科目重分类。",
        ask="年初数与上年年末数为何不同？是否做过追溯调整？",
        paper="上年度审计报告或税务申报的财务报表、调整说明",
    ),
    en=Page(
        why=(
            "Last year's closing figures are this year's opening ones; who changes one "
            "year's statement alone leaves a gap at the joint."
        ),
        example="Receivables of 0.69m at the end of 2024, 1.69m at the start of 2025.",
        innocent="A restatement (it should be explained); lines reclassified.",
        ask="Why do opening figures differ from last year's closing? Was there a restatement?",
        paper="Last year's audit report or filed statements, the note on restatement",
    ),
)
def year_to_year(case: RuleView) -> Iterator[Result]:
    results = [
        r
        for first, second in _sheets(case)
        for r in _joined(case, first, second, "ending", "opening")
    ]
    results += [
        r
        for first, second in _incomes(case)
        for r in _joined(case, first, second, "value", "prior")
    ]
    yield from results
    if not results:
        yield NotApplicable(
            BilingualText("没有相连两期的报表", "no statements of two adjoining years")
        )


def _sheets(case: RuleView) -> Iterator[tuple[Document, Document]]:
    """A year's sheet, and one of the next year: its opening column is the start of that year."""
    sheets = [
        (sheet, day.value)
        for sheet in case.own_papers(balance_sheet.BALANCE_SHEET)
        if (day := case.get(balance_sheet.PERIOD_END, sheet))
    ]
    for before, end in sheets:
        if (end + timedelta(days=1)).day == 1 and end.month == 12:
            yield from ((before, s) for s, day in sheets if day.year == end.year + 1)


def _incomes(case: RuleView) -> Iterator[tuple[Document, Document]]:
    papers = [
        (paper, day.value)
        for paper in case.own_papers(income_statement.INCOME_STATEMENT)
        if (day := case.get(income_statement.PERIOD_END, paper))
    ]
    for before, end in papers:
        yield from (
            (before, p) for p, day in papers if (day.year, day.month) == (end.year + 1, end.month)
        )


def _joined(
    case: RuleView, before: Document, after: Document, closing: str, opening: str
) -> Iterator[Result]:
    both = [
        (name, found, b)
        for name in before.lines
        if (found := amount(before, name, closing)) and (b := amount(after, name, opening))
    ]
    differ = [
        (name, a, b)
        for name, a, b in both
        if abs(a.value - b.value) > rounding((a, b), case.limit("cents"))
    ]
    if both and not differ:
        yield Clear(
            BilingualText(
                f"{len(both)} 项年初数与上年一致",
                f"{len(both)} opening figures follow from last year",
            )
        )
    sure = [
        (name, a, b)
        for name, a, b in differ
        if min(a.confidence, b.confidence) >= float(case.shared("trust_floor"))
    ]
    if differ and not sure:
        yield NotChecked(
            BilingualText(
                "不一致的数字识别置信度不足", "the figures that differ were read doubtfully"
            )
        )
    elif sure:
        yield _hit(case, before, after, sure)


def _hit(
    case: RuleView, before: Document, after: Document, differ: list[tuple[str, Amount, Amount]]
) -> Hit:
    name, first, second = max(differ, key=lambda x: abs(x[1].value - x[2].value))
    say = BilingualText(
        f"{len(differ)} 项年初数与上年年末数不同，如{name}：上年 {yuan(first.value)}，本年年初 {yuan(second.value)}",
        (
            f"{len(differ)} opening figure(s) differ from last year's closing, such as "
            f"{name}: {yuan(first.value)}, then {yuan(second.value)}"
        ),
    )
    evidence = tuple(
        entry
        for _, a, b in differ[:4]
        for entry in (case.at_amount(after, b), case.at_amount(before, a))
    )
    return Hit(
        say=say,
        evidence=evidence,
        expected=f"{first.value:.2f}",
        observed=f"{second.value:.2f}",
        difference=f"{second.value - first.value:.2f}",
        confidence=0.95 * min(first.confidence, second.confidence),
        severity=Severity.HIGH
        if abs(second.value - first.value) > case.limit("large_share") * _size(before)
        else Severity.MEDIUM,
    )


def _size(document: Document) -> Decimal:
    """Total assets or revenue, whichever the paper states: audits adjust small shares of it."""
    return max(
        (abs(each.value) for line in document.lines.values() for each in line.columns.values()),
        default=Decimal(0),
    )
