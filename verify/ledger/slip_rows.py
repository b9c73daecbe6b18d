"""Bank slips and the rows that book them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from extractors.documents import bank_slip, bank_statement
from extractors.model import Document, Transaction
from extractors.values.account_number import same_account
from extractors.values.party_name import same_party
from verify.arithmetic.assignment import assign


def each_slip_once(slips: Iterable[Document]) -> list[Document]:
    """Slips of the packet; one that was handed in as several files, or on paper and as a photo,
    counts once.
    """
    seen: dict[tuple[str, ...], Document] = {}
    for slip in slips:
        marks = [
            found.value
            for name in ("serial_number", "amount", "date")
            if (found := slip.fields.get(name))
        ]
        seen.setdefault(tuple(marks) if len(marks) == 3 else (slip.id,), slip)
    return list(seen.values())


def slip_side(slip: Document, statement: Document) -> str:
    """debit when the statement's account pays, credit when it receives, empty when the slip is of
    another account.
    """
    number = bank_statement.ACCOUNT_NUMBER.of(statement)
    holder = bank_statement.ACCOUNT_NAME.of(statement)
    for side, account, name in (
        ("debit", bank_slip.PAYER_ACCOUNT, bank_slip.PAYER_NAME),
        ("credit", bank_slip.PAYEE_ACCOUNT, bank_slip.PAYEE_NAME),
    ):
        shown, named = account.of(slip), name.of(slip)
        if shown and number:
            if same_account(shown.value, number.value):
                return side
        elif named and holder and same_party(named.value, holder.value):
            return side
    return ""


def booked(
    slips: Iterable[Document], statement: Document, days: int
) -> list[tuple[Document, Transaction]]:
    """Slips of a statement's account with the row that books each: same side and amount, at most
    `days` apart, each row once.
    """
    mine = [slip for slip in slips if slip_side(slip, statement)]
    amounts = {a.value for s in mine if (a := bank_slip.AMOUNT.of(s))}
    rows = [row for row in statement.rows if (row.debit or row.credit) in amounts]
    found = assign(mine, rows, partial(_apart, statement, days))
    return [(mine[i], rows[j]) for i, j in found.items()]


def _apart(statement: Document, days: int, slip: Document, row: Transaction) -> float | None:
    """Days between a slip and a row that may book it, less where both bear one serial number."""
    day, amount = bank_slip.DATE_.of(slip), bank_slip.AMOUNT.of(slip)
    moved = row.debit if slip_side(slip, statement) == "debit" else row.credit
    if day is None or amount is None or moved != amount.value:
        return None
    apart = abs((row.day - day.value).days)
    if apart > days:
        return None
    serial = bank_slip.SERIAL_NUMBER.of(slip)
    same = serial is not None and serial.value == row.serial_number
    return float(apart) + (0.0 if same else 0.5)
