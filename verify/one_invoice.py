"""Invoices counted once, in whatever forms and however often they were handed in."""

from __future__ import annotations

from collections.abc import Iterable

from extractors.model import Document
from verify.facts import invoice_key

RANK = {"xml": 0, "ofd": 1, "pdf": 2}  # the data file is the original, the others are pictures of it; a scan comes last


def each_once(documents: Iterable[Document]) -> tuple[Document, ...]:
    """One paper an invoice: of its data file, OFD, PDF and pictures the first that there is. One without a number counts by itself."""
    found: dict[str, Document] = {}
    for document in documents:
        key = invoice_key(document) or document.id
        if key not in found or RANK.get(document.kind, 3) < RANK.get(found[key].kind, 3):
            found[key] = document
    return tuple(found.values())
