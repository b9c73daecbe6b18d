"""The search for circles, compiled: the walks that it could take counted first, then every circle
from its first vertex.
"""

from __future__ import annotations

import numpy as np

from graphs.kernels.compiled import Kernel


@Kernel
def _backward(starts, sources, root, deepest, most, distance, ball):  # type: ignore[no-untyped-def]
    """Distances to the root over vertices ranked after it, to `deepest`.

    Gives the number of vertices, and the depth that was finished.
    """
    count, at, done = 1, 0, deepest
    ball[0] = root
    distance[root] = 0
    touched = 0
    while at < count:
        value = ball[at]
        at += 1
        if distance[value] >= done:
            break
        touched += starts[value + 1] - starts[value]
        if touched > most:
            done = distance[value]
            break
        for i in range(starts[value], starts[value + 1]):
            u = sources[i]
            if u > root and distance[u] < 0:
                distance[u] = distance[value] + 1
                ball[count] = u
                count += 1
    return count, done


@Kernel
def _walks(starts, targets, root, longest, budget, distance, ball, count, now, after):  # type: ignore[no-untyped-def]
    """Walks from the root that can still come home within `longest` steps: more than the search
    will ever take. Stops above the budget.
    """
    total = 0.0
    for i in range(count):
        now[ball[i]] = 0.0
        after[ball[i]] = 0.0
    now[root] = 1.0
    for step in range(1, longest):
        moved = 0.0
        for i in range(count):
            value = ball[i]
            here = now[value]
            if here == 0.0:
                continue
            for j in range(starts[value], starts[value + 1]):
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
            value = ball[i]
            now[value] = after[value]
            after[value] = 0.0
    return total


@Kernel
def grown(array, need):  # type: ignore[no-untyped-def]
    size = len(array)
    while size < need:
        size *= 2
    out = np.empty(size, array.dtype)
    out[: len(array)] = array
    return out


@Kernel
def keep_path(flat, lengths, used, found, path, depth):  # type: ignore[no-untyped-def]
    """A path added to what was found; the arrays grow where they must."""
    if found == len(lengths):
        lengths = grown(lengths, found + 1)
    if used + depth + 1 > len(flat):
        flat = grown(flat, used + depth + 1)
    flat[used : used + depth + 1] = path[: depth + 1]
    lengths[found] = depth + 1
    return flat, lengths, used + depth + 1, found + 1


@Kernel
def _around(  # type: ignore[no-untyped-def]
    starts, targets, root, reach, distance, on_path, path, cursor, flat, lengths, used, found
):
    """Adds every circle of 2 to `reach` vertices that the root is the first of."""
    path[0], cursor[0], depth = root, starts[root], 0
    on_path[root] = True
    while depth >= 0:
        value = path[depth]
        if cursor[depth] == starts[value + 1]:
            on_path[value] = False
            depth -= 1
            continue
        w = targets[cursor[depth]]
        cursor[depth] += 1
        if w == root:
            flat, lengths, used, found = keep_path(flat, lengths, used, found, path, depth)
        elif w > root and distance[w] > 0 and not on_path[w] and depth + 1 + distance[w] <= reach:
            depth += 1
            path[depth], cursor[depth] = w, starts[w]
            on_path[w] = True
    return flat, lengths, used, found


@Kernel
def search(starts, targets, into_starts, sources, first, step, longest, budget, most):  # type: ignore[no-untyped-def]
    """Circles whose highest-ranked vertex is `first` or every `step`-th after it: vertices one
    after the other, lengths, limited roots, their lengths.
    """
    n = len(starts) - 1
    distance, on_path, ball = np.full(n, -1, np.int16), np.zeros(n, np.bool_), np.empty(n, np.int32)
    now, after = np.zeros(n, np.float64), np.zeros(n, np.float64)
    path, cursor = np.empty(longest + 1, np.int32), np.empty(longest + 1, np.int64)
    flat, lengths = np.empty(1024, np.int32), np.empty(256, np.int64)
    limited, reached = np.empty(16, np.int32), np.empty(16, np.int32)
    used, found, short = 0, 0, 0
    for root in range(first, n, step):
        # hubs come first in rank, and a row is in order: a root whose last neighbour ranks before
        # it closes nothing
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
                limited, reached = grown(limited, short + 1), grown(reached, short + 1)
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


@Kernel
def taken(flat, starts, order):  # type: ignore[no-untyped-def]  # compiled: arrays in, arrays out
    out = np.empty(len(flat), np.int32)
    at = 0
    for key in range(len(order)):
        for i in range(starts[order[key]], starts[order[key] + 1]):
            out[at] = flat[i]
            at += 1
    return out
