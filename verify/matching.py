"""Slips and invoices to bank rows: the assignment that matches most, each row used once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

A = TypeVar("A")
B = TypeVar("B")


def assign(left: Sequence[A], right: Sequence[B], cost: Callable[[A, B], float | None]) -> dict[int, int]:
    """Indexes of `left` to indexes of `right`: as many pairs as possible, then least total cost. None forbids a pair."""
    prices = {(i, j): price for i, a in enumerate(left) for j, b in enumerate(right) if (price := cost(a, b)) is not None}
    if len({i for i, _ in prices}) == len({j for _, j in prices}) == len(prices):
        return dict(sorted(prices))  # no two want the same: nothing to weigh
    import networkx as nx  # imported where it is needed

    graph = nx.Graph()
    graph.add_edges_from((("a", i), ("b", j), {"weight": -price}) for (i, j), price in prices.items())
    pairs = (sorted(pair) for pair in nx.max_weight_matching(graph, maxcardinality=True))
    return dict(sorted((i, j) for (_, i), (_, j) in pairs))
