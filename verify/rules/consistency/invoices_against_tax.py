"""Invoices issued against sales declared for VAT."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from extractors.documents import invoice, vat_return
from extractors.model import Document
from extractors.values.money import yuan
from verify.case_file import RuleView
from verify.doubt.parts import Part
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotApplicable, NotChecked, Page, Result, rule


@rule(
    id="CON03",
    title="Invoices stay within declared sales",
    title_zh="销项发票与申报销售额",
    severity="high",
    group="revenue",
    reads=(invoice.INVOICE, vat_return.VAT_RETURN),
    cross=True,
    stands_on_all=(Part.HOLDER, Part.PERIOD),
    zh=Page(
        why="开具的发票必须申报；提交的发票已超过同期申报销售额，发票或申报表需要核实。",
        example="全年申报销售额 524 万，提交的同期销项发票不含税合计 690 万。",
        innocent="红字发票未一并提交；跨月申报；差额征税；发票为预收款性质（不征税）。",
        ask="所提交发票是否全部已申报？是否有对应的红字发票？",
        paper="增值税申报表附列资料（一）、开票汇总表",
    ),
    en=Page(
        why=(
            "Every invoice issued is declared; invoices that exceed declared sales of the "
            "same period mean that one of the papers needs checking."
        ),
        example="5.24m declared for the year, invoices of 6.90m handed in.",
        innocent=(
            "Red-letter invoices that were not handed in; declared in another month; tax "
            "on a margin; advance payments."
        ),
        ask="Were all these invoices declared, and are there red-letter invoices?",
        paper="Schedule 1 of the VAT return, the list of invoices issued",
    ),
)
def invoices_against_tax(case: RuleView) -> Iterator[Result]:
    sold = _sold(case)
    looked = False
    for declared in case.own_papers(vat_return.VAT_RETURN):
        start, end = (
            case.get(vat_return.PERIOD_START, declared),
            case.get(vat_return.PERIOD_END, declared),
        )
        sales = case.get(vat_return.DECLARED_SALES, declared)
        if end is None or sales is None:
            yield NotChecked(
                BilingualText("未读到申报期间或销售额", "period or sales were not read")
            )
            continue
        first = end.value.replace(month=1, day=1)  # sales are the year's to date
        if start and start.value < first:
            first = start.value
        inside = [(document, n) for document, day, n in sold if first <= day <= end.value]
        if not inside:
            continue
        looked = True
        total = sum((n for _, n in inside), Decimal(0))
        if total <= sales.value * (1 + case.limit("share")):
            yield Clear(
                BilingualText(
                    f"提交的发票 {yuan(total)} 未超过申报销售额",
                    f"invoices of {yuan(total)} stay within declared sales",
                )
            )
            continue
        say = BilingualText(
            (
                f"{first} 至 {end.value} 的 {len(inside)} 张销项发票不含税合计 {yuan(total)}，超过申报销售额 "
                f"{yuan(sales.value)}"
            ),
            (
                f"{len(inside)} invoices of {first} to {end.value} come to {yuan(total)} "
                f"net, above declared sales of {yuan(sales.value)}"
            ),
        )
        biggest = sorted(inside, key=lambda x: -x[1])[:3]
        confidence = 0.9 * sales.field.confidence
        yield Hit(
            say=say,
            evidence=(
                case.at_field(declared, sales.field),
                *(case.at_file(document) for document, _ in biggest),
            ),
            expected=f"<= {sales.value:.2f}",
            observed=f"{total:.2f}",
            difference=f"{total - sales.value:.2f}",
            confidence=confidence,
            severity=Severity.HIGH
            if total > sales.value * (1 + case.limit("large_share"))
            else Severity.MEDIUM,
        )
    if not looked:
        yield NotApplicable(
            BilingualText("申报期内没有销项发票", "no sales invoices within the period declared")
        )


def _sold(case: RuleView) -> list[tuple[Document, date, Decimal]]:
    """Invoices that the applicant issued, each number once: paper, day, net amount (red-letter ones
    negative).
    """
    out: list[tuple[Document, date, Decimal]] = []
    for document in case.invoices():
        seller = case.get(invoice.SELLER_NAME, document)
        day, net = case.get(invoice.ISSUE_DATE, document), case.get(invoice.NET_AMOUNT, document)
        if seller and day and net and case.applicant.is_named(seller.value):
            out.append((document, day.value, net.value))
    return out
