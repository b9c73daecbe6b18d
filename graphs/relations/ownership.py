"""Who owns and who represents a company: shareholder registers and business licences."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.documents import business_licence as licence
from extractors.documents import shareholder_register as register
from extractors.model import Document
from graphs.model import Relation, RelationKind
from graphs.relations.places import at_box, at_field, tie
from graphs.resolve.same_party import Resolution


def holdings_of(packet: str, document: Document, parties: Resolution) -> Iterator[Relation]:
    """Each shareholder of a register with its share."""
    company = register.COMPANY.of(document)
    if company is None:
        return
    held = parties.of(company.value, scope=packet)
    for holder in document.shareholders:
        owner = parties.of(holder.name, scope=packet)
        place = at_box(
            packet, document, holder.page, holder.box, holder.name, holder.name, company.value
        )
        yield tie(RelationKind.HOLDS_SHARES, owner, held, holder.share, place)


def representative_of(packet: str, document: Document, parties: Resolution) -> Iterator[Relation]:
    """The legal representative that a licence names."""
    name, head = licence.NAME.of(document), licence.LEGAL_REPRESENTATIVE.of(document)
    if not name or not head:
        return
    source = parties.of(head.value, scope=packet)
    target = parties.of(name.value, scope=packet)
    place = at_field(packet, document, head.field, head.value, name.value)
    yield tie(RelationKind.REPRESENTS, source, target, None, place)
