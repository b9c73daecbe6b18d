"""The Wilson interval against its definition: its bounds are the shares from which what was seen
lies just z deviations away.
"""

from __future__ import annotations

from math import sqrt

from hypothesis import given
from hypothesis import strategies as st

from api.statistics.wilson import interval


@given(st.integers(1, 10_000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_definition(seen: tuple[int, int]) -> None:
    hits, of = seen
    low, high = interval(hits, of)
    assert 0 <= low <= high <= 1 and low - 1e-9 <= hits / of <= high + 1e-9
    for bound in (low, high):
        if 1e-9 < bound < 1 - 1e-9:
            assert (
                abs(abs(hits / of - bound) - 1.959963984540054 * sqrt(bound * (1 - bound) / of))
                < 1e-9
            )


def test_of_nothing() -> None:
    assert interval(0, 0) == (0.0, 1.0)
