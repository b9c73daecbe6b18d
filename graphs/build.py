"""Packets to a party graph: guarantees, shares, legal representatives, invoices and contacts, each
with the place that says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from extractors.documents import business_licence as licence
from extractors.documents import name_change_notice as notice
from extractors.documents import shareholder_register as register
from extractors.documents.declare import Reading, Stated
from extractors.documents.registry import type_of
from extractors.model import Document, Packet
from extractors.values.party_name import folded_name, is_company
from graphs.model import Entity, NetAssets, PartyGraph, Relation, RelationKind, latest_worth
from graphs.relations.guarantees import guarantees
from graphs.relations.invoices import invoiced, traders
from graphs.relations.ownership import holdings_of, representative_of
from graphs.relations.places import tie
from graphs.relations.same_relation import merged_relations
from graphs.resolve.same_party import Mention, Resolution, Told, resolve
from graphs.sources.contacts import Contact, contacts_of
from graphs.sources.former_names import former_names
from graphs.sources.net_assets import net_assets
from graphs.sources.owner import owner_name
from graphs.sources.transfers import Transfer, between_firms, transfers

Maker = Callable[[str, Document, Resolution], Iterator[Relation]]


def build(
    packets: Sequence[Packet],
    told: Sequence[Told] = (),
    *,
    floor: float,
    payments: bool = False,
    unrelated: bool = False,
    counterparties: bool = True,
) -> PartyGraph:
    """The graph of all packets. The same contract or invoice handed in twice is one relation with
    two places.

    `told` is a person's word on names; `floor` how surely invoices and contacts have to be read;
    `payments` adds what companies paid each other, one relation
    for each payment; `unrelated` keeps parties without relations, which another packet's documents
    may relate (see `merge.joined`); without `counterparties` those are left out of whom documents
    tell nothing but that money was paid to or by their account.
    """
    documents = [(packet.id, document) for packet in packets for document in packet.documents]
    moved = between_firms(transfers(packets)) if payments else ()
    contacts = [
        c
        for packet, document in documents
        for c in contacts_of(packet, document, floor=floor, counterparties=counterparties)
    ]
    mentions = [
        mention for packet, document in documents for mention in _mentions(packet, document, floor)
    ]
    mentions += [Mention(name) for transfer in moved for name in (transfer.source, transfer.target)]
    mentions += [
        Mention(each.firm, scope=each.place.packet) for each in contacts if is_company(each.firm)
    ]
    renamed = [
        relation for packet, document in documents for relation in former_names(document, packet)
    ]
    parties = resolve(mentions, told, renamed)
    found = [
        relation
        for packet, document in documents
        for relation in _relations(packet, document, parties, floor)
    ]
    entities: dict[str, Entity] = {}
    for contact in contacts:
        if parties.knows(contact.firm):
            found.append(_has(contact, parties, entities))
    ordered = (*merged_relations(found), *(_paid(t, parties) for t in moved))
    used = {end for relation in ordered for end in (relation.source, relation.target)}
    worth = net_assets(packets)
    known = {
        key: _with_worth(value, worth)
        for key, value in parties.entities.items()
        if unrelated or key in used
    }
    return PartyGraph(known | dict(sorted(entities.items())), ordered)


def _with_worth(entity: Entity, worth: Mapping[str, NetAssets]) -> Entity:
    own = latest_worth(worth[key] for name in entity.names if (key := folded_name(name)) in worth)
    return replace(entity, worth=own) if own else entity


def _has(contact: Contact, parties: Resolution, entities: dict[str, Entity]) -> Relation:
    entity_id = f"{contact.kind}:{contact.key}"
    entities.setdefault(
        entity_id,
        Entity(id=entity_id, kind=contact.kind, name=contact.shown, names=(contact.shown,)),
    )
    holder = parties.of(contact.firm, scope=contact.place.packet)
    place = replace(contact.place, source=contact.firm)
    return tie(RelationKind.HAS_CONTACT, holder, entity_id, None, place)


def _paid(one: Transfer, parties: Resolution) -> Relation:
    return Relation(
        kind=RelationKind.PAYS,
        source=parties.of(one.source),
        target=parties.of(one.target),
        amount=one.amount,
        start=one.day,
        end=one.day,
        places=one.places,
    )


def _mentions(packet: str, document: Document, floor: float) -> Iterator[Mention]:
    if document.type == "guarantee_contract":
        for fields in document.parties.values():
            yield from (Mention(field.value, scope=packet) for field in fields)
    elif document.type == "business_licence":
        yield from _company(packet, licence.NAME.of(document), licence.USCC.of(document))
        if head := licence.LEGAL_REPRESENTATIVE.of(document):
            yield Mention(head.value, scope=packet)
    elif document.type == "shareholder_register":
        yield from _company(packet, register.COMPANY.of(document), register.USCC.of(document))
        yield from (Mention(h.name, scope=packet) for h in document.shareholders)
    elif document.type == "name_change_notice":
        yield from _company(packet, notice.NEW_NAME.of(document), notice.USCC.of(document))
    else:
        for name in (owner_name(document), *traders(document, floor)):
            if is_company(name):
                yield Mention(name, scope=packet)


def _company(
    packet: str, name: Reading[str] | None, code: Reading[str] | None
) -> Iterator[Mention]:
    if name:
        yield Mention(name.value, code.value if code else "", scope=packet)


def _relations(
    packet: str, document: Document, parties: Resolution, floor: float
) -> Iterator[Relation]:
    kind = type_of(document)
    for stated in kind.relations if kind else ():
        yield from _maker_of(stated, floor)(packet, document, parties)


def _maker_of(stated: Stated, floor: float) -> Maker:
    makers: dict[Stated, Maker] = {
        Stated.GUARANTEES: guarantees,
        Stated.HOLDINGS: holdings_of,
        Stated.REPRESENTATIVE: representative_of,
        Stated.SALES: partial(invoiced, floor=floor),
    }
    return makers[stated]
