"""What of the money that came in are sales receipts, and what was left out and why; and what went
out to suppliers.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from verify.ledger.accounts import Entry, total
from verify.ledger.fed_receipts import Feed
from verify.ledger.round_trips import Trip
from verify.ledger.transaction_kinds import not_trade, overhead, own_transfer, refund

REASONS = {
    "own_transfer": ("本企业账户互转", "own transfers"),
    "interest": ("利息", "interest"),
    "loan": ("贷款", "loans"),
    "refund": ("退款冲正", "refunds"),
    "capital": ("投资及往来款", "capital and current accounts"),
    "related": ("关联方", "related parties"),
    "round_trip": ("快进快出的同额往返", "round trips"),
}


@dataclass(slots=True)
class Receipts:
    """Sales receipts, and other money in by reason."""

    sales: list[Entry] = field(default_factory=list)
    left_out: dict[str, list[Entry]] = field(default_factory=dict)

    def reasons(self, end: date) -> dict[str, Decimal]:
        """Amount left out by reason from the start of a year to its day `end`, in the order of
        REASONS.
        """
        inside = {
            key: [entry for entry in es if entry.row.day.year == end.year and entry.row.day <= end]
            for key, es in self.left_out.items()
        }
        return {
            key: total(entry.row.credit for entry in inside[key])
            for key in REASONS
            if inside.get(key)
        }


def sales_receipts(
    rows: Sequence[Entry],
    holder: str,
    related: Collection[str],
    trips: Sequence[Trip],
    fed: Sequence[Feed] = (),
) -> Receipts:
    """Credits without own transfers, interest, loans, refunds, capital, related parties, round
    trips and receipts that the owner's money fed.
    """
    circled = {trip.came.ref for trip in trips}
    circled |= {each.ref for feed in fed for each in feed.came.entries}
    out = Receipts()
    for entry in rows:
        if entry.row.credit <= 0:
            continue
        why = not_trade(entry.row, holder)
        why = why or (
            "related" if entry.party in related else "round_trip" if entry.ref in circled else ""
        )
        if why:
            out.left_out.setdefault(why, []).append(entry)
        else:
            out.sales.append(entry)
    return out


def supplier_payments(rows: Iterable[Entry], holder: str, trips: Sequence[Trip]) -> list[Entry]:
    """Debits without taxes, wages, fees and other overhead, own transfers, refunds and round trips."""
    circled = {trip.went.ref for trip in trips}
    paid = (entry for entry in rows if entry.amount < 0 and entry.ref not in circled)
    return [
        entry
        for entry in paid
        if not (overhead(entry.row) or own_transfer(entry.row, holder) or refund(entry.row))
    ]
