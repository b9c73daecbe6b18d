"""Who is related to the applicant by what its own papers say: shareholders, their firms' names, the
legal representative.
"""

from __future__ import annotations

from collections.abc import Iterable

from extractors.documents.business_licence import BUSINESS_LICENCE, LEGAL_REPRESENTATIVE
from extractors.documents.shareholder_register import LEGAL_REPRESENTATIVE as REGISTER_HEAD
from extractors.documents.shareholder_register import SHAREHOLDER_REGISTER
from extractors.model import Document
from extractors.values.party_name import folded_name, same_party
from graphs.sources.owner import owner_of


def related_parties(papers: Iterable[Document], holder: str) -> frozenset[str]:
    """Folded names of shareholders and legal representatives, the applicant itself left out."""
    names: set[str] = set()
    for document in papers:
        if owner_of(document) and not same_party(owner_of(document), holder):
            continue  # a guarantor's people are not the applicant's
        if document.type == SHAREHOLDER_REGISTER.id:
            names |= {folded_name(shareholder.name) for shareholder in document.shareholders}
        head = {
            BUSINESS_LICENCE.id: LEGAL_REPRESENTATIVE,
            SHAREHOLDER_REGISTER.id: REGISTER_HEAD,
        }.get(document.type)
        found = head.of(document) if head else None
        if found:
            names.add(found.value.key)
    return frozenset(name for name in names if name and name != folded_name(holder))
