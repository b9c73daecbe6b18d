"""联保: one contract that names three or more guarantors, or three or more firms that all guarantee each other."""

from __future__ import annotations

from graphs.model import PartyGraph, Pattern


def joint_groups(graph: PartyGraph) -> tuple[Pattern, ...]:
    """Documentary groups (one contract, several guarantors), then structural ones (maximal reciprocal cliques)."""
    found: list[Pattern] = []
    contracts: dict[tuple[str, str], list[str]] = {}
    relations = graph.of_kind("guarantees")
    for relation in relations:
        contracts.setdefault((relation.contract, relation.target), []).append(relation.source)
    for (number, debtor), sources in sorted(contracts.items()):
        members = tuple(sorted(set(sources)))
        if len(members) >= 3:
            own = tuple(r for r in relations if r.contract == number and r.target == debtor)
            found.append(Pattern(kind="joint_group", members=members, relations=own, figures={"basis": "contract", "debtor": graph.name(debtor)}))
    edges = {(r.source, r.target) for r in relations}
    import networkx as nx

    mutual = nx.Graph(sorted((u, v) for u, v in edges if u < v and (v, u) in edges))
    for clique in sorted(tuple(sorted(c)) for c in nx.find_cliques(mutual) if len(c) >= 3):
        own = tuple(r for r in relations if r.source in clique and r.target in clique)
        found.append(Pattern(kind="joint_group", members=clique, relations=own, figures={"basis": "structure"}))
    return tuple(found)
