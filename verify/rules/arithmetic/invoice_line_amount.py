"""Quantity times unit price is the amount of an invoice line."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from extractors.documents.invoice import INVOICE
from verify.case_file import RuleView
from verify.model import BilingualText
from verify.rule import Clear, NotApplicable, Page, Result, rule


@rule(
    id="ARI12",
    title="Quantity times unit price is the line amount",
    title_zh="发票数量乘单价等于金额",
    severity="medium",
    group="invoice_arithmetic",
    reads=(INVOICE,),
    zh=Page(
        why="开票系统由数量和单价计算金额；金额被改而数量单价未改时两者不符。",
        example="数量 330、单价 163.720667，金额却为 94,027.82 元。",
        innocent="单价按显示位数截断（已按显示精度放宽）；单价为含税价（已识别）。",
        ask="该行金额与数量、单价不符，原因是什么？",
        paper="发票查验结果（全国增值税发票查验平台）",
    ),
    en=Page(
        why=(
            "The issuing system computes the amount from quantity and unit price; a "
            "changed amount no longer agrees with them."
        ),
        example="330 units at 163.720667, yet an amount of 94,027.82.",
        innocent=(
            "The unit price is cut to the printed digits (allowed for); a price with tax "
            "(recognised)."
        ),
        ask="Why does this line's amount differ from quantity times price?",
        paper="The verification result of the tax office's invoice platform",
    ),
)
def invoice_line_amount(case: RuleView) -> Iterator[Result]:
    for invoice in case.papers(INVOICE):
        for item in invoice.items:
            if item.quantity is None or item.unit_price is None:
                yield NotApplicable(
                    BilingualText("该行没有数量或单价", "the line has no quantity or unit price")
                )
                continue
            product = item.quantity * item.unit_price
            tolerance = (
                abs(item.quantity) * _last_digit(item.unit_price)
                + abs(item.unit_price) * _last_digit(item.quantity, whole_is_exact=True)
                + case.limit("cents")
            )
            expected = product.copy_sign(item.net) if item.net < 0 else product
            with_tax = item.net + (item.tax or Decimal(0))
            if abs(expected - with_tax) <= tolerance:
                yield Clear(
                    BilingualText("数量乘含税单价等于价税合计", "the unit price includes the tax")
                )
                continue
            evidence = (case.at_item(invoice, item),)
            yield case.compare(
                BilingualText(
                    f"“{item.name}”数量×单价与金额", f"quantity × price and amount of “{item.name}”"
                ),
                expected,
                item.net,
                tolerance,
                evidence,
                item.confidence,
            )


def _last_digit(value: Decimal, *, whole_is_exact: bool = False) -> Decimal:
    """One of the last printed digit: issuers' systems cut a long price off as often as they round
    it.
    """
    exponent = value.as_tuple().exponent
    digits = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return Decimal(0) if whole_is_exact and digits == 0 else Decimal(10) ** -digits
