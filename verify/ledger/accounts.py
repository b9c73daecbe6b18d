"""The rows of all accounts of the applicant, in time order, each transaction once."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from extractors.documents.bank_statement import ACCOUNT_NAME, ACCOUNT_NUMBER, CURRENCY
from extractors.model import Document, Transaction
from extractors.values.account_number import same_account
from extractors.values.party_name import near_party, same_party
from verify.ledger.repeated_pages import rows_once

Month = tuple[int, int]


@dataclass(frozen=True, slots=True)
class RowRef:
    """Which row of which statement."""

    document: str
    index: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A row and the statement that it stands in."""

    document: Document
    index: int  # among the rows of its document
    row: Transaction
    amount: Decimal  # money in, or minus money out
    party: str  # the counterparty under one spelling, or an empty string

    @property
    def ref(self) -> RowRef:
        """The row's own name, by which two entries are known to be one."""
        return RowRef(self.document.id, self.index)


def entries(statements: Iterable[Document], holder: str, former: Sequence[str] = ()) -> list[Entry]:
    """Rows of the holder's accounts in yuan, also under its former names.

    Where two statements of one account overlap, the days of the first count.
    """
    seen: list[tuple[str, list[tuple[date, date]]]] = []
    out: list[Entry] = []
    for document in sorted(
        (statement for statement in statements if statement.rows),
        key=lambda s: (s.rows[0].day, -len(s.rows), s.id),
    ):
        name, number = ACCOUNT_NAME.of(document), ACCOUNT_NUMBER.of(document)
        if is_foreign(document) or (
            name is not None
            and holder
            and not any(is_holder(name.value, own) for own in (holder, *former))
        ):
            continue
        before = next(
            (spans for n, spans in seen if number and same_account(n, number.value)), None
        )
        if before is None:
            before = []
            seen.append((number.value if number else document.id, before))
        out += [
            _entry(document, index, row)
            for index, row in rows_once(document)
            if not any(first <= row.day <= second for first, second in before)
        ]
        before.append((document.rows[0].day, document.rows[-1].day))
    return sorted(out, key=lambda e: e.row.day)


def is_foreign(statement: Document) -> bool:
    """Whether an account is kept in another currency than yuan."""
    currency = CURRENCY.of(statement)
    return currency is not None and currency.value not in ("CNY", "")


def is_holder(name: str, holder: str) -> bool:
    """Whether an account's name is the holder's: equal, one character off, or with a note of the
    kind of account in brackets.
    """
    bare = re.sub(r"[(（](?:基本|一般|专用|临时|保证金)[^()（）]*[)）]$", "", name)
    return same_party(bare, holder) or near_party(bare, holder)


def _entry(document: Document, index: int, row: Transaction) -> Entry:
    return Entry(
        document,
        index,
        row,
        row.credit - row.debit,
        row.counterparty_key if row.counterparty_name else "",
    )


def within(rows: Sequence[Entry], first: date, last: date) -> Sequence[Entry]:
    """The rows, which stand in time order, of the days from first to last."""
    return rows[bisect_left(rows, first, key=_day) : bisect_right(rows, last, key=_day)]


def _day(entry: Entry) -> date:
    return entry.row.day


def month_of(day: date) -> Month:
    return day.year, day.month


def months_between(first: date, last: date) -> list[Month]:
    """Calendar months from first to last, both included."""
    count = (last.year - first.year) * 12 + last.month - first.month
    return [
        ((first.year * 12 + first.month - 1 + n) // 12, (first.month - 1 + n) % 12 + 1)
        for n in range(count + 1)
    ]


def whole_months(rows: Sequence[Entry]) -> list[Month]:
    """Months that the rows cover from about their first day to about their last."""
    if not rows:
        return []
    first, last = rows[0].row.day, rows[-1].row.day
    found = months_between(first, last)
    return found[(first.day > 10) : len(found) - (last.day < 20)]


def by_month(rows: Iterable[Entry]) -> dict[Month, list[Entry]]:
    """Rows by calendar month, in time order."""
    out: dict[Month, list[Entry]] = defaultdict(list)
    for entry in rows:
        out[month_of(entry.row.day)].append(entry)
    return dict(out)


def by_account(rows: Iterable[Entry]) -> dict[str, list[Entry]]:
    """Rows by account number, or by statement where no number was read."""
    out: dict[str, list[Entry]] = defaultdict(list)
    paper, key = None, ""
    for entry in rows:
        if entry.document is not paper:
            paper, number = entry.document, ACCOUNT_NUMBER.of(entry.document)
            key = number.value if number else paper.id
        out[key].append(entry)
    return dict(out)


def by_party(rows: Iterable[Entry]) -> dict[str, list[Entry]]:
    """Rows by counterparty, those without one left out."""
    out: dict[str, list[Entry]] = defaultdict(list)
    for entry in rows:
        if entry.party:
            out[entry.party].append(entry)
    return dict(out)


def total(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, Decimal(0))
