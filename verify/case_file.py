"""CaseFile: packet, graph, history, as_of and policy, read-only; and the view of it that a rule is
handed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, TypeVar

from extractors.documents.bank_statement import BANK_STATEMENT
from extractors.documents.business_licence import BUSINESS_LICENCE
from extractors.documents.declare import DocumentType, FieldSpec, Reading
from extractors.documents.invoice import INVOICE
from extractors.documents.shareholder_register import SHAREHOLDER_REGISTER
from extractors.model import (
    Amount,
    Document,
    Field,
    Item,
    Packet,
    PrintedTotal,
    Shareholder,
    Signal,
    Transaction,
)
from extractors.values.money import yuan
from graphs.model import Pattern, Place, Relation, RelationKind
from graphs.sources.owner import owner_of
from verify.arithmetic.form_totals import LineSum
from verify.arithmetic.rounding import rounding
from verify.context.context import Context
from verify.doubt.parts import is_readable
from verify.doubt.place import PlaceIndex
from verify.ledger.accounts import Entry, RowRef, entries
from verify.ledger.fed_receipts import Feed, feeds
from verify.ledger.receipts import Receipts, sales_receipts
from verify.ledger.round_trips import Trip, bridge_rows, round_trips
from verify.ledger.unique_invoices import each_once
from verify.model import BilingualText, Evidence, Severity
from verify.parties.applicant import Applicant
from verify.parties.other_firms import other_firms
from verify.parties.related_parties import related_parties
from verify.policy import Policy
from verify.rule import Clear, Hit, NotChecked, Result, Rule

T = TypeVar("T")


class UndeclaredRead(Exception):
    """A rule read a paper or field that it does not declare in `reads`."""


@dataclass(frozen=True, kw_only=True)  # no slots: what several rules derive is worked out once
class CaseFile:
    """All that a judgement may rest on."""

    packet: Packet
    applicant: Applicant
    context: Context
    policy: Policy
    as_of: date

    @cached_property
    def places(self) -> PlaceIndex:
        """What was read at each place of the packet's documents."""
        return PlaceIndex(self.packet)

    @cached_property
    def others(self) -> frozenset[str]:
        """Folded names of firms whose papers may lie beside the applicant's."""
        return other_firms(self.packet, self.applicant)

    def is_own(self, document: Document) -> bool:
        """Whether a paper is the applicant's, as far as it tells.

        A paper under an unknown name counts as its own: CON01 asks about it.
        """
        return owner_of(document) not in self.others

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Rows of the applicant's own accounts, in time order."""
        read = [
            document for document in self.packet.of_type(BANK_STATEMENT.id) if is_readable(document)
        ]
        return tuple(entries(read, self.applicant.name, self.applicant.former))

    @cached_property
    def related(self) -> frozenset[str]:
        """Folded names of who is related by the packet's own papers."""
        return related_parties(self.packet.documents, self.applicant.name)

    @cached_property
    def own_entities(self) -> frozenset[str]:
        """Entities of the graph that are the applicant, under any spelling."""
        parties = (entity for entity in self.context.graph.entities.values() if entity.is_party)
        named = [
            party for party in parties if any(self.applicant.is_named(name) for name in party.names)
        ]
        code = self.applicant.code
        coded = bool(code) and any(code in (e.code, *e.other_codes) for e in named)
        # A homonym with another credit code is another firm, once one of the name bears ours.
        return frozenset(
            entity.id
            for entity in named
            if not (coded and entity.code and code not in (entity.code, *entity.other_codes))
        )

    @cached_property
    def bridges(self) -> set[RowRef]:
        """Ids of rows that bridged the renewal of a bank loan."""
        return bridge_rows(self.entries)

    @cached_property
    def trips(self) -> tuple[Trip, ...]:
        """Money that came and went within days."""
        limit = self.policy.limits["shared"]
        days, share, least = int(limit["trip_days"]), limit["trip_share"], limit["trip_least"]
        found = round_trips(
            self.entries, self.applicant.name, self.bridges, days=days, share=share, least=least
        )
        return tuple(found)

    @cached_property
    def feeds(self) -> tuple[Feed, ...]:
        """Receipts that pair with money to the owner or other people."""
        limit = self.policy.limits["shared"]
        days, share, least = int(limit["feed_days"]), limit["feed_share"], limit["trip_least"]
        return tuple(
            feeds(
                self.entries,
                self.applicant.name,
                self.related,
                days=days,
                share=share,
                least=least,
            )
        )

    @cached_property
    def receipts(self) -> Receipts:
        """Sales receipts of all accounts, and what was left out."""
        chance = len(self.feeds) < self.policy.limit("BNK23", "least_pairs")
        fed = () if chance else self.feeds
        return sales_receipts(self.entries, self.applicant.name, self.related, self.trips, fed)


