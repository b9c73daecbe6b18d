"""Interest that a bank pays on a current account: quarters, listed rates, and the rate that a
payment implies.

Practice: 人民银行 储蓄管理 and 单位存款 rules: settled on the 20th of each quarter's last month
(some banks monthly), posted that day or the next, on 积数 / 360 at the rate listed on the
settlement day. A settlement day is in the next period.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from extractors.documents.bank_statement import BANK, PERIOD_END, PERIOD_START
from extractors.model import Document, Transaction
from verify.ledger.accounts import is_foreign
from verify.ledger.daily_balance import DailyBalance
from verify.ledger.transaction_kinds import deposit_interest, is_platform

YEAR = Decimal(360)
HALF_CENT = Decimal("0.005")  # banks round interest to the cent
# Listed demand rates of the large banks from each day on.
LISTED = (
    (date(2015, 10, 24), Decimal("0.0030")),
    (date(2022, 9, 15), Decimal("0.0025")),
    (date(2023, 6, 8), Decimal("0.0020")),
    (date(2024, 7, 25), Decimal("0.0015")),
    (date(2024, 10, 18), Decimal("0.0010")),
    (date(2025, 5, 20), Decimal("0.0005")),
)
PBOC = Decimal("0.0035")  # the central bank's own demand rate, the ceiling of plain demand deposits


@dataclass(frozen=True, slots=True)
class Settlement:
    """One interest payment: the days that it is for and the product of balances over them."""

    row: Transaction
    first: date
    last: date
    product: Decimal

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def rate(self) -> Decimal:
        """Implied yearly rate."""
        return self.row.credit * YEAR / self.product if self.product else Decimal(0)

    @property
    def slack(self) -> Decimal:
        """Half a cent of rounding, as a share of the payment."""
        return HALF_CENT / self.row.credit

    @property
    def average(self) -> Decimal:
        return self.product / self.days

    def paid_average(self, rate: Decimal) -> Decimal:
        """The average balance on which this payment was made at `rate`."""
        return self.row.credit * YEAR / rate / self.days


def on_yuan_deposit(documents: Iterable[Document]) -> list[Document]:
    """Statements of accounts on which a bank pays interest at yuan rates: no foreign currency, and no
    wallet of a payment platform, which pays none.
    """
    out: list[Document] = []
    for document in documents:
        bank = BANK.of(document)
        if not is_foreign(document) and not (bank and is_platform(bank.value)):
            out.append(document)
    return out


def listed_rates(first: date, last: date) -> tuple[Decimal, ...]:
    """Large banks' listed demand rates in force on some day from first to last."""
    rates = [
        row
        for i, (day, row) in enumerate(LISTED)
        if day <= last and (i + 1 == len(LISTED) or LISTED[i + 1][0] > first)
    ]
    return tuple(rates) or (LISTED[0][1],)


def daily_of(document: Document) -> DailyBalance | None:
    """Daily balances over the statement's period, or None without rows, balances or period."""
    start, end = PERIOD_START.of(document), PERIOD_END.of(document)
    if (
        not document.rows
        or start is None
        or end is None
        or any(row.balance is None for row in document.rows)
    ):
        return None
    return DailyBalance(document, start.value, end.value)


def quarters(start: date, end: date) -> list[tuple[date, date]]:
    """Settlement quarters (21st to 20th) that lie wholly between two days."""
    out: list[tuple[date, date]] = []
    for year in range(start.year, end.year + 1):
        for month in (3, 6, 9, 12):
            last = date(year, month, 20)
            first = date(year - (month == 3), month - 3 or 12, 21)
            if start <= first and last <= end:
                out.append((first, last))
    return out


def interest_rows(document: Document) -> list[Transaction]:
    return [row for row in document.rows if deposit_interest(row)]


def settlements(document: Document) -> list[Settlement]:
    """Payments whose days are all covered by the statement.

    The period of a payment starts where the one before ended.
    """
    daily = daily_of(document)
    if daily is None:
        return []
    rows = interest_rows(document)
    per_day: dict[date, int] = {}
    for row in rows:
        per_day[row.day] = per_day.get(row.day, 0) + 1
    out: list[Settlement] = []
    for row in rows:
        last = _settled(row.day)
        if last is None or per_day[row.day] > 1:
            continue
        previous = [each.day for each in rows if each.day < row.day]
        first = _first_day(last, previous)
        if daily.covers(first, last):
            out.append(Settlement(row, first, last, daily.product(first, last)))
    return out


def due_by_day(daily: DailyBalance, payment: Settlement) -> Decimal:
    """Interest of a payment's days at the listed rate of each day."""
    due = Decimal(0)
    for index, (start, rate) in enumerate(LISTED):
        end = LISTED[index + 1][0] if index + 1 < len(LISTED) else date.max
        first, last = max(payment.first, start), min(payment.last, end - timedelta(days=1))
        if first <= last:
            due += daily.product(first, last) * rate / YEAR
    return due


def shared_level(levels: Sequence[Decimal], slack: Decimal) -> Decimal | None:
    """The middle of levels that agree within `slack` of it, None where they do not."""
    middle = sorted(levels)[len(levels) // 2]
    return middle if all(abs(level - middle) <= middle * slack for level in levels) else None


def _settled(posted: date) -> date | None:
    """The last day that a payment is for: the 20th when posted on the 20th to 25th, else the
    month's end before the 1st to 5th.
    """
    if 20 <= posted.day <= 25:
        return posted.replace(day=20)
    if posted.day <= 5:
        return posted.replace(day=1) - timedelta(days=1)
    return posted if (posted + timedelta(days=1)).day == 1 else None


def _first_day(last: date, previous: list[date]) -> date:
    """Day after the settlement before: a month ago where the bank paid then, else three months ago."""

    def back(months: int) -> date:
        year, month = divmod(last.year * 12 + last.month - 1 - months, 12)
        if (last + timedelta(days=1)).day == 1:
            return date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
        return date(year, month + 1, last.day) + timedelta(days=1)

    monthly = back(1)
    paid_last_month = any(
        monthly - timedelta(days=1) <= day <= monthly + timedelta(days=5) for day in previous
    )
    return monthly if paid_last_month else back(3)
