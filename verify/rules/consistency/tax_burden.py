"""Tax against profit and sales: rates that the law knows."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.documents.income_statement import INCOME_STATEMENT
from extractors.documents.vat_return import VAT_RETURN
from extractors.values.money import yuan
from verify.arithmetic.form_totals import amount
from verify.case_file import RuleView
from verify.model import BilingualText
from verify.rule import Clear, Hit, NotApplicable, Page, Result, rule


@rule(
    id="CON13",
    title="Tax fits profit and sales",
    title_zh="税负与利润、销售额",
    severity="low",
    group="tax_burden",
    reads=(INCOME_STATEMENT, VAT_RETURN),
    needs=(),
    zh=Page(
        why="有利润就有所得税：小型微利企业实际税负约 5%，高新技术企业 15%，一般企业 25%。利润很高而所得税近于零，利润可能只写在报表上；有销售而增值税长期近于零也值得一问。",
        example="利润总额 380 万，所得税费用 0。",
        innocent="弥补以前年度亏损、研发加计扣除、免税行业；增值税留抵较大（不提示）。",
        ask="所得税为何远低于利润对应的税额？",
        paper="年度汇算清缴申报表、完税证明",
    ),
    en=Page(
        why=(
            "Profit bears income tax: about 5 % for small firms of low profit, 15 % for "
            "high technology, 25 % else. Large profit with almost no tax may stand on "
            "paper only; sales with hardly any VAT ask a question."
        ),
        example="Profit of 3.8m, income tax of nil.",
        innocent=(
            "Losses brought forward, research allowances, exempt trades; a large credit of "
            "input tax (silent)."
        ),
        ask="Why is income tax so far below what profit bears?",
        paper="The yearly income tax return, proof of payment",
    ),
)
def tax_burden(case: RuleView) -> Iterator[Result]:
    results = [*_on_profit(case), *_on_sales(case)]
    yield from results
    if not results:
        yield NotApplicable(
            BilingualText(
                "没有可计算税负的利润或销售额", "no profit or sales to reckon the burden from"
            )
        )


def _on_profit(case: RuleView) -> Iterator[Result]:
    for paper in case.own_papers(INCOME_STATEMENT):
        profit, tax = amount(paper, "利润总额", "value"), amount(paper, "所得税费用", "value")
        if profit is None or tax is None or profit.value < case.limit("least_profit"):
            continue
        rate = tax.value / profit.value
        if case.limit("lowest") <= rate <= case.limit("highest"):
            yield Clear(
                BilingualText(f"所得税为利润的 {rate:.1%}", f"income tax is {rate:.1%} of profit")
            )
            continue
        say = BilingualText(
            f"利润总额 {yuan(profit.value)}，所得税费用 {yuan(tax.value)}，税负 {rate:.1%}",
            f"profit is {yuan(profit.value)}, income tax {yuan(tax.value)}, {rate:.1%}",
        )
        evidence = (case.at_amount(paper, profit), case.at_amount(paper, tax))
        yield Hit(
            say=say,
            evidence=evidence,
            expected=f"{case.limit('lowest'):.0%} – {case.limit('highest'):.0%}",
            observed=f"{rate:.1%}",
            confidence=0.7,
        )


def _on_sales(case: RuleView) -> Iterator[Result]:
    for paper in case.own_papers(VAT_RETURN):
        sales, due, kept = (
            amount(paper, name, "value") for name in ("销售额", "应纳税额", "留抵税额")
        )
        if (
            not sales
            or not due
            or sales.value < case.limit("least_sales")
            or (kept and kept.value > 0)
        ):
            continue
        rate = due.value / sales.value
        if rate >= case.limit("lowest_vat"):
            yield Clear(BilingualText(f"增值税税负 {rate:.1%}", f"VAT is {rate:.1%} of sales"))
            continue
        say = BilingualText(
            f"销售额 {yuan(sales.value)}，应纳增值税 {yuan(due.value)}，税负 {rate:.2%}",
            f"sales are {yuan(sales.value)}, VAT due {yuan(due.value)}, {rate:.2%}",
        )
        evidence = (case.at_amount(paper, due), case.at_amount(paper, sales))
        yield Hit(
            say=say,
            evidence=evidence,
            expected=f">= {case.limit('lowest_vat'):.1%}",
            observed=f"{rate:.2%}",
            confidence=0.6,
        )
