"""联保: one contract that names three or more guarantors, or three or more firms that all guarantee each other."""

from __future__ import annotations

from collections.abc import Collection

from graphs.measures.indexed import indexed
from graphs.model import PartyGraph, Pattern

_MOST = 100_000  # groups listed; where firms form more, the graph is one dense block and the first say so


def joint_groups(graph: PartyGraph) -> tuple[Pattern, ...]:
    """Documentary groups (one contract, several guarantors), then structural ones (maximal reciprocal cliques)."""
    from graphs.measures.guarantee_circle import circles_within

    found: list[Pattern] = []
    contracts: dict[tuple[str, str], list[str]] = {}
    relations = graph.of_kind("guarantees")
    for relation in relations:
        contracts.setdefault((relation.contract, relation.target), []).append(relation.source)
    for (number, debtor), sources in sorted(contracts.items()):
        members = tuple(sorted(set(sources)))
        if len(members) >= 3:
            own = tuple(r for r in relations if r.contract == number and r.target == debtor)
            found.append(
                Pattern(
                    kind="joint_group",
                    members=members,
                    relations=own,
                    figures={"basis": "contract", "debtor": graph.name(debtor)},
                )
            )
    for clique in reciprocal_cliques(indexed(graph, "guarantees").of_edge.keys()):
        inside = set(clique)
        own = tuple(r for r in relations if r.source in inside and r.target in inside)
        figures = {"basis": "structure", "circles": str(circles_within(len(clique)))}
        found.append(Pattern(kind="joint_group", members=clique, relations=own, figures=figures))
    return tuple(found)


def reciprocal_cliques(pairs: Collection[tuple[str, str]], least: int = 3) -> list[tuple[str, ...]]:
    """Maximal sets of `least` or more firms with guarantees both ways between all of them, in order; `pairs` holds guarantor and debtor."""
    from itertools import islice

    import networkx as nx

    mutual = nx.Graph([(a, b) for a, b in pairs if a < b and (b, a) in pairs])
    return sorted(
        tuple(sorted(c))
        for c in islice((c for c in nx.find_cliques(mutual) if len(c) >= least), _MOST)
    )
