"""Invoices that run round, against all orders of all firms."""

from __future__ import annotations

from itertools import permutations, product

from hypothesis import given, settings
from hypothesis import strategies as st
from party_graphs import graph, tie

from graphs.measures.invoice_ring import invoice_rings

ISSUED = st.lists(
    st.tuples(
        st.integers(0, 4),
        st.integers(0, 4),
        st.sampled_from([100, 103, 106, 120]),
        st.integers(1, 40),
    ).filter(lambda t: t[0] != t[1]),
    max_size=14,
    unique=True,
)
Sale = tuple[int, int, int, int]


def _brute(issued: list[Sale], days: int, share: float) -> set[tuple[str, ...]]:
    """Rings by trying every order of firms and every choice of invoices; the first is an earliest
    one.
    """
    found = set()
    for size in range(3, 6):
        for firms in permutations(range(5), size):
            steps = [
                [s for s in issued if (s[0], s[1]) == (a, b)]
                for a, b in zip(firms, (*firms[1:], firms[0]), strict=True)
            ]
            for way in product(*steps):
                close = all(
                    abs(b[2] - a[2]) <= share * a[2] for a, b in zip(way, way[1:], strict=False)
                )
                if (
                    close
                    and way[0] == min(way, key=_order)
                    and max(s[3] for s in way) - way[0][3] <= days
                ):
                    start = firms.index(min(firms))
                    found.add(tuple(f"c{f}" for f in (*firms[start:], *firms[:start])))
    return found


def _order(sale: Sale) -> tuple[int, str, str, int]:
    return sale[3], f"c{sale[0]}", f"c{sale[1]}", sale[2]


@settings(max_examples=80, deadline=None)
@given(ISSUED, st.integers(5, 40))
def test_rings_equal_brute_force(issued: list[Sale], days: int) -> None:
    made = graph(
        *(
            tie("invoices", f"c{a}", f"c{b}", str(v), d, contract=str(n))
            for n, (a, b, v, d) in enumerate(issued)
        )
    )
    found = {_turned(p.members) for p in invoice_rings(made, days=days, firms=5).patterns}
    assert found == _brute(issued, days, 0.05)


def _turned(members: tuple[str, ...]) -> tuple[str, ...]:
    start = members.index(min(members))
    return members[start:] + members[:start]


def test_order_of_time_is_told() -> None:
    ring = [("a", "b", "100000", 1), ("b", "c", "101000", 8), ("c", "a", "100500", 15)]
    (found,) = invoice_rings(
        graph(*(tie("invoices", *r, contract=str(n)) for n, r in enumerate(ring)))
    ).patterns
    assert found.figures == {
        "firms": "3",
        "days": "14",
        "amount": "100000.00",
        "largest": "101000.00",
        "order": "in_time",
    }
    late = [("a", "b", "100000", 1), ("b", "c", "101000", 15), ("c", "a", "100500", 8)]
    (found,) = invoice_rings(
        graph(*(tie("invoices", *r, contract=str(n)) for n, r in enumerate(late)))
    ).patterns
    assert found.figures["order"] == "mixed"


def test_of_many_rounds_the_one_in_time_is_told_once() -> None:
    rounds = [
        (a, b, "100000", d + 10 * n)
        for n in range(4)
        for d, (a, b) in enumerate((("a", "b"), ("b", "c"), ("c", "a")), 1)
    ]
    (found,) = invoice_rings(
        graph(*(tie("invoices", *r, contract=str(n)) for n, r in enumerate(rounds)))
    ).patterns
    assert found.figures["order"] == "in_time" and found.figures["days"] == "2"


def test_neither_far_amounts_nor_far_days_make_a_ring() -> None:
    ring = [("a", "b", "100000", 1), ("b", "c", "50000", 8), ("c", "a", "100000", 15)]
    assert not invoice_rings(
        graph(*(tie("invoices", *r, contract=str(n)) for n, r in enumerate(ring)))
    ).patterns
    ring = [("a", "b", "100000", 1), ("b", "c", "100000", 8), ("c", "a", "100000", 150)]
    assert not invoice_rings(
        graph(*(tie("invoices", *r, contract=str(n)) for n, r in enumerate(ring)))
    ).patterns


def test_more_ways_than_are_followed_are_told() -> None:
    """24 firms that all invoice each other one amount: far more ways than any list."""
    issued = [(f"f{a}", f"f{b}", "100000", 1) for a in range(24) for b in range(24) if a != b]
    found = invoice_rings(
        graph(*(tie("invoices", *r, contract=str(n)) for n, r in enumerate(issued)))
    )
    assert found.cut > 0
