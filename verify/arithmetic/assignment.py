"""Slips and payments to bank rows: the assignment that matches most, each row used once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

A = TypeVar("A")
B = TypeVar("B")
Prices = dict[tuple[int, int], float]

# Cells of a table of prices beyond which the cheapest pair goes first: only made-up documents tangle
# a thousand payments with a thousand rows.
_WEIGHED = 1_000_000


def assign(
    left: Sequence[A],
    right: Sequence[B],
    cost: Callable[[A, B], float | None],
    near: Callable[[A], Iterable[int]] | None = None,
) -> dict[int, int]:
    """Indexes of `left` to indexes of `right`: as many pairs as possible, then least total cost.
    None forbids a pair.

    `near` gives the indexes of `right` that can be meant at all, where trying every pair would take
    too long.
    """
    every = range(len(right))
    prices = {
        (i, j): price
        for i, a in enumerate(left)
        for j in (near(a) if near else every)
        if (price := cost(a, right[j])) is not None
    }
    out: dict[int, int] = {}
    for pairs in together(prices.items(), _sides):
        tangle = dict(pairs)
        lefts, rights = ({pair[side] for pair in tangle} for side in (0, 1))
        is_small = len(lefts) * len(rights) <= _WEIGHED
        out |= _weighed(tangle) if is_small else _cheapest(tangle)
    return dict(sorted(out.items()))


def _sides(priced: tuple[tuple[int, int], float]) -> tuple[tuple[str, int], tuple[str, int]]:
    """Return the names of a pair's left and right side."""
    (left, right), _ = priced
    return ("left", left), ("right", right)


def together(items: Iterable[A], keys: Callable[[A], Iterable[Hashable]]) -> list[list[A]]:
    """Items that share a key, directly or by others, in one group each; groups and items in the
    order given.
    """
    from scipy.sparse import coo_array  # imported where it is needed
    from scipy.sparse.csgraph import connected_components

    every = list(items)
    numbers: dict[Hashable, int] = {}
    owners: list[int] = []
    owned: list[int] = []
    for place, item in enumerate(every):
        for key in keys(item):
            owners.append(place)
            owned.append(len(every) + numbers.setdefault(key, len(numbers)))
    size = len(every) + len(numbers)
    links = coo_array(([1] * len(owners), (owners, owned)), shape=(size, size))
    _, labels = connected_components(links, directed=False)
    out: dict[int, list[A]] = {}
    for place, item in enumerate(every):
        out.setdefault(int(labels[place]), []).append(item)
    return list(out.values())


def _weighed(prices: Prices) -> dict[int, int]:
    """Return the pairs of least cost among those of the most pairs."""
    import numpy as np  # imported where it is needed
    from scipy.optimize import linear_sum_assignment

    lefts = sorted({left for left, _ in prices})
    rights = sorted({right for _, right in prices})
    # A pair that is not allowed costs more than all others together, so that no allowed one is
    # given up for it.
    forbidden = 1.0 + 2 * sum(abs(price) for price in prices.values())
    costs = np.full((len(lefts), len(rights)), forbidden)
    rows = {left: row for row, left in enumerate(lefts)}
    columns = {right: column for column, right in enumerate(rights)}
    for (left, right), price in prices.items():
        costs[rows[left], columns[right]] = price
    chosen = zip(*linear_sum_assignment(costs), strict=True)
    pairs = [(lefts[row], rights[column]) for row, column in chosen]
    return {left: right for left, right in pairs if (left, right) in prices}


def _cheapest(prices: Prices) -> dict[int, int]:
    out: dict[int, int] = {}
    taken: set[int] = set()
    for (i, j), _ in sorted(prices.items(), key=lambda p: (p[1], p[0])):
        if i not in out and j not in taken:
            out[i] = j
            taken.add(j)
    return out
