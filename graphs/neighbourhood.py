"""What lies around a party, and the shortest way between two."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from extractors.values.party_name import folded_name
from graphs.measures.shared_contact import contact_weight, holders_of
from graphs.model import PartyGraph, Relation, RelationKind


def neighbourhood(graph: PartyGraph, centres: Iterable[str], hops: int) -> PartyGraph:
    """Entities within some steps of the centres, whatever the direction, and all relations between
    them.
    """
    near = set(centres)
    if hops == 1:
        near |= _next_to(graph, near)
        hops = 0
    around = _around(graph) if hops else {}
    edge = set(near)
    for _ in range(hops):
        edge = {other for e in edge for other, _ in around.get(e, ())} - near
        near |= edge
    return _among(graph, near)


def around_names(graph: PartyGraph, names: Iterable[str], hops: int, most: int) -> PartyGraph:
    """Parties that bear one of these folded names or credit codes and what lies around them, at
    most so many entities, the nearest first.
    """
    sought = set(names)
    near = dict.fromkeys(
        entity.id
        for entity in graph.entities.values()
        if entity.is_party and not sought.isdisjoint({entity.code, *map(folded_name, entity.names)})
    )
    around, edge = _around(graph) if near else {}, list(near)
    for _ in range(hops):
        edge = [
            other
            for other in dict.fromkeys(o for e in edge for o, _ in around.get(e, ()))
            if other not in near
        ]
        near |= dict.fromkeys(edge[: max(0, most - len(near))])
    return _among(graph, near)


def drawn_around(graph: PartyGraph, centre: str, most: int) -> PartyGraph:
    """At most so many entities around a centre: nearest first, those tied by guarantees before
    others, then by how many ties they have.
    """
    if len(graph.entities) <= most:
        return graph
    around = _around(graph)
    ties = {e: len(own) for e, own in around.items()}
    chosen = {centre: None}
    edge = [centre]
    while edge and len(chosen) < most:
        found: dict[str, tuple[bool, int, str]] = {}
        for entity in edge:
            for other, relation in around.get(entity, ()):
                rank = (relation.kind != RelationKind.GUARANTEES, -ties.get(other, 0), other)
                if other not in chosen and rank < found.get(other, (True, 1, "")):
                    found[other] = rank
        edge = sorted(found, key=lambda other: found[other])[: most - len(chosen)]
        chosen |= dict.fromkeys(edge)
    return _among(graph, chosen)


def shortest_path(graph: PartyGraph, start: str, end: str) -> tuple[Relation, ...] | None:
    """The relations of the shortest way, whatever their direction; None where there is none.

    Ties go to the first in order.
    """
    around = _around(graph)
    before: dict[str, tuple[str, Relation] | None] = {start: None}
    edge = [start]
    while edge and end not in before:
        edge, last = [], edge
        for entity in last:
            for other, relation in around.get(entity, ()):
                if other not in before:
                    before[other] = (entity, relation)
                    edge.append(other)
    if end not in before:
        return None
    steps: list[Relation] = []
    at = before[end]
    while at is not None:
        steps.append(at[1])
        at = before[at[0]]
    return tuple(reversed(steps))


def _among(graph: PartyGraph, chosen: Collection[str]) -> PartyGraph:
    """The chosen entities and the relations between them."""
    entities = {key: entity for key, entity in graph.entities.items() if key in chosen}
    relations = tuple(
        each for each in graph.relations if each.source in chosen and each.target in chosen
    )
    return PartyGraph(entities, relations)


def _next_to(graph: PartyGraph, centres: set[str]) -> set[str]:
    """Entities one step away; no way leads on from a contact that many share."""
    ends = _ends(graph) if graph.of_kind(RelationKind.HAS_CONTACT) else set()
    found = set()
    for relation in graph.relations:
        if relation.source in centres:
            found.add(relation.target)
        if relation.target in centres and relation.target not in ends:
            found.add(relation.source)
    return found


def _ends(graph: PartyGraph) -> set[str]:
    """Contacts that so many share that they say nothing."""
    return {
        contact
        for contact, holders in holders_of(graph).items()
        if len(holders) > 1 and not contact_weight(graph.entities[contact], len(holders))
    }


def _around(graph: PartyGraph) -> dict[str, list[tuple[str, Relation]]]:
    """Neighbours both ways.

    No way leads on from a contact that so many share that it says nothing.
    """
    ends = _ends(graph)
    out: dict[str, list[tuple[str, Relation]]] = {}
    for relation in graph.relations:
        out.setdefault(relation.source, []).append((relation.target, relation))
        if relation.target not in ends:
            out.setdefault(relation.target, []).append((relation.source, relation))
    return out
