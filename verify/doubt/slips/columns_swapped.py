"""The columns of a month and of the year to date were taken for each other."""

from __future__ import annotations

from extractors.model import Document, Line
from verify.doubt.place import Place
from verify.doubt.scene import Scene
from verify.doubt.slip import Explanation, slip
from verify.model import BilingualText

# Lines that show both columns: fewer may all lie below their month by chance, as after a reversal.
_LEAST_LINES = 3


@slip(
    id="columns_swapped",
    title="The columns of the month and of the year to date were taken for each other",
    title_zh="“本月”与“本年累计”两栏识别颠倒",
    order=22,
)
def columns_swapped(scene: Scene) -> Explanation | None:
    """On a document that the finding names, no sum of the year reaches that of its own month."""
    turned = [document for document in scene.documents if _is_turned(document)]
    places = tuple(p for p in scene.places if p.document in turned and _is_amount(p))
    if not turned:
        return None
    say = BilingualText(
        "各项“本年累计”均小于其“本月数”，两栏可能识别颠倒，请对照原件表头",
        "every sum of the year is below that of its own month: the two columns may have been taken "
        "for each other; compare the headings with the original",
    )
    return Explanation(say, places)


def _is_turned(document: Document) -> bool:
    both = [line for line in document.lines.values() if {"value", "month"} <= line.columns.keys()]
    moved = [line for line in both if line.columns["value"].value != line.columns["month"].value]
    return len(moved) >= _LEAST_LINES and all(_is_below_its_month(line) for line in moved)


def _is_below_its_month(line: Line) -> bool:
    year, month = line.columns["value"].value, line.columns["month"].value
    return 0 <= year < month


def _is_amount(place: Place) -> bool:
    return bool(place.amounts) and place.row is None
