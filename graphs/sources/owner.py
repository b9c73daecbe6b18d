"""Which company a document is about."""

from __future__ import annotations

from extractors.documents.registry import type_of
from extractors.model import Document
from extractors.values.party_name import folded_name


def owner_of(document: Document) -> str:
    """The folded name that a paper is about, or an empty string where it is about several firms or none was read."""
    return folded_name(owner_name(document))


def owner_name(document: Document) -> str:
    """The same as printed."""
    kind = type_of(document)
    field = document.fields.get(kind.owner) if kind else None
    return field.value if field else ""
