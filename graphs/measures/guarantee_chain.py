"""担保链: the longest way of guarantees to a firm, over the condensation of the graph, where each circle counts as one place."""

from __future__ import annotations

from collections.abc import Mapping

from graphs.measures.indexed import indexed
from graphs.model import PartyGraph, Pattern

LEAST = 3  # guarantees one behind the other


def guarantee_chains(graph: PartyGraph, least: int = LEAST) -> tuple[Pattern, ...]:
    """For each firm at the end of a way that goes on to nobody, the longest way there of at least `least` steps, guarantor first."""
    import networkx as nx

    own = indexed(graph, "guarantees")
    digraph = nx.DiGraph(sorted(own.of_edge))
    whole = nx.condensation(digraph)
    longest: dict[int, tuple[int, ...]] = {}
    for part in nx.topological_sort(whole):
        before = [longest[p] for p in whole.predecessors(part)]
        longest[part] = (*max(before, key=lambda w: (len(w), w), default=()), part)
    found = []
    for part in sorted(p for p in whole if whole.out_degree(p) == 0 and len(longest[p]) > least):
        way = [sorted(whole.nodes[p]["members"]) for p in longest[part]]
        members = _through(own.of_edge, way)
        steps = list(zip(members, members[1:], strict=False))
        relations = tuple(r for step in steps for r in own.of_edge.get(step, ()))
        found.append(
            Pattern(
                kind="guarantee_chain",
                members=members,
                relations=relations,
                figures={"depth": str(len(way) - 1)},
            )
        )
    return tuple(sorted(found, key=lambda p: (-int(p.figures["depth"]), p.members)))


def _through(edges: Mapping[tuple[str, str], object], way: list[list[str]]) -> tuple[str, ...]:
    """One firm of each place, so that each guarantees one of the next where there is such an edge."""
    members = [way[-1][0]]
    for place in reversed(way[:-1]):
        members.append(
            next((f for f in place if any((f, after) in edges for after in members[-1:])), place[0])
        )
    return tuple(reversed(members))
