"""Directed graphs as arrays: edges, adjacency in rows (CSR), strongly connected parts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from graphs.kernels.compiled import Kernel

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Adjacency:
    """Neighbours of vertex v, ascending: `targets[starts[v]:starts[v + 1]]`."""

    starts: Longs
    targets: Ints

    @property
    def size(self) -> int:
        return len(self.starts) - 1


def distinct(count: int, edges: npt.NDArray[np.integer]) -> Ints:
    """Edges (m x 2) in order of source and target, each once, without loops.

    Raises ValueError for a vertex out of range.
    """
    if len(edges) and (int(edges.min()) < 0 or int(edges.max()) >= count):
        raise ValueError("an edge names a vertex that is not there")
    pairs = edges.astype(np.int64)
    pairs = pairs[pairs[:, 0] != pairs[:, 1]]
    keys = pairs[:, 0] * count + pairs[:, 1]
    if len(keys) and not bool((np.diff(keys) > 0).all()):
        keys = np.unique(keys)
    return np.column_stack((keys // max(count, 1), keys % max(count, 1))).astype(np.int32)


def both_ways(count: int, edges: Ints) -> tuple[Adjacency, Adjacency]:
    """Rows of targets and rows of sources of distinct edges in any order; counted twice over, so
    that every row ascends.
    """
    out, targets, into, sources = _rows.for_size(len(edges))(
        count, np.ascontiguousarray(edges[:, 0]), np.ascontiguousarray(edges[:, 1])
    )
    return Adjacency(out, targets), Adjacency(into, sources)


@Kernel
def _rows(count, source, target):  # type: ignore[no-untyped-def]  # compiled: arrays in, arrays out
    out, into = np.zeros(count + 1, np.int64), np.zeros(count + 1, np.int64)
    for i in range(len(source)):
        out[source[i] + 1] += 1
        into[target[i] + 1] += 1
    out, into = np.cumsum(out), np.cumsum(into)
    by_target, by_source = np.empty(len(source), np.int64), np.empty(len(source), np.int64)
    place = into.copy()
    for i in range(len(source)):
        by_target[place[target[i]]] = i
        place[target[i]] += 1
    place = out.copy()
    for i in range(len(source)):
        by_source[place[source[i]]] = i
        place[source[i]] += 1
    targets, sources = np.empty(len(source), np.int32), np.empty(len(source), np.int32)
    place = out.copy()
    for key in range(len(source)):
        i = by_target[key]
        targets[place[source[i]]] = target[i]
        place[source[i]] += 1
    place = into.copy()
    for key in range(len(source)):
        i = by_source[key]
        sources[place[target[i]]] = source[i]
        place[target[i]] += 1
    return out, targets, into, sources


def strong_parts(count: int, edges: Ints) -> Ints:
    """The number of each vertex's strongly connected part (Tarjan, through scipy); vertices that
    cannot lie on a circle are peeled first.
    """
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    keep = peeled(count, edges)
    own = edges[keep[edges[:, 0]] & keep[edges[:, 1]]]
    alive = np.flatnonzero(keep)
    place = np.full(count, -1, np.int32)
    place[alive] = np.arange(len(alive), dtype=np.int32)
    local = place[own]
    matrix = csr_array(
        (np.ones(len(own), np.int8), (local[:, 0], local[:, 1])), shape=(len(alive), len(alive))
    )
    _, labels = connected_components(matrix, directed=True, connection="strong")
    out = np.full(count, -1, np.int32)
    out[alive] = labels
    return out


def peeled(count: int, edges: Ints) -> npt.NDArray[np.bool_]:
    """Which vertices are left after those without a way in or without a way out are taken off,
    again and again.
    """
    alive = np.ones(count, bool)
    own = edges
    while True:
        into, out = (
            np.bincount(own[:, 1], minlength=count) > 0,
            np.bincount(own[:, 0], minlength=count) > 0,
        )
        next_alive = into & out
        if bool((next_alive == alive).all()):
            return alive
        alive = next_alive
        smaller = own[alive[own[:, 0]] & alive[own[:, 1]]]
        if len(smaller) > 0.98 * len(
            own
        ):  # little comes off each round: the strongly connected parts say the rest
            return alive
        own = smaller
