"""Revenue in the statements against sales declared for VAT."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from extractors.documents import bank_statement, income_statement, vat_return
from extractors.documents.declare import Reading
from extractors.model import Amount, Document
from extractors.values.money import yuan
from verify.case_file import RuleView
from verify.doubt.parts import Part
from verify.ledger.accounts import total
from verify.ledger.transaction_kinds import exchanged
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotApplicable, NotChecked, Page, Result, rule


@rule(
    id="CON02",
    title="Revenue agrees with declared sales",
    title_zh="营业收入与申报销售额一致",
    severity="high",
    group="revenue",
    reads=(
        income_statement.INCOME_STATEMENT,
        vat_return.VAT_RETURN,
        bank_statement.BANK_STATEMENT,
    ),
    needs=("income_statement", "vat_return"),
    cross=True,
    stands_on=(Part.HOLDER, Part.PERIOD),
    zh=Page(
        why="同一年度的营业收入与增值税申报销售额应大致相等；给银行的报表虚增收入而税务申报未增，是最常见的粉饰。",
        example="利润表收入 824 万，增值税申报 524 万。",
        innocent="收入确认与纳税义务时点不同；视同销售；处置固定资产；差额征税；合并报表；出口销售（结汇金额能解释的只作提示）。",
        ask="报表收入与申报销售额相差的原因是什么？",
        paper="全年各期增值税申报表、企业所得税年度申报表",
    ),
    en=Page(
        why=(
            "A year's revenue and the sales declared for VAT are about equal; statements "
            "made for the bank inflate one and not the other."
        ),
        example="Revenue of 8.24m against declared sales of 5.24m.",
        innocent=(
            "Revenue and tax fall in different periods; deemed sales; sale of fixed "
            "assets; margin taxation; group accounts; sales abroad (a note where foreign "
            "currency changed explains them)."
        ),
        ask="Why do revenue and declared sales differ?",
        paper="All VAT returns of the year, the yearly income tax return",
    ),
)
def revenue_against_tax(case: RuleView) -> Iterator[Result]:
    for paper in case.own_papers(income_statement.INCOME_STATEMENT):
        for declared in case.own_papers(vat_return.VAT_RETURN):
            yield _judged(case, paper, declared)


def _judged(case: RuleView, paper: Document, declared: Document) -> Result:
    """Compare the revenue of one statement with the sales of one return."""
    end, until = (
        case.get(income_statement.PERIOD_END, paper),
        case.get(vat_return.PERIOD_END, declared),
    )
    sales = case.get(vat_return.DECLARED_SALES, declared)
    line = paper.lines.get("营业收入")
    revenue = line.columns.get("value") if line else None
    if revenue is None or sales is None or end is None or until is None:
        return NotChecked(
            BilingualText("未读到收入、销售额或期间", "revenue, sales or period were not read")
        )
    if (end.value.year, end.value.month) != (until.value.year, until.value.month):
        return NotApplicable(
            BilingualText(
                "利润表与申报表不是同一截止月份",
                "income statement and return do not end in the same month",
            )
        )
    gap = _gap(revenue.value, sales.value)
    if gap <= case.limit("warn"):
        return Clear(BilingualText("收入与申报销售额一致", "revenue and declared sales agree"))
    exported = _exported(case, end.value.year)
    explained = exported > 0 and _gap(revenue.value, sales.value + exported) <= case.limit("warn")
    return _hit(
        case, (paper, revenue), (declared, sales), gap, exported if explained else Decimal(0)
    )


def _gap(revenue: Decimal, sales: Decimal) -> Decimal:
    """How far revenue and sales are apart, as a share of the larger."""
    base = max(abs(sales), abs(revenue))
    return abs(revenue - sales) / base if base else base


def _exported(case: RuleView, year: int) -> Decimal:
    """Foreign currency changed to yuan in the year: sales abroad, which the first line of a return
    leaves out.
    """
    return total(
        e.amount
        for e in case.entries()
        if e.amount > 0 and e.row.day.year == year and exchanged(e.row)
    )


def _hit(
    case: RuleView,
    booked: tuple[Document, Amount],
    told: tuple[Document, Reading[Decimal]],
    gap: Decimal,
    exported: Decimal,
) -> Hit:
    (paper, revenue), (declared, sales) = booked, told
    severity = Severity.MEDIUM
    if gap > case.limit("fail") and revenue.value > sales.value:
        severity = Severity.HIGH
    more = BilingualText("", "")
    if exported:
        severity = Severity.LOW
        more = BilingualText(
            f"；账户结汇 {yuan(exported)}，与出口销售相符",
            f"; {yuan(exported)} of foreign currency was changed, which sales abroad explain",
        )
    say = BilingualText(
        f"营业收入 {yuan(revenue.value)}，申报销售额 {yuan(sales.value)}，相差 {gap:.1%}{more.zh}",
        (
            f"revenue {yuan(revenue.value)}, declared sales {yuan(sales.value)}, {gap:.1%} "
            f"apart{more.en}"
        ),
    )
    return Hit(
        say=say,
        evidence=(case.at_amount(paper, revenue), case.at_field(declared, sales.field)),
        expected=f"{sales.value:.2f}",
        observed=f"{revenue.value:.2f}",
        difference=f"{revenue.value - sales.value:.2f}",
        confidence=0.95 * min(revenue.confidence, sales.field.confidence),
        severity=severity,
    )
