"""A document was taken for one of another company, or for the applicant's own: its name was not
read clearly.
"""

from __future__ import annotations

from verify.doubt.place import Place
from verify.doubt.scene import Scene
from verify.doubt.slip import Explanation, slip
from verify.model import BilingualText


@slip(
    id="other_holder",
    title="The name on a document was not read clearly",
    title_zh="材料上的单位名称识别不清",
    order=55,
)
def other_holder(scene: Scene) -> Explanation | None:
    """A hit between documents, one of which bears a name that is not the applicant's and was not
    read clearly.
    """
    if not scene.rule.cross:
        return None
    found = tuple(p for p in map(scene.holder, scene.documents) if p and _is_strange(scene, p))
    if not found:
        return None
    say = BilingualText(
        "单位名称识别不清，该材料可能属于其他企业，请核对名称",
        "the name was not read clearly: the document may be another company's; compare the name",
    )
    return Explanation(say, found)


def _is_strange(scene: Scene, place: Place) -> bool:
    applicant = scene.case.applicant
    return bool(applicant.name) and not scene.is_clear(place) and not applicant.is_named(place.raw)
