"""A row of a statement was not read: exactly its amount is missing in the chain of balances."""

from __future__ import annotations

from decimal import Decimal

from extractors.model import Document, Transaction
from verify.doubt.completeness import (
    gap,
    has_room,
    is_ink_accounted,
    pages_without_rows,
)
from verify.doubt.scene import Scene
from verify.doubt.slip import Explanation, slip
from verify.model import BilingualText

# Groups of rules that stand on every row: one unread row explains their hits.
_CHAINS = ("statement_chain", "smallest_edit", "rows_missing")
# Rules that set printed totals, counts and closing balances against all rows.
_TOTALS = ("ARI18", "ARI19", "ARI20", "ARI21")


@slip(
    id="row_not_read",
    title="A row of the statement was not read",
    title_zh="对账单有行未读到",
    order=40,
)
def row_not_read(scene: Scene) -> Explanation | None:
    """Any break of a chain may be one unread row, so all depends on whether a row has room at the
    break.

    A statement whose every line is accounted for has no such row, and rows that close up over a
    removed one leave no room either.
    """
    if scene.rule.group not in _CHAINS:
        return None
    found = tuple(
        place
        for place in scene.places
        if place.row is not None and _may_lack(place.document, place.row)
    )
    if not found and not _totals_lack(scene):
        return None
    say = BilingualText(
        "断开处可能有一行未读到，请核对该处前后的原件",
        "a row may not have been read where the balances break: look at the original there",
    )
    return Explanation(say, found)


def _totals_lack(scene: Scene) -> bool:
    """Whether a printed total or closing balance differs from rows among which one may not have
    been read.
    """
    if scene.rule.id not in _TOTALS or any(place.row is not None for place in scene.places):
        return False
    if not scene.hit.expected:
        return (
            False  # page numbers that skip: a page is missing in the document, not in the reading
        )
    if scene.difference and any(
        _clear_breaks(document) == scene.difference for document in scene.documents
    ):
        return False  # the chain itself breaks by this amount where no row has room
    if any(pages_without_rows(document) for document in scene.documents):
        return True
    return any(_may_lack(document, row) for document in scene.documents for row in document.rows)


def _clear_breaks(document: Document) -> Decimal:
    """By how much a chain breaks in all at places where no row may have been passed over."""
    pairs = zip(document.rows, document.rows[1:], strict=False)
    clear = (
        gap(first, second)
        for first, second in pairs
        if gap(first, second) and not _may_lack(document, second)
    )
    return sum(clear, Decimal(0))


def _may_lack(document: Document, row: Transaction) -> bool:
    """Whether the chain breaks just before a row, where a row may have been passed over."""
    position = _position(document, row)
    if _skips_a_page(document, position):
        return True
    accounted = is_ink_accounted(document, row.page)
    if accounted:
        return False
    if accounted is False and _has_failure(document, row.page):
        return True
    if position == 0:
        return _opens_apart(document, row)
    before = document.rows[position - 1]
    return gap(before, row) != 0 and has_room(document, before, row)


def _skips_a_page(document: Document, position: int) -> bool:
    """Whether a page on which no row was read lies where the chain breaks before a row."""
    empty = pages_without_rows(document)
    row = document.rows[position]
    if not empty or (position == 0 and not _opens_apart(document, row)):
        return False
    if position == 0:
        return True
    before = document.rows[position - 1]
    first, last = sorted((before.page, row.page))
    return gap(before, row) != 0 and any(first < page < last for page in empty)


def _has_failure(document: Document, page: int) -> bool:
    """Whether a line that no region explains stands on a page, or the document says so of no page
    in particular.
    """
    return any(proof.page == page or proof.open > 1 for proof in document.proofs if not proof.holds)


def _opens_apart(document: Document, first: Transaction) -> bool:
    """Whether the first balance does not follow from the printed opening one: the first row stands
    next to the heading.
    """
    opening = document.fields.get("opening_balance")
    if opening is None or not opening.raw:
        return False
    return Decimal(opening.value) + first.credit - first.debit != first.balance


def _position(document: Document, row: Transaction) -> int:
    return next(i for i, other in enumerate(document.rows) if other is row)
