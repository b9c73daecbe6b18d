"""Asking the organisation's graph: neighbourhoods, names, ways."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from api.errors import Problem
from api.graph.drawing import Drawing, as_shown, relation_id
from api.graph.held import COVERED, HeldGraph
from api.graph.structures import BEARS_ON, Structures
from api.http.authentication import Caller
from api.packets.service import found as found_packet
from api.reports.service import revealed
from extractors.values.party_name import folded_name
from graphs.measures.shared_contact import holders_of
from graphs.model import PartyGraph, PatternKind, Relation, RelationKind
from graphs.neighbourhood import neighbourhood, shortest_path

if TYPE_CHECKING:
    from api.parts import Parts

ENTITIES, RELATIONS, PATTERNS, HITS = 2_000, 10_000, 200, 50
SUBJECT = "graph"


@dataclass(frozen=True, slots=True)
class Asked:
    """The caller's graph as of a day, cut to kinds and source of relations; `plain` where numbers
    are revealed.
    """

    held: HeldGraph
    day: Structures
    graph: PartyGraph
    plain: bool

    def drawing(self) -> Drawing:
        return Drawing(self.held, self.day.graph, self.plain)

    def entity(self, name: str) -> str:
        """The entity of an id, or of a name that only one bears. Raises Problem "not_found"."""
        if name in self.day.graph.entities:
            return name
        same = {e for e in _bearing(self.held, folded_name(name)) if e in self.day.graph.entities}
        if len(same) != 1 or next(iter(same)).partition(":")[0] in COVERED:
            raise Problem("not_found")
        return same.pop()


def ask(
    wiring: Parts,
    session: Session,
    caller: Caller,
    as_of: date | None,
    reveal: str,
    kinds: Sequence[str] = (),
    source: str = "",
) -> Asked:
    """The graph of the caller's organisation, and mode where a program asks.

    Raises Problem "not_allowed" where he may not reveal.
    """
    held = wiring.graphs.of(wiring, session, caller.mode)
    plain = revealed(wiring, session, caller, SUBJECT, reveal)
    day = held.as_of(as_of)
    graph = day.graph
    if kinds or source:
        kept = tuple(
            relation
            for relation in graph.relations
            if (not kinds or relation.kind in kinds)
            and (not source or _of_source(relation, source))
        )
        graph = PartyGraph(graph.entities, kept)
    return Asked(held, day, graph, plain)


def _of_source(relation: Relation, source: str) -> bool:
    return any(bool(place.packet) == (source == "packets") for place in relation.places)


def around(
    asked: Asked, session: Session, hops: int, packet: str = "", entity: str = "", q: str = ""
) -> dict[str, Any]:
    """What lies within some steps of a packet's parties, of an entity, or of names like `q`; the
    whole graph where nothing is named.
    """
    centres = _centres(asked, session, packet, entity, q)
    graph = asked.graph
    order: dict[str, None] = dict.fromkeys(centres)
    if packet or entity or q:
        for steps in range(1, hops + 1):
            order |= dict.fromkeys(sorted(neighbourhood(graph, centres, steps).entities))
    else:
        order |= dict.fromkeys(
            sorted(
                {end for relation in graph.relations for end in (relation.source, relation.target)}
            )
        )
    drawn = dict.fromkeys(list(order)[:ENTITIES])
    ties = [
        relation
        for relation in graph.relations
        if relation.source in drawn and relation.target in drawn
    ]
    drawing = asked.drawing()
    drawing.add(drawn, ties[:RELATIONS])
    patterns, more = _within(
        asked.day, drawn, {relation_id(relation) for relation in ties[:RELATIONS]}
    )
    shown = [drawing.pattern(pattern) for pattern in patterns]
    left_out = {
        "entities": len(order) - len(drawn),
        "relations": max(0, len(ties) - RELATIONS),
        "patterns": more,
    }
    return {
        "version": asked.held.version,
        "centres": [centre for centre in centres if centre in drawn],
        "entities": drawing.entities(),
        "relations": drawing.relations(),
        "patterns": shown,
        "left_out": left_out,
    }


def _centres(asked: Asked, session: Session, packet: str, entity: str, q: str) -> list[str]:
    if packet:
        reference = found_packet(session, packet).reference
        own = [
            relation
            for relation in asked.graph.relations
            if any(place.packet == reference for place in relation.places)
        ]
        holders = holders_of(
            asked.graph
        )  # a contact that one party alone has joins nobody: its trade partner stands apart from all
        joining = [
            relation
            for relation in own
            if relation.kind != RelationKind.HAS_CONTACT or len(holders[relation.target]) > 1
        ]
        return sorted(
            {end for relation in joining or own for end in (relation.source, relation.target)}
        )
    if entity:
        return [asked.entity(entity)]
    return [e for e, _ in _matching(asked, q)[:HITS]] if q else []


def _within(day: Structures, entities: Iterable[str], relations: set[str]) -> tuple[list[Any], int]:
    """Patterns that lie wholly in what is drawn, at most PATTERNS, and how many more there are."""
    inside = set(entities)
    found = [
        pattern
        for kind in BEARS_ON
        for pattern in day.of_kind(kind)
        if inside.issuperset(pattern.members)
    ]
    own = [
        pattern
        for pattern in found
        if pattern.kind == PatternKind.SHARED_CONTACT
        or all(relation_id(relation) in relations for relation in pattern.relations)
    ]
    return own[:PATTERNS], max(0, len(own) - PATTERNS)


def search(asked: Asked, q: str, limit: int) -> dict[str, Any]:
    """Entities whose name or code is, begins with or holds `q`.

    A number of a person is found by the whole of it alone.
    """
    matching = _matching(asked, q)
    graph = asked.day.graph
    ties: dict[str, list[Relation]] = {e: [] for e, _ in matching[:limit]}
    for relation in graph.relations:
        for end in {relation.source, relation.target} & ties.keys():
            ties[end].append(relation)
    shown = as_shown(
        PartyGraph({tie: graph.entities[tie] for tie in ties}, ()), asked.plain
    ).entities
    items = [
        {
            "id": e,
            "kind": shown[e].kind,
            "name": shown[e].name,
            "code": shown[e].code,
            "spelling": shown[e].name if shown[e].kind in COVERED else spelling,
            "relations": len(ties[e]),
            "packets": sorted(
                {place.packet for each in ties[e] for place in each.places if place.packet}
            )[:5],
        }
        for e, spelling in matching[:limit]
    ]
    return {"items": items, "left_out": max(0, len(matching) - limit)}


def _matching(asked: Asked, q: str) -> list[tuple[str, str]]:
    """Entities with the spelling that matches: the same first, then those that begin with `q`, then
    those that hold it.
    """
    wanted = folded_name(q)
    found: dict[str, tuple[int, str]] = {}
    for spelling, entity in asked.held.names if wanted else ():
        at = spelling.find(wanted)
        if (
            at < 0
            or entity not in asked.day.graph.entities
            or (spelling != wanted and entity.partition(":")[0] in COVERED)
        ):
            continue
        rank = 0 if spelling == wanted else 1 if at == 0 else 2
        if entity not in found or (rank, spelling) < found[entity]:
            found[entity] = (rank, spelling)
    return [(e, found[e][1]) for e in sorted(found, key=lambda e: (*found[e], e))]


def _bearing(held: HeldGraph, spelling: str) -> Iterator[str]:
    """Entities that bear a folded name or code."""
    at = bisect_left(held.names, (spelling, ""))
    while at < len(held.names) and held.names[at][0] == spelling:
        yield held.names[at][1]
        at += 1


def way(asked: Asked, start: str, end: str) -> dict[str, Any]:
    """The shortest way between two entities."""
    first, last = asked.entity(start), asked.entity(end)
    found = shortest_path(asked.graph, first, last)
    drawing = asked.drawing()
    drawing.add((first, last), found or ())
    steps: list[dict[str, Any]] = []
    at = first
    for relation in found or ():
        forward = relation.source == at
        after = relation.target if forward else relation.source
        steps.append(
            {"relation": relation_id(relation), "source": at, "target": after, "forward": forward}
        )
        at = after
    return {
        "steps": None if found is None else steps,
        "entities": drawing.entities(),
        "relations": drawing.relations(),
    }
