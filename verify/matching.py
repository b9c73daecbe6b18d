"""Slips and payments to bank rows: the assignment that matches most, each row used once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

A = TypeVar("A")
B = TypeVar("B")
Prices = dict[tuple[int, int], float]

_WEIGHED = 600  # pairs in one tangle beyond which the cheapest pair goes first: only made-up papers have such tangles


def assign(
    left: Sequence[A], right: Sequence[B], cost: Callable[[A, B], float | None], near: Callable[[A], Iterable[int]] | None = None
) -> dict[int, int]:
    """Indexes of `left` to indexes of `right`: as many pairs as possible, then least total cost. None forbids a pair.

    `near` gives the indexes of `right` that can be meant at all, where trying every pair would take too long.
    """
    every = range(len(right))
    prices = {(i, j): price for i, a in enumerate(left) for j in (near(a) if near else every) if (price := cost(a, right[j])) is not None}
    out: dict[int, int] = {}
    for tangle in _tangles(prices):
        out |= _weighed(tangle) if 1 < len(tangle) <= _WEIGHED else _cheapest(tangle)
    return dict(sorted(out.items()))


def _tangles(prices: Prices) -> list[Prices]:
    """Pairs that want the same, directly or by others, together."""
    parent: dict[tuple[str, int], tuple[str, int]] = {}

    def root(key: tuple[str, int]) -> tuple[str, int]:
        while parent.setdefault(key, key) != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for i, j in prices:
        parent[root(("a", i))] = root(("b", j))
    out: dict[tuple[str, int], Prices] = {}
    for (i, j), price in prices.items():
        out.setdefault(root(("a", i)), {})[i, j] = price
    return list(out.values())


def _weighed(prices: Prices) -> dict[int, int]:
    import networkx as nx  # imported where it is needed

    graph = nx.Graph()
    graph.add_edges_from((("a", i), ("b", j), {"weight": -price}) for (i, j), price in prices.items())
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
