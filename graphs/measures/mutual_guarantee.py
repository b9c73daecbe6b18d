"""互保: two firms that guarantee each other. Live at the same time unless their dates say otherwise."""

from __future__ import annotations

from graphs.measures.guarantee_circle import edges_of, external_support
from graphs.model import PartyGraph, Pattern, Relation


def mutual_guarantees(graph: PartyGraph) -> tuple[Pattern, ...]:
    """Each unordered pair with guarantees both ways, once."""
    edges: dict[tuple[str, str], list[Relation]] = {}
    for relation in graph.of_kind("guarantees"):
        edges.setdefault((relation.source, relation.target), []).append(relation)
    found = []
    for (source, target), forth in sorted(edges.items()):
        back = edges.get((target, source), [])
        if source < target and any(_overlap(a, b) for a in forth for b in back):
            members = (source, target)
            outside = external_support(graph, set(members))
            found.append(
                Pattern(kind="mutual_guarantee", members=members, relations=edges_of(graph, members), figures={"external_support": f"{outside:.2f}"})
            )
    return tuple(found)


def _overlap(first: Relation, second: Relation) -> bool:
    """Whether both were live on one day; a missing date is no limit."""
    return not ((first.end and second.start and first.end < second.start) or (second.end and first.start and second.end < first.start))
