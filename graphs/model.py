"""The nouns of linking: entity, relation, party graph, pattern."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any, NamedTuple, Protocol

from extractors.model import Box
from extractors.values.party_name import folded_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a relation was read: packet, file, document, page, box, and the names of both ends as
    printed there.

    The names are empty where they are those of the entities. They let a relation go with its
    spelling when two spellings that were joined are kept apart again.
    """

    packet: str
    file: str
    document: str
    page: int
    box: Box
    text: str
    source: str = ""
    target: str = ""

    def shown(self) -> str:
        """Packet, file, page and box in one text: P1/合同.pdf p2 [0.10 0.20 0.50 0.25]; of a row of
        a table its number.
        """
        where = f"{self.packet}/{self.file}" if self.packet else self.file
        box = self.box.as_list()
        if box == [0.0, 0.0, 1.0, 1.0]:
            return f"{where} p{self.page}" if self.packet else f"{where} #{self.page}"
        return f"{where} p{self.page} [{' '.join(f'{side:.4f}' for side in box)}]"


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeReason:
    """Why two spellings are one party, so that a person can judge it and take it back."""

    one: str
    other: str
    by: str  # code | former_name | told
    what: str  # the credit code, the words that tell the former name; empty for a person's word
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NetAssets:
    """A firm's net assets, in yuan, on which day where that is told, how sure the reading is, and
    where it stands.
    """

    value: Decimal
    day: date | None
    confidence: float
    place: Place


