"""Relations of one kind as arrays with numbers for entities, in a fixed order, and back again."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from graphs.kernels.arrays import Ints, distinct
from graphs.model import PartyGraph, Pattern, Relation


@dataclass(frozen=True, slots=True)
class Indexed:
    """`ids` in order; `edges` of their numbers, each once; `of_edge` the relations behind each,
    contract by contract.
    """

    ids: tuple[str, ...]
    edges: Ints
    of_edge: dict[tuple[str, str], tuple[Relation, ...]]

    def number(self, entity: str) -> int:
        """Raises ValueError for an entity that is not in it."""
        at = bisect_left(self.ids, entity)
        if at == len(self.ids) or self.ids[at] != entity:
            raise ValueError(entity)
        return at

    def holds(self, pattern: Pattern) -> bool:
        """Whether a pattern's first member is in it."""
        at = bisect_left(self.ids, pattern.members[0])
        return at < len(self.ids) and self.ids[at] == pattern.members[0]

    def named(self, numbers: Sequence[int]) -> tuple[str, ...]:
        return tuple(self.ids[n] for n in numbers)

    def along(self, members: Sequence[str]) -> tuple[Relation, ...]:
        """The relations of each step of a circle, in its order."""
        steps = zip(members, (*members[1:], members[0]), strict=True)
        return tuple(r for step in steps for r in self.of_edge[step])


def indexed(graph: PartyGraph, kind: str) -> Indexed:
    """Relations of a kind between different entities; worked out once for a graph."""
    found = graph.derived.get(("indexed", kind))
    if found is None:
        found = graph.derived["indexed", kind] = _indexed(graph, kind)
    assert isinstance(found, Indexed)
    return found


def _indexed(graph: PartyGraph, kind: str) -> Indexed:
    found: dict[tuple[str, str], tuple[Relation, ...]] = {}
    for relation in graph.of_kind(kind):
        if relation.source != relation.target:
            pair = (relation.source, relation.target)
            before = found.get(pair)
            found[pair] = (relation,) if before is None else (*before, relation)
    ids = sorted({source for source, _ in found} | {target for _, target in found})
    number = dict(zip(ids, range(len(ids)), strict=True))
    pairs = np.empty((len(found), 2), np.int64)
    pairs[:, 0] = [number[source] for source, _ in found]
    pairs[:, 1] = [number[target] for _, target in found]
    return Indexed(tuple(ids), distinct(len(ids), pairs), found)


def live_together(steps: Sequence[Sequence[Relation]]) -> bool:
    """Whether one day lies within some relation of every step (graph.md 1.1); a missing date is no
    limit.

    The latest of any set of starts is one of the starts, so those are the only days to try.
    """
    if all(r.start is None and r.end is None for step in steps for r in step):
        return True
    days = sorted({r.start for step in steps for r in step if r.start} | {date.min})
    return any(all(any(_live(r, day) for r in step) for step in steps) for day in days)


def _live(relation: Relation, day: date) -> bool:
    return (relation.start is None or relation.start <= day) and (
        relation.end is None or day <= relation.end
    )


def ends_on(steps: Sequence[Sequence[Relation]]) -> date | None:
    """The last day on which every step has a relation that has not ended; None where that has no
    end.
    """
    lasts = [_last_day(step) for step in steps]
    known = [day for day in lasts if day is not None]
    return min(known) if known else None


def _last_day(step: Sequence[Relation]) -> date | None:
    days = [relation.end for relation in step if relation.end is not None]
    return max(days) if len(days) == len(step) else None
