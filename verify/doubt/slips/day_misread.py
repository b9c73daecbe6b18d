"""The day of a row was misread on a picture: amounts and balance are those of the other statement's
row.
"""

from __future__ import annotations

from datetime import timedelta

from verify.doubt.completeness import is_chained
from verify.doubt.place import Place
from verify.doubt.scene import Scene
from verify.doubt.slip import Explanation, slip
from verify.model import BilingualText

# A day taken from the row above or below, or with one digit misread within a week.
_NEAR = timedelta(days=7)


@slip(
    id="day_misread",
    title="The day of a row was misread on a picture",
    title_zh="图片上某笔交易的日期识别有误",
    order=25,
)
def day_misread(scene: Scene) -> Explanation | None:
    """Every row that one of two statements has alone stands in the other a few days off, with the
    same amounts and balance.
    """
    rows = [p for p in scene.places if p.row is not None]
    own = [p for p in rows if p.document is rows[0].document]
    others = [p for p in rows if p.document is not rows[0].document]
    if not others or len(own) != len(others) or scene.observed != len(own):
        return None
    if not all(any(_is_same(a, b) for b in others) for a in own):
        return None
    say = BilingualText(
        "金额、余额相同而日期相差数日，且其中一份为图片，日期可能识别有误",
        "amounts and balance are the same and the days near, and one statement is a picture: "
        "a day may have been misread",
    )
    read_from_pictures = tuple(p for p in rows if p.is_picture)
    return Explanation(say, read_from_pictures, is_settled=_has_clear_copy(rows))


def _has_clear_copy(rows: list[Place]) -> bool:
    """Whether one of the two statements is text whose every balance follows: its days are those of
    the bank, and the picture is a copy of it.
    """
    clear = {id(p.document): p.document for p in rows if not p.is_picture}
    return len(clear) == 1 and all(is_chained(document) for document in clear.values())


def _is_same(one: Place, other: Place) -> bool:
    a, b = one.row, other.row
    if a is None or b is None or not (one.is_picture or other.is_picture):
        return False
    same = (a.debit, a.credit, a.balance) == (b.debit, b.credit, b.balance)
    return same and abs(a.day - b.day) <= _NEAR
