"""Of several readings of one amount on a picture, one differs from all others: that one is in
doubt.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from extractors.model import Document
from verify.doubt.place import is_picture_page
from verify.doubt.scene import Scene
from verify.doubt.slip import Explanation, slip
from verify.model import BilingualText

_SINGLE = ("invoice_arithmetic", "bank_slip")
# The figure that is paid. Who raises an amount raises this one, so it is never excused for standing
# alone.
_HEADLINE = ("total_amount", "amount")
_LEAST_AGREEING = 2  # other places that say the same before one alone is doubted


@slip(
    id="stands_alone",
    title="One reading of the amount stands alone",
    title_zh="同一金额的多处识别中仅一处不同",
    order=45,
)
def stands_alone(scene: Scene) -> Explanation | None:
    """Words, figures, net plus tax and the lines state one amount; where only a lesser one of them
    differs, it was misread.
    """
    if scene.rule.group not in _SINGLE or len(scene.documents) != 1:
        return None
    document = scene.documents[0]
    if not is_picture_page(document, document.pages[0] if document.pages else 1):
        return None
    name = _lone(dict(_readings(document)))
    if not name or name in _HEADLINE:
        return None
    say = BilingualText(
        "该金额的其他各处一致，仅此一处不同，可能识别有误，请对照原件",
        "all other places that state the amount agree and only this one differs: "
        "it may have been misread; compare with the original",
    )
    return Explanation(say, tuple(place for place in scene.places if place.name not in _HEADLINE))


def _lone(readings: dict[str, Decimal]) -> str:
    """The one reading that differs while all others agree; an empty string where none or several
    do.
    """
    counts = Counter(readings.values())
    if len(counts) != 2:
        return ""
    (usual, agreeing), (_, alone) = counts.most_common()
    if alone != 1 or agreeing < _LEAST_AGREEING:
        return ""
    return next(name for name, value in readings.items() if value != usual)


def _readings(document: Document) -> Iterator[tuple[str, Decimal]]:
    """The amounts that an invoice or slip states in independent places."""
    for name in ("total_amount", "total_words", "amount", "amount_words"):
        if name in document.fields:
            yield name, Decimal(document.fields[name].value)
    if {"net_amount", "tax_amount"} <= document.fields.keys():
        sides = [Decimal(document.fields[each].value) for each in ("net_amount", "tax_amount")]
        yield "net_amount", sum(sides, Decimal(0))
    if document.items and all(item.tax is not None for item in document.items):
        lines = [item.net + (item.tax or Decimal(0)) for item in document.items]
        yield "items", sum(lines, Decimal(0))
