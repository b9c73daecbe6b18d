"""Entities, relations and patterns as JSON, numbers of persons covered unless they are revealed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from api.graph.held import COVERED, HeldGraph
from api.graph.structures import BEARS_ON
from api.reports.masking import covered, masked_text
from graphs.model import Entity, PartyGraph, Pattern, PatternKind, Place, Relation, RelationKind

PLACES, TIES = 20, 400  # places told of a relation, relations told of a pattern


def relation_id(relation: Relation) -> str:
    """A name of a relation that lasts while its papers do."""
    first = relation.places[0] if relation.places else None
    where = (first.packet, first.document, first.page, first.box) if first else ()
    told = (
        relation.kind,
        relation.source,
        relation.target,
        relation.amount,
        relation.share,
        relation.start,
        relation.contract,
        where,
    )
    return "rel_" + hashlib.sha256(repr(told).encode()).hexdigest()[:20]


def as_shown(graph: PartyGraph, plain: bool) -> PartyGraph:
    """The graph with numbers of persons covered, unless it is shown as it is."""
    if plain:
        return graph
    entities = {key: _covered_entity(e) for key, e in graph.entities.items()}
    return PartyGraph(
        entities, tuple(_covered_relation(graph, relation) for relation in graph.relations)
    )


def _covered_entity(entity: Entity) -> Entity:
    if entity.kind in COVERED:
        return replace(
            entity, name=covered(entity.name), names=tuple(covered(name) for name in entity.names)
        )
    return replace(
        entity,
        name=masked_text(entity.name),
        names=tuple(masked_text(name) for name in entity.names),
    )


def _covered_relation(graph: PartyGraph, relation: Relation) -> Relation:
    contact = relation.contract if relation.kind == RelationKind.SHARES_CONTACT else relation.target
    hide = (
        covered
        if contact in graph.entities and graph.entities[contact].kind in COVERED
        else masked_text
    )
    return replace(relation, places=tuple(_covered_place(place, hide) for place in relation.places))


def _covered_place(place: Place, hide: Callable[[str], str]) -> Place:
    return replace(
        place,
        text=hide(place.text),
        source=masked_text(place.source),
        target=masked_text(place.target),
    )


@dataclass
class Drawing:
    """What one answer shows: entities and relations gathered, each told once."""

    held: HeldGraph
    graph: PartyGraph
    plain: bool
    _entities: dict[str, Entity] = field(default_factory=dict)
    _relations: dict[str, Relation] = field(default_factory=dict)

    def add(self, entities: Iterable[str], relations: Iterable[Relation] = ()) -> None:
        self._entities.update((entity, self.graph.entities[entity]) for entity in entities)
        for relation in relations:
            self._relations.setdefault(relation_id(relation), relation)
            self._entities.update(
                (end, self.graph.entities[end]) for end in (relation.source, relation.target)
            )

    def entities(self) -> list[dict[str, Any]]:
        return [
            self._entity(entity)
            for entity in as_shown(PartyGraph(self._entities, ()), self.plain).entities.values()
        ]

    def relations(self) -> list[dict[str, Any]]:
        known = PartyGraph(self.graph.entities, ())
        shown = (
            self._relations
            if self.plain
            else {
                key: _covered_relation(known, relation) for key, relation in self._relations.items()
            }
        )
        return [self._relation(key, relation) for key, relation in shown.items()]

    def pattern(self, pattern: Pattern) -> dict[str, Any]:
        """A pattern, its members in order; the relations that make it are added to the drawing."""
        ties = pattern.relations[:TIES]
        self.add(pattern.members, ties)
        figures = pattern.figures
        if pattern.kind == PatternKind.SHARED_CONTACT:
            contacts = [relation.contract for relation in pattern.relations]
            self.add(contacts)
            figures = {key: value for key, value in figures.items() if key != "contacts"}
        return {
            "id": pattern_id(pattern),
            "kind": pattern.kind,
            "bears_on": BEARS_ON[pattern.kind],
            "members": list(pattern.members),
            "relations": [relation_id(relation) for relation in ties],
            "relations_left_out": len(pattern.relations) - len(ties),
            "figures": figures,
        }

    def _entity(self, entity: Entity) -> dict[str, Any]:
        worth = entity.worth
        return {
            "id": entity.id,
            "kind": entity.kind,
            "name": entity.name,
            "names": list(entity.names),
            "code": entity.code,
            "joins": [
                {
                    "one": join.one,
                    "other": join.other,
                    "by": join.by,
                    "what": join.what,
                    "places": self._places(join.places),
                }
                for join in entity.joins
            ],
            "net_assets": {
                "value": f"{worth.value:f}",
                "day": worth.day.isoformat() if worth.day else None,
                "place": self._places([worth.place])[0],
            }
            if worth
            else None,
        }

    def _relation(self, key: str, relation: Relation) -> dict[str, Any]:
        between_contacts = relation.kind == RelationKind.SHARES_CONTACT
        return {
            "id": key,
            "kind": relation.kind,
            "source": relation.source,
            "target": relation.target,
            "amount": None if relation.amount is None else f"{relation.amount:f}",
            "share": None if relation.share is None else f"{relation.share:f}",
            "start": relation.start.isoformat() if relation.start else None,
            "end": relation.end.isoformat() if relation.end else None,
            "contract": "" if between_contacts else relation.contract,
            "contact": relation.contract if between_contacts else None,
            "mode": relation.mode,
            "places": self._places(relation.places[:PLACES]),
            "places_left_out": max(0, len(relation.places) - PLACES),
        }

    def _places(self, places: Sequence[Place]) -> list[dict[str, Any]]:
        return [
            {
                "packet": place.packet,
                "packet_id": self.held.packets.get(place.packet),
                "file": place.file,
                "document": place.document,
                "page": place.page,
                "box": place.box.as_list(),
                "text": place.text,
            }
            for place in places
        ]


def pattern_id(pattern: Pattern) -> str:
    """A name of a pattern that lasts while its members and kind do."""
    told: Mapping[str, Any] = {
        "kind": pattern.kind,
        "members": pattern.members,
        "basis": pattern.figures.get("basis") or pattern.figures.get("by", ""),
    }
    return "pat_" + hashlib.sha256(repr(told).encode()).hexdigest()[:20]
