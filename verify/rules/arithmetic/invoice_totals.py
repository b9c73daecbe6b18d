"""Invoice lines add up to the sums, and net and tax to the total."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from extractors.documents.invoice import INVOICE, NET_AMOUNT, TAX_AMOUNT, TOTAL_AMOUNT
from extractors.documents.invoice_code import lacks_lines
from extractors.model import Document
from verify.case_file import RuleView
from verify.model import BilingualText, Evidence, Severity
from verify.rule import NotChecked, Page, Result, rule


@rule(
    id="ARI14",
    title="Invoice sums and total add up",
    title_zh="发票合计与价税合计勾稽",
    severity="high",
    group="invoice_arithmetic",
    reads=(INVOICE,),
    proof=True,
    zh=Page(
        why="各行金额之和等于合计金额，合计金额加合计税额等于价税合计，开票系统保证分毫不差。",
        example="合计金额 54,027.82 加税额 7,023.62，价税合计却为 961,051.44 元。",
        innocent="一行跨页未读全（此时降低严重程度）；清单另附。",
        ask="价税合计与合计金额、税额不符，能否提供原始电子发票？",
        paper="发票原件（XML/OFD）及查验结果",
    ),
    en=Page(
        why=(
            "Lines add up to net and tax, and both to the total; the issuing system keeps "
            "this to the cent."
        ),
        example="54,027.82 and 7,023.62 of tax, yet a total of 961,051.44.",
        innocent=(
            "A line on a page that was not read whole (severity lowered then); a separate "
            "list of items."
        ),
        ask="The total differs from net and tax: can the original electronic invoice be had?",
        paper="The original invoice (XML/OFD) and its verification result",
    ),
)
def invoice_totals(case: RuleView) -> Iterator[Result]:
    for invoice in case.papers(INVOICE):
        net, tax, total = (case.get(s, invoice) for s in (NET_AMOUNT, TAX_AMOUNT, TOTAL_AMOUNT))
        if net is None or tax is None or total is None:
            yield NotChecked(
                BilingualText(
                    "未读全合计金额、税额或价税合计", "net, tax or total were not all read"
                )
            )
            continue
        evidence = tuple(case.at_field(invoice, reading.field) for reading in (total, net, tax))
        confidence = min(reading.field.confidence for reading in (net, tax, total))
        yield case.compare(
            BilingualText("价税合计与金额加税额", "total and net plus tax"),
            net.value + tax.value,
            total.value,
            case.limit("cents"),
            evidence,
            confidence,
        )
        if net.field.raw:
            yield from _lines(case, invoice, net.value, tax.value, evidence)


def _lines(
    case: RuleView, invoice: Document, net: Decimal, tax: Decimal, evidence: tuple[Evidence, ...]
) -> Iterator[Result]:
    if not invoice.items:
        yield NotChecked(BilingualText("未读到明细行", "no lines were read"))
        return
    if lacks_lines(invoice):
        yield NotChecked(BilingualText("明细行未读全", "not all lines were read"))
        return
    confidence = min(item.confidence for item in invoice.items)
    yield case.compare(
        BilingualText("各行金额之和与合计金额", "sum of lines and net"),
        sum((item.net for item in invoice.items), Decimal(0)),
        net,
        case.limit("cents"),
        evidence[1:2],
        confidence,
        Severity.MEDIUM,
    )
    if all(item.tax is not None for item in invoice.items):
        taxes = sum((item.tax for item in invoice.items if item.tax is not None), Decimal(0))
        yield case.compare(
            BilingualText("各行税额之和与合计税额", "sum of line taxes and tax"),
            taxes,
            tax,
            case.limit("cents"),
            evidence[2:3],
            confidence,
            Severity.MEDIUM,
        )
