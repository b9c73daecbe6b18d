"""What the finding rests on was recognised less surely than a judgement needs."""

from __future__ import annotations

from verify.doubt.place import Place
from verify.doubt.scene import Scene
from verify.doubt.slip import Explanation, slip
from verify.model import BilingualText

# A finding about more places than this is a picture of many rows: it stands while most were read
# surely.
_FEW_PLACES = 3
# Share of many places that may be unsure before the whole finding is.
_UNSURE_SHARE = 0.5


@slip(
    id="unsure_reading",
    title="The reading is less sure than a judgement needs",
    title_zh="识别置信度不足",
    order=60,
)
def unsure_reading(scene: Scene) -> Explanation | None:
    unsure = tuple(place for place in scene.places if place.confidence < scene.trust_floor)
    unsure = unsure or _rows_behind_totals(scene)
    if not unsure or not _weighs(scene, unsure):
        return None
    say = BilingualText(
        "所依据的内容识别置信度不足，需重新读取或对照原件后再判断",
        "what the finding rests on was read with too little confidence: "
        "read it again or compare with the original",
    )
    return Explanation(say, unsure)


def _rows_behind_totals(scene: Scene) -> tuple[Place, ...]:
    """Rows that were not read for sure, where a finding sets a printed total or count against all
    of them.
    """
    if scene.rule.group != "statement_chain" or any(
        place.row is not None for place in scene.places
    ):
        return ()
    rows = (p for document in scene.documents for p in scene.case.places.rows(document))
    return tuple(p for p in rows if p.confidence < scene.trust_floor)


def _weighs(scene: Scene, unsure: tuple[Place, ...]) -> bool:
    """One unsure operand spoils a sum; of many rows most have to be unsure."""
    if scene.difference is not None or len(scene.places) <= _FEW_PLACES:
        return True
    return len(unsure) > _UNSURE_SHARE * len(scene.places)
