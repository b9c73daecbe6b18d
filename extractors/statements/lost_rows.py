"""Rows that the reading passed over: the balances break where the page has room for a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from extractors.model import Box
from extractors.statements.chain import Link, explains
from extractors.statements.entries import Entry, OpenLine

_VOID = 1.5  # usual distances of two rows that an empty strip between two rows measures at least
_FEWEST_PAIRS = 3  # pairs of rows that show what is usual


def lost_rows(entries: Sequence[Entry], *, newest_first: bool) -> Iterator[OpenLine]:
    """Every empty strip between two printed rows whose balances do not follow.

    `entries` stand in printed order. A changed figure leaves no strip, so that a forged balance stays
    a contradiction.
    """
    pairs = [(a, b) for a, b in pairwise(entries) if a.page == b.page and a.levels and b.levels]
    distances = [_widest(a, b) for a, b in pairs]
    if len(distances) < _FEWEST_PAIRS:
        return
    usual = median(distances)
    for (above, below), distance in zip(pairs, distances, strict=True):
        earlier, later = (below, above) if newest_first else (above, below)
        if distance >= _VOID * usual and not _follows(earlier, later):
            yield OpenLine("", above.page, _between(above.box, below.box))


def _widest(above: Entry, below: Entry) -> float:
    """The widest distance between two lines of print from one row's first line to the next row's."""
    levels = sorted({*above.levels, *below.levels[:1]})
    return max((b - a for a, b in pairwise(levels)), default=0.0)


def _follows(earlier: Entry, later: Entry) -> bool:
    if earlier.balance is None or later.balance is None:
        return True  # no balance says anything
    moved = Link(later.credit - later.debit, later.balance)
    return explains([moved], later.balance - earlier.balance)


def _between(above: Box, below: Box) -> Box:
    top, bottom = min(above.bottom, below.bottom), max(above.top, below.top)
    left, right = min(above.left, below.left), max(above.right, below.right)
    return Box(left, min(top, bottom), right, max(top, bottom))
