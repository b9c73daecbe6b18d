"""How well a statement bears a row out by itself: its balances, and the interest that the bank paid."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from extractors.model import Document, Transaction
from verify.ledger.deposit_interest import daily_of, due_by_day, on_yuan_deposit, settlements

_AGREE = Decimal("0.03")  # share by which payments of interest may differ from their common level
_APART = Decimal("0.06")  # share from which one of them is odd


def balances_stand(statement: Document, row: Transaction) -> bool:
    """Whether the balances before and after a row bear its amount out."""
    at = next(i for i, r in enumerate(statement.rows) if r is row)
    around = statement.rows[max(at - 1, 0) : at + 2]
    return all(
        second.balance is None
        or first.balance is None
        or second.balance == first.balance + second.credit - second.debit
        for first, second in zip(around, around[1:], strict=False)
    )


def interest_stands(statement: Document, day: date) -> bool | None:
    """Whether the interest of the quarter of `day` agrees with the other quarters; None where that
    cannot be told.
    """
    daily = daily_of(statement)
    if daily is None or not on_yuan_deposit([statement]):
        return None
    inside: list[Decimal] = []
    others: list[Decimal] = []
    for payment in settlements(statement):
        due = due_by_day(daily, payment)
        if due > 1:
            ratio = payment.row.credit / due
            (inside if payment.first <= day <= payment.last else others).append(ratio)
    if not inside or not others:
        return None
    level = sorted(others)[len(others) // 2]
    if any(abs(other - level) > level * _AGREE for other in others):
        return None
    return abs(inside[0] - level) <= level * _APART
