"""Context: facts of other applications that a report may use, frozen and hashed.

The caller builds it; no rule does I/O.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from extractors.documents.bank_statement import (
    ACCOUNT_NAME,
    ACCOUNT_NUMBER,
    PERIOD_END,
    PERIOD_START,
)
from extractors.documents.income_statement import INCOME_STATEMENT
from extractors.model import Document, Packet, ReadStatus, Transaction
from extractors.values.party_name import folded_name
from graphs.build import build
from graphs.measures.circular_flow import circular_flows
from graphs.measures.common_controller import common_controllers
from graphs.measures.contagion import Contract, contracts_of
from graphs.measures.control import holdings
from graphs.measures.guarantee_chain import guarantee_chains
from graphs.measures.guarantee_circle import Circles, guarantee_circles
from graphs.measures.invoice_ring import invoice_rings
from graphs.measures.mutual_guarantee import mutual_guarantees
from graphs.measures.shared_contact import shared_contacts
from graphs.measures.star_guarantor import star_guarantors
from graphs.merge import joined
from graphs.model import CyclePaths, Entity, NetAssets, PartyGraph, Pattern
from graphs.sources.owner import owner_of
from graphs.sources.transfers import Transfer, transfers
from verify.context.facts import Fact, facts_of
from verify.doubt.completeness import is_read_whole
from verify.ledger.mirror import Account
from verify.model import Evidence
from verify.parties.applicant import applicant_of
from verify.policy import default_policy


@dataclass(frozen=True, slots=True)
class Ledger:
    """A bank statement of some application, as other reports may read it."""

    packet: str
    applicant: str
    document: Document
    account: str
    start: date
    end: date

    @property
    def is_whole(self) -> bool:
        """Whether every row of it is known to have been read: only then does a lacking row tell."""
        return is_read_whole(self.document)

    @property
    def account_of(self) -> Account:
        """The account as payments of others are held against it."""
        return Account(self.document, self.account, self.start, self.end)

    def evidence(self, row: Transaction | None = None) -> Evidence:
        """The place of a row, or of the statement's account number."""
        field = self.document.fields.get("account_number")
        page = row.page if row else field.at.page if field else 1
        box = row.box if row else field.at.box if field else self.document.rows[0].box
        text = (
            f"{row.day} {row.description} {row.debit or row.credit}"
            if row
            else f"{self.start} – {self.end}"
        )
        return Evidence(
            packet=self.packet,
            file=self.document.file,
            document=self.document.id,
            page=page,
            box=box,
            text=text,
        )


