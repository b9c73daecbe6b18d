"""The invoice's total in capitals and in figures."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.documents.invoice import INVOICE, TOTAL_AMOUNT, TOTAL_WORDS
from verify.case_file import RuleView
from verify.model import BilingualText
from verify.rule import NotChecked, Page, Result, rule


@rule(
    id="ARI15",
    title="Invoice total in capitals and figures agree",
    title_zh="发票大小写金额一致",
    severity="high",
    group="invoice_arithmetic",
    reads=(TOTAL_AMOUNT, TOTAL_WORDS),
    proof=True,
    zh=Page(
        why="大写与小写由同一数字生成，改小写而未改大写是最常见的变造痕迹。",
        example="小写 ¥161,051.44，大写 陆万壹仟零伍拾壹圆肆角肆分。",
        innocent="几乎没有；手工发票可能笔误。",
        ask="发票大小写金额不一致，请提供原件。",
        paper="发票原件及查验结果",
    ),
    en=Page(
        why=(
            "Capitals and figures come from one number; changing the figures alone is the "
            "commonest trace of an alteration."
        ),
        example="¥161,051.44 in figures, 61,051.44 in capitals.",
        innocent="Hardly any; a slip of the pen on a hand-written invoice.",
        ask="Capitals and figures of the invoice differ; please show the original.",
        paper="The original invoice and its verification result",
    ),
)
def invoice_words(case: RuleView) -> Iterator[Result]:
    for invoice in case.papers(INVOICE):
        words, figures = case.get(TOTAL_WORDS, invoice), case.get(TOTAL_AMOUNT, invoice)
        if words is None or figures is None:
            yield NotChecked(
                BilingualText("未读到大写或小写金额", "capitals or figures were not read")
            )
            continue
        evidence = (case.at_field(invoice, figures.field), case.at_field(invoice, words.field))
        confidence = min(words.field.confidence, figures.field.confidence)
        yield case.compare(
            BilingualText("发票小写与大写金额", "figures and capitals of the invoice"),
            words.value,
            figures.value,
            case.limit("cents"),
            evidence,
            confidence,
        )
