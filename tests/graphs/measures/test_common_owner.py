"""Firms under one hand: shares through all paths against the matrix, and what is found against a
look at every pair.
"""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from party_graphs import graph, tie

from graphs.measures.common_owner import firms_under_one_hand, shares_below
from graphs.measures.control import holdings, owners_of
from graphs.measures.trade_dependence import sold_to

HELD = st.dictionaries(
    st.tuples(st.integers(0, 5), st.integers(0, 5)).filter(lambda e: e[0] != e[1]),
    st.integers(1, 19),
    max_size=14,
)


@given(HELD)
def test_shares_below_are_a_row_of_the_matrix(held: dict[tuple[int, int], int]) -> None:
    matrix = np.zeros((6, 6))
    for (owner, firm), share in held.items():
        matrix[owner, firm] = (
            share / 100
        )  # below a fifth each, so that no firm is owned whole and the series ends
    whole = matrix @ np.linalg.inv(np.eye(6) - matrix)
    by_owner: dict[str, dict[str, Decimal]] = {}
    for (owner, firm), share in held.items():
        by_owner.setdefault(f"c{owner}", {})[f"c{firm}"] = Decimal(share)
    for owner in range(6):
        found = shares_below(f"c{owner}", by_owner)
        want = {
            f"c{f}": 100 * whole[owner, f]
            for f in range(6)
            if f != owner and 100 * whole[owner, f] > 1e-5
        }
        assert {k: float(v) for k, v in found.items() if v > Decimal("0.00001")} == pytest.approx(
            want, abs=1e-4
        )


@settings(deadline=None)
@given(HELD)
def test_one_hand_is_every_owner_of_both(held: dict[tuple[int, int], int]) -> None:
    ties = [
        tie("holds_shares", f"c{a}", f"c{b}", share=str(min(s * 3, 19)))
        for (a, b), s in sorted(held.items())
    ]
    ties += [tie("holds_shares", "P", f"c{n}", share="24") for n in range(3)]
    made = graph(*ties)
    shares = {
        firm: {o.owner: o.share for o in owners_of(firm, made)}
        for firm in made.entities
        if firm != "P"
    }
    hands = {
        firm: {o for o, s in above.items() if s >= 25} | {firm} for firm, above in shares.items()
    }
    for firm, own in hands.items():
        want = {f for f, theirs in hands.items() if f != firm and theirs & own}
        found = {p.members[-1] for p in firms_under_one_hand(firm, made, holdings(made))}
        assert found == want


def test_a_representative_is_told_after_shares() -> None:
    made = graph(
        tie("represents", "W", "a"),
        tie("represents", "W", "b"),
        tie("represents", "W", "c"),
        tie("holds_shares", "Z", "a", share="60"),
        tie("holds_shares", "Z", "b", share="30"),
    )
    found = {
        p.members[-1]: p.figures["by"] for p in firms_under_one_hand("a", made, holdings(made))
    }
    assert found == {"b": "shares", "c": "representative"}


def test_proof_holds_the_holdings_on_the_way() -> None:
    made = graph(
        tie("holds_shares", "Z", "a", share="60"),
        tie("holds_shares", "Z", "m", share="80"),
        tie("holds_shares", "m", "b", share="70"),
        tie("holds_shares", "Z", "other", share="90"),
    )
    found = {p.members[-1]: p for p in firms_under_one_hand("a", made, holdings(made))}
    assert {(r.source, r.target) for r in found["b"].relations} == {
        ("Z", "a"),
        ("Z", "m"),
        ("m", "b"),
    }
    assert found["b"].figures["other_share"] == "56.00"


def test_a_loop_that_owns_itself_ends() -> None:
    held = {"a": {"b": Decimal(100)}, "b": {"a": Decimal(100)}}
    assert shares_below("a", held) == {"b": Decimal(100)}


def test_sales_are_the_larger_of_invoices_and_payments() -> None:
    made = graph(
        tie("invoices", "s", "b", "700"),
        tie("invoices", "s", "b", "300"),
        tie("invoices", "s", "other", "900"),
    )
    assert sold_to("s", "b", made) == 1000
