"""All declared document types, found by walking the package; there is no list to edit."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

import extractors.documents
from extractors.documents.declare import DocumentType
from extractors.model import Document


@cache
def document_types() -> dict[str, DocumentType]:
    """Every declared type by id.

    Raises TypeError for a type that has no reader, or an id declared twice.
    """
    found: dict[str, DocumentType] = {}
    for info in pkgutil.iter_modules(extractors.documents.__path__):
        module = importlib.import_module(f"extractors.documents.{info.name}")
        for value in vars(module).values():
            if isinstance(value, DocumentType) and found.get(value.id) is not value:
                if value.read is None:
                    raise TypeError(f"{module.__file__}: {value.id} has no reader")
                if value.id in found:
                    raise TypeError(f"{module.__file__}: {value.id} is declared twice")
                found[value.id] = value
    return dict(sorted(found.items()))


def type_of(document: Document) -> DocumentType | None:
    """Return the declared type of a document, or None for an unknown one."""
    return document_types().get(document.type)
