"""A value was taken from the neighbouring place: what was read is another amount that the document
prints.
"""

from __future__ import annotations

from decimal import Decimal

from extractors.model import Document
from verify.doubt.place import Place
from verify.doubt.scene import Scene
from verify.doubt.slip import Explanation, slip
from verify.model import BilingualText

# Sums that a document prints in the same places as the value itself: equal for a reason, not by a
# slip.
_SAME_PLACE = ("total_words", "amount_words", "qr")


@slip(
    id="column_shifted",
    title="A value was taken from a neighbouring place",
    title_zh="取值错位（相邻栏次）",
    order=15,
)
def column_shifted(scene: Scene) -> Explanation | None:
    """An invoice whose net amount reads like its total: nobody who changes an amount writes the one
    beside it.
    """
    if scene.expected is None or scene.observed is None:
        return None
    found = tuple(place for place in scene.places if _is_taken_from_beside(scene, place))
    if not found:
        return None
    say = BilingualText(
        "所读金额与同一材料的另一栏相同，可能取错了栏次，请核对该处",
        "the amount read is the one that the document prints in another place: "
        "it may have been taken from there; look at the place",
    )
    return Explanation(say, found)


def _is_taken_from_beside(scene: Scene, place: Place) -> bool:
    if place.row is not None or place.name in _SAME_PLACE or not place.amounts:
        return False
    beside = _amounts_of(place.document, place.name)
    return place.amounts[0] in beside and scene.expected not in beside


def _amounts_of(document: Document, but: str) -> set[Decimal]:
    """Amounts in the other fields of a document; words and codes repeat an amount on purpose."""
    names = (name for name in _MONEY if name != but and name in document.fields)
    return {Decimal(document.fields[name].value) for name in names}


_MONEY = ("net_amount", "tax_amount", "total_amount")
