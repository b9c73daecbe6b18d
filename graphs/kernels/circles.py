"""Every simple directed circle up to a length, with what the list is complete to (graph.md 6).

Each circle is found from its highest-ranked vertex, hubs first: vertices of lower rank number are left out. A backward search gives
each vertex's distance to the root; the number of walks that the search could take is counted before it starts, so a root that would
blow up is given a shorter length and named, and nothing depends on the clock. Roots are independent: threads change nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from numba import njit

from graphs.kernels.arrays import Adjacency, Ints, Longs, both_ways, distinct, strong_parts

BUDGET = 100_000  # walks a root may take
BALL = 4_000_000  # edges that the search around one root may touch
WITNESSES = 2_000  # shortest circles sought beyond a list
_PIECES = 48  # ranges of roots; the same on every machine, so that the order of what is found is


@dataclass(frozen=True, slots=True)
class CircleList:
    """Circles as one array of vertices and where each starts; vertices in order from the highest-ranked.

    `limited` are roots (vertices) that were searched to a shorter length than asked, `reached` that length for each.
    """

    vertices: Ints
    starts: Longs
    longest: int
    limited: Ints = field(default_factory=lambda: np.zeros(0, np.int32))
    reached: Ints = field(default_factory=lambda: np.zeros(0, np.int32))

    def __len__(self) -> int:
        return len(self.starts) - 1

    @property
    def complete_to(self) -> int:
        """Every circle up to this length is in the list; and every one up to `longest` that meets no limited root."""
        return int(self.reached.min()) if len(self.reached) else self.longest

    def of(self, index: int) -> tuple[int, ...]:
        return tuple(int(v) for v in self.vertices[self.starts[index] : self.starts[index + 1]])

    def lengths(self) -> Longs:
        return np.diff(self.starts)


def circles(
    count: int,
    edges: npt.NDArray[np.integer],
    longest: int,
    *,
    budget: int = BUDGET,
    ball: int = BALL,
    threads: int = 1,
    each: Callable[[int, int], None] | None = None,
    share: tuple[int, int] = (0, 1),
) -> CircleList:
    """All circles of 2 to `longest` vertices of a graph of `count` vertices and m x 2 edges, in order of length and vertices.

    `each` is called with the number of pieces searched and of all, for a progress bar. `share` (i, n) searches the i-th of n shares of the
    roots only; the n lists together are the whole list.
    """
    own = distinct(count, np.asarray(edges).reshape(-1, 2))
    parts = strong_parts(count, own)
    own = own[(parts[own[:, 0]] == parts[own[:, 1]]) & (parts[own[:, 0]] >= 0)]
    if not len(own) or longest < 2:
        return CircleList(np.zeros(0, np.int32), np.zeros(1, np.int64), longest)
    vertex, ranked = _ranked(count, own)
    out, into = both_ways(len(vertex), ranked)
    edges_of = np.linspace(0, len(vertex), _PIECES * share[1] + 1).astype(np.int64)
    pieces = [(int(a), int(b)) for a, b in zip(edges_of, edges_of[1:], strict=False) if b > a][
        share[0] :: share[1]
    ]

    def search(piece: tuple[int, int]) -> tuple[Ints, Longs, Ints, Ints]:
        return _search(  # type: ignore[no-any-return]
            out.starts,
            out.targets,
            into.starts,
            into.targets,
            piece[0],
            piece[1],
            longest,
            budget,
            ball,
        )

    with ThreadPoolExecutor(max(1, threads)) as pool:
        found = []
        for piece in pool.map(search, pieces):
            found.append(piece)
            if each:
                each(len(found), len(pieces))
    return _joined(found, vertex, longest)


def _ranked(count: int, edges: Ints) -> tuple[Ints, Ints]:
    """Vertices that have edges by rank (the product of ways in and out, most first), and the edges in numbers of rank."""
    into, out = np.bincount(edges[:, 1], minlength=count), np.bincount(edges[:, 0], minlength=count)
    alive = np.flatnonzero((into > 0) | (out > 0))
    order = np.lexsort((alive, -(into[alive] * out[alive])))
    vertex = alive[order].astype(np.int32)
    place = np.full(count, -1, np.int32)
    place[vertex] = np.arange(len(vertex), dtype=np.int32)
    return vertex, place[edges]


def _joined(
    found: Sequence[tuple[Ints, Longs, Ints, Ints]], vertex: Ints, longest: int
) -> CircleList:
    """The pieces put together, circles in order of length and then of their vertices."""
    if not found:
        return CircleList(np.zeros(0, np.int32), np.zeros(1, np.int64), longest)
    flat = vertex[np.concatenate([f[0] for f in found])]
    lengths = np.concatenate([f[1] for f in found])
    starts = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(lengths, out=starts[1:])
    order = np.argsort(lengths, kind="stable")
    pieces = _taken(flat, starts, order)
    ends = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(lengths[order], out=ends[1:])
    limited, reached = np.concatenate([f[2] for f in found]), np.concatenate([f[3] for f in found])
    return CircleList(pieces, ends, longest, vertex[limited], reached)


@njit(cache=True, nogil=True)
def _taken(flat, starts, order):  # type: ignore[no-untyped-def]  # compiled: arrays in, arrays out
    out = np.empty(len(flat), np.int32)
    at = 0
    for k in range(len(order)):
        for i in range(starts[order[k]], starts[order[k] + 1]):
            out[at] = flat[i]
            at += 1
    return out


@njit(cache=True, nogil=True)
def _backward(starts, sources, root, deepest, most, distance, ball):  # type: ignore[no-untyped-def]
    """Distances to the root over vertices ranked after it, to `deepest`. Gives the number of vertices, and the depth that was finished."""
    count, at, done = 1, 0, deepest
    ball[0] = root
    distance[root] = 0
    touched = 0
    while at < count:
        v = ball[at]
        at += 1
        if distance[v] >= done:
            break
        touched += starts[v + 1] - starts[v]
        if touched > most:
            done = distance[v]
            break
        for i in range(starts[v], starts[v + 1]):
            u = sources[i]
            if u > root and distance[u] < 0:
                distance[u] = distance[v] + 1
                ball[count] = u
                count += 1
    return count, done


@njit(cache=True, nogil=True)
def _walks(starts, targets, root, longest, budget, distance, ball, count, now, after):  # type: ignore[no-untyped-def]
    """Walks from the root that can still come home within `longest` steps: more than the search will ever take. Stops above the budget."""
    total = 0.0
    for i in range(count):
        now[ball[i]] = 0.0
        after[ball[i]] = 0.0
    now[root] = 1.0
    for step in range(1, longest):
        moved = 0.0
        for i in range(count):
            v = ball[i]
            here = now[v]
            if here == 0.0:
                continue
            for j in range(starts[v], starts[v + 1]):
                w = targets[j]
                if w > root and distance[w] > 0 and step + distance[w] <= longest:
                    after[w] += here
                    moved += here
        total += moved
        if total > budget:
            return total
        if moved == 0.0:
            return total
        for i in range(count):
            v = ball[i]
            now[v] = after[v]
            after[v] = 0.0
    return total


@njit(cache=True, nogil=True)
def _grown(array, need):  # type: ignore[no-untyped-def]
    size = len(array)
    while size < need:
        size *= 2
    out = np.empty(size, array.dtype)
    out[: len(array)] = array
    return out


@njit(cache=True, nogil=True)
def _kept(flat, lengths, used, found, path, depth):  # type: ignore[no-untyped-def]
    """A path added to what was found; the arrays grow where they must."""
    if found == len(lengths):
        lengths = _grown(lengths, found + 1)
    if used + depth + 1 > len(flat):
        flat = _grown(flat, used + depth + 1)
    flat[used : used + depth + 1] = path[: depth + 1]
    lengths[found] = depth + 1
    return flat, lengths, used + depth + 1, found + 1


@njit(cache=True, nogil=True)
def _around(  # type: ignore[no-untyped-def]
    starts, targets, root, reach, distance, on_path, path, cursor, flat, lengths, used, found
):
    """Adds every circle of 2 to `reach` vertices that the root is the first of."""
    path[0], cursor[0], depth = root, starts[root], 0
    on_path[root] = True
    while depth >= 0:
        v = path[depth]
        if cursor[depth] == starts[v + 1]:
            on_path[v] = False
            depth -= 1
            continue
        w = targets[cursor[depth]]
        cursor[depth] += 1
        if w == root:
            flat, lengths, used, found = _kept(flat, lengths, used, found, path, depth)
        elif w > root and distance[w] > 0 and not on_path[w] and depth + 1 + distance[w] <= reach:
            depth += 1
            path[depth], cursor[depth] = w, starts[w]
            on_path[w] = True
    return flat, lengths, used, found


@njit(cache=True, nogil=True)
def _search(starts, targets, into_starts, sources, first, last, longest, budget, most):  # type: ignore[no-untyped-def]
    """Circles whose highest-ranked vertex is one of `first` to `last`: vertices one after the other, lengths, limited roots, their lengths."""
    n = len(starts) - 1
    distance, on_path, ball = np.full(n, -1, np.int16), np.zeros(n, np.bool_), np.empty(n, np.int32)
    now, after = np.zeros(n, np.float64), np.zeros(n, np.float64)
    path, cursor = np.empty(longest + 1, np.int32), np.empty(longest + 1, np.int64)
    flat, lengths = np.empty(1024, np.int32), np.empty(256, np.int64)
    limited, reached = np.empty(16, np.int32), np.empty(16, np.int32)
    used, found, short = 0, 0, 0
    for root in range(first, last):
        # hubs come first in rank, and a row is in order: a root whose last neighbour ranks before it closes nothing
        if targets[starts[root + 1] - 1] <= root or sources[into_starts[root + 1] - 1] <= root:
            continue
        count, done = _backward(into_starts, sources, root, longest - 1, most, distance, ball)
        reach = min(longest, done + 1)
        while (
            reach > 2
            and _walks(starts, targets, root, reach, budget, distance, ball, count, now, after)
            > budget
        ):
            reach -= 1
        reach = max(reach, 2)
        if reach < longest:
            if short == len(limited):
                limited, reached = _grown(limited, short + 1), _grown(reached, short + 1)
            limited[short], reached[short] = root, reach
            short += 1
        flat, lengths, used, found = _around(
            starts,
            targets,
            root,
            reach,
            distance,
            on_path,
            path,
            cursor,
            flat,
            lengths,
            used,
            found,
        )
        for i in range(count):
            distance[ball[i]] = -1
    return (
        flat[:used].copy(),
        lengths[:found].copy(),
        limited[:short].copy(),
        reached[:short].copy(),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """The shortest circle through an edge, from its smallest vertex, and how many edges without a circle it is the first to cover."""

    edge: tuple[int, int]
    circle: tuple[int, ...]
    covers: int


def witnesses(
    count: int, edges: npt.NDArray[np.integer], listed: CircleList, *, most: int = WITNESSES
) -> tuple[list[tuple[int, ...]], int]:
    """The shortest circle through each edge of the limited roots' parts that no listed circle covers, and how many edges were left out.

    So no guarantee of a part that was cut short is without a witness, up to `most` searches.
    """
    covered: set[tuple[int, int]] = set()
    for index in range(len(listed)):
        covered.update(steps_of(listed.of(index)))
    found, bare = witnesses_beyond(count, edges, listed.limited, covered, most=most)
    return [w.circle for w in found], bare - sum(w.covers for w in found)


def witnesses_beyond(
    count: int,
    edges: npt.NDArray[np.integer],
    limited: Ints,
    covered: Set[tuple[int, int]],
    *,
    most: int = WITNESSES,
) -> tuple[list[Witness], int]:
    """Witnesses in order of the edge that each was sought for, and the number of edges that `covered` leaves bare."""
    own = distinct(count, np.asarray(edges).reshape(-1, 2))
    parts = strong_parts(count, own)
    within = (
        (parts[own[:, 0]] == parts[own[:, 1]])
        & np.isin(parts[own[:, 0]], parts[limited])
        & (parts[own[:, 0]] >= 0)
    )
    bare = [e for e in map(tuple, own[within].tolist()) if e not in covered]
    graph, _ = both_ways(count, own[within])
    left = set(bare)
    out: list[Witness] = []
    for source, target in bare:
        if len(out) == most:
            break
        if (source, target) not in left:
            continue
        path = tuple(int(v) for v in _shortest(graph.starts, graph.targets, target, source))
        start = path.index(min(path))
        before = len(left)
        left.difference_update(steps_of(path))
        out.append(
            Witness(
                edge=(source, target), circle=path[start:] + path[:start], covers=before - len(left)
            )
        )
    return out, len(bare)


def steps_of(members: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    """The edges of a circle, in its order."""
    return zip(members, (*members[1:], members[0]), strict=True)


@njit(cache=True, nogil=True)
def _shortest(starts, targets, begin, end):  # type: ignore[no-untyped-def]
    """Vertices of the shortest path, both ends included; they lie in one strongly connected part."""
    before = np.full(len(starts) - 1, -1, np.int32)
    queue = np.empty(len(starts) - 1, np.int32)
    before[begin], queue[0], at, count = begin, begin, 0, 1
    while at < count and before[end] < 0:
        v = queue[at]
        at += 1
        for i in range(starts[v], starts[v + 1]):
            if before[targets[i]] < 0:
                before[targets[i]] = v
                queue[count] = targets[i]
                count += 1
    length, v = 1, end
    while v != begin:
        v = before[v]
        length += 1
    path, v = np.empty(length, np.int32), end
    for i in range(length):
        path[length - 1 - i] = v
        v = before[v]
    return path


def through(
    graph: Adjacency,
    backward: Adjacency,
    source: int,
    target: int,
    longest: int,
    *,
    budget: int = BUDGET,
) -> list[tuple[int, ...]]:
    """Circles that a new edge source → target would close: paths home of at most `longest` - 1 steps, in order of length and vertices.

    Raises OverflowError where there are more walks than the budget.
    """
    found = _home(
        graph.starts,
        graph.targets,
        backward.starts,
        backward.targets,
        source,
        target,
        longest - 1,
        budget,
    )
    if len(found[1]) == 1 and found[1][0] < 0:
        raise OverflowError("more ways home than the budget")
    ends = np.concatenate((np.zeros(1, np.int64), np.cumsum(found[1])))
    rows = [
        (source, *(int(v) for v in found[0][a:b])) for a, b in zip(ends, ends[1:], strict=False)
    ]
    return sorted(rows, key=lambda row: (len(row), row))


@njit(cache=True, nogil=True)
def _near(into_starts, sources, home, steps):  # type: ignore[no-untyped-def]
    """Distance of every vertex to `home`, -1 beyond `steps`."""
    distance = np.full(len(into_starts) - 1, -1, np.int16)
    queue = np.empty(len(into_starts) - 1, np.int32)
    distance[home], queue[0], at, count = 0, home, 0, 1
    while at < count and distance[queue[at]] < steps:
        v = queue[at]
        at += 1
        for i in range(into_starts[v], into_starts[v + 1]):
            if distance[sources[i]] < 0:
                distance[sources[i]] = distance[v] + 1
                queue[count] = sources[i]
                count += 1
    return distance


@njit(cache=True, nogil=True)
def _home(starts, targets, into_starts, sources, home, begin, steps, budget):  # type: ignore[no-untyped-def]
    """Simple paths from `begin` to `home` of at most `steps` steps, without `home` itself; a length of -1 where there are too many."""
    distance = _near(into_starts, sources, home, steps)
    flat, lengths = np.empty(256, np.int32), np.empty(64, np.int64)
    path, cursor = np.empty(steps + 1, np.int32), np.empty(steps + 1, np.int64)
    used, found, taken, depth = 0, 0, 0, 0
    if distance[begin] < 0 or begin == home:
        return flat[:0].copy(), lengths[:0].copy()
    path[0], cursor[0] = begin, starts[begin]
    while depth >= 0:
        v = path[depth]
        if cursor[depth] == starts[v + 1]:
            depth -= 1
            continue
        w = targets[cursor[depth]]
        cursor[depth] += 1
        if w == home:
            flat, lengths, used, found = _kept(flat, lengths, used, found, path, depth)
        elif (
            distance[w] >= 0
            and depth + 1 + distance[w] <= steps
            and not (path[: depth + 1] == w).any()
        ):
            taken += 1
            if taken > budget:
                return flat[:0].copy(), np.full(1, -1, np.int64)
            depth += 1
            path[depth], cursor[depth] = w, starts[w]
    return flat[:used].copy(), lengths[:found].copy()
