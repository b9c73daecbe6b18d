"""Invoices counted once, in whatever forms and however often they were handed in."""

from __future__ import annotations

from collections.abc import Iterable

from extractors.documents.invoice import CODE, NUMBER
from extractors.model import Document

RANK = {
    "xml": 0,
    "ofd": 1,
    "pdf": 2,
}  # the data file is the original, the others are pictures of it; a scan comes last


def each_once(documents: Iterable[Document]) -> tuple[Document, ...]:
    """One paper an invoice: of its data file, OFD, PDF and pictures the first that there is. One
    without a number counts by itself; one whose code was not read is the one of its number that
    has a code.
    """
    found: dict[str, list[Document]] = {}
    for document in documents:
        number, code = NUMBER.of(document), CODE.of(document)
        same = found.setdefault(number.value if number else document.id, [])
        at = next(
            (
                i
                for i, d in enumerate(same)
                if not code or (other := CODE.of(d)) is None or other.value == code.value
            ),
            None,
        )
        if at is None:
            same.append(document)
        elif RANK.get(document.kind, 3) < RANK.get(same[at].kind, 3):
            same[at] = document
    return tuple(each for same in found.values() for each in same)
