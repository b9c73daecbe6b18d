"""Whether a document with rows was read completely, as far as the document itself proves it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from statistics import median

from extractors.model import Document, ProofKind, ReadStatus, Transaction
from verify.doubt.place import is_picture_page

# Proofs that hold the rows against something that the document prints beside them.
_COUNTED = (ProofKind.PRINTED_TOTALS, ProofKind.PRINTED_COUNT, ProofKind.CHAIN)
# Kinds of file whose pages are sheets of a workbook, of which some may hold something else.
_SHEETS = ("xlsx", "xls", "ods", "csv", "html")
# Space between two rows, in usual row heights, from which another row has room between them.
_ROOM = 1.7


def is_read_whole(document: Document) -> bool:
    """Whether every row of the document is known to have been read.

    In text, a document whose every line is accounted for was read whole, whatever its sums say: a
    broken chain is then the document's own. A picture may hold a line that was not even found, so
    its chain must not break where another row has room. A reader that states no proof at all is
    believed when it calls the document read.
    """
    if not document.rows:
        return False
    stated = {proof.kind: proof.holds for proof in document.proofs}
    if any(stated.get(kind, False) for kind in _COUNTED):
        return True
    if pages_without_rows(document):
        return False
    if ProofKind.INK_LEDGER in stated:
        return stated[ProofKind.INK_LEDGER] and not any(lines_passed_over(document))
    return not stated and document.status == ReadStatus.READ


def is_ink_accounted(document: Document, page: int) -> bool | None:
    """Whether every line of a page's table has a known meaning; None where that cannot be told.

    On a picture a line may not have been found at all, so that no ledger of lines can miss it.
    """
    stated = [proof.holds for proof in document.proofs if proof.kind is ProofKind.INK_LEDGER]
    if not stated or (stated[0] and is_picture_page(document, page)):
        return None
    return stated[0]


def pages_without_rows(document: Document) -> frozenset[int]:
    """Return the pages of a printed statement on which no row was read.

    A cover or a last page with totals alone is no fault where the sums hold; where none holds, the
    rows of that page may have been passed over.
    """
    if document.kind in _SHEETS or not document.rows:
        return frozenset()
    return frozenset(document.pages) - {row.page for row in document.rows}


def lines_passed_over(document: Document) -> Iterator[Transaction]:
    """Yield the rows before which a picture has room for a row that the chain lacks."""
    rows = document.rows
    for before, row in zip(rows, rows[1:], strict=False):
        breaks = gap(before, row) != 0 and is_picture_page(document, row.page)
        if breaks and has_room(document, before, row):
            yield row


def is_chained(document: Document) -> bool:
    """Whether every balance follows from the one before it, through all rows."""
    rows = document.rows
    if len(rows) < 2 or any(row.balance is None for row in rows):
        return False
    return all(gap(first, second) == 0 for first, second in zip(rows, rows[1:], strict=False))


def gap(before: Transaction, row: Transaction) -> Decimal:
    """By how much a row's balance differs from the one before with its own movement; 0 where one is
    not printed.
    """
    if before.balance is None or row.balance is None:
        return Decimal(0)
    return row.balance - (before.balance + row.credit - row.debit)


def has_room(document: Document, before: Transaction, row: Transaction) -> bool:
    """Whether another row fits between two rows as they stand on the page."""
    if before.page != row.page:
        return True  # the foot of one page and the head of the next
    pitches = _pitches(document, row.page)
    if not pitches:
        return False
    return abs(row.box.top - before.box.top) > _ROOM * median(pitches)


def _pitches(document: Document, page: int) -> list[float]:
    rows = [row for row in document.rows if row.page == page]
    pairs = zip(rows, rows[1:], strict=False)
    return [
        abs(second.box.top - first.box.top)
        for first, second in pairs
        if first.box.top != second.box.top
    ]
