"""Which company a document is about."""

from __future__ import annotations

from extractors.documents.registry import type_of
from extractors.model import Document, Field
from extractors.values.party_name import folded_name


def owner_of(document: Document) -> str:
    """The folded name that a paper is about, or an empty string where it is about several firms or
    none was read.
    """
    return folded_name(owner_name(document))


def owner_name(document: Document) -> str:
    """The same as printed."""
    field = owner_field(document)
    return field.value if field else ""


def owner_field(document: Document) -> Field | None:
    """The field that holds it, or None where it was not read."""
    kind = type_of(document)
    return document.fields.get(kind.owner) if kind else None


def is_owned(document: Document) -> bool:
    """Whether documents of this type are about one company, whether or not its name was read."""
    kind = type_of(document)
    return kind is not None and bool(kind.owner)
