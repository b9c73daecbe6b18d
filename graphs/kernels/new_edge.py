"""Circles that a new edge would close, within a bounded number of steps whatever the edge: the
check at application time.

The walks home are counted first, from both ends at once, each time from the end that has fewer
edges ahead. The length is the longest for which the search that follows stays within the budget;
every answer says to which length it is complete.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from graphs.kernels.arrays import Adjacency, Ints
from graphs.kernels.compiled import Kernel
from graphs.kernels.search import grown, keep_path

BUDGET = 100_000  # steps of the search that follows the counting
BALL = 2_000_000  # edges that one step of the counting may touch
MOST = 1_000  # circles told, the shortest first


@dataclass(frozen=True, slots=True)
class Closed:
    """Circles from the source of the new edge, in order of length and vertices; every one up to
    `complete_to` vertices is counted in `count`, and the first `MOST` are told.
    """

    circles: list[tuple[int, ...]]
    count: int
    complete_to: int


class NewEdges:
    """A graph that is asked about many new edges.

    Not for several threads at once: it keeps arrays of the graph's size between questions.
    """

    def __init__(self, graph: Adjacency, backward: Adjacency) -> None:
        self._graph, self._backward = graph, backward
        size = graph.size
        self._distance = np.full(size, -1, np.int16)
        self._ahead, self._behind = np.zeros(size), np.zeros(size)
        self._on_path = np.zeros(size, np.bool_)

    def closed_by(
        self,
        source: int,
        target: int,
        longest: int,
        *,
        budget: int = BUDGET,
        ball: int = BALL,
        most: int = MOST,
    ) -> Closed:
        """Circles of 2 to `longest` vertices that an edge source → target would close."""
        if source == target or longest < 2:
            return Closed([], 0, longest)
        forward, backward = self._graph, self._backward
        size = len(forward.targets)
        reach = _reach.for_size(size)(
            forward.starts,
            forward.targets,
            backward.starts,
            backward.targets,
            source,
            target,
            longest - 1,
            budget,
            ball,
            self._ahead,
            self._behind,
        )
        if not reach:
            return Closed([], 0, 1)
        flat, lengths = _paths.for_size(size)(
            forward.starts,
            forward.targets,
            backward.starts,
            backward.targets,
            source,
            target,
            reach,
            self._distance,
            self._on_path,
        )
        return Closed(_rows(source, flat, lengths, most), len(lengths), reach + 1)


def _rows(
    source: int, flat: Ints, lengths: npt.NDArray[np.int64], most: int
) -> list[tuple[int, ...]]:
    ends = np.concatenate((np.zeros(1, np.int64), np.cumsum(lengths)))
    first = np.argsort(lengths, kind="stable")
    if (
        len(first) > most
    ):  # all of the length at which the limit falls, so that their order decides and not the search's
        first = first[lengths[first] <= lengths[first[most]]]
    rows = [(source, *flat[ends[i] : ends[i + 1]].tolist()) for i in first.tolist()]
    rows.sort(key=lambda row: (len(row), row))
    return rows[:most]


@Kernel
def _moved(starts, targets, active, count, now, home, ball):  # type: ignore[no-untyped-def]  # compiled: arrays in, arrays out
    """Walks one step further; `now` holds those of this step.

    Gives the vertices that they reach, or a count of -1 where too many edges lie ahead.
    """
    edges = 0
    for i in range(count):
        if active[i] != home:
            edges += starts[active[i] + 1] - starts[active[i]]
    if edges > ball:
        return active, -1
    reached, values = np.empty(edges, np.int32), np.empty(edges, np.float64)
    at = 0
    for i in range(count):
        value = active[i]
        if value == home:
            continue
        for j in range(starts[value], starts[value + 1]):
            reached[at], values[at] = targets[j], now[value]
            at += 1
    for i in range(count):
        now[active[i]] = 0.0
    found = 0
    for i in range(at):
        value = reached[i]
        if now[value] == 0.0:
            reached[found] = value
            found += 1
        now[value] += values[i]
    return reached[:found].copy(), found


@Kernel
def _ahead_of(starts, active, home):  # type: ignore[no-untyped-def]
    edges = 0
    for value in active:
        if value != home:
            edges += starts[value + 1] - starts[value]
    return edges


@Kernel
def _meeting(forth, back, ahead, behind):  # type: ignore[no-untyped-def]
    """Walks that meet: over the shorter of both fronts."""
    walks = 0.0
    for value in forth if len(forth) <= len(back) else back:
        walks += ahead[value] * behind[value]
    return walks


@Kernel
def _reach(  # type: ignore[no-untyped-def]
    starts, targets, into_starts, sources, home, begin, steps, budget, ball, ahead, behind
):
    """Steps to which a search for ways from `begin` to `home` takes at most `budget`: the sum over
    lengths of length times walks.
    """
    forth, back = np.full(1, begin, np.int32), np.full(1, home, np.int32)
    ahead[begin], behind[home] = 1.0, 1.0
    total, reach = 0.0, 0
    for length in range(1, steps + 1):
        if len(forth) == 0 or len(back) == 0:
            reach = steps
            break
        if _ahead_of(starts, forth, home) <= _ahead_of(into_starts, back, -1):
            forth, moved = _moved(starts, targets, forth, len(forth), ahead, home, ball)
        else:
            back, moved = _moved(into_starts, sources, back, len(back), behind, -1, ball)
            behind[home] = 0.0  # a way ends where it first comes home
        if moved < 0:
            break
        total += length * _meeting(forth, back, ahead, behind)
        if total > budget:
            break
        reach = length
    ahead[forth] = 0.0
    behind[back] = 0.0
    ahead[begin], behind[home] = 0.0, 0.0
    return reach


@Kernel
def _distances(into_starts, sources, home, begin, steps, distance):  # type: ignore[no-untyped-def]
    """Steps from each vertex to `home`, to `steps`; the vertices that were given one."""
    ball = np.empty(1024, np.int32)
    ball[0], at, count = home, 0, 1
    distance[home] = 0
    while at < count and distance[ball[at]] < steps:
        value = ball[at]
        at += 1
        if value == begin:
            continue
        for u in sources[into_starts[value] : into_starts[value + 1]]:
            if distance[u] < 0:
                distance[u] = distance[value] + 1
                ball = grown(ball, count + 1) if count == len(ball) else ball
                ball[count] = u
                count += 1
    return ball[:count].copy()


@Kernel
def _paths(starts, targets, into_starts, sources, home, begin, steps, distance, on_path):  # type: ignore[no-untyped-def]
    """Simple paths from `begin` to `home` of at most `steps` steps, without `home` itself."""
    flat, lengths = np.empty(256, np.int32), np.empty(64, np.int64)
    ball = _distances(into_starts, sources, home, begin, steps, distance)
    used, found, depth = 0, 0, 0 if distance[begin] > 0 else -1
    path, cursor = np.empty(steps + 1, np.int32), np.empty(steps + 1, np.int64)
    path[0], cursor[0] = begin, starts[begin]
    on_path[begin] = depth == 0
    while depth >= 0:
        value = path[depth]
        if cursor[depth] == starts[value + 1]:
            on_path[value] = False
            depth -= 1
            continue
        w = targets[cursor[depth]]
        cursor[depth] += 1
        if w == home:
            flat, lengths, used, found = keep_path(flat, lengths, used, found, path, depth)
        elif distance[w] > 0 and depth + 1 + distance[w] <= steps and not on_path[w]:
            depth += 1
            path[depth], cursor[depth] = w, starts[w]
            on_path[w] = True
    distance[ball] = -1
    return flat[:used].copy(), lengths[:found].copy()
