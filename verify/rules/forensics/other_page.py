"""One page of a paper that is not made as the others are."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.documents.registry import type_of
from extractors.model import Document
from verify.case_file import RuleView
from verify.forensics.signal_phrases import in_chinese
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotApplicable, Page, Result, rule


@rule(
    id="FOR13",
    title="Pages of one paper are made alike",
    title_zh="同一材料各页生成方式一致",
    severity="medium",
    group="assembled",
    reads=(),
    needs=(),
    zh=Page(
        why="系统一次生成的对账单，各页版面尺寸和字体相同。写法（定位与输出文字的指令、字体命名、压缩方式）也相同。只有一页不同，可能是从别处换进来的，或被编辑软件改写过。",
        example="12 页对账单中只有第 7 页使用另一种字体和纸张尺寸。",
        innocent="末页附有银行的说明页；合并了另一次打印的页；封面或扫描附件；某页被旋转或批注压平后由编辑软件重写；个别页横排（方向不同不提示）。",
        ask="这一页为何与其他页不同？",
        paper="由银行一次性重新导出的完整对账单",
    ),
    en=Page(
        why=(
            "A statement made in one go has one page size, one set of fonts, and one "
            "manner of writing (operators that place and show text, names of fonts, "
            "packing). A single page that differs may have been put in from elsewhere or "
            "rewritten by an editor."
        ),
        example="Page 7 alone of 12 has another font and paper size.",
        innocent=(
            "A last page with the bank's notes; a page printed on another day; a cover or "
            "a scanned appendix; a page that a viewer rewrote when it was turned or its "
            "notes were flattened; a page lying on its side (silent)."
        ),
        ask="Why does this page differ from the others?",
        paper="The whole statement, exported again at once",
    ),
)
def other_page(case: RuleView) -> Iterator[Result]:
    looked = False
    for document in case.all_papers():
        if not _made_in_one_run(document) or len(document.pages) < 3:
            continue
        looked = True
        odd = [
            each
            for each in document.signals
            if each.kind in ("other_page", "other_hand") and each.page in document.pages
        ]
        for signal in odd[:2]:
            say = BilingualText(
                f"第 {signal.page} 页与其他页不同：{in_chinese(signal.detail)}",
                f"page {signal.page} differs from the others: {signal.detail}",
            )
            # A cover and a last page of notes are a bank's own; one in the others' very fonts was
            # theirs, and another program wrote it anew.
            within = min(document.pages) < signal.page < max(document.pages)
            weighty = (
                within and "fonts" in signal.detail
                if signal.kind == "other_page"
                else within or "the same fonts" in signal.detail
            )
            place = case.at_signal(document, signal, signal.detail)
            yield Hit(
                say=say,
                evidence=(place,),
                confidence=0.8,
                severity=Severity.MEDIUM if weighty else Severity.LOW,
            )
        if not odd:
            yield Clear(BilingualText("各页生成方式一致", "the pages are made alike"))
    if not looked:
        yield NotApplicable(
            BilingualText("没有三页以上的对账单或申报表", "no statement or return of three pages")
        )


def _made_in_one_run(document: Document) -> bool:
    kind = type_of(document)
    return kind is not None and kind.single_run
