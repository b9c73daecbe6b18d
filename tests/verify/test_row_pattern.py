"""Two statements from one pattern of rows, and what two honest accounts may share."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from extractors.model import WHOLE_PAGE, Transaction
from verify.ledger.row_pattern import Likeness, Pattern, patterns

START = date(2025, 1, 6)


def _row(day: int, credit: str, **more: str) -> Transaction:
    amount = Decimal(credit)
    return Transaction(
        day=START + timedelta(days=day),
        time=more.get("time", ""),
        description="货款",
        debit=max(-amount, Decimal(0)),
        credit=max(amount, Decimal(0)),
        serial_number=more.get("serial", ""),
        page=1,
        box=WHOLE_PAGE,
        confidence=0.98,
    )


def _of(likeness: Likeness, mine: list[Transaction], theirs: list[Transaction]) -> Pattern:
    return next(p for p in patterns(mine, theirs) if p.likeness is likeness)


AMOUNTS = st.lists(st.integers(100_001, 90_000_000), min_size=10, max_size=30, unique=True)  # cents


@given(AMOUNTS)
def test_one_factor_is_found_whatever_the_amounts(cents: list[int]) -> None:
    mine = [_row(n, f"{c / 100:.2f}") for n, c in enumerate(cents)]
    theirs = [_row(n, f"{(r.credit * Decimal('1.37')):.2f}") for n, r in enumerate(mine)]
    found = _of(Likeness.FACTOR, mine, theirs)
    assert len(found.pairs) >= len(mine) - 1 and found.factor == Decimal("0.7299")


def test_a_transfer_and_what_is_spent_of_it_each_month_are_no_pattern() -> None:
    mine = [_row(30 * n, "-25000") for n in range(12)]
    theirs = [_row(30 * n, "-12500") for n in range(12)]
    assert len(_of(Likeness.FACTOR, mine, theirs).pairs) == 1


def test_a_fee_that_both_pay_each_month_is_one_likeness() -> None:
    mine = [_row(30 * n, "-1999.00") for n in range(12)]
    theirs = [_row(30 * n + 3, "-1999.00") for n in range(12)]
    assert len(_of(Likeness.AMOUNTS, mine, theirs).pairs) == 1


def test_seconds_count_only_for_different_payments() -> None:
    mine = [_row(n, f"{1000 + n}.35", time=f"10:2{n % 6}:1{n % 7}") for n in range(12)]
    copied = [_row(n, f"{4000 + 7 * n}.12", time=r.time) for n, r in enumerate(mine)]
    mirrored = [_row(n, f"-{1000 + n}.35", time=r.time) for n, r in enumerate(mine)]
    assert len(_of(Likeness.SECONDS, mine, copied).pairs) == 12
    assert not _of(Likeness.SECONDS, mine, mirrored).pairs
