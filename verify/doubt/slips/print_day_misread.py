"""A day of another meaning was taken for the day of printing."""

from __future__ import annotations

from extractors.documents.bank_statement import PRINTED_AT
from extractors.model import Document
from verify.doubt.scene import Scene
from verify.doubt.slip import Explanation, slip
from verify.model import BilingualText

# Share of a statement's rows after its day of printing from which that day is not one: a forger
# adds some rows to a print, nobody prints a statement before nearly all that it lists.
_NEARLY_ALL = 0.9


@slip(
    id="print_day_misread",
    title="A day of another meaning was taken for the day of printing",
    title_zh="打印日期识别有误（可能为起始日等其他日期）",
    order=28,
)
def print_day_misread(scene: Scene) -> Explanation | None:
    """Nearly all rows of the statement come after the day that was read as that of printing."""
    if scene.rule.group != "row_dates":
        return None
    early = [d for d in scene.documents if _is_before_its_rows(d)]
    places = tuple(p for d in early if (p := scene.case.places.field(d, PRINTED_AT.name)))
    if not places:
        return None
    say = BilingualText(
        "几乎全部明细都在所读的打印日期之后，该日期可能并非打印日期",
        "nearly all rows come after the day that was read as that of printing: "
        "it may have another meaning",
    )
    return Explanation(say, places)


def _is_before_its_rows(document: Document) -> bool:
    printed = PRINTED_AT.of(document)
    if printed is None or not document.rows:
        return False
    after = sum(row.day > printed.value for row in document.rows)
    return after >= _NEARLY_ALL * len(document.rows)
