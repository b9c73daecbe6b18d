"""A result that no company has: sums over rows that are less than a tenth of what they should be,
or more than ten times.
"""

from __future__ import annotations

from decimal import Decimal

from extractors.model import Document, ReadStatus
from verify.doubt.completeness import is_chained, is_read_whole
from verify.doubt.parts import Part
from verify.doubt.place import is_picture_page
from verify.doubt.scene import Scene
from verify.doubt.slip import Explanation, slip
from verify.model import BilingualText


@slip(
    id="beyond_reason",
    title="The result is beyond reason",
    title_zh="结果明显超出合理范围",
    order=70,
)
def beyond_reason(scene: Scene) -> Explanation | None:
    """First a sign of misreading, unless every statement it rests on was proven to be read line by
    line.
    """
    if Part.ROWS not in (*scene.rule.stands_on, *scene.rule.stands_on_all):
        return None
    if not any(document.lines for document in scene.documents):
        return None  # one invoice or slip that was not found is no sum
    if not _is_absurd(scene) or all(_is_firm(document) for document in scene.documents):
        return None
    say = BilingualText(
        "结果明显超出合理范围，首先应怀疑材料未读对，请核对对账单的户名、借贷方向与明细",
        "the result is beyond reason, which first suggests a misreading: look at the "
        "statements' holder, debit/credit sides and rows",
    )
    places = tuple(p for p in map(scene.holder, scene.documents) if p)
    return Explanation(say, places)


def _is_absurd(scene: Scene) -> bool:
    expected, observed = scene.expected, scene.observed
    if expected is None or observed is None or expected <= 0:
        return False
    least = Decimal(str(scene.limit("reason_share")))
    return observed < least * expected or observed * least > expected


def _is_firm(document: Document) -> bool:
    """Text that reads one way, with rows that prove themselves."""
    if document.status != ReadStatus.READ or any(
        is_picture_page(document, page) for page in document.pages
    ):
        return False
    return not document.rows or is_chained(document) or is_read_whole(document)
