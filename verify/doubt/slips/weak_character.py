"""A digit, a decimal point or a character of a name was misread on a picture."""

from __future__ import annotations

from decimal import Decimal

from extractors.values.amount_in_words import to_words
from verify.doubt.edits import is_misread_amount, is_one_character_off, loses_one_character
from verify.doubt.place import Place
from verify.doubt.scene import Scene
from verify.doubt.slip import Explanation, slip
from verify.model import BilingualText

# A name or code shorter than this differs from too many others by one character.
_LEAST_TEXT = 4


@slip(
    id="weak_character",
    title="A digit, a decimal point or a character was misread",
    title_zh="个别字符、小数点识别有误",
    order=10,
)
def weak_character(scene: Scene) -> Explanation | None:
    found = tuple(p for p in scene.unclear if p.is_picture and _explains(scene, p))
    found = found or _lost_in_words(scene)
    if not found:
        return None
    say = BilingualText(
        "差异可由图片上一个不清晰的字符、小数点解释，请对照原件核对该处",
        "one unclear character or decimal point on the picture explains the difference: "
        "compare the place with the original",
    )
    return Explanation(say, found)


def _explains(scene: Scene, place: Place) -> bool:
    if scene.difference and place.amounts:
        return any(_turns(amount, scene.difference) for amount in place.amounts)
    return _is_near(scene.hit.expected, scene.hit.observed)


def _turns(read: Decimal, difference: Decimal) -> bool:
    """Whether another reading of an amount, one character off, removes the difference."""
    return any(is_misread_amount(read, read + document) for document in (difference, -difference))


def _is_near(expected: str, observed: str) -> bool:
    if min(len(expected), len(observed)) < _LEAST_TEXT:
        return False
    return is_one_character_off(expected, observed)


def _lost_in_words(scene: Scene) -> tuple[Place, ...]:
    """Amounts in words on a picture that lack one character of the figures' words: what is not read
    leaves no weak character.
    """
    return tuple(
        words
        for words in scene.places
        for figures in scene.places
        if words.is_picture
        and "words" in words.name
        and "words" not in figures.name
        and any(loses_one_character(_bare(words.raw), _bare(w)) for w in _written(figures))
    )


def _written(figures: Place) -> list[str]:
    return [to_words(amount) for amount in figures.amounts]


def _bare(words: str) -> str:
    """Words of an amount in one spelling, without what does not count."""
    folded = words.replace("圆", "元").replace("人民币", "")
    return "".join(c for c in folded if c in "零壹贰叁肆伍陆柒捌玖拾佰仟万亿元角分")
