"""Slips and invoices to bank rows: the assignment that matches most, each row used once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import networkx as nx

A = TypeVar("A")
B = TypeVar("B")


def assign(left: Sequence[A], right: Sequence[B], cost: Callable[[A, B], float | None]) -> dict[int, int]:
    """Indexes of `left` to indexes of `right`: as many pairs as possible, then least total cost. None forbids a pair."""
    graph = nx.Graph()
    for i, a in enumerate(left):
        for j, b in enumerate(right):
            price = cost(a, b)
            if price is not None:
                graph.add_edge(("a", i), ("b", j), weight=-price)
    pairs = nx.max_weight_matching(graph, maxcardinality=True)
    out: dict[int, int] = {}
    for one, two in pairs:
        (_, i), (_, j) = sorted((one, two))
        out[i] = j
    return dict(sorted(out.items()))
