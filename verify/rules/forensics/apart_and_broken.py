"""The figure that stands apart is the figure that breaks the sums: the look of a place and the
arithmetic say the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extractors.documents.balance_sheet import BALANCE_SHEET
from extractors.documents.bank_statement import BANK_STATEMENT
from extractors.documents.cash_flow_statement import CASH_FLOW_STATEMENT
from extractors.documents.income_statement import INCOME_STATEMENT
from extractors.documents.invoice import INVOICE
from extractors.model import Document, Signal
from extractors.values.glyphs import fold
from extractors.values.money import FIND, parse_money, yuan
from verify.arithmetic.equations import Cell, paper_sums
from verify.arithmetic.smallest_edit import least_edit
from verify.case_file import RuleView
from verify.changed_print import words_apart
from verify.changed_text import stands_at
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotApplicable, Page, Result, rule

_TYPES = (BANK_STATEMENT, INVOICE, BALANCE_SHEET, INCOME_STATEMENT, CASH_FLOW_STATEMENT)
_TEXT = {
    "odd_font": BilingualText("所用字体与同页其他数字不同", "it is in a font of its own"),
    "odd_subset": BilingualText(
        "使用同一字体另行嵌入的子集", "it is drawn with a second subset of the page's font"
    ),
    "set_apart": BilingualText("样式或位置与同列不同", "its style or edge differs from its column"),
}


@dataclass(frozen=True, slots=True)
class _Mark:
    """A word that stands apart, what was seen, and whether that alone would carry a finding."""

    word: str
    signal: Signal
    seen: BilingualText
    strong: bool


@rule(
    id="FOR19",
    title="Figures that stand apart do not break the sums",
    title_zh="外观异常与勾稽断裂不在同一处",
    severity="high",
    group="changed_text",
    reads=_TYPES,
    needs=(),
    proof=True,
    zh=Page(
        why="一个数字看上去与周围不同，而恰好只要把这个数字改成另一个值，全部勾稽就恢复：外观与算术各自独立，却指向同一处，几乎没有别的解释。",
        example="价税合计 1,726,982.70 的字体与全页不同；改为 172,698.27 后，大写、税额、合计全部一致。",
        innocent="出具机构自己更正时既换了字体又算错（极少见）；识别错误（已要求识别置信度）。",
        ask="请出示原件，核对该数字。",
        paper="由出具机构重新出具的原件",
    ),
    en=Page(
        why=(
            "A figure looks unlike those around it, and changing that very figure to "
            "another value makes every sum hold again. Looks and arithmetic are "
            "independent and name one place; hardly anything else explains it."
        ),
        example=(
            "The total 1,726,982.70 is in another font than the page; with 172,698.27 the "
            "words, the tax and the sums all agree."
        ),
        innocent=(
            "An issuer corrected it in another font and miscounted (very rare); a "
            "misreading (a sure reading is required)."
        ),
        ask="Please show the original and compare this figure.",
        paper="The original, issued again",
    ),
)
def apart_and_broken(case: RuleView) -> Iterator[Result]:
    looked = False
    for kind in _TYPES:
        for document in case.papers(kind):
            marks = list(_marks(document))
            looked = looked or bool(marks)
            hits = list(_hits(case, document, marks)) if marks else []
            yield from hits
            if marks and not hits:
                yield Clear(
                    BilingualText("外观不同之处与勾稽无关", "what stands apart breaks no sum")
                )
    if not looked:
        yield NotApplicable(
            BilingualText("没有外观与周围不同的数字", "no figure stands apart from those around it")
        )


def _marks(document: Document) -> Iterator[_Mark]:
    for signal in document.signals:
        if signal.kind in _TEXT:
            yield _Mark(
                signal.detail.partition(": ")[0],
                signal,
                _TEXT[signal.kind],
                signal.kind == "odd_font",
            )
    for apart in words_apart(document):
        if apart.kinds - {
            "off_column",
            "other_ground",
        }:  # a smudge makes another ground and a misreading at once
            yield _Mark(apart.word, apart.signals[0], apart.told, apart.agreed)


def _hits(case: RuleView, document: Document, marks: list[_Mark]) -> Iterator[Hit]:
    sums = paper_sums(document)
    found = least_edit(sums.values, sums.equations, most=1) if sums.equations else None
    edits = (
        {explanation.edits[0] for explanation in found.explanations if len(explanation.edits) == 1}
        if found
        else set()
    )
    for index, new in sorted(edits):
        cell = sums.cells[index]
        mark = next(
            (
                each
                for each in marks
                if stands_at(cell, each.signal.page, each.signal.box) and _says(each.word, cell)
            ),
            None,
        )
        if mark is None or cell.confidence < float(case.shared("trust_floor")):
            continue
        old, now = abs(new), abs(cell.value)
        say = BilingualText(
            f"第 {mark.signal.page} 页的 {yuan(now)}：{mark.seen.zh}；只把它改为 {yuan(old)}，全部勾稽即恢复",
            (
                f"{yuan(now)} on page {mark.signal.page}: {mark.seen.en}; with {yuan(old)} "
                "in its place alone all sums hold"
            ),
        )
        place = case.at_signal(document, mark.signal, mark.word)
        # One observer beside the arithmetic asks; two, or a font of its own, leave little doubt and
        # set the floor.
        sure, severity = (0.95, Severity.HIGH) if mark.strong else (0.85, Severity.MEDIUM)
        yield Hit(
            say=say,
            evidence=(place,),
            expected=f"{old:.2f}",
            observed=f"{now:.2f}",
            difference=f"{now - old:.2f}",
            confidence=sure,
            severity=severity,
        )


def _says(word: str, cell: Cell) -> bool:
    """Whether a word states a cell's figure, whatever is printed before it."""
    raw = getattr(cell.place, "raw", "")
    printed = (parse_money(raw) if raw else None) or cell.value
    found = FIND.findall(fold(word))
    stated = parse_money(found[-1]) if found else None
    return stated is not None and abs(stated) in (abs(printed), abs(cell.value))