class RuleView:
    """A case file as one rule may see it: only the papers and fields that the rule declares."""

    def __init__(self, case: CaseFile, rule: Rule) -> None:
        self._case = case
        self._rule = rule
        specs = [known for known in rule.reads if isinstance(known, FieldSpec)]
        self._whole = {known.id for known in rule.reads if isinstance(known, DocumentType)}
        self._specs = {(spec.type_id, spec.name) for spec in specs}
        self._types = self._whole | {spec.type_id for spec in specs}
        context = case.context
        self.applicant, self.as_of, self.context = case.applicant, case.as_of, context
        self.graph, self.circles, self.mutual = context.graph, context.circles, context.mutual
        self.packet_id, self.manual_checks = case.packet.id, case.packet.manual_checks

    def papers(self, kind: DocumentType) -> tuple[Document, ...]:
        """Papers of a declared type that were read at least in part."""
        if kind.id not in self._types:
            raise UndeclaredRead(f"{self._rule.file}: {self._rule.id} reads {kind.id}")
        own = self._case.packet.of_type(kind.id)
        return tuple(document for document in own if is_readable(document))

    def invoices(self) -> tuple[Document, ...]:
        """Invoices, each once, in whatever forms it was handed in."""
        return each_once(self.papers(INVOICE))

    def own_papers(self, kind: DocumentType) -> tuple[Document, ...]:
        """Papers of a declared type that are the applicant's, not a guarantor's."""
        return tuple(document for document in self.papers(kind) if self._case.is_own(document))

    def is_own(self, document: Document) -> bool:
        return self._case.is_own(document)

    def all_papers(self) -> tuple[Document, ...]:
        """Every paper, for rules about files rather than fields."""
        return self._case.packet.documents

    def files(self, kind: str) -> tuple[Document, ...]:
        """The first paper of each file of a kind (pdf, …), for rules about a file as a whole."""
        first: dict[str, Document] = {}
        for document in self.all_papers():
            if document.kind == kind:
                first.setdefault(document.sha256, document)
        return tuple(first.values())

    def entries(self) -> tuple[Entry, ...]:
        """Rows of the applicant's own accounts, in time order, each transaction once."""
        self.papers(BANK_STATEMENT)
        return self._case.entries

    def related(self) -> frozenset[str]:
        """Folded names of shareholders and representatives."""
        for kind in (SHAREHOLDER_REGISTER, BUSINESS_LICENCE):
            self.papers(kind)
        return self._case.related

    def bridges(self) -> set[RowRef]:
        """Ids of rows that bridged the renewal of a bank loan."""
        self.papers(BANK_STATEMENT)
        return self._case.bridges

    def trips(self) -> tuple[Trip, ...]:
        """Money that came and went within days between parties on both sides."""
        self.papers(BANK_STATEMENT)
        return self._case.trips

    def feeds(self) -> tuple[Feed, ...]:
        """Receipts that pair with money to the owner or other people."""
        self.related()
        self.papers(BANK_STATEMENT)
        return self._case.feeds

    def receipts(self) -> Receipts:
        """Sales receipts and what was left out; related parties come from register and licence."""
        for kind in (BANK_STATEMENT, SHAREHOLDER_REGISTER, BUSINESS_LICENCE):
            self.papers(kind)
        return self._case.receipts

    def get(self, spec: FieldSpec[T], document: Document) -> Reading[T] | None:
        """A declared field's typed value in `document`."""
        if spec.type_id not in self._whole and (spec.type_id, spec.name) not in self._specs:
            raise UndeclaredRead(
                f"{self._rule.file}: {self._rule.id} reads {spec.type_id}.{spec.name}"
            )
        return spec.of(document)

    def is_applicant(self, entity: str) -> bool:
        """Whether an entity of the graph is the applicant, under any spelling."""
        return entity in self._case.own_entities

    def is_member(self, pattern: Pattern) -> bool:
        """Whether the applicant is a member of a pattern."""
        return any(self.is_applicant(member) for member in pattern.members)

    def guarantees(self) -> tuple[Relation, ...]:
        """Guarantees for the applicant that any paper at hand proves."""
        return tuple(
            relation
            for relation in self.graph.of_kind(RelationKind.GUARANTEES)
            if self.is_applicant(relation.target)
        )

    def is_told_here(self, relations: Iterable[Relation]) -> bool:
        """Whether this packet's own papers tell each of these relations."""
        return all(
            any(place.packet == self.packet_id for place in relation.places)
            for relation in relations
        )

    def limit(self, name: str) -> Decimal:
        """A tolerance or threshold of this rule, from the policy."""
        return self._case.policy.limit(self._rule.id, name)

    @property
    def limits(self) -> dict[str, Decimal]:
        """All tolerances of this rule."""
        return self._case.policy.limits[self._rule.id]

    def shared(self, name: str) -> Decimal:
        """A threshold that several rules share, from the policy."""
        return self._case.policy.limit("shared", name)

    # evidence

    def at_field(self, document: Document, field: Field) -> Evidence:
        return self._evidence(document, field.at.page, field.at.box, field.raw or field.value)

    def at_amount(self, document: Document, amount: Amount) -> Evidence:
        return self._evidence(document, amount.at.page, amount.at.box, amount.raw)

    def at_row(self, document: Document, row: Transaction) -> Evidence:
        sides = [
            f"-{yuan(row.debit)}" if row.debit else "",
            f"+{yuan(row.credit)}" if row.credit else "",
        ]
        balance = f"={yuan(row.balance)}" if row.balance is not None else ""
        return self._evidence(
            document,
            row.page,
            row.box,
            " ".join(filter(None, [row.day.isoformat(), row.description, *sides, balance])),
        )

    def at_entry(self, entry: Entry) -> Evidence:
        return self.at_row(entry.document, entry.row)

    def at_item(self, document: Document, item: Item) -> Evidence:
        return self._evidence(document, item.page, item.box, f"{item.name} {item.net}")

    def at_total(self, document: Document, total: PrintedTotal) -> Evidence:
        return self._evidence(document, total.page, total.box, total.kind)

    def at_place(self, place: Place) -> Evidence:
        return Evidence(
            packet=place.packet,
            file=place.file,
            document=place.document,
            page=place.page,
            box=place.box,
            text=place.text,
        )

    def at_signal(self, document: Document, signal: Signal, text: str) -> Evidence:
        return self._evidence(document, signal.page, signal.box, text)

    def at_shareholder(self, document: Document, holder: Shareholder) -> Evidence:
        return self._evidence(document, holder.page, holder.box, f"{holder.name} {holder.amount}")

    def at_file(self, document: Document) -> Evidence:
        from extractors.model import WHOLE_PAGE

        return self._evidence(
            document, document.pages[0] if document.pages else 1, WHOLE_PAGE, document.file
        )

    def _evidence(self, document: Document, page: int, box: Any, text: str) -> Evidence:
        return Evidence(
            packet=self.packet_id,
            file=document.file,
            document=document.id,
            page=page,
            box=box,
            text=text,
        )

    # comparison

    def nothing_shared(self, what: BilingualText) -> Result:
        """Clear where there are other applications to share with."""
        if self.context.packets - {self.packet_id}:
            return Clear(what)
        return NotChecked(
            BilingualText("没有其他申请可比对", "there is no other application to compare with")
        )

    def compare(
        self,
        what: BilingualText,
        expected: Decimal,
        observed: Decimal,
        tolerance: Decimal,
        evidence: tuple[Evidence, ...],
        confidence: float,
        severity: Severity | None = None,
    ) -> Result:
        """Clear within the tolerance, else a hit; whether the reading is sure enough for one, the
        engine decides.
        """
        gap = observed - expected
        if abs(gap) <= tolerance:
            return Clear(what, evidence)
        say = BilingualText(
            f"{what.zh}不一致：应为 {yuan(expected)}，实为 {yuan(observed)}，相差 {yuan(gap)}",
            f"{what.en} disagree: expected {yuan(expected)}, observed {yuan(observed)}, difference {yuan(gap)}",
        )
        return Hit(
            say=say,
            evidence=evidence,
            expected=f"{expected:.2f}",
            observed=f"{observed:.2f}",
            difference=f"{gap:.2f}",
            confidence=confidence,
            severity=severity,
        )

    def compare_sum(
        self,
        what: BilingualText,
        document: Document,
        each: LineSum,
        severity: Severity | None = None,
    ) -> Result:
        """A printed total against its parts, within the rounding of their printed unit (limit
        `cents` at least).
        """
        evidence = tuple(self.at_amount(document, amount) for amount in each.amounts)
        confidence = min(amount.confidence for amount in each.amounts)
        return self.compare(
            what,
            each.expected,
            each.whole.value,
            rounding(each.amounts, self.limit("cents")),
            evidence,
            confidence,
            severity,
        )
