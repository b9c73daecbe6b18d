"""The same money out and back within days: pairs of rows of about one amount between parties that
stand on both sides.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from verify.arithmetic.assignment import assign
from verify.ledger.accounts import Entry, RowRef, by_party, within
from verify.ledger.transaction_kinds import (
    current_text,
    invested,
    loan_disbursed,
    loan_repaid,
    overhead,
    own_transfer,
    platform,
    refund,
    trade_text,
)

_BRIDGE_DAYS, _BRIDGE_SHARE = 15, Decimal("0.05")
_NEAREST, _MANY = 20, 400  # candidates a receipt


@dataclass(frozen=True, slots=True)
class Trip:
    """Money in and money out of about one amount, few days apart, in either order."""

    came: Entry
    went: Entry


def bridge_rows(rows: Sequence[Entry]) -> set[RowRef]:
    """Rows that lent money for a loan that fell due and took it back when the bank lent
    again: usual, and no round trip.
    """
    out: set[RowRef] = set()
    days = timedelta(days=_BRIDGE_DAYS)
    moved = [entry for entry in rows if entry.party or current_text(entry.row)]
    for repaid in (entry for entry in rows if loan_repaid(entry.row)):
        around = within(moved, repaid.row.day - days, repaid.row.day + days)
        most = -repaid.amount * (1 + _BRIDGE_SHARE)
        lent = [
            entry
            for entry in around
            if 0 < entry.amount <= most
            and entry.row.day <= repaid.row.day
            and not (loan_disbursed(entry.row) or trade_text(entry.row))
        ]
        paid = [entry for entry in around if entry.amount < 0 and not loan_repaid(entry.row)]
        for came in lent:
            back = [entry for entry in paid if _takes_back(came, entry)]
            out |= {entry.ref for entry in (came, *back)} if back else set()
    return out


def _takes_back(came: Entry, went: Entry) -> bool:
    """Whether a payment takes back what was lent for a bridge: to the lender, or, where a statement
    names no lender, called a loan on both sides and of the same amount.
    """
    most = came.amount * (1 + _BRIDGE_SHARE)
    if went.row.day < came.row.day or -went.amount > most:
        return False
    if came.party and went.party:
        return came.party == went.party
    called_loan = current_text(came.row) and current_text(went.row)
    return called_loan and -went.amount >= came.amount * (1 - _BRIDGE_SHARE)


def both_sided(
    rows: Sequence[Entry], holder: str, least: Decimal, bridges: set[RowRef]
) -> dict[str, list[Entry]]:
    """Rows by party, for parties that both pay and are paid at least `least`; refunds, taxes, wages
    and own transfers left out.
    """
    moved = [entry for entry in rows if abs(entry.amount) >= least and entry.ref not in bridges]
    moved = [
        entry
        for entry in moved
        if not (
            overhead(entry.row)
            or refund(entry.row)
            or loan_disbursed(entry.row)
            or own_transfer(entry.row, holder)
        )
    ]
    moved = [entry for entry in moved if not (platform(entry.row) or invested(entry.row))]
    return {
        p: es
        for p, es in by_party(moved).items()
        if any(entry.amount > 0 for entry in es) and any(entry.amount < 0 for entry in es)
    }


def round_trips(
    rows: Sequence[Entry],
    holder: str,
    bridges: set[RowRef],
    *,
    days: int,
    share: Decimal,
    least: Decimal,
) -> list[Trip]:
    """Trips at most `days` apart whose amounts differ by at most `share`, each row in one trip,
    nearest in amount and time first.

    Only parties on both sides count: an honest payment that happens to equal a receipt goes to a
    firm that never pays.
    """
    moved = sorted(
        (entry for es in both_sided(rows, holder, least, bridges).values() for entry in es),
        key=lambda e: e.row.day,
    )
    came, went = (
        [entry for entry in moved if entry.amount > 0],
        [entry for entry in moved if entry.amount < 0],
    )

    amounts = sorted((-entry.amount, j) for j, entry in enumerate(went))
    days_out = [entry.row.day for entry in went]

    def near(a: Entry) -> list[int]:
        """The rows of about one amount that are nearest in time; where there are very many, of
        exactly that amount.
        """
        low, high = (
            bisect_left(amounts, (a.amount * (1 - share), 0)),
            bisect_right(amounts, (a.amount * (1 + share), len(went))),
        )
        if high - low > _MANY:
            at = bisect_left(days_out, a.row.day)
            low, high = (
                bisect_left(amounts, (a.amount, at - _NEAREST)),
                bisect_right(amounts, (a.amount, at + _NEAREST)),
            )
        return sorted(
            (j for _, j in amounts[low:high]),
            key=lambda j: (abs((days_out[j] - a.row.day).days), j),
        )[:_NEAREST]

    def cost(a: Entry, b: Entry) -> float | None:
        apart, gap = abs((a.row.day - b.row.day).days), abs(a.amount + b.amount) / a.amount
        return float(apart) + float(gap) * 100 if apart <= days and gap <= share else None

    return [Trip(came[i], went[j]) for i, j in assign(came, went, cost, near).items()]
