"""Firms behind which one hand stands though their papers call them strangers: an owner above both,
or one legal representative.
"""

from __future__ import annotations

from collections.abc import Iterator

from graphs.measures.control import controlled_by, holdings
from graphs.model import PartyGraph, Pattern, PatternKind, Relation, RelationKind


def common_controllers(graph: PartyGraph) -> tuple[Pattern, ...]:
    """One pattern for each owner or representative of two or more firms: the hand, then its firms.

    Figures say by what.
    """
    return tuple(sorted((*_owners(graph), *_heads(graph)), key=lambda p: (p.kind, p.members)))


def _owners(graph: PartyGraph) -> Iterator[Pattern]:
    held = holdings(graph)
    for owner in sorted(held):
        firms = [f for f in controlled_by(owner, held) if graph.entities[f].kind == "company"]
        if len(firms) + (graph.entities[owner].kind == "company") >= 2:
            inside = {owner, *firms}
            own = tuple(
                relation
                for relation in graph.of_kind(RelationKind.HOLDS_SHARES)
                if relation.source in inside and relation.target in inside
            )
            yield Pattern(
                kind=PatternKind.COMMON_CONTROLLER,
                members=(owner, *sorted(firms)),
                relations=own,
                figures={"by": "shares"},
            )


def _heads(graph: PartyGraph) -> Iterator[Pattern]:
    led: dict[str, list[Relation]] = {}
    for relation in graph.of_kind(RelationKind.REPRESENTS):
        led.setdefault(relation.source, []).append(relation)
    for head, relations in sorted(led.items()):
        firms = tuple(sorted({each.target for each in relations}))
        if len(firms) >= 2:
            yield Pattern(
                kind=PatternKind.COMMON_CONTROLLER,
                members=(head, *firms),
                relations=tuple(relations),
                figures={"by": "representative"},
            )
