"""Every simple directed circle up to a length, with what the list is complete to (graph.md 6).

Each circle is found from its highest-ranked vertex, hubs first: vertices of lower rank number are
left out. A backward search gives each vertex's distance to the root; the number of walks that the
search could take is counted before it starts, so a root that would blow up is given a shorter
length and named, and nothing depends on the clock. Roots are independent: threads change nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from graphs.kernels.arrays import Ints, Longs, both_ways, distinct, strong_parts
from graphs.kernels.compiled import PLAIN
from graphs.kernels.search import search, taken

BUDGET = 100_000  # walks a root may take
# Walks a root may take in plain Python: 300 roots with as many take a fifth of a second.
PLAIN_WALKS = 500
BALL = 4_000_000  # edges that the search around one root may touch
_PIECES = (
    48  # shares of the roots; the same on every machine, so that the order of what is found is
)


@dataclass(frozen=True, slots=True)
class CircleList:
    """Circles as one array of vertices and where each starts; vertices in order from the
    highest-ranked.

    `limited` are roots (vertices) that were searched to a shorter length than asked, `reached` that
    length for each.
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
        """Every circle up to this length is in the list; and every one up to `longest` that meets
        no limited root.
        """
        return int(self.reached.min()) if len(self.reached) else self.longest

    def of(self, index: int) -> tuple[int, ...]:
        return tuple(
            int(vertex) for vertex in self.vertices[self.starts[index] : self.starts[index + 1]]
        )

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
    plain_walks: int = PLAIN_WALKS,
) -> CircleList:
    """All circles of 2 to `longest` vertices of a graph of `count` vertices and m x 2 edges, in
    order of length and vertices.

    `each` is called with the number of pieces searched and of all, for a progress bar. `share` (i,
    n) searches the i-th of n shares of the roots only; the n lists together are the whole list. A small
    graph whose roots take at most `plain_walks` is searched without the compiler.
    """
    own = distinct(count, np.asarray(edges).reshape(-1, 2))
    parts = strong_parts(count, own)
    own = own[(parts[own[:, 0]] == parts[own[:, 1]]) & (parts[own[:, 0]] >= 0)]
    if not len(own) or longest < 2:
        return CircleList(np.zeros(0, np.int32), np.zeros(1, np.int64), longest)
    vertex, ranked = _ranked(count, own)
    out, into = both_ways(len(vertex), ranked)
    # Hubs have the lowest ranks and cost most: every piece takes one root after the other in turn,
    # so that all pieces cost about the same.
    step = _PIECES * share[1]
    pieces = [first for first in range(step) if first < len(vertex)][share[0] :: share[1]]

    arrays = (out.starts, out.targets, into.starts, into.targets)
    if len(ranked) <= PLAIN:
        # A small graph with few ways is searched before the compiler would be loaded.
        walks = min(budget, plain_walks)
        found = [search(*arrays, first, step, longest, walks, ball) for first in pieces]
        if not any(len(limited) for _, _, limited, _ in found):
            if each:
                each(len(pieces), len(pieces))
            return _joined(found, vertex, longest)

    def searched(first: int) -> tuple[Ints, Longs, Ints, Ints]:
        return search.compiled(*arrays, first, step, longest, budget, ball)  # type: ignore[no-any-return]

    with ThreadPoolExecutor(max(1, threads)) as pool:
        found = []
        for piece in pool.map(searched, pieces):
            found.append(piece)
            if each:
                each(len(found), len(pieces))
    return _joined(found, vertex, longest)


def _ranked(count: int, edges: Ints) -> tuple[Ints, Ints]:
    """Vertices that have edges by rank (the product of ways in and out, most first), and the edges
    in numbers of rank.
    """
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
    pieces = taken.for_size(len(flat))(flat, starts, order)
    ends = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(lengths[order], out=ends[1:])
    limited, reached = np.concatenate([f[2] for f in found]), np.concatenate([f[3] for f in found])
    return CircleList(pieces, ends, longest, vertex[limited], reached)
