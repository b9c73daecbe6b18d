"""Whose papers may lie beside the applicant's, and which of them a firm states once a period."""

from __future__ import annotations

from extractors.documents.balance_sheet import BALANCE_SHEET
from extractors.documents.cash_flow_statement import CASH_FLOW_STATEMENT
from extractors.documents.income_statement import INCOME_STATEMENT
from extractors.documents.vat_return import VAT_RETURN
from extractors.model import Packet
from extractors.values.party_name import folded_name
from verify.parties.applicant import Applicant

YEARLY = (
    BALANCE_SHEET,
    INCOME_STATEMENT,
    CASH_FLOW_STATEMENT,
    VAT_RETURN,
)  # what a firm states for a period, one version each


def other_firms(packet: Packet, applicant: Applicant) -> frozenset[str]:
    """Firms other than the applicant that the packet's guarantee contracts name: their papers are
    in their place beside its own.
    """
    names = {
        folded_name(party.value)
        for contract in packet.of_type("guarantee_contract")
        for role in ("guarantor", "debtor")
        for party in contract.parties.get(role, ())
    }
    return frozenset(name for name in names if not applicant.is_named(name))
