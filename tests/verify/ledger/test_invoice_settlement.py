"""How payments settle invoices: every kind, and the best set against all sets."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from decimal import Decimal
from itertools import chain, combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.model import WHOLE_PAGE, Document, Transaction
from verify.ledger.accounts import Entry
from verify.ledger.invoice_settlement import Bill, Terms, _best, _candidates, settle

TERMS = Terms(days_before=30, days_after=180, amount=Decimal("0.10"), share=Decimal("0.005"))
PAPER = Document(type="bank_statement", file="s.pdf", sha256="0" * 64, pages=(1,))
START = date(2025, 3, 1)


_INDEX = itertools.count()


def _paid(party: str, amount: str, days: int) -> Entry:
    row = Transaction(
        day=START + timedelta(days=days),
        credit=Decimal(amount),
        counterparty_name=party,
        page=1,
        box=WHOLE_PAGE,
        confidence=0.99,
    )
    return Entry(PAPER, next(_INDEX), row, Decimal(amount), party)


def _bill(party: str, amount: str, days: int = 0) -> Bill:
    return Bill(party, Decimal(amount), START + timedelta(days=days))


def test_one_amount_parts_batch_and_third_party() -> None:
    bills = [
        _bill("甲", "1000.00"),
        _bill("乙", "900.00"),
        _bill("丙", "300.00"),
        _bill("丙", "450.00", 5),
        _bill("丁", "777.77"),
    ]
    rows = [
        _paid("甲", "1000.00", 9),
        _paid("乙", "400.00", 4),
        _paid("乙", "500.00", 30),
        _paid("丙", "750.00", 20),
        _paid("戊", "777.77", 7),
    ]
    found = {s.kind: (s.bills, s.rows) for s in settle(bills, rows, TERMS)}
    assert found == {
        "single": ((0,), (0,)),
        "parts": ((1,), (1, 2)),
        "batch": ((2, 3), (3,)),
        "third_party": ((4,), (4,)),
    }


def test_the_best_set_not_the_first_match() -> None:
    """The first invoice would take the only row that the second can be paid by."""
    bills = [_bill("甲", "500.00"), _bill("甲", "500.00", 170)]
    rows = [_paid("甲", "500.00", 171), _paid("甲", "500.00", 0)]
    assert [(s.bills, s.rows) for s in settle(bills, rows, TERMS)] == [((0,), (1,)), ((1,), (0,))]


def test_too_late_or_another_amount_settles_nothing() -> None:
    assert not settle(
        [_bill("甲", "500.00")], [_paid("甲", "500.00", 300), _paid("甲", "480.00", 3)], TERMS
    )


def test_no_row_pays_twice_and_no_invoice_is_paid_twice() -> None:
    bills = [_bill("甲", "500.00"), _bill("甲", "500.00", 3), _bill("甲", "1000.00", 4)]
    rows = [_paid("甲", "500.00", 5), _paid("甲", "500.00", 6), _paid("甲", "1000.00", 8)]
    found = settle(bills, rows, TERMS)
    used_bills, used_rows = [i for s in found for i in s.bills], [j for s in found for j in s.rows]
    assert sorted(used_bills) == [0, 1, 2] and sorted(used_rows) == [0, 1, 2]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(1, 4), min_size=1, max_size=4),
    st.lists(st.integers(1, 8), min_size=1, max_size=4),
)
def test_against_all_sets(billed: list[int], paid: list[int]) -> None:
    bills = [_bill("甲", f"{b * 100}.00", n) for n, b in enumerate(billed)]
    rows = [_paid("甲", f"{p * 100}.00", 10 + n) for n, p in enumerate(paid)]
    candidates = list(_candidates(bills, rows, TERMS))[:12]
    worth = {id(c): 10 * len(c.bills) - c.cost for c in candidates}

    def apart(some: tuple) -> bool:  # type: ignore[type-arg]
        return all(
            not set(a.bills) & set(b.bills) and not set(a.rows) & set(b.rows)
            for a, b in combinations(some, 2)
        )

    every = chain.from_iterable(combinations(candidates, n) for n in range(len(candidates) + 1))
    best = max(sum(worth[id(c)] for c in some) for some in every if apart(some))
    assert abs(sum(worth[id(c)] for c in _best(candidates)) - best) < 1e-9
