"""Revenue and profit of the income statement against the corporate income tax returns."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from extractors.documents import corporate_tax_prepayment, corporate_tax_return, income_statement
from extractors.model import Document
from extractors.values.money import yuan
from verify.arithmetic.form_totals import amount
from verify.case_file import RuleView
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotApplicable, Page, Result, rule

_LINES = (("营业收入", "revenue"), ("利润总额", "profit before tax"))


@rule(
    id="CON29",
    title="Income statement agrees with the corporate income tax return",
    title_zh="利润表与企业所得税申报表一致",
    severity="high",
    group="corporate_tax",
    since="0.2",
    reads=(
        income_statement.INCOME_STATEMENT,
        corporate_tax_return.CORPORATE_TAX_RETURN,
        corporate_tax_prepayment.CORPORATE_TAX_PREPAYMENT,
    ),
    needs=("income_statement",),
    cross=True,
    zh=Page(
        why="企业所得税申报表的营业收入和利润总额取自会计利润表；给银行的利润表明显高于申报数，说明两套报表。",
        example="利润表营业收入 824 万、利润 96 万，汇算清缴申报营业收入 524 万、利润 12 万。",
        innocent="汇算清缴前的会计差错更正；合并报表与单体报表；预缴申报未更正。",
        ask="利润表与所得税申报表的收入、利润为何不同？",
        paper="汇算清缴申报表全套（含 A101010、A105000）、更正申报表",
    ),
    en=Page(
        why=(
            "Revenue and profit before tax in the return are those of the income "
            "statement. A statement for the bank that is well above the return means two "
            "sets of figures."
        ),
        example=(
            "Revenue of 8.24m and profit of 0.96m in the statement; 5.24m and 0.12m in the "
            "annual return."
        ),
        innocent=(
            "Errors corrected before the annual return; consolidated against single "
            "accounts; a prepayment that was not corrected."
        ),
        ask="Why do revenue and profit differ between the income statement and the tax return?",
        paper="The whole annual return (with A101010 and A105000), corrected returns",
    ),
)
def income_against_corporate_tax(case: RuleView) -> Iterator[Result]:
    found = False
    for declared, until in _returns(case):
        for paper in case.own_papers(income_statement.INCOME_STATEMENT):
            end = case.get(income_statement.PERIOD_END, paper)
            if end and (end.value.year, end.value.month) == (until.year, until.month):
                for result in _compared(case, paper, declared):
                    found = True
                    yield result
    if not found:
        yield NotApplicable(
            BilingualText(
                "没有同一期间的利润表和企业所得税申报表",
                "no income statement and corporate tax return of the same period",
            )
        )


def _returns(case: RuleView) -> Iterator[tuple[Document, date]]:
    """Annual and prepayment returns with the day to which they count."""
    for declared in case.own_papers(corporate_tax_return.CORPORATE_TAX_RETURN):
        end = case.get(corporate_tax_return.PERIOD_END, declared)
        if end:
            yield declared, end.value
    for declared in case.own_papers(corporate_tax_prepayment.CORPORATE_TAX_PREPAYMENT):
        end = case.get(corporate_tax_prepayment.PERIOD_END, declared)
        if end:
            yield declared, end.value


def _compared(case: RuleView, paper: Document, declared: Document) -> Iterator[Result]:
    for line, english in _LINES:
        printed, filed = amount(paper, line, "value"), amount(declared, line, "value")
        if printed is None or filed is None:
            continue
        base = max(abs(printed.value), abs(filed.value))
        gap = printed.value - filed.value
        share = abs(gap) / base if base else base
        if share <= case.limit("warn") or abs(gap) <= case.limit("least"):
            yield Clear(
                BilingualText(f"{line}与申报数一致", f"{english} agrees with the tax return")
            )
            continue
        inflated = gap > 0 and share > case.limit("fail")
        yield Hit(
            say=BilingualText(
                f"{line}：利润表 {yuan(printed.value)}，企业所得税申报 {yuan(filed.value)}，相差 {share:.1%}",
                (
                    f"{english}: {yuan(printed.value)} in the income statement, "
                    f"{yuan(filed.value)} in the tax return, {share:.1%} apart"
                ),
            ),
            evidence=(case.at_amount(paper, printed), case.at_amount(declared, filed)),
            expected=f"{filed.value:.2f}",
            observed=f"{printed.value:.2f}",
            difference=f"{gap:.2f}",
            confidence=min(printed.confidence, filed.confidence),
            severity=Severity.HIGH if inflated else Severity.MEDIUM,
        )