def latest_worth(found: Iterable[NetAssets]) -> NetAssets | None:
    """The one of the latest day; one without a day only where there is no other."""
    return max(found, key=lambda w: w.day or date.min, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A party (company, person) or a contact of parties. `names` holds every spelling met; `code`
    the credit code where one is known; `joins` why those spellings are one party; `worth` its
    latest net assets where a balance sheet tells them.
    """

    id: str
    kind: str  # company | person | account | phone | email | address | author | device | file
    name: str
    names: tuple[str, ...]
    code: str = ""
    joins: tuple[MergeReason, ...] = ()
    worth: NetAssets | None = None
    other_codes: tuple[str, ...] = ()  # further codes that the same papers tell of this party

    @property
    def keys(self) -> frozenset[str]:
        """The names met, each under the spelling by which equal names are equal."""
        return frozenset(folded_name(name) for name in self.names)

    @property
    def is_party(self) -> bool:
        return self.kind in ("company", "person")


class RelationKind(StrEnum):
    """What ties the source of a relation to its target."""

    GUARANTEES = "guarantees"
    HOLDS_SHARES = "holds_shares"
    REPRESENTS = "represents"
    HAS_INTEREST = "has_interest"
    INVOICES = "invoices"
    PAYS = "pays"
    HAS_CONTACT = "has_contact"
    SHARES_CONTACT = "shares_contact"  # between two companies


# Relations that happen on a day and stay true.
EVENTS = (RelationKind.INVOICES, RelationKind.PAYS)


class PatternKind(StrEnum):
    """What a measure finds in the graph."""

    MUTUAL_GUARANTEE = "mutual_guarantee"
    GUARANTEE_CIRCLE = "guarantee_circle"
    GUARANTEE_CHAIN = "guarantee_chain"
    STAR_GUARANTOR = "star_guarantor"
    STAR_BORROWER = "star_borrower"
    GUARANTEE_COMMUNITY = "guarantee_community"
    JOINT_GROUP = "joint_group"
    CONTROL_GROUP = "control_group"
    COMMON_CONTROLLER = "common_controller"
    SELF_OWNED = "self_owned"
    CIRCULAR_FLOW = "circular_flow"
    INVOICE_RING = "invoice_ring"
    SHARED_CONTACT = "shared_contact"


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A directed tie from `source` to `target`: guarantees, holds_shares, represents, has_interest,
    invoices, pays, has_contact; between two firms shares_contact. `share` is the least where a
    source tells a range, `share_most` then the greatest.
    """

    kind: RelationKind
    source: str
    target: str
    amount: Decimal | None
    start: date | None
    end: date | None
    places: tuple[Place, ...]
    contract: str = ""
    share: Decimal | None = None  # percent, of holdings
    mode: str = ""  # of a guarantee: 连带责任保证, 一般保证, 按份; of an interest what it is
    share_most: Decimal | None = None
    replaces: str = ""  # the contract that this one renews or takes the place of


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """Something that a measure found: its members in order and the relations that make it."""

    kind: PatternKind
    members: tuple[str, ...]
    relations: tuple[Relation, ...]
    figures: dict[str, str]


@dataclass(frozen=True, slots=True)
class CyclePaths:
    """Paths that lead home, and from how many first steps more lead than were followed: above 0 the
    list may lack some.
    """

    patterns: tuple[Pattern, ...]
    cut: int


class Amounts(Protocol):
    """Amounts of relations, in yuan, by the number of each."""

    def __getitem__(self, number: int, /) -> Decimal | None: ...


class Ends(NamedTuple):
    """The ends of relations: ids in order, and the number of each relation's source and target."""

    ids: tuple[str, ...]
    source: Iterable[int]
    target: Iterable[int]


@dataclass(frozen=True, eq=False)  # no slots: relations are sorted by kind once
class PartyGraph:
    """Entities by id, and relations in a fixed order."""

    entities: dict[str, Entity]
    relations: Sequence[Relation]

    def __eq__(self, other: object) -> bool:
        """Graphs are equal by what they hold, however it is kept."""
        if not isinstance(other, PartyGraph):
            return NotImplemented
        return self.entities == other.entities and tuple(self.relations) == tuple(other.relations)

    __hash__ = None  # type: ignore[assignment]  # as of everything that compares by what it holds

    def of_kind(self, kind: str) -> Sequence[Relation]:
        return self._by_kind.get(kind, ())

    def amounts(self, kind: str) -> Amounts:
        """The amounts of relations of a kind, in the order of `of_kind`."""
        return [relation.amount for relation in self.of_kind(kind)]

    def sharing_contracts(self, kind: str) -> Sequence[Relation]:
        """Relations of a kind whose contract is that of another one too."""
        own = self.of_kind(kind)
        counts = Counter(relation.contract for relation in own)
        return [relation for relation in own if counts[relation.contract] > 1]

    def ends(self, kind: str) -> Ends:
        """Which parties each relation of a kind ties, in the order of `of_kind`."""
        own = self.of_kind(kind)
        ids = sorted({relation.source for relation in own} | {relation.target for relation in own})
        number = dict(zip(ids, range(len(ids)), strict=True))
        source = [number[relation.source] for relation in own]
        target = [number[relation.target] for relation in own]
        return Ends(tuple(ids), source, target)

    @cached_property
    def derived(self) -> dict[tuple[str, str], Any]:
        """What measures work out of the graph and several of them use, by who keeps it and of what."""
        return {}

    @cached_property
    def _by_kind(self) -> dict[str, tuple[Relation, ...]]:
        kinds: dict[str, list[Relation]] = {}
        for relation in self.relations:
            kinds.setdefault(relation.kind, []).append(relation)
        return {kind: tuple(own) for kind, own in kinds.items()}

    def as_of(self, day: date) -> PartyGraph:
        """The relations live on a day, and what happened up to it; a missing date is no limit.

        A contract that another one renews or replaces ends when the new one starts.
        """
        replaced = self._replaced_by(day)
        live = tuple(
            r
            for r in self.relations
            if (r.start is None or r.start <= day)
            and (r.end is None or day <= r.end or r.kind in EVENTS)
            and (not replaced or (r.kind, r.contract, r.target) not in replaced)
        )
        used = {e for r in live for e in (r.source, r.target)}
        return PartyGraph({k: v for k, v in self.entities.items() if k in used}, live)

    def _replaced_by(self, day: date) -> set[tuple[str, str, str]]:
        """Kind, contract and debtor of what another contract took the place of by a day."""
        return {
            (r.kind, r.replaces, r.target)
            for r in self.relations
            if r.replaces and r.replaces != r.contract and (r.start is None or r.start <= day)
        }

    def name(self, entity_id: str) -> str:
        return self.entities[entity_id].name

    def names(self, ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(self.name(i) for i in ids)
