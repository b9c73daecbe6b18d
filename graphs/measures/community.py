"""担保圈 as a credit committee means it: companies that hang together by guarantees, with at least
one core in which guarantees come back.

Each with its cores, mutual pairs, stars of guarantors and of borrowers, exposure, support from
outside the core, share of the portfolio and how many guarantees are new. k-shell on the undirected
projection says how densely it is tied (triage, graph.md 1.1).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import numpy as np

from graphs.kernels.arrays import Ints, strong_parts
from graphs.measures.indexed import Indexed, indexed
from graphs.measures.star_guarantor import MANY
from graphs.measures.support import Support, support_of
from graphs.model import PartyGraph, Pattern, PatternKind, Relation, RelationKind

YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Limits:
    """From when on a community is told. Defaults: every one with a core."""

    members: int = 2
    exposure: Decimal = Decimal(0)  # yuan
    star: int = MANY  # debtors or guarantors of a star


def guarantee_communities(
    graph: PartyGraph,
    day: date | None = None,
    circles: Iterable[Pattern] = (),
    limits: Limits | None = None,
) -> tuple[Pattern, ...]:
    """One pattern for each, the largest exposure first: members of the cores, then the others."""
    own = indexed(graph, RelationKind.GUARANTEES)
    if not len(own.edges):
        return ()
    asked = limits or Limits()
    whole = _weak_parts(len(own.ids), own.edges)
    strong = strong_parts(len(own.ids), own.edges)
    cores = _cores(strong)
    with_core = {int(whole[members[0]]) for members in cores}
    relations = _relations_by_part(own, whole, with_core)
    members = _members_by_part(whole, with_core)
    shells = _shells(len(own.ids), own.edges)
    found_in = Counter(
        int(whole[own.number(circle.members[0])]) for circle in circles if own.holds(circle)
    )
    total = sum(
        (relation.amount for relation in graph.of_kind(RelationKind.GUARANTEES) if relation.amount),
        Decimal(0),
    )
    support = support_of(graph)
    patterns = []
    for part in sorted(with_core):
        community = _Community(
            own,
            relations[part],
            members[part],
            [core for core in cores if whole[core[0]] == part],
        )
        if len(community.members) < asked.members or community.exposure < asked.exposure:
            continue
        figures = community.figures(asked, support, total, day)
        figures["shell"] = str(max(int(shells[value]) for value in community.members))
        figures["circles_found"] = str(found_in.get(part, 0))
        patterns.append(community.pattern(figures))
    return tuple(sorted(patterns, key=lambda p: (-Decimal(p.figures["exposure"]), p.members)))


@dataclass(frozen=True, slots=True)
class _Community:
    own: Indexed
    relations: Sequence[Relation]
    members: Sequence[int]
    cores: Sequence[Sequence[int]]

    @property
    def exposure(self) -> Decimal:
        return sum(
            (relation.amount for relation in self.relations if relation.amount is not None),
            Decimal(0),
        )

    def figures(
        self, limits: Limits, support: Support, total: Decimal, day: date | None
    ) -> dict[str, str]:
        pairs = {(relation.source, relation.target) for relation in self.relations}
        given = Counter(source for source, _ in pairs)
        received = Counter(target for _, target in pairs)
        core = {self.own.ids[value] for members in self.cores for value in members}
        figures = {
            "companies": str(len(self.members)),
            "guarantees": str(len(self.relations)),
            "exposure": f"{self.exposure:.2f}",
            "cores": str(len(self.cores)),
            "largest_core": str(max(map(len, self.cores))),
            "mutual_pairs": str(
                sum(first < second and (second, first) in pairs for first, second in pairs)
            ),
            "star_guarantors": str(sum(name >= limits.star for name in given.values())),
            "star_borrowers": str(sum(name >= limits.star for name in received.values())),
            "external_support": f"{support(core):.2f}",
        }
        unknown = sum(relation.amount is None for relation in self.relations)
        if unknown:
            figures["amounts_unknown"] = str(unknown)
        if total:
            figures["share_of_portfolio"] = f"{100 * self.exposure / total:.2f}"
        return figures | (_trend(self.relations, day) if day else {})

    def pattern(self, figures: dict[str, str]) -> Pattern:
        core = [self.own.ids[value] for members in self.cores for value in members]
        others = sorted({self.own.ids[value] for value in self.members} - set(core))
        return Pattern(
            kind=PatternKind.GUARANTEE_COMMUNITY,
            members=(*core, *others),
            relations=tuple(self.relations),
            figures=figures,
        )


def _trend(relations: Sequence[Relation], day: date) -> dict[str, str]:
    """Guarantees begun in the year up to a day, and in the year before it."""
    last = sum(
        relation.start is not None and day - YEAR < relation.start <= day for relation in relations
    )
    before = sum(
        relation.start is not None and day - 2 * YEAR < relation.start <= day - YEAR
        for relation in relations
    )
    return {"new_in_last_year": str(last), "new_in_year_before": str(before)}


def _weak_parts(count: int, edges: Ints) -> Ints:
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    ones = np.ones(len(edges), np.int8)
    matrix = csr_array((ones, (edges[:, 0], edges[:, 1])), shape=(count, count))
    _, labels = connected_components(matrix, directed=True, connection="weak")
    return np.asarray(labels, np.int32)


def _cores(strong: Ints) -> list[list[int]]:
    """Strongly connected parts of two or more, each in order, the parts in order of their first
    member.
    """
    alive = np.flatnonzero(strong >= 0)
    sizes = np.bincount(strong[alive]) if len(alive) else np.zeros(0, np.int64)
    found: dict[int, list[int]] = {}
    for vertex in alive.tolist():
        if sizes[strong[vertex]] > 1:
            found.setdefault(int(strong[vertex]), []).append(vertex)
    return sorted(found.values())


def _relations_by_part(own: Indexed, whole: Ints, parts: set[int]) -> dict[int, list[Relation]]:
    found: dict[int, list[Relation]] = {part: [] for part in parts}
    for (source, _), relations in own.of_edge.items():
        part = int(whole[own.number(source)])
        if part in found:
            found[part] += relations
    return found


def _members_by_part(whole: Ints, parts: set[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {part: [] for part in parts}
    for vertex, part in enumerate(whole.tolist()):
        if part in found:
            found[part].append(vertex)
    return found


def _shells(count: int, edges: Ints) -> Ints:
    """The k-shell of each vertex (Batagelj & Zaversnik 2003): how many ties each keeps when the
    least tied are taken off, again and again.
    """
    around: list[set[int]] = [set() for _ in range(count)]
    for source, target in edges.tolist():
        around[source].add(target)
        around[target].add(source)
    degree = [len(near) for near in around]
    buckets: list[list[int]] = [[] for _ in range(max(degree, default=0) + 1)]
    for vertex, ties in enumerate(degree):
        buckets[ties].append(vertex)
    shell = np.full(count, -1, np.int32)
    level, at = 0, 0
    while at < len(buckets):
        if not buckets[at]:
            at += 1
            continue
        vertex = buckets[at].pop()
        if shell[vertex] >= 0 or degree[vertex] != at:
            continue
        level = max(level, at)
        shell[vertex] = level
        for other in around[vertex]:
            if shell[other] < 0 and degree[other] > at:
                degree[other] -= 1
                buckets[degree[other]].append(other)
        at = max(0, at - 1)
    return shell
