"""Whose paper a paper is: the applicant's, or that of a guarantor or debtor whose papers lie beside them."""

from __future__ import annotations

from extractors.documents.balance_sheet import BALANCE_SHEET
from extractors.documents.cash_flow_statement import CASH_FLOW_STATEMENT
from extractors.documents.income_statement import INCOME_STATEMENT
from extractors.documents.vat_return import VAT_RETURN
from extractors.model import Document, Packet
from extractors.values.party_name import folded_name
from verify.applicant import Applicant

YEARLY = (BALANCE_SHEET, INCOME_STATEMENT, CASH_FLOW_STATEMENT, VAT_RETURN)  # what a firm states for a period, one version each
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
    field = document.fields.get(_NAME.get(document.type, ""))
    return folded_name(field.value) if field else ""


def other_firms(packet: Packet, applicant: Applicant) -> frozenset[str]:
    """Firms other than the applicant that the packet's guarantee contracts name: their papers are in their place beside its own."""
    names = {
        folded_name(party.value)
        for contract in packet.of_type("guarantee_contract")
        for role in ("guarantor", "debtor")
        for party in contract.parties.get(role, ())
    }
    return frozenset(n for n in names if not applicant.is_named(n))
