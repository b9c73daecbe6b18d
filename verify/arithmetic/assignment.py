"""Slips and payments to bank rows: the assignment that matches most, each row used once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

A = TypeVar("A")
B = TypeVar("B")
Prices = dict[tuple[int, int], float]

# Pairs in one tangle beyond which the cheapest pair goes first: only made-up papers have such
# tangles
_WEIGHED = 600


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
    for pairs in together(prices.items(), lambda p: (("a", p[0][0]), ("b", p[0][1]))):
        tangle = dict(pairs)
        out |= _weighed(tangle) if 1 < len(tangle) <= _WEIGHED else _cheapest(tangle)
    return dict(sorted(out.items()))


def together(items: Iterable[A], keys: Callable[[A], Iterable[Hashable]]) -> list[list[A]]:
    """Items that share a key, directly or by others, in one group each; groups and items in the
    order given.
    """
    parent: dict[Hashable, Hashable] = {}

    def root(key: Hashable) -> Hashable:
        while parent.setdefault(key, key) != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    every = [(item, list(keys(item))) for item in items]
    for _, own in every:
        for key in own[1:]:
            parent[root(key)] = root(own[0])
    out: dict[Hashable, list[A]] = {}
    for item, own in every:
        out.setdefault(root(own[0]), []).append(item)
    return list(out.values())


def _weighed(prices: Prices) -> dict[int, int]:
    import networkx as nx  # imported where it is needed

    graph = nx.Graph()
    graph.add_edges_from(
        (("a", i), ("b", j), {"weight": -price}) for (i, j), price in prices.items()
    )
    pairs = (sorted(pair) for pair in nx.max_weight_matching(graph, maxcardinality=True))
    return {i: j for (_, i), (_, j) in pairs}


def _cheapest(prices: Prices) -> dict[int, int]:
    out: dict[int, int] = {}
    taken: set[int] = set()
    for (i, j), _ in sorted(prices.items(), key=lambda p: (p[1], p[0])):
        if i not in out and j not in taken:
            out[i] = j
            taken.add(j)
    return out
