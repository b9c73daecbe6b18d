"""Circles beyond a list that was cut short: the shortest through each edge that no listed circle
covers.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from graphs.kernels.arrays import Ints, both_ways, distinct, strong_parts
from graphs.kernels.circles import CircleList
from graphs.kernels.compiled import Kernel

WITNESSES = 2_000  # shortest circles sought beyond a list


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """The shortest circle through an edge, from its smallest vertex, and how many edges without a
    circle it is the first to cover.
    """

    edge: tuple[int, int]
    circle: tuple[int, ...]
    covers: int


def witnesses(
    count: int, edges: npt.NDArray[np.integer], listed: CircleList, *, most: int = WITNESSES
) -> tuple[list[tuple[int, ...]], int]:
    """The shortest circle through each edge of the limited roots' parts that no listed circle
    covers, and how many edges were left out.

    So no guarantee of a part that was cut short is without a witness, up to `most` searches.
    """
    covered: set[tuple[int, int]] = set()
    for index in range(len(listed)):
        covered.update(steps_of(listed.of(index)))
    found, bare = witnesses_beyond(count, edges, listed.limited, covered, most=most)
    return [witness.circle for witness in found], bare - sum(witness.covers for witness in found)


def witnesses_beyond(
    count: int,
    edges: npt.NDArray[np.integer],
    limited: Ints,
    covered: Set[tuple[int, int]],
    *,
    most: int = WITNESSES,
) -> tuple[list[Witness], int]:
    """Witnesses in order of the edge that each was sought for, and the number of edges that
    `covered` leaves bare.
    """
    own = distinct(count, np.asarray(edges).reshape(-1, 2))
    parts = strong_parts(count, own)
    within = (
        (parts[own[:, 0]] == parts[own[:, 1]])
        & np.isin(parts[own[:, 0]], parts[limited])
        & (parts[own[:, 0]] >= 0)
    )
    bare = [e for e in map(tuple, own[within].tolist()) if e not in covered]
    graph, _ = both_ways(count, own[within])
    shortest = _shortest.for_size(len(graph.targets))
    left = set(bare)
    out: list[Witness] = []
    for source, target in bare:
        if len(out) == most:
            break
        if (source, target) not in left:
            continue
        path = tuple(int(value) for value in shortest(graph.starts, graph.targets, target, source))
        start = path.index(min(path))
        before = len(left)
        left.difference_update(steps_of(path))
        out.append(
            Witness(
                edge=(source, target), circle=path[start:] + path[:start], covers=before - len(left)
            )
        )
    return out, len(bare)


def parts_without(
    count: int, edges: npt.NDArray[np.integer], listed: CircleList
) -> list[list[int]]:
    """Strongly connected parts in which no circle was found: all their circles are longer than
    asked.
    """
    own = distinct(count, np.asarray(edges).reshape(-1, 2))
    parts = strong_parts(count, own)
    alive = parts >= 0
    if not alive.any():
        return []
    sizes = np.bincount(parts[alive])
    seen = np.zeros(len(sizes), bool)
    seen[parts[listed.vertices[listed.starts[:-1]]]] = True
    wanted = (sizes > 1) & ~seen
    members: dict[int, list[int]] = {}
    for vertex in np.flatnonzero(alive & wanted[parts]).tolist():
        members.setdefault(int(parts[vertex]), []).append(vertex)
    return sorted(members.values())


def steps_of(members: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    """The edges of a circle, in its order."""
    return zip(members, (*members[1:], members[0]), strict=True)


@Kernel
def _shortest(starts, targets, begin, end):  # type: ignore[no-untyped-def]
    """Vertices of the shortest path, both ends included; they lie in one strongly connected part."""
    before = np.full(len(starts) - 1, -1, np.int32)
    queue = np.empty(len(starts) - 1, np.int32)
    before[begin], queue[0], at, count = begin, begin, 0, 1
    while at < count and before[end] < 0:
        value = queue[at]
        at += 1
        for i in range(starts[value], starts[value + 1]):
            if before[targets[i]] < 0:
                before[targets[i]] = value
                queue[count] = targets[i]
                count += 1
    length, value = 1, end
    while value != begin:
        value = before[value]
        length += 1
    path, value = np.empty(length, np.int32), end
    for i in range(length):
        path[length - 1 - i] = value
        value = before[value]
    return path
