"""A page of a statement was scanned or read twice."""

from __future__ import annotations

from extractors.model import Document
from verify.doubt.place import Place
from verify.doubt.scene import Scene
from verify.doubt.slip import Explanation, slip
from verify.ledger.repeated_pages import repeated_pages
from verify.model import BilingualText

# Groups of rules that count rows: a page read twice explains their hits.
_ABOUT_ROWS = ("statement_chain", "smallest_edit", "repeated_rows", "rows_missing")


@slip(
    id="page_twice",
    title="A page was scanned or read twice",
    title_zh="有页面重复",
    order=5,
)
def page_twice(scene: Scene) -> Explanation | None:
    """A page whose rows and balances are all those of another: who adds turnover has to give it
    balances of its own.
    """
    if scene.rule.group not in _ABOUT_ROWS:
        return None
    twice = [document for document in scene.documents if repeated_pages(document)]
    if not twice:
        return None
    say = BilingualText(
        "同一页的明细出现两次，可能重复扫描或重复打印，请核对页面",
        "the rows of one page stand there twice: it may have been scanned or printed twice; "
        "look at the pages",
    )
    return Explanation(say, tuple(place for place in scene.places if _is_of(place, twice)))


def _is_of(place: Place, documents: list[Document]) -> bool:
    return any(place.document is document for document in documents)
