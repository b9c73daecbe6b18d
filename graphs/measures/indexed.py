"""Relations of one kind as arrays with numbers for entities, in a fixed order, and back again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from graphs.kernels.arrays import Ints, distinct
from graphs.model import PartyGraph, Relation


@dataclass(frozen=True, slots=True)
class Indexed:
    """`ids` in order; `edges` of their numbers, each once; `of_edge` the relations behind each, contract by contract."""

    ids: tuple[str, ...]
    edges: Ints
    of_edge: dict[tuple[str, str], tuple[Relation, ...]]

    def named(self, numbers: Sequence[int]) -> tuple[str, ...]:
        return tuple(self.ids[n] for n in numbers)

    def along(self, members: Sequence[str]) -> tuple[Relation, ...]:
        """The relations of each step of a circle, in its order."""
        steps = zip(members, (*members[1:], members[0]), strict=True)
        return tuple(r for step in steps for r in self.of_edge[step])


def indexed(graph: PartyGraph, kind: str) -> Indexed:
    """Relations of a kind between different entities."""
    found: dict[tuple[str, str], list[Relation]] = {}
    for relation in graph.of_kind(kind):
        if relation.source != relation.target:
            found.setdefault((relation.source, relation.target), []).append(relation)
    ids = tuple(sorted({e for pair in found for e in pair}))
    number = {e: i for i, e in enumerate(ids)}
    pairs = np.array([(number[a], number[b]) for a, b in found], np.int64).reshape(-1, 2)
    return Indexed(ids, distinct(len(ids), pairs), {k: tuple(v) for k, v in found.items()})


def live_together(steps: Sequence[Sequence[Relation]]) -> bool:
    """Whether one day lies within some relation of every step (graph.md 1.1); a missing date is no limit.

    The latest of any set of starts is one of the starts, so those are the only days to try.
    """
    days = sorted({r.start for step in steps for r in step if r.start} | {date.min})
    return any(all(any(_live(r, day) for r in step) for step in steps) for day in days)


def _live(relation: Relation, day: date) -> bool:
    return (relation.start is None or relation.start <= day) and (
        relation.end is None or day <= relation.end
    )
