"""Whose paper a paper is."""

from __future__ import annotations

from extractors.model import Document
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
    field = document.fields.get(_NAME.get(document.type, ""))
    return field.value if field else ""
