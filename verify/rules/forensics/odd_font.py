"""A figure in a font of its own."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.model import Document, ReadMethod, Signal
from verify.case_file import RuleView
from verify.changed_text import overlap, said_the_same
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotApplicable, Page, Result, rule


@rule(
    id="FOR06",
    title="Figures of one page share their font",
    title_zh="同页数字字体一致",
    severity="high",
    group="changed_text",
    reads=(),
    needs=(),
    zh=Page(
        why="系统生成的材料，同一页的数字用同一种字体；只有一两个金额用了别处没有的字体，说明这几个数字可能是后来写上去的，文件里未必还留有旧值。",
        example="全页数字为宋体，唯独价税合计用 Helvetica，且该字体未嵌入文件。",
        innocent="版式中合计数用另一字体（同族的粗体、斜体不提示）；浏览器打印时缺字替换；合并文件、逐页嵌入字体的程序会让同一字体有几个子集（不在同一页，不提示）。",
        ask="该金额为何使用不同的字体？",
        paper="由出具机构重新下载的原件",
    ),
    en=Page(
        why=(
            "A system prints the figures of a page in one font. One or two amounts in a "
            "font that draws nothing else may have been written later, even where the file "
            "holds no old value."
        ),
        example=(
            "All figures are in SimSun, the total alone in Helvetica, which the file does "
            "not carry."
        ),
        innocent=(
            "A layout that sets totals in another font (bold or italic of one family is "
            "silent); a browser's substitute for a missing glyph; merged files and "
            "programs that embed a font page by page have several subsets of one font (on "
            "different pages, silent)."
        ),
        ask="Why does this amount bear another font?",
        paper="The original, downloaded again from the issuer",
    ),
)
def odd_font(case: RuleView) -> Iterator[Result]:
    looked = False
    for document in case.all_papers():
        signals = [
            signal
            for signal in document.signals
            if signal.kind == "odd_font" and not said_the_same(document, signal)
        ]
        text = any(
            field.at.method in (ReadMethod.TEXT, ReadMethod.TABLE)
            for field in document.fields.values()
        )
        looked = looked or text
        yield from (_hit(case, document, signal) for signal in signals)
        subsets = [
            signal
            for signal in document.signals
            if signal.kind == "odd_subset" and not said_the_same(document, signal)
        ]
        yield from (_twice(case, document, subset) for subset in subsets)
        if text and not signals and not subsets:
            yield Clear(BilingualText("同页数字字体一致", "figures of each page share their font"))
    if not looked:
        yield NotApplicable(BilingualText("没有带文字的电子材料", "no paper with text"))


def _hit(case: RuleView, document: Document, signal: Signal) -> Hit:
    figure, _, fonts = signal.detail.partition(": ")
    own, _, main = fonts.partition("; others: ")
    say = BilingualText(
        f"第 {signal.page} 页的 {figure} 使用字体 {own.replace(', not embedded', '（未嵌入）')}，同页其他数字为 {main}",
        f"{figure} on page {signal.page} is in {own}, the page's other figures in {main}",
    )
    place = case.at_signal(document, signal, figure)
    # A font that only this figure uses and that the file does not even carry is a tool's own; a
    # second embedded one may be the layout's.
    severity = Severity.HIGH if "not embedded" in own else Severity.MEDIUM
    return Hit(
        say=say, evidence=(place,), expected=main, observed=own, confidence=0.9, severity=severity
    )


def _twice(case: RuleView, document: Document, signal: Signal) -> Hit:
    """One font embedded twice, once for this figure alone: a stamping system may do it, so it
    weighs more where the figure also looks apart.
    """
    figure, _, told = signal.detail.partition(": ")
    font = told.removesuffix(", embedded twice")
    say = BilingualText(
        f"第 {signal.page} 页的 {figure} 使用另行嵌入的一份 {font}，同页其他数字用的是第一份",
        (
            f"{figure} on page {signal.page} is drawn with a second copy of {font}, the "
            "page's other figures with the first"
        ),
    )
    joined = any(
        each.kind in ("set_apart", "odd_font")
        and each.page == signal.page
        and overlap(each.box, signal.box)
        for each in document.signals
    )
    joined = joined or any(
        each.kind == "other_hand" and each.page == signal.page for each in document.signals
    )
    place = case.at_signal(document, signal, figure)
    severity = Severity.MEDIUM if joined else Severity.LOW
    return Hit(say=say, evidence=(place,), observed=figure, confidence=0.85, severity=severity)
