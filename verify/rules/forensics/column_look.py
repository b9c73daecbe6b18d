"""A figure that does not share the look of its column."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.model import Document, ProofKind, Signal
from verify.case_file import RuleView
from verify.changed_text import said_the_same
from verify.forensics.signal_phrases import in_chinese
from verify.model import BilingualText
from verify.rule import Clear, Hit, NotApplicable, Page, Result, rule


@rule(
    id="FOR10",
    title="Figures share the look of their column",
    title_zh="同列数字样式一致",
    severity="medium",
    group="changed_text",
    reads=(),
    needs=(),
    zh=Page(
        why="表格由同一程序按同一格式打印：同一列数字的字体、字号、颜色、右边界和所在行的基线一致。只有一个数字不同，可能是后来改写的。合计行、整行同变的不提示。",
        example="收入列 120 个数字右边界一致，8 月 14 日的一个数字伸出 4.2 点。",
        innocent="系统用红字表示负数；个别长数字被压缩打印；手工补登的行。",
        ask="该数字为何与同列其他数字样式不同？",
        paper="由出具机构重新下载的原件",
    ),
    en=Page(
        why=(
            "A table is printed by one program in one format: figures of a column share "
            "font, size, colour and right edge, those of a row their line. One that "
            "differs alone may have been written later. Totals, and rows that differ as a "
            "whole, are silent."
        ),
        example="120 receipts end at one edge, one of 14 August ends 4.2 points off it.",
        innocent=(
            "Negative figures in red; a long figure squeezed into its cell; a row added by hand."
        ),
        ask="Why does this figure look unlike the others of its column?",
        paper="The original, downloaded again from the issuer",
    ),
)
def column_look(case: RuleView) -> Iterator[Result]:
    looked = False
    for document in case.all_papers():
        if document.kind != "pdf" or (
            not document.rows and not document.lines and not document.items
        ):
            continue
        looked = True
        apart = [
            each
            for each in document.signals
            if each.kind == "set_apart"
            and not said_the_same(document, each)
            and not _is_proven_total(document, each)
        ]
        # More than a few on one page are a format of its own, not a later hand.
        apart = [s for s in apart if sum(o.page == s.page for o in apart) <= case.limit("most")]
        for signal in apart:
            figure, _, what = signal.detail.partition(": ")
            say = BilingualText(
                f"第 {signal.page} 页的 {figure} 与同列样式不同（{in_chinese(what)}）",
                f"{figure} on page {signal.page} differs from its column: {what}",
            )
            yield Hit(
                say=say,
                evidence=(case.at_signal(document, signal, figure),),
                observed=figure,
                confidence=0.85,
            )
        if not apart:
            yield Clear(
                BilingualText("同列数字样式一致", "figures share the look of their columns")
            )
    if not looked:
        yield NotApplicable(
            BilingualText("没有带表格的电子材料", "no electronic paper with a table")
        )


def _is_proven_total(document: Document, signal: Signal) -> bool:
    """Whether a figure stands in a line of printed totals that equal the sums of the rows.

    Layouts set totals apart; a total that was changed no longer equals its rows.
    """
    totals = [proof for proof in document.proofs if proof.kind is ProofKind.PRINTED_TOTALS]
    if not totals or not all(p.holds for p in totals):
        return False
    middle = (signal.box.top + signal.box.bottom) / 2
    return any(
        total.page == signal.page and total.box.top <= middle <= total.box.bottom
        for total in document.totals
    )
