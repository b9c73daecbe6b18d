"""Packets to a party graph: guarantees, shares, legal representatives, invoices and contacts, each with the place that says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from extractors.documents import business_licence as licence
from extractors.documents import guarantee_contract as contract
from extractors.documents import invoice
from extractors.documents import name_change_notice as notice
from extractors.documents import shareholder_register as register
from extractors.documents.declare import Reading
from extractors.model import Box, Document, Field, Packet
from extractors.values.credit_code import FIND as CREDIT_CODE
from extractors.values.party_name import folded_name, is_company
from graphs.model import Entity, PartyGraph, Place, Relation, Worth, latest_worth
from graphs.resolve.same_party import Mention, Told, resolve
from graphs.sources.contacts import Contact, contacts_of
from graphs.sources.former_names import former_names
from graphs.sources.net_assets import net_assets
from graphs.sources.owner import owner_name
from graphs.sources.transfers import Transfer, between_firms, transfers

_SURE = 0.85  # an invoice's names read less surely tie nobody


def build(
    packets: Sequence[Packet],
    told: Sequence[Told] = (),
    *,
    payments: bool = False,
    unrelated: bool = False,
    counterparties: bool = True,
) -> PartyGraph:
    """The graph of all packets. The same contract or invoice handed in twice is one relation with two places.

    `told` is a person's word on names; `payments` adds what firms paid each other, one relation a payment; `unrelated` keeps
    parties without relations, which another packet's papers may relate (see `merge.joined`); without `counterparties` those are left out
    of whom papers tell nothing but that money was paid to or by their account.
    """
    papers = [(p.id, d) for p in packets for d in p.documents]
    moved = between_firms(transfers(packets)) if payments else ()
    told_of = [
        c for packet, d in papers for c in contacts_of(packet, d, counterparties=counterparties)
    ]
    mentions = [
        *(m for _, d in papers for m in _mentions(d)),
        *(Mention(n) for t in moved for n in (t.source, t.target)),
    ]
    mentions += [Mention(c.firm) for c in told_of if is_company(c.firm)]
    entities, of_name = resolve(
        mentions, told, [r for packet, d in papers for r in former_names(d, packet)]
    )
    found = [r for packet, d in papers for r in _relations(packet, d, of_name)]
    contacts: dict[str, Entity] = {}
    found += [_has(c, of_name, contacts) for c in told_of if folded_name(c.firm) in of_name]
    ordered = (*merged_relations(found), *(_paid(t, of_name) for t in moved))
    used = {e for r in ordered for e in (r.source, r.target)}
    worth = net_assets(packets)
    parties = {k: _with_worth(v, worth) for k, v in entities.items() if unrelated or k in used}
    return PartyGraph(parties | dict(sorted(contacts.items())), ordered)


def merged_relations(found: Iterable[Relation]) -> tuple[Relation, ...]:
    """Relations in a fixed order; what several papers say is one relation with all their places."""
    merged: dict[tuple[object, ...], Relation] = {}
    for relation in found:
        key = (
            relation.kind,
            relation.source,
            relation.target,
            relation.amount or relation.share,
            relation.contract,
        )
        before = merged.get(key)
        merged[key] = (
            relation
            if before is None
            else replace(before, places=(*before.places, *relation.places))
        )
    return tuple(merged[k] for k in sorted(merged, key=lambda k: tuple(str(x) for x in k)))


def _with_worth(entity: Entity, worth: Mapping[str, Worth]) -> Entity:
    own = latest_worth(worth[key] for name in entity.names if (key := folded_name(name)) in worth)
    return replace(entity, worth=own) if own else entity


def _has(contact: Contact, of_name: Mapping[str, str], entities: dict[str, Entity]) -> Relation:
    entity_id = f"{contact.kind}:{contact.key}"
    entities.setdefault(
        entity_id,
        Entity(id=entity_id, kind=contact.kind, name=contact.shown, names=(contact.shown,)),
    )
    return _tie("has_contact", of_name[folded_name(contact.firm)], entity_id, None, contact.place)


def _paid(one: Transfer, of_name: Mapping[str, str]) -> Relation:
    source, target = of_name[one.source], of_name[one.target]
    return Relation(
        kind="pays",
        source=source,
        target=target,
        amount=one.amount,
        start=one.day,
        end=one.day,
        places=one.places,
    )


def _mentions(document: Document) -> Iterator[Mention]:
    if document.type == "guarantee_contract":
        for fields in document.parties.values():
            yield from (Mention(f.value) for f in fields)
    elif document.type == "business_licence":
        yield from _firm(licence.NAME.of(document), licence.USCC.of(document))
        if head := licence.LEGAL_REPRESENTATIVE.of(document):
            yield Mention(head.value)
    elif document.type == "shareholder_register":
        yield from _firm(register.COMPANY.of(document), register.USCC.of(document))
        yield from (Mention(h.name) for h in document.shareholders)
    elif document.type == "name_change_notice":
        yield from _firm(notice.NEW_NAME.of(document), notice.USCC.of(document))
    else:
        yield from (
            Mention(name)
            for name in (owner_name(document), *_traders(document))
            if is_company(name)
        )


def _firm(name: Reading[str] | None, code: Reading[str] | None) -> Iterator[Mention]:
    if name:
        yield Mention(name.value, code.value if code else "")


def _relations(packet: str, document: Document, of_name: dict[str, str]) -> Iterator[Relation]:
    if document.type == "guarantee_contract":
        yield from _guarantees(packet, document, of_name)
    elif document.type == "invoice":
        yield from _invoiced(packet, document, of_name)
    elif document.type == "shareholder_register":
        company = register.COMPANY.of(document)
        for holder in document.shareholders if company else ():
            assert company is not None
            place = _place(packet, document, holder.page, holder.box, holder.name)
            yield _tie(
                "holds_shares",
                of_name[folded_name(holder.name)],
                of_name[folded_name(company.value)],
                holder.share,
                place,
            )
    elif document.type == "business_licence":
        name, head = licence.NAME.of(document), licence.LEGAL_REPRESENTATIVE.of(document)
        if name and head:
            place = _at(packet, document, head.field)
            yield _tie(
                "represents",
                of_name[folded_name(head.value)],
                of_name[folded_name(name.value)],
                None,
                place,
            )


def _traders(document: Document) -> tuple[str, ...]:
    """Seller and buyer of an invoice whose names were read surely and are those of two firms."""
    seller, buyer = invoice.SELLER_NAME.of(document), invoice.BUYER_NAME.of(document)
    if not seller or not buyer or min(seller.field.confidence, buyer.field.confidence) < _SURE:
        return ()
    return (
        (seller.value, buyer.value) if is_company(seller.value) and is_company(buyer.value) else ()
    )


def _invoiced(packet: str, document: Document, of_name: dict[str, str]) -> Iterator[Relation]:
    """One relation an invoice, on its day. Red-letter invoices, which take back, are none; nor are those whose number was not read."""
    total, number, day = (
        invoice.TOTAL_AMOUNT.of(document),
        invoice.NUMBER.of(document),
        invoice.ISSUE_DATE.of(document),
    )
    traders, code = _traders(document), invoice.CODE.of(document)
    if len(traders) == 2 and total and total.value > 0 and number:
        source, target = (of_name[folded_name(n)] for n in traders)
        if source != target:
            yield Relation(
                kind="invoices",
                source=source,
                target=target,
                amount=total.value,
                start=day.value if day else None,
                end=day.value if day else None,
                places=(_at(packet, document, total.field),),
                contract=f"{code.value}-{number.value}" if code else number.value,
            )


def _guarantees(packet: str, document: Document, of_name: dict[str, str]) -> Iterator[Relation]:
    amount, number = contract.AMOUNT.of(document), contract.CONTRACT_NUMBER.of(document)
    signed, mode = contract.SIGNED.of(document), contract.MODE.of(document)
    for guarantor in document.parties.get("guarantor", ()):
        for debtor in document.parties.get("debtor", ()):
            source, target = (
                of_name[folded_name(guarantor.value)],
                of_name[folded_name(debtor.value)],
            )
            if source != target:
                yield Relation(
                    kind="guarantees",
                    source=source,
                    target=target,
                    amount=amount.value if amount else None,
                    start=signed.value if signed else None,
                    end=_end(document),
                    places=(_at(packet, document, guarantor),),
                    contract=number.value if number else document.sha256[:12],
                    mode=mode.value if mode else "",
                )


def _end(document: Document) -> date | None:
    period = contract.CLAIM_PERIOD.of(document)
    return date.fromisoformat(period.value.split("/")[1]) if period else None


def _tie(kind: str, source: str, target: str, share: Decimal | None, place: Place) -> Relation:
    return Relation(
        kind=kind,
        source=source,
        target=target,
        amount=None,
        start=None,
        end=None,
        places=(place,),
        share=share,
    )


def _at(packet: str, document: Document, field: Field) -> Place:
    return _place(packet, document, field.at.page, field.at.box, field.raw)


def _place(packet: str, document: Document, page: int, box: Box, text: str) -> Place:
    return Place(
        packet=packet,
        file=document.file,
        document=document.id,
        page=page,
        box=box,
        text=CREDIT_CODE.sub("", text).strip() or text,
    )
