"""A printed unit (thousand or ten thousand yuan) was missed, or applied where it is not printed."""

from __future__ import annotations

from decimal import Decimal

from verify.doubt.scene import Scene
from verify.doubt.slip import Explanation, slip
from verify.model import BilingualText

_UNITS = (Decimal(1_000), Decimal(10_000))  # 千元, 万元


@slip(
    id="unit_missed",
    title="A printed unit was missed",
    title_zh="金额单位（千元、万元）未识别",
    order=35,
)
def unit_missed(scene: Scene) -> Explanation | None:
    """Two documents a thousand or ten thousand times apart.

    Nobody forges such a factor; ten or a hundred is no unit.
    """
    expected, observed = scene.expected, scene.observed
    if not expected or not observed or len(scene.documents) < 2:
        return None
    near = Decimal(str(scene.limit("unit_share")))
    ratio = max(abs(expected), abs(observed)) / min(abs(expected), abs(observed))
    if not any(abs(ratio - unit) <= near * unit for unit in _UNITS):
        return None
    say = BilingualText(
        "两份材料相差一千倍或一万倍，可能是金额单位（千元、万元）未识别",
        "the documents are a thousand or ten thousand times apart: "
        "a printed unit may have been missed",
    )
    return Explanation(say, scene.places)
