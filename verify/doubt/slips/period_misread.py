"""The period of a document was misread or is not printed, so that two different periods were
compared.
"""

from __future__ import annotations

from datetime import date, timedelta

from verify.doubt.place import Place
from verify.doubt.scene import Scene
from verify.doubt.slip import Explanation, slip
from verify.model import BilingualText


@slip(
    id="period_misread",
    title="A period was misread",
    title_zh="所属期间识别有误",
    order=50,
)
def period_misread(scene: Scene) -> Explanation | None:
    """Only where the rule compares documents by period and one of the periods is not to be trusted."""
    if not scene.rule.cross or len(scene.documents) < 2:
        return None
    found = tuple(period for period in scene.periods if _is_doubtful(scene, period))
    if not found:
        return None
    say = BilingualText(
        "所属期间识别不清，两份材料可能不属同一期间，请核对",
        "a period was not read clearly: the documents may be about different periods",
    )
    return Explanation(say, found)


def _is_doubtful(scene: Scene, place: Place) -> bool:
    """Whether a period was read too unsurely, or ends within a month: statements and returns end
    with one.
    """
    if place.confidence < scene.trust_floor:
        return True
    return place.name == "period_end" and not _is_month_end(place.value)


def _is_month_end(value: str) -> bool:
    return (date.fromisoformat(value) + timedelta(days=1)).day == 1
