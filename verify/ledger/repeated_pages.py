"""Pages of a statement that were scanned or printed twice: their rows count once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from extractors.model import Document, Transaction

# Fewer rows than these may be alike by chance (fees of one amount on one day).
_LEAST_ROWS = 3

RowKey = tuple[str, Decimal, Decimal, Decimal | None]


def repeated_pages(document: Document) -> frozenset[int]:
    """Return the numbers of pages whose rows, balances included, are those of an earlier page."""
    by_page: dict[int, list[RowKey]] = defaultdict(list)
    for row in document.rows:
        by_page[row.page].append(_key(row))
    seen: set[tuple[RowKey, ...]] = set()
    again: set[int] = set()
    for page, keys in sorted(by_page.items()):
        rows = tuple(sorted(keys, key=str))
        if len(rows) >= _LEAST_ROWS and rows in seen:
            again.add(page)
        seen.add(rows)
    return frozenset(again)


def rows_once(document: Document) -> Iterator[tuple[int, Transaction]]:
    """Yield each row of a statement with its index, but those of pages that repeat an earlier one."""
    again = repeated_pages(document)
    for index, row in enumerate(document.rows):
        if row.page not in again:
            yield index, row


def _key(row: Transaction) -> RowKey:
    return row.day.isoformat(), row.debit, row.credit, row.balance
