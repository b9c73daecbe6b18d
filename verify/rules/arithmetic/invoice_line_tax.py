"""Amount times rate is the tax of an invoice line."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from extractors.documents.invoice import INVOICE, TAX_METHOD
from verify.case_file import RuleView
from verify.model import BilingualText
from verify.rule import NotApplicable, Page, Result, rule


@rule(
    id="ARI13",
    title="Amount times rate is the tax",
    title_zh="发票金额乘税率等于税额",
    severity="high",
    group="invoice_arithmetic",
    reads=(INVOICE,),
    proof=True,
    zh=Page(
        why="开票系统逐行计算税额；金额、税率、税额三者改其一即不再勾稽。",
        example="金额 94,027.82 元、税率 13%，税额仍为 7,023.62 元。",
        innocent="差额征税、减按征收（税额低于金额乘税率时不提示）；免税、不征税（不核对）；含税价倒算和折扣合并的尾差（开票系统允许每行 0.06 元以内）。",
        ask="该行税额与金额、税率不符，是否为差额征税？",
        paper="发票查验结果",
    ),
    en=Page(
        why=(
            "The issuing system computes tax line by line; changing one of amount, rate "
            "and tax breaks the tie."
        ),
        example="94,027.82 at 13 %, yet tax of 7,023.62.",
        innocent=(
            "Tax on the margin (差额征税) or at a reduced rate (减按): not reported while the "
            "tax is the smaller; exempt items (not checked); rounding where a price with "
            "tax is split or discounts are merged (issuing systems allow 0.06 a line)."
        ),
        ask="The tax differs from amount times rate: is this margin taxation?",
        paper="The invoice verification result",
    ),
)
def invoice_line_tax(case: RuleView) -> Iterator[Result]:
    for invoice in case.papers(INVOICE):
        reduced = case.get(TAX_METHOD, invoice)
        for item in invoice.items:
            rate = item.rate.rstrip("%")
            if item.tax is None or not item.rate.endswith("%"):
                yield NotApplicable(
                    BilingualText("该行没有税率或税额", "the line has no rate or tax")
                )
                continue
            expected = (item.net * Decimal(rate) / 100).quantize(Decimal("0.01"))
            if reduced and abs(item.tax) <= abs(expected):
                yield NotApplicable(
                    BilingualText(
                        f"{reduced.value}，税额低于金额乘税率",
                        "tax on a margin or at a reduced rate is less than amount times rate",
                    )
                )
                continue
            what = BilingualText(
                f"“{item.name}”金额×税率与税额", f"amount × rate and tax of “{item.name}”"
            )
            yield case.compare(
                what,
                expected,
                item.tax,
                case.limit("line"),
                (case.at_item(invoice, item),),
                item.confidence,
            )
