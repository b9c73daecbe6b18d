"""Relations of one kind as arrays with numbers for entities, in a fixed order, and back again."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np

from graphs.kernels.arrays import Ints, Longs
from graphs.model import PartyGraph, Pattern, Relation

Edge = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Places:
    """Edges by their key (number of the source times the count of ids, plus that of the target),
    and where the relations of each stand in `order`.
    """

    ids: tuple[str, ...]
    keys: Longs
    starts: Longs
    order: Longs


class EdgeRelations(Mapping[Edge, tuple[Relation, ...]]):
    """The relations behind each edge, contract by contract, looked up in arrays."""

    def __init__(self, graph: PartyGraph, kind: str, places: _Places) -> None:
        self._own, self._amounts = graph.of_kind(kind), graph.amounts(kind)
        self._ids, self._keys = places.ids, places.keys
        self._starts, self._order = places.starts, places.order

    def __getitem__(self, edge: Edge) -> tuple[Relation, ...]:
        return tuple(self._own[row] for row in self._rows(edge))

    def amounts(self, edge: Edge) -> list[Decimal | None]:
        """The amounts of an edge's relations: cheaper than the relations themselves."""
        return [self._amounts[row] for row in self._rows(edge)]

    def _rows(self, edge: Edge) -> list[int]:
        at = self._place(edge)
        if at is None:
            raise KeyError(edge)
        rows: list[int] = self._order[self._starts[at] : self._starts[at + 1]].tolist()
        return rows

    def __contains__(self, edge: object) -> bool:
        return isinstance(edge, tuple) and self._place(edge) is not None

    def __iter__(self) -> Iterator[Edge]:
        count = len(self._ids)
        for key in self._keys.tolist():
            yield self._ids[key // count], self._ids[key % count]

    def __len__(self) -> int:
        return len(self._keys)

    def _place(self, edge: Edge) -> int | None:
        source, target = _place_of(self._ids, edge[0]), _place_of(self._ids, edge[1])
        if source is None or target is None:
            return None
        key = source * len(self._ids) + target
        at = int(self._keys.searchsorted(key))
        return at if at < len(self._keys) and self._keys[at] == key else None


@dataclass(frozen=True, slots=True)
class Indexed:
    """`ids` in order; `edges` of their numbers, each once, by source and target; `of_edge` the
    relations behind each.
    """

    ids: tuple[str, ...]
    edges: Ints
    of_edge: EdgeRelations

    def number(self, entity: str) -> int:
        """Raises ValueError for an entity that is not in it."""
        at = _place_of(self.ids, entity)
        if at is None:
            raise ValueError(entity)
        return at

    def knows(self, entity: str) -> bool:
        return _place_of(self.ids, entity) is not None

    def holds(self, pattern: Pattern) -> bool:
        """Whether a pattern's first member is in it."""
        return self.knows(pattern.members[0])

    def named(self, numbers: Sequence[int]) -> tuple[str, ...]:
        return tuple(self.ids[n] for n in numbers)

    def along(self, members: Sequence[str]) -> tuple[Relation, ...]:
        """The relations of each step of a circle, in its order."""
        steps = zip(members, (*members[1:], members[0]), strict=True)
        return tuple(r for step in steps for r in self.of_edge[step])

    def mutual(self) -> list[Edge]:
        """Pairs with edges both ways, the smaller id first, in order."""
        count = len(self.ids)
        source, target = self.edges[:, 0].astype(np.int64), self.edges[:, 1].astype(np.int64)
        is_upward = source < target
        there = (source * count + target)[is_upward]
        back = (target * count + source)[~is_upward]
        both = np.intersect1d(there, back, assume_unique=True)
        return [(self.ids[key // count], self.ids[key % count]) for key in both.tolist()]


def indexed(graph: PartyGraph, kind: str) -> Indexed:
    """Relations of a kind between different entities; worked out once for a graph."""
    found = graph.derived.get(("indexed", kind))
    if found is None:
        found = graph.derived["indexed", kind] = _indexed(graph, kind)
    assert isinstance(found, Indexed)
    return found


def _indexed(graph: PartyGraph, kind: str) -> Indexed:
    ends = graph.ends(kind)
    source, target = np.asarray(ends.source, np.int64), np.asarray(ends.target, np.int64)
    rows = np.flatnonzero(source != target)
    used = np.unique(np.concatenate((source[rows], target[rows])))
    number = np.zeros(len(ends.ids), np.int64)
    number[used] = np.arange(len(used))
    ids = tuple(ends.ids[place] for place in used.tolist())
    keys = number[source[rows]] * len(ids) + number[target[rows]]
    order = np.argsort(keys, kind="stable")
    sorted_keys = keys[order]
    is_first = np.ones(len(order), bool)
    is_first[1:] = sorted_keys[1:] != sorted_keys[:-1]
    starts = np.append(np.flatnonzero(is_first), len(order))
    edges = sorted_keys[is_first]
    pairs = np.column_stack((edges // max(len(ids), 1), edges % max(len(ids), 1)))
    of_edge = EdgeRelations(graph, kind, _Places(ids, edges, starts, rows[order]))
    return Indexed(ids, pairs.astype(np.int32), of_edge)


def _place_of(ids: Sequence[str], entity: str) -> int | None:
    at = bisect_left(ids, entity)
    return at if at < len(ids) and ids[at] == entity else None


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
