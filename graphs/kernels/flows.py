"""Money that comes home: time-ordered circles of transfers of about one amount."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from graphs.kernels.arrays import Ints
from graphs.kernels.compiled import Kernel
from graphs.kernels.search import keep_path


def flows(
    source: Ints,
    target: Ints,
    day: Ints,
    amount: npt.NDArray[np.float64],
    *,
    hops: int,
    days: int,
    share: float,
    budget: int = 20_000,
    ordered: bool = True,
) -> tuple[list[tuple[int, ...]], int]:
    """Circles as numbers of transfers in order, and how many first transfers had more ways than the
    budget.

    Each transfer comes within `days` of the first and, where `ordered`, no earlier than the one
    before; its amount lies within `share` of the one before. A circle is told from its earliest
    transfer, and visits no account twice.
    """
    count = int(max(source.max(initial=-1), target.max(initial=-1))) + 1
    order = np.lexsort((np.arange(len(source)), day, source))
    starts = np.zeros(count + 1, np.int64)
    np.cumsum(np.bincount(source, minlength=count), out=starts[1:])
    flat, lengths, cut = _flows.for_size(len(source))(
        starts, order, source, target, day, amount, hops, days, share, budget, ordered
    )
    ends = np.concatenate((np.zeros(1, np.int64), np.cumsum(lengths)))
    return [
        tuple(int(value) for value in flat[first:second])
        for first, second in zip(ends, ends[1:], strict=False)
    ], int(cut)


@Kernel
def _first_on(starts, order, day, node, when):  # type: ignore[no-untyped-def]  # compiled: arrays in, arrays out
    """Place in `order` of a node's first transfer on or after a day."""
    low, high = starts[node], starts[node + 1]
    while low < high:
        middle = (low + high) // 2
        if day[order[middle]] < when:
            low = middle + 1
        else:
            high = middle
    return low


@Kernel
def _flows(starts, order, source, target, day, amount, hops, days, share, budget, ordered):  # type: ignore[no-untyped-def]
    flat, lengths = np.empty(1024, np.int64), np.empty(256, np.int64)
    path, cursor = np.empty(hops + 1, np.int64), np.empty(hops + 1, np.int64)
    used, found, cut = 0, 0, 0
    for first in range(len(source)):
        home, latest, taken, depth = source[first], day[first] + days, 0, 0
        path[0], cursor[0] = first, _first_on(starts, order, day, target[first], day[first])
        while depth >= 0:
            last = path[depth]
            if cursor[depth] >= starts[target[last] + 1] or depth + 1 >= hops or taken > budget:
                depth -= 1
                continue
            then = order[cursor[depth]]
            cursor[depth] += 1
            if day[then] > latest:
                cursor[depth] = starts[target[last] + 1]
                continue
            if abs(amount[then] - amount[last]) > share * amount[last] or (
                day[then] == day[first] and then < first
            ):
                continue
            taken += 1
            if target[then] == home:
                path[depth + 1] = then
                flat, lengths, used, found = keep_path(flat, lengths, used, found, path, depth + 1)
            elif not _visited(path, depth, source, target, target[then]):
                depth += 1
                floor = day[then] if ordered else day[first]
                path[depth], cursor[depth] = (
                    then,
                    _first_on(starts, order, day, target[then], floor),
                )
        cut += taken > budget
    return flat[:used].copy(), lengths[:found].copy(), cut


@Kernel
def _visited(path, depth, source, target, node):  # type: ignore[no-untyped-def]
    seen = source[path[0]] == node
    for i in range(depth + 1):
        seen = seen or target[path[i]] == node
    return seen
