"""Guarantee circles (担保圈): every directed simple circle of three or more firms up to a length,
with what the list is complete to.

Circles whose members all belong to one joint group are not listed one by one: a group of m firms
holds the sum over k of C(m, k)·(k - 1)! of them, which the group states (graph.md 6.2).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from graphs.measures.cliques import reciprocal_cliques
from graphs.measures.indexed import Indexed, ends_on, indexed, live_together
from graphs.measures.support import Support, support_of
from graphs.model import PartyGraph, Pattern, PatternKind, RelationKind

if TYPE_CHECKING:
    from graphs.kernels.arrays import Ints
    from graphs.kernels.circles import CircleList

LONGEST = 8  # firms of a circle; longer ones say little and take long to find
T = TypeVar("T", str, int)
GROUP = 5  # members of a joint group from which its own circles are stated and not listed


@dataclass(frozen=True, slots=True)
class Circles:
    """Circles found, smallest member first; the length to which the list is complete; firms whose
    circles are listed to a shorter length.

    Every circle up to `longest` that meets none of `limited_roots` is listed too. `witnessed` are
    circles beyond, one through each guarantee of a limited part that no listed circle covers.
    `longer_parts` are companies whose guarantees come back, but in no circle of up to `longest`:
    only longer ones.
    """

    patterns: tuple[Pattern, ...]
    complete_to_length: int
    limited_roots: tuple[str, ...]
    witnessed: tuple[Pattern, ...] = ()
    uncovered: int = 0
    longer_parts: tuple[tuple[str, ...], ...] = ()
    counts: tuple[tuple[int, int], ...] = ()  # lengths, and how many circles of each were found

    @property
    def unlisted(self) -> int:
        """Circles that were found and counted, and not told one by one."""
        return sum(count for _, count in self.counts) - len(self.patterns)


def guarantee_circles(
    graph: PartyGraph,
    longest: int = LONGEST,
    threads: int = 1,
    each: Callable[[int, int], None] | None = None,
    budget: int | None = None,
    most: int | None = None,
) -> Circles:
    """Every simple guarantee circle of 3 to `longest` firms, in order of length and members.

    `each` tells progress (done, all); `budget` is the kernel's; at most `most` circles are told one
    by one, and all are counted.
    """
    if len(graph.of_kind(RelationKind.GUARANTEES)) < 3:
        return Circles((), longest, ())
    # Compiled code is loaded only where there can be a circle.
    from graphs.kernels.circles import BUDGET, circles
    from graphs.kernels.witnesses import parts_without, witnesses

    own = indexed(graph, RelationKind.GUARANTEES)
    groups = Groups(reciprocal_cliques(own.mutual(), GROUP))
    found = circles(
        len(own.ids), own.edges, longest, threads=threads, budget=budget or BUDGET, each=each
    )
    kept, counts = _listed(own, found, groups, most)
    support = support_of(graph)
    beyond = witnesses(len(own.ids), own.edges, found) if len(found.limited) else ([], 0)
    longer = parts_without(len(own.ids), own.edges, found)
    return Circles(
        tuple(circle_pattern(own, c, support) for c in kept),
        found.complete_to,
        tuple(sorted(own.named([int(v) for v in found.limited]))),
        tuple(
            circle_pattern(own, canonical(own.named(c)), support) for c in beyond[0] if len(c) > 2
        ),
        beyond[1],
        tuple(own.named(part) for part in longer),
        counts,
    )


def _listed(
    own: Indexed, found: CircleList, groups: Groups, most: int | None
) -> tuple[list[tuple[str, ...]], tuple[tuple[int, int], ...]]:
    """Circles of three or more in order of length and members, at most so many, and how many there
    are of each length.

    Whole lengths are put in order as arrays, so that a list of millions costs no more than its
    arrays.
    """
    listed: list[tuple[str, ...]] = []
    counts: list[tuple[int, int]] = []
    lengths = found.lengths()
    for length in np.unique(lengths[lengths > 2]).tolist():
        chosen = np.flatnonzero(lengths == length)
        rows = found.vertices[found.starts[chosen][:, None] + np.arange(length)]
        rows = _from_smallest(rows)
        if groups:
            free = [not groups.hold(own.named(row)) for row in rows.tolist()]
            rows = rows[np.array(free, bool)]
        if not len(rows):
            continue
        counts.append((length, len(rows)))
        room = len(rows) if most is None else max(0, most - len(listed))
        for row in rows[np.lexsort(rows.T[::-1])][:room].tolist():
            listed.append(own.named(row))
    return listed, tuple(counts)


def _from_smallest(rows: Ints) -> Ints:
    """Each circle of one length from its smallest vertex; numbers are in the order of the ids."""
    first = rows.argmin(axis=1)
    length = rows.shape[1]
    turned = (first[:, None] + np.arange(length)) % length
    return np.take_along_axis(rows, turned, axis=1)


class Groups:
    """Joint groups whose circles are stated and not listed."""

    def __init__(self, groups: Iterable[Collection[str]]) -> None:
        self._of: dict[str, list[frozenset[str]]] = {}
        for group in map(frozenset, groups):
            for firm in group:
                self._of.setdefault(firm, []).append(group)

    def __bool__(self) -> bool:
        return bool(self._of)

    def hold(self, members: Collection[str]) -> bool:
        """Whether one group holds all members."""
        return any(group.issuperset(members) for group in self._of.get(next(iter(members)), ()))


def canonical(cycle: tuple[T, ...]) -> tuple[T, ...]:
    """A circle from its smallest member."""
    start = cycle.index(min(cycle))
    return cycle[start:] + cycle[:start]


def circle_pattern(own: Indexed, members: tuple[str, ...], support: Support) -> Pattern:
    """A circle with its relations, length, support from outside, least step in yuan, and whether it
    is live on one day.
    """
    steps = [own.of_edge[step] for step in zip(members, (*members[1:], members[0]), strict=True)]
    figures = {
        "length": str(len(members)),
        "external_support": f"{support(set(members)):.2f}",
        "live": "yes" if live_together(steps) else "no",
        "amount": f"{min(sum((r.amount or Decimal(0) for r in step), Decimal(0)) for step in steps):.2f}",
    }
    unknown = sum(r.amount is None for step in steps for r in step)
    if unknown:
        figures["amounts_unknown"] = str(unknown)
    if ends := ends_on(steps):
        figures["ends_on"] = ends.isoformat()
    return Pattern(
        kind=PatternKind.GUARANTEE_CIRCLE,
        members=members,
        relations=tuple(relation for step in steps for relation in step),
        figures=figures,
    )
