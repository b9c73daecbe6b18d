"""How far the balances that a statement shows lie above those on which the bank paid interest.

Banks pay to the cent: the sum of daily balances times the rate over 360. Where balances were raised
by one amount, each later payment is short by the interest on just that amount.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal

from verify.ledger.daily_balance import DailyBalance
from verify.ledger.deposit_interest import (
    HALF_CENT,
    PBOC,
    YEAR,
    Settlement,
    due_by_day,
    listed_rates,
)

# The finest step in which banks list demand rates (0.005 %); a payment that fits one to the cent
# shows that the bank used it.
_STEP = Decimal("0.00005")


@dataclass(frozen=True, slots=True)
class Gap:
    """By how much every day's balance exceeds what one payment was made on, and how surely that is
    known: half a cent of interest in yuan of balance.
    """

    payment: Settlement
    amount: Decimal
    slack: Decimal

    @property
    def is_closed(self) -> bool:
        """Whether the payment fits the balances to the cent, its own rounding and theirs."""
        return abs(self.amount) <= 2 * self.slack

    def equals(self, other: Gap) -> bool:
        return abs(self.amount - other.amount) <= self.slack + other.slack

    def is_multiple(self, step: Decimal) -> bool:
        return abs(self.amount - round(self.amount / step) * step) <= self.slack


def listed_gaps(daily: DailyBalance, paid: Sequence[Settlement]) -> list[Gap]:
    """Gaps at the listed rate of each day."""
    return [_gap(each, due_by_day(daily, each), _listed_sum(each)) for each in paid]


def own_rate_gaps(paid: Sequence[Settlement]) -> list[Gap]:
    """Gaps at the one plain rate that most payments fit to the cent; empty where none does."""
    best: list[Gap] = []
    fitting = 0
    for step in range(1, int(PBOC / _STEP) + 1):
        rate = step * _STEP
        gaps = [
            _gap(settlement, settlement.product * rate / YEAR, settlement.days * rate / YEAR)
            for settlement in paid
        ]
        closed = sum(gap.is_closed for gap in gaps)
        if closed > fitting:
            best, fitting = gaps, closed
    return best


def _gap(payment: Settlement, due: Decimal, of_one_yuan: Decimal) -> Gap:
    amount = (due - payment.row.credit) / of_one_yuan
    return Gap(payment, amount, HALF_CENT / of_one_yuan)


def _listed_sum(payment: Settlement) -> Decimal:
    """Interest of one yuan over a payment's days."""
    total, day = Decimal(0), payment.first
    while day <= payment.last:
        total += listed_rates(day, day)[0] / YEAR
        day += timedelta(days=1)
    return total


def has_one_rate(payment: Settlement) -> bool:
    """Whether no listed rate changed within a payment's days: banks carry a change over at their
    own time.
    """
    return len(listed_rates(payment.first, payment.last)) == 1


def common_gap(gaps: Sequence[Gap], least: Decimal) -> list[Gap]:
    """The most payments that were made on balances lower by one and the same amount."""
    best: list[Gap] = []
    for middle in gaps:
        alike = [gap for gap in gaps if gap.amount >= least and gap.equals(middle)]
        if len(alike) > len(best):
            best = alike
    return best if len(best) >= 2 else []


def rounded(gap: Gap) -> Gap:
    """The gap with its amount as the round sum that it is, else to the yuan."""
    for step in (Decimal(1000), Decimal(100), Decimal(1)):
        if gap.slack * 4 <= step and gap.is_multiple(step):
            return replace(gap, amount=round(gap.amount / step) * step)
    return replace(gap, amount=Decimal(round(gap.amount)))
