"""Star guarantors: one firm that guarantees many."""

from __future__ import annotations

import numpy as np

from graphs.measures.indexed import indexed
from graphs.model import PartyGraph, Pattern, PatternKind, RelationKind

MANY = 6  # debtors: few firms stand behind so many


def star_guarantors(graph: PartyGraph, many: int = MANY) -> tuple[Pattern, ...]:
    """Firms that guarantee at least `many` others, most first."""
    return _stars(graph, many, 0, PatternKind.STAR_GUARANTOR, "debtors")


def star_borrowers(graph: PartyGraph, many: int = MANY) -> tuple[Pattern, ...]:
    """Firms that at least `many` others guarantee, most first."""
    return _stars(graph, many, 1, PatternKind.STAR_BORROWER, "guarantors")


def _stars(
    graph: PartyGraph, many: int, centre: int, kind: PatternKind, figure: str
) -> tuple[Pattern, ...]:
    """Companies on one side of the edges that have many on the other side."""
    own = indexed(graph, RelationKind.GUARANTEES)
    order = np.argsort(own.edges[:, centre], kind="stable")
    sorted_edges = own.edges[order]
    starts = np.searchsorted(sorted_edges[:, centre], np.arange(len(own.ids) + 1))
    found = []
    for vertex in np.flatnonzero(np.diff(starts) >= many).tolist():
        edges = sorted_edges[starts[vertex] : starts[vertex + 1]]
        pairs = [own.named(pair) for pair in edges.tolist()]
        others = tuple(sorted(pair[1 - centre] for pair in pairs))
        relations = tuple(
            relation for source, target in pairs for relation in own.of_edge[source, target]
        )
        found.append(
            Pattern(
                kind=kind,
                members=(own.ids[vertex], *others),
                relations=relations,
                figures={figure: str(len(others))},
            )
        )
    return tuple(sorted(found, key=lambda p: (-len(p.members), p.members)))
