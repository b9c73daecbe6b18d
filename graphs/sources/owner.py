"""Whose paper a paper is."""

from __future__ import annotations

from extractors.model import Document, Field
from extractors.values.party_name import folded_name

_NAME = {
    "business_licence": "name",
    "bank_statement": "account_name",
    "balance_sheet": "company",
    "income_statement": "company",
    "cash_flow_statement": "company",
    "vat_return": "company",
    "shareholder_register": "company",
}


def owner_of(document: Document) -> str:
    """The folded name that a paper is about, or an empty string where it is about several firms or none was read."""
    return folded_name(owner_name(document))


def owner_name(document: Document) -> str:
    """The same as printed."""
    field = owner_field(document)
    return field.value if field else ""


def owner_field(document: Document) -> Field | None:
    """The field that holds it, or None where it was not read."""
    return document.fields.get(_NAME.get(document.type, ""))


def is_owned(document: Document) -> bool:
    """Whether documents of this type are about one company, whether or not its name was read."""
    return document.type in _NAME
