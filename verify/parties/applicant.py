"""Who applies: the firm that the packet's own papers are about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from extractors.documents import (
    balance_sheet,
    bank_statement,
    business_licence,
    guarantee_contract,
    income_statement,
    invoice,
    shareholder_register,
    vat_return,
)
from extractors.model import Document, Packet
from extractors.values.party_name import folded_name, same_party
from graphs.sources.former_names import former_names

# How much each paper says about whose packet this is. Invoices name two firms, so each counts
# little.
_WEIGHTS = (
    (business_licence.NAME, 6),
    (vat_return.COMPANY, 5),
    (bank_statement.ACCOUNT_NAME, 4),
    (balance_sheet.COMPANY, 4),
    (income_statement.COMPANY, 4),
    (shareholder_register.COMPANY, 3),
    (guarantee_contract.DEBTOR, 3),
    (invoice.SELLER_NAME, 1),
    (invoice.BUYER_NAME, 1),
)
_CODES = (
    (business_licence.USCC, business_licence.NAME),
    (vat_return.TAX_ID, vat_return.COMPANY),
    (balance_sheet.TAX_ID, balance_sheet.COMPANY),
    (shareholder_register.USCC, shareholder_register.COMPANY),
    (invoice.SELLER_TAX_ID, invoice.SELLER_NAME),
    (invoice.BUYER_TAX_ID, invoice.BUYER_NAME),
)


@dataclass(frozen=True, slots=True)
class Applicant:
    """Name and credit code, empty where no paper tells; former names as licence, register or a
    notice of change tell them.
    """

    name: str
    code: str
    former: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The name under the spelling by which equal names are equal."""
        return folded_name(self.name)

    def is_named(self, name: str) -> bool:
        return bool(self.name) and any(same_party(own, name) for own in (self.name, *self.former))


def applicant_of(packet: Packet) -> Applicant:
    """The name with most weight over all papers, and the code that papers print beside that name
    most firmly. A former name speaks for the latest.
    """
    latest = {folded_name(each.old): each.new for d in packet.documents for each in former_names(d)}
    votes: Counter[str] = Counter()
    shown: dict[str, str] = {}
    for document in packet.documents:
        for spec, weight in _WEIGHTS:
            found = spec.of(document)
            if found:
                name = _followed(found.value, latest)
                key = folded_name(name)
                votes[key] += weight
                shown.setdefault(key, name)
    if not votes:
        return Applicant("", "")
    key = max(sorted(votes), key=lambda k: votes[k])
    former = tuple(old for old in latest if folded_name(_followed(old, latest)) == key)
    return Applicant(shown[key], _code(packet.documents, key), former)


def _followed(name: str, latest: Mapping[str, str]) -> str:
    """The latest name of a firm; where papers rename it in a circle, the last before the circle
    closes.
    """
    seen: set[str] = set()
    while (key := folded_name(name)) in latest and key not in seen:
        seen.add(key)
        name = latest[key]
    return name


def _code(documents: tuple[Document, ...], key: str) -> str:
    for code_spec, name_spec in _CODES:
        for document in documents:
            code, name = code_spec.of(document), name_spec.of(document)
            if code and name and name.value.key == key:
                return code.value
    return ""
