"""Guarantee circles (担保圈): every directed simple circle of three or more firms up to a length, with what the list is complete to.

Circles whose members all belong to one joint group are not listed one by one: a group of m firms holds the sum over k of
C(m, k)·(k - 1)! of them, which the group states (graph.md 6.2).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from math import comb, factorial

from graphs.measures.indexed import Indexed, indexed, live_together
from graphs.measures.joint_group import reciprocal_cliques
from graphs.model import PartyGraph, Pattern

LONGEST = 8
GROUP = 5  # members of a joint group from which its own circles are stated and not listed


@dataclass(frozen=True, slots=True)
class Circles:
    """Circles found, smallest member first; the length to which the list is complete; firms whose circles are listed to a shorter length.

    Every circle up to `longest` that meets none of `limited_roots` is listed too. `witnessed` are circles beyond, one through each
    guarantee of a limited part that no listed circle covers.
    """

    patterns: tuple[Pattern, ...]
    complete_to_length: int
    limited_roots: tuple[str, ...]
    witnessed: tuple[Pattern, ...] = ()
    uncovered: int = 0


def guarantee_circles(
    graph: PartyGraph,
    longest: int = LONGEST,
    threads: int = 1,
    each: Callable[[int, int], None] | None = None,
    budget: int | None = None,
) -> Circles:
    """Every simple guarantee circle of 3 to `longest` firms, in order of length and members.

    `each` tells progress (done, all); `budget` is the kernel's.
    """
    if len(graph.of_kind("guarantees")) < 3:
        return Circles((), longest, ())
    from graphs.kernels.circles import (
        BUDGET,
        circles,
        witnesses,
    )  # compiled code, loaded where there can be a circle

    own = indexed(graph, "guarantees")
    groups = Groups(reciprocal_cliques(own.of_edge.keys(), GROUP))
    found = circles(
        len(own.ids), own.edges, longest, threads=threads, budget=budget or BUDGET, each=each
    )
    listed = (
        canonical(own.named(found.of(i)))
        for i in range(len(found))
        if found.starts[i + 1] - found.starts[i] > 2
    )
    kept = sorted((c for c in listed if not groups.hold(c)), key=lambda c: (len(c), c))
    support = Support(graph)
    beyond = witnesses(len(own.ids), own.edges, found) if len(found.limited) else ([], 0)
    return Circles(
        tuple(circle_pattern(own, c, support) for c in kept),
        found.complete_to,
        tuple(sorted(own.named([int(v) for v in found.limited]))),
        tuple(
            circle_pattern(own, canonical(own.named(c)), support) for c in beyond[0] if len(c) > 2
        ),
        beyond[1],
    )


def circles_within(size: int) -> int:
    """Circles of three or more among firms that all guarantee each other."""
    return sum(comb(size, k) * factorial(k - 1) for k in range(3, size + 1))


class Groups:
    """Joint groups whose circles are stated and not listed."""

    def __init__(self, groups: Iterable[Collection[str]]) -> None:
        self._of: dict[str, list[frozenset[str]]] = {}
        for group in map(frozenset, groups):
            for firm in group:
                self._of.setdefault(firm, []).append(group)

    def hold(self, members: Collection[str]) -> bool:
        """Whether one group holds all members."""
        return any(group.issuperset(members) for group in self._of.get(next(iter(members)), ()))


class Support:
    """Guarantees from outside a set of firms, in yuan."""

    def __init__(self, graph: PartyGraph) -> None:
        self._into: dict[str, list[tuple[str, Decimal]]] = {}
        for relation in graph.of_kind("guarantees"):
            self._into.setdefault(relation.target, []).append(
                (relation.source, relation.amount or Decimal(0))
            )

    def __call__(self, inside: Collection[str]) -> Decimal:
        return sum(
            (
                amount
                for firm in inside
                for source, amount in self._into.get(firm, ())
                if source not in inside
            ),
            Decimal(0),
        )


def external_support(graph: PartyGraph, inside: Collection[str]) -> Decimal:
    """Sum of guarantees that firms outside a set give to firms inside it, in yuan; none is a circle that stands on itself."""
    return Support(graph)(set(inside))


def canonical(cycle: tuple[str, ...]) -> tuple[str, ...]:
    """A circle from its smallest member."""
    start = cycle.index(min(cycle))
    return cycle[start:] + cycle[:start]


def circle_pattern(own: Indexed, members: tuple[str, ...], support: Support) -> Pattern:
    """A circle with its relations, length, support from outside, least step in yuan, and whether it is live on one day."""
    steps = [own.of_edge[step] for step in zip(members, (*members[1:], members[0]), strict=True)]
    return Pattern(
        kind="guarantee_circle",
        members=members,
        relations=own.along(members),
        figures={
            "length": str(len(members)),
            "external_support": f"{support(set(members)):.2f}",
            "live": "yes" if live_together(steps) else "no",
            "amount": f"{min(sum((r.amount or Decimal(0) for r in step), Decimal(0)) for step in steps):.2f}",
        },
    )