@dataclass(frozen=True)  # no slots: what is derived is kept, so that a batch works it out once
class Context:
    """Facts by kind and key, bank statements by holder, and the graph of all applications known."""

    facts: dict[tuple[str, str], tuple[Fact, ...]]
    ledgers: tuple[Ledger, ...]
    graph: PartyGraph
    moved: tuple[Transfer, ...] = ()
    revenue: dict[str, Decimal] = field(default_factory=dict)

    def others(self, kind: str, key: str, packet: str) -> tuple[Fact, ...]:
        """Facts with the same key in other applications."""
        return tuple(fact for fact in self.facts.get((kind, key), ()) if fact.packet != packet)

    def ledgers_of(self, holder: str) -> tuple[Ledger, ...]:
        """Statements of one holder's accounts in any application."""
        return self._by_holder.get(folded_name(holder), ())

    def ledgers_naming(self, holder: str) -> tuple[Ledger, ...]:
        """Statements whose rows name a firm as counterparty."""
        return self._naming.get(folded_name(holder), ())

    @cached_property
    def _naming(self) -> dict[str, tuple[Ledger, ...]]:
        out: dict[str, tuple[Ledger, ...]] = {}
        for ledger in self.ledgers:
            rows = ledger.document.rows
            for name in {row.counterparty_key for row in rows if row.counterparty_name}:
                out[name] = (*out.get(name, ()), ledger)
        return out

    @cached_property
    def _by_holder(self) -> dict[str, tuple[Ledger, ...]]:
        out: dict[str, tuple[Ledger, ...]] = {}
        for ledger in self.ledgers:
            key = folded_name(ledger.applicant)
            out[key] = (*out.get(key, ()), ledger)
        return out

    @cached_property
    def by_kind(self) -> dict[str, tuple[Fact, ...]]:
        """Facts of all applications by kind, for what is alike and never equal (seals, pictures)."""
        out: dict[str, list[Fact]] = {}
        for (kind, _), facts in self.facts.items():
            out.setdefault(kind, []).extend(facts)
        return {key: tuple(value) for key, value in out.items()}

    @cached_property
    def packets(self) -> frozenset[str]:
        """Ids of all applications that a fact comes from."""
        return frozenset(fact.packet for facts in self.facts.values() for fact in facts)

    @cached_property
    def circles(self) -> Circles:
        return guarantee_circles(self.graph)

    @cached_property
    def mutual(self) -> tuple[Pattern, ...]:
        return mutual_guarantees(self.graph)

    @cached_property
    def flows(self) -> CyclePaths:
        """Money that came home through other firms."""
        return circular_flows(self.moved)

    @cached_property
    def rings(self) -> CyclePaths:
        """Invoices that run back between two firms, or round several."""
        return invoice_rings(self.graph, least=2)

    @cached_property
    def shared(self) -> tuple[Pattern, ...]:
        """Firms with contacts in common, weighed."""
        return shared_contacts(self.graph)

    @cached_property
    def held(self) -> dict[str, dict[str, Decimal]]:
        """Percent that each owner holds of each firm."""
        return holdings(self.graph)

    @cached_property
    def _named(self) -> dict[str, tuple[Entity, ...]]:
        """Every firm and person under each of its folded names; homonyms share one."""
        out: dict[str, tuple[Entity, ...]] = {}
        for entity in self.graph.entities.values():
            for name in entity.keys if entity.is_party else ():
                out[name] = (*out.get(name, ()), entity)
        return out

    def party_of(self, name: str, code: str = "") -> str:
        """The entity of a name and credit code; empty where several bear the name and no code tells
        which is meant.
        """
        named = self._named.get(folded_name(name), ())
        coded = [entity for entity in named if code and code in (entity.code, *entity.other_codes)]
        open_ones = [entity for entity in named if not (code and entity.code)]
        for found in (coded, open_ones):
            if found:
                return found[0].id if len(found) == 1 else ""
        return ""

    def worth_of(self, entity: str) -> NetAssets | None:
        """A firm's latest net assets."""
        return self.graph.entities[entity].worth

    @cached_property
    def contracts(self) -> tuple[Contract, ...]:
        """Who stands behind whose debts together."""
        return contracts_of(self.graph)

    @cached_property
    def chains(self) -> tuple[Pattern, ...]:
        return guarantee_chains(self.graph)

    @cached_property
    def stars(self) -> tuple[Pattern, ...]:
        return star_guarantors(self.graph)

    @cached_property
    def controllers(self) -> tuple[Pattern, ...]:
        """Firms behind which one hand stands."""
        return common_controllers(self.graph)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of all facts, statements and relations, for the report's inputs."""
        lines = [repr(f) for key in sorted(self.facts) for f in self.facts[key]]
        lines += [
            f"{ledger.packet}|{ledger.document.id}|{ledger.document.sha256}|{ledger.account}|{ledger.start}|{ledger.end}"
            for ledger in self.ledgers
        ]
        lines.append(
            json.dumps(
                [asdict(relation) for relation in self.graph.relations],
                sort_keys=True,
                ensure_ascii=False,
                default=str,
            )
        )
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def context_of(packets: Sequence[Packet], tables: PartyGraph | None = None) -> Context:
    """The context that these packets are for each other, with what imported tables tell."""
    facts: dict[tuple[str, str], list[Fact]] = {}
    ledgers: list[Ledger] = []
    for packet in sorted(packets, key=lambda p: p.id):
        name = applicant_of(packet).name
        for document in packet.documents:
            for fact in facts_of(packet.id, name, document):
                facts.setdefault((fact.kind, fact.key), []).append(fact)
            ledgers += _ledger(packet.id, document)
    graph = build(packets, floor=default_policy().trust_floor)
    if tables:
        graph = joined([graph, tables])
    return Context(
        {key: tuple(value) for key, value in facts.items()},
        tuple(ledgers),
        graph,
        transfers(packets),
        _revenue(packets),
    )


def _revenue(packets: Sequence[Packet]) -> dict[str, Decimal]:
    """Largest yearly sales that a firm's income statements in any application state, by folded
    name.
    """
    out: dict[str, Decimal] = {}
    for document in (each for packet in packets for each in packet.of_type(INCOME_STATEMENT.id)):
        line = document.lines.get("营业收入")
        amount = (
            next((line.columns[c] for c in ("value", "ending") if c in line.columns), None)
            if line
            else None
        )
        if (
            amount
            and amount.confidence >= default_policy().trust_floor
            and (name := owner_of(document))
        ):
            out[name] = max(out.get(name, Decimal(0)), amount.value)
    return out


def _ledger(packet: str, document: Document) -> Iterator[Ledger]:
    if not document.rows or document.status not in (ReadStatus.READ, ReadStatus.PARTIAL):
        return
    holder, number = ACCOUNT_NAME.of(document), ACCOUNT_NUMBER.of(document)
    start, end = PERIOD_START.of(document), PERIOD_END.of(document)
    if holder and number and start and end:
        yield Ledger(packet, holder.value, document, number.value, start.value, end.value)
