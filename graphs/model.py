"""The nouns of linking: entity, relation, party graph, pattern."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from extractors.model import Box


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a relation was read: packet, file, document, page, box."""

    packet: str
    file: str
    document: str
    page: int
    box: Box
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A company, person or account. `names` holds every spelling met; `code` the credit code where one is known."""

    id: str
    kind: str  # company | person | account
    name: str
    names: tuple[str, ...]
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A directed tie: guarantees, holds_shares, represents, pays, invoices. From `source` to `target`."""

    kind: str
    source: str
    target: str
    amount: Decimal | None
    start: date | None
    end: date | None
    places: tuple[Place, ...]
    contract: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """Something that a measure found: its members in order and the relations that make it."""

    kind: str  # mutual_guarantee | guarantee_circle | star_guarantor | joint_group
    members: tuple[str, ...]
    relations: tuple[Relation, ...]
    figures: dict[str, str]


@dataclass(frozen=True, slots=True)
class PartyGraph:
    """Entities by id, and relations in a fixed order."""

    entities: dict[str, Entity]
    relations: tuple[Relation, ...]

    def of_kind(self, kind: str) -> tuple[Relation, ...]:
        return tuple(r for r in self.relations if r.kind == kind)

    def name(self, entity_id: str) -> str:
        return self.entities[entity_id].name

    def names(self, ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(self.name(i) for i in ids)
