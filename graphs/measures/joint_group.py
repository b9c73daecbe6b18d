"""联保: one contract that names three or more guarantors, or three or more firms that all guarantee
each other.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from graphs.measures.cliques import circles_within, reciprocal_cliques
from graphs.measures.indexed import indexed
from graphs.model import PartyGraph, Pattern, PatternKind, Relation, RelationKind

LEAST = 3  # members of a joint group


def joint_groups(graph: PartyGraph) -> tuple[Pattern, ...]:
    """Documentary groups (one contract, several guarantors), then structural ones (maximal
    reciprocal cliques).
    """
    return (*_of_contracts(graph), *_of_structure(graph))


def _of_contracts(graph: PartyGraph) -> Iterator[Pattern]:
    contracts: dict[tuple[str, str], list[Relation]] = {}
    for relation in graph.sharing_contracts(RelationKind.GUARANTEES):
        contracts.setdefault((relation.contract, relation.target), []).append(relation)
    for (_, debtor), own in sorted(contracts.items(), key=lambda item: item[0]):
        members = tuple(sorted({relation.source for relation in own}))
        if len(members) >= LEAST:
            yield Pattern(
                kind=PatternKind.JOINT_GROUP,
                members=members,
                relations=tuple(own),
                figures={"basis": "contract", "debtor": graph.name(debtor)},
            )


def _of_structure(graph: PartyGraph) -> Iterator[Pattern]:
    guarantees = indexed(graph, RelationKind.GUARANTEES)
    of_edge = guarantees.of_edge
    for clique in reciprocal_cliques(guarantees.mutual(), LEAST):
        own = [relation for pair in permutations(clique, 2) for relation in of_edge[pair]]
        figures = {"basis": "structure", "circles": str(circles_within(len(clique)))}
        yield Pattern(
            kind=PatternKind.JOINT_GROUP, members=clique, relations=tuple(own), figures=figures
        )
