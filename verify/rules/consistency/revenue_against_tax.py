"""Revenue in the statements against sales declared for VAT."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.documents import income_statement, vat_return
from extractors.values.money import yuan
from verify.case_file import RuleView
from verify.doubt.parts import Part
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotApplicable, NotChecked, Page, Result, rule


@rule(
    id="CON02",
    title="Revenue agrees with declared sales",
    title_zh="营业收入与申报销售额一致",
    severity="high",
    group="revenue",
    reads=(income_statement.INCOME_STATEMENT, vat_return.VAT_RETURN),
    cross=True,
    stands_on_all=(Part.HOLDER, Part.PERIOD),
    zh=Page(
        why="同一年度的营业收入与增值税申报销售额应大致相等；给银行的报表虚增收入而税务申报未增，是最常见的粉饰。",
        example="利润表收入 824 万，增值税申报 524 万。",
        innocent="收入确认与纳税义务时点不同；视同销售；处置固定资产；差额征税；合并报表。",
        ask="报表收入与申报销售额相差的原因是什么？",
        paper="全年各期增值税申报表、企业所得税年度申报表",
    ),
    en=Page(
        why="A year's revenue and the sales declared for VAT are about equal; statements made for the bank inflate one and not the other.",
        example="Revenue of 8.24m against declared sales of 5.24m.",
        innocent="Revenue and tax fall in different periods; deemed sales; sale of fixed assets; margin taxation; group accounts.",
        ask="Why do revenue and declared sales differ?",
        paper="All VAT returns of the year, the yearly income tax return",
    ),
)
def revenue_against_tax(case: RuleView) -> Iterator[Result]:
    for paper in case.own_papers(income_statement.INCOME_STATEMENT):
        end = case.get(income_statement.PERIOD_END, paper)
        revenue = (
            paper.lines["营业收入"].columns.get("value") if "营业收入" in paper.lines else None
        )
        for declared in case.own_papers(vat_return.VAT_RETURN):
            until, sales = (
                case.get(vat_return.PERIOD_END, declared),
                case.get(vat_return.DECLARED_SALES, declared),
            )
            if revenue is None or sales is None or end is None or until is None:
                yield NotChecked(
                    BilingualText(
                        "未读到收入、销售额或期间", "revenue, sales or period were not read"
                    )
                )
                continue
            if (end.value.year, end.value.month) != (until.value.year, until.value.month):
                yield NotApplicable(
                    BilingualText(
                        "利润表与申报表不是同一截止月份",
                        "income statement and return do not end in the same month",
                    )
                )
                continue
            base = max(abs(sales.value), abs(revenue.value))
            gap = abs(revenue.value - sales.value) / base if base else base
            if gap <= case.limit("warn"):
                yield Clear(
                    BilingualText("收入与申报销售额一致", "revenue and declared sales agree")
                )
                continue
            severity = (
                Severity.HIGH
                if gap > case.limit("fail") and revenue.value > sales.value
                else Severity.MEDIUM
            )
            say = BilingualText(
                f"营业收入 {yuan(revenue.value)}，申报销售额 {yuan(sales.value)}，相差 {gap:.1%}",
                f"revenue {yuan(revenue.value)}, declared sales {yuan(sales.value)}, {gap:.1%} apart",
            )
            evidence = (case.at_amount(paper, revenue), case.at_field(declared, sales.field))
            yield Hit(
                say=say,
                evidence=evidence,
                expected=f"{sales.value:.2f}",
                observed=f"{revenue.value:.2f}",
                difference=f"{revenue.value - sales.value:.2f}",
                confidence=0.95 * min(revenue.confidence, sales.field.confidence),
                severity=severity,
            )
