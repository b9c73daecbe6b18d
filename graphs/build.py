"""Packets to a party graph: guarantees, shares and legal representatives, each with the place that says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from extractors.documents import business_licence as licence
from extractors.documents import guarantee_contract as contract
from extractors.documents import shareholder_register as register
from extractors.model import Box, Document, Field, Packet
from extractors.values.credit_code import FIND as CREDIT_CODE
from extractors.values.party_name import folded_name
from graphs.model import PartyGraph, Place, Relation
from graphs.resolve.same_party import Mention, resolve


def build(packets: Sequence[Packet]) -> PartyGraph:
    """The graph of all packets. The same contract handed in twice is one relation with two places."""
    mentions = [m for p in packets for d in p.documents for m in _mentions(d)]
    entities, of_name = resolve(mentions)
    merged: dict[tuple[object, ...], Relation] = {}
    for packet in packets:
        for document in packet.documents:
            for relation in _relations(packet.id, document, of_name):
                key = (relation.kind, relation.source, relation.target, relation.amount or relation.share, relation.contract)
                before = merged.get(key)
                merged[key] = relation if before is None else _with_places(before, relation)
    ordered = tuple(merged[k] for k in sorted(merged, key=lambda k: tuple(str(x) for x in k)))
    used = {e for r in ordered for e in (r.source, r.target)}
    return PartyGraph({k: v for k, v in entities.items() if k in used}, ordered)


def _with_places(first: Relation, second: Relation) -> Relation:
    return replace(first, places=(*first.places, *second.places))


def _mentions(document: Document) -> Iterator[Mention]:
    if document.type == "guarantee_contract":
        for fields in document.parties.values():
            yield from (Mention(f.value) for f in fields)
    elif document.type == "business_licence":
        name, code, head = (s.of(document) for s in (licence.NAME, licence.USCC, licence.LEGAL_REPRESENTATIVE))
        if name:
            yield Mention(name.value, code.value if code else "")
        if head:
            yield Mention(head.value)
    elif document.type == "shareholder_register":
        name, code = register.COMPANY.of(document), register.USCC.of(document)
        if name:
            yield Mention(name.value, code.value if code else "")
        yield from (Mention(h.name) for h in document.shareholders)


def _relations(packet: str, document: Document, of_name: dict[str, str]) -> Iterator[Relation]:
    if document.type == "guarantee_contract":
        yield from _guarantees(packet, document, of_name)
    elif document.type == "shareholder_register":
        company = register.COMPANY.of(document)
        for holder in document.shareholders if company else ():
            assert company is not None
            place = _place(packet, document, holder.page, holder.box, holder.name)
            yield _tie("holds_shares", of_name[folded_name(holder.name)], of_name[folded_name(company.value)], holder.share, place)
    elif document.type == "business_licence":
        name, head = licence.NAME.of(document), licence.LEGAL_REPRESENTATIVE.of(document)
        if name and head:
            place = _at(packet, document, head.field)
            yield _tie("represents", of_name[folded_name(head.value)], of_name[folded_name(name.value)], None, place)


def _guarantees(packet: str, document: Document, of_name: dict[str, str]) -> Iterator[Relation]:
    amount, number = contract.AMOUNT.of(document), contract.CONTRACT_NUMBER.of(document)
    signed, mode = contract.SIGNED.of(document), contract.MODE.of(document)
    for guarantor in document.parties.get("guarantor", ()):
        for debtor in document.parties.get("debtor", ()):
            source, target = of_name[folded_name(guarantor.value)], of_name[folded_name(debtor.value)]
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
    return Relation(kind=kind, source=source, target=target, amount=None, start=None, end=None, places=(place,), share=share)


def _at(packet: str, document: Document, field: Field) -> Place:
    return _place(packet, document, field.at.page, field.at.box, field.raw)


def _place(packet: str, document: Document, page: int, box: Box, text: str) -> Place:
    return Place(packet=packet, file=document.file, document=document.id, page=page, box=box, text=CREDIT_CODE.sub("", text).strip() or text)
