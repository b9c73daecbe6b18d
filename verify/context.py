"""Context: facts of other applications that a report may use, frozen and hashed. The caller builds it; no rule does I/O."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cached_property

from extractors.documents import bank_statement as statement
from extractors.documents import invoice
from extractors.model import Box, Document, Packet
from extractors.values.party_name import folded_name
from graphs.build import build
from graphs.measures.guarantee_circle import Circles, guarantee_circles
from graphs.measures.mutual_guarantee import mutual_guarantees
from graphs.model import PartyGraph, Pattern
from verify.applicant import applicant_of
from verify.model import Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One fact of one paper of one application: kind invoice, file, page or account."""

    kind: str
    key: str
    packet: str
    applicant: str
    document: str
    type: str
    file: str
    page: int
    box: Box
    text: str

    @property
    def evidence(self) -> Evidence:
        """The place in the other application that says so."""
        return Evidence(packet=self.packet, file=self.file, document=self.document, page=self.page, box=self.box, text=self.text)


@dataclass(frozen=True)  # no slots: what is derived is kept, so that a batch works it out once
class Context:
    """Facts by kind and key, and the graph of all applications known."""

    facts: dict[tuple[str, str], tuple[Fact, ...]]
    graph: PartyGraph

    def others(self, kind: str, key: str, packet: str) -> tuple[Fact, ...]:
        """Facts with the same key in other applications."""
        return tuple(f for f in self.facts.get((kind, key), ()) if f.packet != packet)

    @cached_property
    def packets(self) -> frozenset[str]:
        """Ids of all applications that a fact comes from."""
        return frozenset(f.packet for facts in self.facts.values() for f in facts)

    @cached_property
    def circles(self) -> Circles:
        return guarantee_circles(self.graph)

    @cached_property
    def mutual(self) -> tuple[Pattern, ...]:
        return mutual_guarantees(self.graph)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of all facts and relations, for the report's inputs."""
        content = [[asdict(f) for f in self.facts[k]] for k in sorted(self.facts)]
        content.append([asdict(r) for r in self.graph.relations])
        return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False, default=str).encode()).hexdigest()


def context_of(packets: Sequence[Packet]) -> Context:
    """The context that these packets are for each other."""
    facts: dict[tuple[str, str], list[Fact]] = {}
    for packet in sorted(packets, key=lambda p: p.id):
        name = applicant_of(packet).name
        for document in packet.documents:
            for fact in _facts(packet.id, name, document):
                facts.setdefault((fact.kind, fact.key), []).append(fact)
    return Context({k: tuple(v) for k, v in facts.items()}, build(packets))


def invoice_key(document: Document) -> str:
    """Code and number: what makes an invoice one invoice."""
    number, code = invoice.NUMBER.of(document), invoice.CODE.of(document)
    return f"{code.value if code else ''}-{number.value}" if number else ""


def _facts(packet: str, applicant: str, document: Document) -> list[Fact]:
    def fact(kind: str, key: str, page: int, box: Box, text: str) -> Fact:
        return Fact(
            kind=kind,
            key=key,
            packet=packet,
            applicant=applicant,
            document=document.id,
            type=document.type,
            file=document.file,
            page=page,
            box=box,
            text=text,
        )

    first = document.pages[0] if document.pages else 1
    out = [fact("file", document.sha256, first, Box(0, 0, 1, 1), document.file)]
    out += [fact("page", h, p, Box(0, 0, 1, 1), document.type) for h, p in zip(document.page_hashes, document.pages, strict=False)]
    number = invoice.NUMBER.of(document)
    if number:
        out.append(fact("invoice", invoice_key(document), number.field.at.page, number.field.at.box, _role(applicant, document)))
    account, holder = statement.ACCOUNT_NUMBER.of(document), statement.ACCOUNT_NAME.of(document)
    if account and holder:
        out.append(fact("account", account.value, account.field.at.page, account.field.at.box, holder.value))
    return out


def _role(applicant: str, document: Document) -> str:
    """seller, buyer or neither: the applicant's side on an invoice."""
    for side, spec in (("seller", invoice.SELLER_NAME), ("buyer", invoice.BUYER_NAME)):
        name = spec.of(document)
        if name and applicant and folded_name(name.value) == folded_name(applicant):
            return side
    return "neither"
