"""End-of-day balances of an account, as the bank counts them for interest."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, timedelta
from decimal import Decimal

from extractors.model import Document, Transaction


class DailyBalance:
    """Balance at the end of each day between two dates, from rows in time order."""

    def __init__(self, document: Document, start: date, end: date) -> None:
        self.start, self.end = start, end
        rows = [each for each in document.rows if each.balance is not None]
        self._days: list[date] = []
        self._balances: list[Decimal] = []
        first: Transaction | None = rows[0] if rows else None
        self._before = (
            first.balance - first.credit + first.debit
            if first and first.balance is not None
            else Decimal(0)
        )
        for row in rows:
            assert row.balance is not None
            if self._days and self._days[-1] == row.day:
                self._balances[-1] = row.balance
            else:
                self._days.append(row.day)
                self._balances.append(row.balance)

    def on(self, day: date) -> Decimal:
        """Balance at the end of `day`."""
        index = bisect_right(self._days, day)
        return self._balances[index - 1] if index else self._before

    def covers(self, first: date, last: date) -> bool:
        return self.start <= first and last <= self.end

    def product(self, first: date, last: date) -> Decimal:
        """Sum of end-of-day balances from first to last, both included (积数); overdrawn days count
        nothing.
        """
        total, day = Decimal(0), first
        while day <= last:
            index = bisect_right(self._days, day)
            upto = (
                min(last, self._days[index] - timedelta(days=1))
                if index < len(self._days)
                else last
            )
            total += max(self.on(day), Decimal(0)) * ((upto - day).days + 1)
            day = upto + timedelta(days=1)
        return total
