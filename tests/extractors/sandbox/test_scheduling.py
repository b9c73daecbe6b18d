"""The longest begin first, so many at a time, and what was made comes in the order of the items."""

from __future__ import annotations

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.sandbox.scheduling import longest_first


@given(st.lists(st.integers(0, 9), max_size=12), st.integers(1, 4))
def test_all_are_made_in_order(sizes: list[int], at_once: int) -> None:
    assert longest_first(lambda n: n * n, range(len(sizes)), sizes, at_once) == [
        n * n for n in range(len(sizes))
    ]


@given(st.lists(st.integers(0, 9), max_size=12))
def test_the_longest_begin_first(sizes: list[int]) -> None:
    begun: list[int] = []
    longest_first(begun.append, sizes, sizes, 1)
    assert begun == sorted(sizes, reverse=True)


def test_no_more_than_so_many_at_a_time() -> None:
    under_way, most, lock, both = 0, 0, threading.Lock(), threading.Barrier(2)

    def act(_: int) -> None:
        nonlocal under_way, most
        with lock:
            under_way += 1
            most = max(most, under_way)
        both.wait(30)
        with lock:
            under_way -= 1

    longest_first(act, range(6), [1] * 6, 2)
    assert most == 2


def test_a_fault_is_told() -> None:
    with pytest.raises(ZeroDivisionError):
        longest_first(lambda n: 1 // n, [1, 0, 2], [1, 1, 1], 2)
