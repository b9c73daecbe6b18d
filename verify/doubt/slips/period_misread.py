"""The period of a document was misread or is not printed, so that two different periods were compared."""

from __future__ import annotations

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
    """Only where the rule compares documents by period and one of the periods is unclear."""
    if not scene.rule.cross or len(scene.documents) < 2:
        return None
    found = tuple(p for p in scene.periods if not scene.is_clear(p))
    if not found:
        return None
    say = BilingualText(
        "所属期间识别不清，两份材料可能不属同一期间，请核对",
        "a period was not read clearly: the documents may be about different periods",
    )
    return Explanation(say, found)
