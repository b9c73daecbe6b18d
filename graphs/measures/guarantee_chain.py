"""担保链: the longest way of guarantees to a firm, over the condensation of the graph, where each
circle counts as one place.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from graphs.kernels.arrays import Ints, distinct
from graphs.measures.indexed import Indexed, indexed
from graphs.model import PartyGraph, Pattern, PatternKind, RelationKind

LEAST = 3  # guarantees one behind the other


def guarantee_chains(graph: PartyGraph, least: int = LEAST) -> tuple[Pattern, ...]:
    """For each firm at the end of a way that goes on to nobody, the longest way there of at least
    `least` steps, guarantor first.
    """
    own = indexed(graph, RelationKind.GUARANTEES)
    if len(own.edges) < least:
        return ()
    part = _parts(len(own.ids), own.edges)
    count = int(part.max()) + 1
    between = distinct(count, part[own.edges])
    depth, before = _longest(count, between)
    is_end = np.ones(count, bool)
    is_end[between[:, 0]] = False
    order = np.argsort(part, kind="stable")
    starts = np.searchsorted(part[order], np.arange(count + 1))
    found = []
    for end in np.flatnonzero(is_end & (depth >= least)).tolist():
        way = [end]
        while before[way[-1]] >= 0:
            way.append(int(before[way[-1]]))
        places = [
            [own.ids[vertex] for vertex in order[starts[place] : starts[place + 1]].tolist()]
            for place in reversed(way)
        ]
        found.append(_pattern(own, places))
    return tuple(sorted(found, key=lambda p: (-int(p.figures["depth"]), p.members)))


def _parts(count: int, edges: Ints) -> Ints:
    """The strongly connected part of each vertex, parts numbered by their smallest vertex."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    ones = np.ones(len(edges), np.int8)
    matrix = csr_array((ones, (edges[:, 0], edges[:, 1])), shape=(count, count))
    _, labels = connected_components(matrix, directed=True, connection="strong")
    _, first, numbered = np.unique(labels, return_index=True, return_inverse=True)
    rank = np.empty(len(first), np.int32)
    rank[np.argsort(first)] = np.arange(len(first), dtype=np.int32)
    return rank[numbered]


def _longest(count: int, edges: Ints) -> tuple[Ints, Ints]:
    """The steps of the longest way to each part, and the part before it on that way; the smallest
    where several are as long.
    """
    depth, before = np.zeros(count, np.int32), np.full(count, -1, np.int32)
    waiting = np.bincount(edges[:, 1], minlength=count)
    starts = np.searchsorted(edges[:, 0], np.arange(count + 1))
    front = np.flatnonzero(waiting == 0)
    while len(front):
        own = _rows(starts, front)
        source, target = edges[own, 0], edges[own, 1]
        order = np.lexsort((-source, depth[source]))  # so that the last of a target's is its best
        source, target = source[order], target[order]
        better = depth[source] + 1 >= depth[target]
        best, chosen = np.full(count, -1, np.int32), target[better]
        best[chosen] = source[better]
        for place in np.unique(chosen).tolist():
            steps = depth[best[place]] + 1
            if steps > depth[place] or best[place] < before[place]:
                depth[place], before[place] = steps, best[place]
        np.subtract.at(waiting, target, 1)
        front = np.unique(target[waiting[target] == 0])
    return depth, before


def _rows(starts: npt.NDArray[np.integer], front: npt.NDArray[np.integer]) -> npt.NDArray[np.int64]:
    """Places of the edges that lead on from a front."""
    sizes = starts[front + 1] - starts[front]
    offsets = np.repeat(starts[front] - np.concatenate(([0], np.cumsum(sizes)[:-1])), sizes)
    return np.asarray(np.arange(int(sizes.sum())) + offsets, np.int64)


def _pattern(own: Indexed, places: list[list[str]]) -> Pattern:
    members = _through(own.of_edge, places)
    steps = list(zip(members, members[1:], strict=False))
    return Pattern(
        kind=PatternKind.GUARANTEE_CHAIN,
        members=members,
        relations=tuple(r for step in steps for r in own.of_edge.get(step, ())),
        figures={"depth": str(len(places) - 1)},
    )


def _through(edges: Mapping[tuple[str, str], object], way: list[list[str]]) -> tuple[str, ...]:
    """One firm of each place, so that each guarantees one of the next where there is such an edge."""
    members = [way[-1][0]]
    for place in reversed(way[:-1]):
        after = members[-1]
        members.append(next((firm for firm in place if (firm, after) in edges), place[0]))
    return tuple(reversed(members))
