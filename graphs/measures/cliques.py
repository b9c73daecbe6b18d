"""Firms that all guarantee each other (maximal reciprocal cliques), and how many circles such a
group holds.
"""

from __future__ import annotations

from collections.abc import Collection
from itertools import islice
from math import comb, factorial

MOST_GROUPS = (
    100_000  # listed; where companies form more, the graph is one dense block and the first say so
)


def reciprocal_cliques(
    mutual: Collection[tuple[str, str]], least: int = 3
) -> list[tuple[str, ...]]:
    """Maximal sets of `least` or more companies with guarantees both ways between all of them, in
    order.

    `mutual` holds each pair with guarantees both ways once.
    """
    if not mutual:
        return []
    import networkx as nx

    found = (c for c in nx.find_cliques(nx.Graph(mutual)) if len(c) >= least)
    return sorted(tuple(sorted(clique)) for clique in islice(found, MOST_GROUPS))


def circles_within(size: int) -> int:
    """Circles of three or more among companies that all guarantee each other."""
    return sum(comb(size, k) * factorial(k - 1) for k in range(3, size + 1))
