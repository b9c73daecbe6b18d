"""Receipts of customers that the owner's own money feeds: what went out to the owner's card or wallet
and came in from a customer, or came in and went out, in about one amount within days.

Both sides count by day and party, so that an amount split on one day is still one amount.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from verify.arithmetic.assignment import assign
from verify.ledger.accounts import Entry, total
from verify.ledger.transaction_kinds import (
    current_text,
    invested,
    is_platform,
    not_trade,
    overhead,
    own_transfer,
    platform,
    refund,
)

_PERSON = re.compile(r"[\u4e00-\u9fff·]{2,4}")  # a name without any word of a company in it
_NO_PERSON = re.compile(
    r"公司|商行|中心|经营部|工厂|银行|户|厂$|店$|社$|局$|所$|院$|库$|款$|费$|利息|清算|税|财政|法院"
    r"|国家|中国|电网|电信|移动|联通|石化|石油|保险|公积金|现金"
)
# Moving money into one's own wallet feeds nobody.
_TOP_UP = re.compile(r"充值|转入零钱|转入余额|余额宝")


@dataclass(frozen=True, slots=True)
class Moved:
    """What moved between the firm and one party on one day, on one side."""

    day: date
    party: str
    amount: Decimal  # without sign
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Feed:
    """Money to the owner and the receipt of about the same amount that it belongs to."""

    went: Moved
    came: Moved


def is_person(name: str) -> bool:
    """Whether a counterparty is a natural person by the look of its name."""
    return bool(_PERSON.fullmatch(name)) and not (_NO_PERSON.search(name) or is_platform(name))


def to_owner(entry: Entry, related: Collection[str]) -> bool:
    """Whether money goes to a related party, to some person, or to a wallet of the firm's people."""
    if entry.amount >= 0 or overhead(entry.row) or refund(entry.row):
        return False
    wallet = platform(entry.row) and bool(_TOP_UP.search(entry.row.description))
    return wallet or entry.party in related or is_person(entry.row.counterparty_name)


def by_day(entries: Iterable[Entry]) -> list[Moved]:
    """Amounts by day and party."""
    groups: dict[tuple[date, str], list[Entry]] = {}
    for entry in entries:
        groups.setdefault((entry.row.day, entry.party), []).append(entry)
    return [
        Moved(day, party, total(abs(each.amount) for each in group), tuple(group))
        for (day, party), group in groups.items()
    ]


def feeds(
    rows: Sequence[Entry],
    holder: str,
    related: Collection[str],
    *,
    days: int,
    share: Decimal,
    least: Decimal,
) -> list[Feed]:
    """Pairs at most `days` apart whose amounts differ by at most `share`, each used once.

    What leaves after the receipt leaves on that day or the next: later it is the owner's own business.
    """
    went = by_day(entry for entry in rows if to_owner(entry, related) and not invested(entry.row))
    came = by_day(row for row in rows if _is_receipt(row, holder, related))
    large_out = [each for each in went if each.amount >= least]
    large_in = [each for each in came if each.amount >= least]
    by_date: dict[date, list[int]] = {}
    for index, moved in enumerate(large_in):
        by_date.setdefault(moved.day, []).append(index)

    def near(out: Moved) -> list[int]:
        around = range(out.day.toordinal() - 1, out.day.toordinal() + days + 1)
        return [j for document in around for j in by_date.get(date.fromordinal(document), ())]

    def cost(out: Moved, into: Moved) -> float | None:
        gap = abs(out.amount - into.amount) / into.amount
        return float(abs((into.day - out.day).days)) + float(gap) * 100 if gap <= share else None

    found = assign(large_out, large_in, cost, near)
    return [Feed(large_out[i], large_in[j]) for i, j in found.items()]


def _is_receipt(entry: Entry, holder: str, related: Collection[str]) -> bool:
    """Money that reads as a customer's payment."""
    if entry.amount <= 0 or not entry.party or entry.party in related:
        return False
    if own_transfer(entry.row, holder) or not_trade(entry.row, holder):
        return False
    return not current_text(entry.row)
