"""Which circles and mutual pairs the guarantees of a new application would close with those of a
portfolio (申请时核查).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from graphs.kernels.arrays import Adjacency, both_ways
from graphs.kernels.new_edge import BUDGET, NewEdges
from graphs.measures.guarantee_circle import canonical, circle_pattern
from graphs.measures.indexed import Indexed, indexed
from graphs.measures.support import support_of
from graphs.merge import merged
from graphs.model import PartyGraph, Pattern, PatternKind, RelationKind

LONGEST = 8  # firms of a circle; longer ones say little and take long to find
MOST = 200  # patterns told, the shortest first


@dataclass(frozen=True, slots=True)
class ClosedBy:
    """Patterns that hold at least one of the new guarantees, the shortest first; every one up to
    `complete_to_length` companies is counted.
    """

    patterns: tuple[Pattern, ...]
    complete_to_length: int
    more: int  # patterns beyond those told
    graph: PartyGraph  # portfolio and application together


class Portfolio:
    """A portfolio's guarantees as arrays, kept for many applications."""

    def __init__(self, graph: PartyGraph) -> None:
        self._graph = graph

    def closed_by(
        self, application: PartyGraph, longest: int = LONGEST, budget: int = BUDGET
    ) -> ClosedBy:
        """Parties are matched as everywhere: code first, then name."""
        together = merged([self._graph, application])
        new = _edges_of(together, application)
        return closed_in(together, new, longest, budget)


def _edges_of(together: PartyGraph, application: PartyGraph) -> set[tuple[str, str]]:
    """The application's guarantees among those of both, by their evidence."""
    own = {
        place
        for relation in application.of_kind(RelationKind.GUARANTEES)
        for place in relation.places
    }
    return {
        (relation.source, relation.target)
        for relation in together.of_kind(RelationKind.GUARANTEES)
        if relation.source != relation.target and not own.isdisjoint(relation.places)
    }


def closed_in(
    graph: PartyGraph,
    new: Iterable[tuple[str, str]],
    longest: int = LONGEST,
    budget: int = BUDGET,
) -> ClosedBy:
    """What guarantees close that stand in the graph already.

    Each is searched as if those before it stood there and it did not.
    """
    own = indexed(graph, RelationKind.GUARANTEES)
    edges = sorted(set(new))
    if not edges:
        return ClosedBy((), longest, 0, graph)
    found: set[tuple[int, ...]] = set()
    counted, complete_to = 0, longest
    search = NewEdges(*_adjacency(graph, own))
    for source, target in edges:
        closed = search.closed_by(own.number(source), own.number(target), longest, budget=budget)
        counted += closed.count
        complete_to = min(complete_to, closed.complete_to)
        found.update(canonical(circle) for circle in closed.circles)
    return _told(graph, own, found, counted, complete_to)


def _adjacency(graph: PartyGraph, own: Indexed) -> tuple[Adjacency, Adjacency]:
    """Worked out once for a graph; what a search writes to is its own."""
    found = graph.derived.get(("adjacency", "guarantees"))
    if found is None:
        found = graph.derived["adjacency", "guarantees"] = both_ways(len(own.ids), own.edges)
    forward, backward = found
    assert isinstance(forward, Adjacency) and isinstance(backward, Adjacency)
    return forward, backward


def _told(
    graph: PartyGraph,
    own: Indexed,
    found: set[tuple[int, ...]],
    counted: int,
    complete_to: int,
) -> ClosedBy:
    rows = sorted(found, key=lambda row: (len(row), row))
    support = support_of(graph)
    patterns = []
    for row in rows[:MOST]:
        members = canonical(own.named(row))
        pattern = circle_pattern(own, members, support)
        if len(members) == 2:
            pattern = Pattern(
                kind=PatternKind.MUTUAL_GUARANTEE,
                members=members,
                relations=pattern.relations,
                figures={"external_support": pattern.figures["external_support"]},
            )
        patterns.append(pattern)
    # A circle that two new guarantees close is counted by each of them: what is known to be
    # distinct is what was told.
    more = max(0, max(counted, len(rows)) - len(patterns)) if len(rows) > MOST else 0
    return ClosedBy(tuple(patterns), complete_to, more, graph)
