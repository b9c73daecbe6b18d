"""Invoices verified on the tax office's platform, as recorded by a reviewer."""

from __future__ import annotations

from collections.abc import Iterator

from verify.case_file import RuleView
from verify.manual import recorded
from verify.rule import Page, Result, rule


@rule(
    id="EXT01",
    title="Invoices were verified with the tax office",
    title_zh="发票查验",
    severity="high",
    group="external_invoice_verification",
    reads=(),
    needs=(),
    zh=Page(
        why="发票是否真实、是否作废或红冲，只有税务机关的查验平台能够确认。",
        example="查验结果为“已作废”。",
        innocent="开具当日可能尚未同步。",
        ask="发票为何查验不通过？",
        paper="发票查验结果",
    ),
    en=Page(
        why="Only the tax office's platform says whether an invoice is real, void or reversed.",
        example="The platform answers 'void'.",
        innocent="An invoice of today may not be there yet.",
        ask="Why does the invoice fail verification?",
        paper="The verification result",
    ),
)
def invoice_verification(case: RuleView) -> Iterator[Result]:
    yield from recorded(case, "invoice_verification")
