"""Payments between two firms, each held against the other firm's statements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from extractors.model import Document, Transaction
from extractors.values.account_number import same_account
from verify.arithmetic.assignment import assign
from verify.ledger.transaction_kinds import refund

_RETURN_DAYS = 5  # within which a payment that reached no account comes back


@dataclass(frozen=True, slots=True)
class Account:
    """One account's statement: its number and the days that it covers."""

    document: Document
    number: str
    start: date
    end: date

    def covers(self, day: date, slack: timedelta) -> bool:
        """Whether a payment of `day` is booked within the statement, however late."""
        return self.start + slack <= day <= self.end - slack


@dataclass(frozen=True, slots=True)
class Payment:
    """A row with the other firm, and that firm's account in which its other side should stand."""

    document: Document
    row: Transaction
    other: Account
    is_sure: bool  # the row names that account

    @property
    def amount(self) -> Decimal:
        """Money in, or minus money out."""
        return self.row.credit - self.row.debit


def payments(
    own: Iterable[tuple[Document, Transaction]],
    others: Sequence[Account],
    *,
    least: Decimal,
    days: int,
) -> list[Payment]:
    """Rows with the other firm whose other side one of its statements must show.

    A row that names an account belongs to that account; one that names none, to the only account.
    """
    rows = [(d, r) for d, r in own if max(r.debit, r.credit) >= least]
    out: list[Payment] = []
    for document, row in rows:
        fits = [each for each in others if each.covers(row.day, timedelta(days=days))]
        number = row.counterparty_account
        named = [each for each in fits if number and same_account(each.number, number)]
        account = named[0] if named else fits[0] if fits and not number else None
        if account is not None and not _came_back(row, rows):
            out.append(Payment(document, row, account, bool(number)))
    return out


def _came_back(row: Transaction, rows: Iterable[tuple[Document, Transaction]]) -> bool:
    """Whether a payment was returned within days: it never reached the other account."""
    return any(
        (x.debit, x.credit) == (row.credit, row.debit)
        and abs((x.day - row.day).days) <= _RETURN_DAYS
        and (refund(x) or refund(row))
        for _, x in rows
    )


def unmirrored(mine: Sequence[Payment], theirs: Iterable[Account], *, days: int) -> list[Payment]:
    """Payments that no row of the other firm mirrors, each of its rows taken once."""
    rows = [each for account in theirs for each in account.document.rows]
    by_amount: dict[Decimal, list[int]] = {}
    for index, row in enumerate(rows):
        by_amount.setdefault(row.credit - row.debit, []).append(index)

    def cost(payment: Payment, row: Transaction) -> float | None:
        apart = abs((row.day - payment.row.day).days)
        return float(apart) if apart <= days else None

    found = assign(mine, rows, cost, lambda p: by_amount.get(-p.amount, [])[:200])
    return [p for index, p in enumerate(mine) if index not in found]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What two firms' statements say differently: a row that one side alone shows, or one payment
    under two amounts.
    """

    mine: Payment | None
    theirs: Payment | None


def contradictions(
    mine: Sequence[Payment], theirs: Sequence[Payment], *, days: int
) -> list[Contradiction]:
    """Rows without a mirror on both sides; two of them on one day or near it that go the same way
    are one payment under two amounts.
    """

    def cost(one: Payment, other: Payment) -> float | None:
        apart = abs((one.row.day - other.row.day).days)
        opposite = one.amount * other.amount < 0
        return float(apart) if opposite and apart <= days else None

    pairs = assign(mine, theirs, cost)
    out = [Contradiction(mine[i], theirs[j]) for i, j in pairs.items()]
    out += [Contradiction(p, None) for i, p in enumerate(mine) if i not in pairs]
    taken = set(pairs.values())
    out += [Contradiction(None, p) for j, p in enumerate(theirs) if j not in taken]
    return out
