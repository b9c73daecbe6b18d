"""The assignment of slips and invoices to rows, against all ways of pairing."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from verify.arithmetic.assignment import assign

COSTS = st.lists(
    st.lists(st.one_of(st.none(), st.integers(0, 9).map(float)), min_size=4, max_size=4),
    min_size=1,
    max_size=4,
)


@given(COSTS)
def test_most_pairs_then_least_cost(costs: list[list[float | None]]) -> None:
    found = assign(range(len(costs)), range(4), lambda i, j: costs[i][j])
    assert len(set(found.values())) == len(found)
    best = (0, 0.0)
    for order in permutations(range(4), len(costs)):
        pairs = [costs[i][j] for i, j in enumerate(order) if costs[i][j] is not None]
        best = max(best, (len(pairs), -sum(p for p in pairs if p is not None)))
    total = sum(c for i, j in found.items() if (c := costs[i][j]) is not None)
    assert (len(found), -total) == best
