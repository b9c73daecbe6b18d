"""Cents were not read on a picture: a difference below one yuan."""

from __future__ import annotations

from decimal import Decimal

from verify.doubt.scene import Scene
from verify.doubt.slip import Explanation, slip
from verify.model import BilingualText


@slip(
    id="cents",
    title="Cents were not read on a picture",
    title_zh="图片上的角分未读全",
    order=20,
)
def cents(scene: Scene) -> Explanation | None:
    """A character that was not read leaves no weak one behind, so clear print does not speak
    against it; nobody forges cents.
    """
    gap = scene.difference
    pictured = tuple(place for place in scene.places if place.is_picture)
    if gap is None or not pictured or abs(gap) >= Decimal(str(scene.limit("picture_cents"))):
        return None
    say = BilingualText(
        "差异不足一元且在图片上，可能角分未读全，请对照原件",
        "the difference is below one yuan and on a picture: cents may not have been read; "
        "compare with the original",
    )
    return Explanation(say, pictured)
