"""Guarantee circles: directed simple cycles of three or more firms, listed to a length, with what the list is complete to.

networkx's bounded enumeration is exact; its work is bounded here by a number of circles per component, and a component
that exceeds it is named as limited rather than cut silently.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING

from graphs.model import PartyGraph, Pattern, Relation

if TYPE_CHECKING:
    import networkx as nx

LONGEST = 8
MOST = 10_000  # circles listed per component


@dataclass(frozen=True, slots=True)
class Circles:
    """Circles found, the length to which the list is complete, and components where it is not."""

    patterns: tuple[Pattern, ...]
    complete_to_length: int
    limited_roots: tuple[str, ...]


def guarantee_circles(graph: PartyGraph, longest: int = LONGEST) -> Circles:
    """Every simple guarantee circle of 3 to `longest` firms, smallest member first, in a fixed order."""
    if len(graph.of_kind("guarantees")) < 3:
        return Circles((), longest, ())
    import networkx as nx  # imported where it is needed: most single packets have too few guarantees for a circle

    digraph = guarantee_digraph(graph)
    patterns: list[Pattern] = []
    limited: list[str] = []
    for component in sorted((sorted(c) for c in nx.strongly_connected_components(digraph)), key=lambda c: c[0]):
        if len(component) < 3:
            continue
        part = nx.DiGraph()
        part.add_nodes_from(component)
        part.add_edges_from((u, v) for u, v in sorted(digraph.edges) if u in part and v in part)
        found = list(islice(nx.simple_cycles(part, length_bound=longest), MOST + 1))
        if len(found) > MOST:
            limited.append(component[0])
            found = found[:MOST]
        outside = external_support(graph, set(component))
        patterns.extend(_pattern(graph, _canonical(c), outside) for c in found if len(c) >= 3)
    patterns.sort(key=lambda p: (len(p.members), p.members))
    return Circles(tuple(patterns), longest if not limited else 2, tuple(limited))


def guarantee_digraph(graph: PartyGraph) -> nx.DiGraph:
    """Edges from guarantor to debtor, nodes and edges in a fixed order."""
    import networkx as nx

    digraph = nx.DiGraph()
    digraph.add_edges_from(sorted({(r.source, r.target) for r in graph.of_kind("guarantees")}))
    return digraph


def external_support(graph: PartyGraph, inside: set[str]) -> Decimal:
    """Sum of guarantees that firms outside a component give to firms inside it, in yuan."""
    return sum((r.amount or Decimal(0) for r in graph.of_kind("guarantees") if r.target in inside and r.source not in inside), Decimal(0))


def _canonical(cycle: list[str]) -> tuple[str, ...]:
    start = cycle.index(min(cycle))
    return tuple(cycle[start:] + cycle[:start])


def edges_of(graph: PartyGraph, members: tuple[str, ...]) -> tuple[Relation, ...]:
    """The guarantees along a circle, in its order."""
    steps = list(zip(members, (*members[1:], members[0]), strict=True))
    return tuple(r for step in steps for r in graph.of_kind("guarantees") if (r.source, r.target) == step)


def _pattern(graph: PartyGraph, members: tuple[str, ...], outside: Decimal) -> Pattern:
    return Pattern(
        kind="guarantee_circle",
        members=members,
        relations=edges_of(graph, members),
        figures={"length": str(len(members)), "external_support": f"{outside:.2f}"},
    )
