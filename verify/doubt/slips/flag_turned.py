"""The debit/credit flag of a row was read the wrong way round."""

from __future__ import annotations

from verify.doubt.place import Place
from verify.doubt.scene import Scene
from verify.doubt.slip import Explanation, slip
from verify.model import BilingualText


@slip(
    id="flag_turned",
    title="A row's debit/credit flag was read the wrong way round",
    title_zh="借贷方向识别反了",
    order=30,
)
def flag_turned(scene: Scene) -> Explanation | None:
    """A break of twice a row's amount; in text only where the reader was not sure of the direction."""
    gap = scene.difference
    if not gap:
        return None
    turned = tuple(p for p in scene.unclear if _turns(p, abs(gap)))
    if not turned:
        return None
    say = BilingualText(
        "差额恰为该笔金额的两倍，借贷方向可能识别反了，请核对该行",
        "the difference is twice the row's amount: its debit/credit side may have been read "
        "the wrong way round; look at the row",
    )
    return Explanation(say, turned)


def _turns(place: Place, gap: object) -> bool:
    row = place.row
    return row is not None and 2 * (row.debit or row.credit) == gap
