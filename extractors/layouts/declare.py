"""Declaring an issuer of statements: its names and the headings of its tables, as data.

A declaration only adds priors. A statement of an issuer that is not declared is read by what stands
in its columns, and a heading that the content contradicts loses against the content.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a column of a statement holds."""

    DATE = "date"
    TIME = "time"
    MONTH = "month_of_date"  # month and day in columns of their own, the year stands elsewhere
    DAY = "day_of_date"
    VALUE_DATE = "value_date"  # a second date beside the booking date
    DEBIT = "debit"
    CREDIT = "credit"
    AMOUNT = "amount"  # money in and out in one column
    FLAG = "flag"  # which of the two: 借/贷, 收/付, D/C
    BALANCE = "balance"
    COUNTERPARTY = "counterparty"  # name and account in one column
    COUNTERPARTY_NAME = "counterparty_name"
    COUNTERPARTY_ACCOUNT = "counterparty_account"
    COUNTERPARTY_BANK = "counterparty_bank"
    PAYER_NAME = "payer_name"  # payer and payee both named: the other side is the counterparty
    PAYER_ACCOUNT = "payer_account"
    PAYEE_NAME = "payee_name"
    PAYEE_ACCOUNT = "payee_account"
    OWN_ACCOUNT = "own_account"
    OWN_NAME = "own_name"
    OWN_BANK = "own_bank"
    CURRENCY = "currency"
    SERIAL_NUMBER = "serial_number"
    INDEX = "index"
    DESCRIPTION = "description"
    STATUS = "status"  # of a payment: succeeded, refunded, closed
    OTHER = "other"  # known to hold nothing that is read


class IssuerKind(StrEnum):
    """Who keeps the account."""

    BANK = "bank"
    PLATFORM = "platform"  # a payment platform: no balance column, neutral rows


_DATED = frozenset({Role.DATE, Role.TIME, Role.MONTH})
_MOVED = frozenset({Role.AMOUNT, Role.DEBIT, Role.CREDIT})


@dataclass(frozen=True, slots=True, kw_only=True)
class TableLayout:
    """One table that an issuer prints or exports. `headings` in the order of the columns."""

    form: str  # for instance "corporate export", "personal print"
    headings: tuple[tuple[str, Role], ...]
    source: str  # where the layout is described in public


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuerLayout:
    """A bank or platform: `names` as they stand in titles, the longest and official one first."""

    id: str
    kind: IssuerKind
    names: tuple[str, ...]
    tables: tuple[TableLayout, ...]


def issuer_layout(
    *, id: str, kind: IssuerKind, names: tuple[str, ...], tables: tuple[TableLayout, ...]
) -> IssuerLayout:
    """Declare an issuer. Raises TypeError, naming the file, for an incomplete declaration."""
    where = sys._getframe(1).f_code.co_filename
    if not id or not names or not tables:
        raise TypeError(f"{where}: an issuer needs an id, a name and at least one table")
    for table in tables:
        _check(table, where)
    return IssuerLayout(id=id, kind=kind, names=names, tables=tables)


def _check(table: TableLayout, where: str) -> None:
    roles = {role for _, role in table.headings}
    if not table.form or not table.source:
        raise TypeError(f"{where}: a table needs its form and a public source")
    if not roles & _DATED:
        raise TypeError(f"{where}: table {table.form!r} has no column for the date")
    if not roles & _MOVED:
        raise TypeError(f"{where}: table {table.form!r} has no column for the amount")
    texts = [text for text, _ in table.headings]
    if len(set(texts)) < len(texts):
        raise TypeError(f"{where}: table {table.form!r} names a heading twice")
