"""Which receipts pay which invoices: single, part, batch and third-party payments, by the best
assignment of all.

A candidate ties some invoices to some rows whose sums agree. Of all sets of candidates that use no
invoice and no row twice the best is taken: it settles most invoices, then prefers one row for one
invoice to parts and batches, the customer's own payment to a third party's, and near days to far
ones. The search is exact within a number of steps for groups of up to sixty tied invoices; beyond,
which only made-up papers have, the cheapest candidate goes first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import combinations

from verify.arithmetic.assignment import together
from verify.ledger.accounts import Entry, total

_MOST_PARTS, _NEAREST, _STEPS = 4, 12, 20_000
_MOST_BILLS = 60  # invoices in one tangle beyond which the cheapest candidate goes first


@dataclass(frozen=True, slots=True)
class Bill:
    """An invoice to be paid: by whom (folded name), how much, and issued when."""

    party: str
    amount: Decimal
    day: date


@dataclass(frozen=True, slots=True)
class Terms:
    """How far a payment may be from its invoice, from the policy."""

    days_before: int
    days_after: int
    amount: Decimal
    share: Decimal

    @classmethod
    def of(cls, limits: Mapping[str, Decimal]) -> Terms:
        """From the limits of the rule that matches invoices."""
        return cls(
            int(limits["days_before"]),
            int(limits["days"]),
            limits["amount"],
            limits["amount_share"],
        )

    def agree(self, billed: Decimal, paid: Decimal) -> bool:
        return abs(billed - paid) <= max(self.amount, billed * self.share)

    def in_time(self, bill: Bill, entry: Entry) -> bool:
        return -self.days_before <= (entry.row.day - bill.day).days <= self.days_after


@dataclass(frozen=True, slots=True)
class Settled:
    """Invoices and rows, by index, that settle each other: kind single, parts, batch or
    third_party.
    """

    kind: str
    bills: tuple[int, ...]
    rows: tuple[int, ...]
    cost: float


# What a way of paying costs in the choice: the plain one is preferred, others only where it fails.
_PRICE = {"single": 0.0, "batch": 0.1, "parts": 0.1, "third_party": 0.3}


def settle(bills: Sequence[Bill], rows: Sequence[Entry], terms: Terms) -> list[Settled]:
    """The best set of candidates.

    Rows are money in for sales invoices, or money out for purchases; amounts count without sign.
    """
    found = _candidates(bills, rows, terms)
    out: list[Settled] = []
    for group in together(
        found, lambda s: [*(("bill", i) for i in s.bills), *(("row", j) for j in s.rows)]
    ):
        out += _best(group)
    return sorted(out, key=lambda s: s.bills)


def _candidates(bills: Sequence[Bill], rows: Sequence[Entry], terms: Terms) -> Iterator[Settled]:
    by_party: dict[str, list[int]] = {}
    by_amount: dict[Decimal, list[int]] = {}
    for j, entry in enumerate(rows):
        by_party.setdefault(entry.party, []).append(j)
        by_amount.setdefault(abs(entry.amount), []).append(j)
    of_party: dict[str, list[int]] = {}
    for i, bill in enumerate(bills):
        of_party.setdefault(bill.party, []).append(i)
    for i, bill in enumerate(bills):
        own = [j for j in by_party.get(bill.party, ()) if terms.in_time(bill, rows[j])]
        near = _nearest(rows, bill, own)
        equal = [j for j in own if terms.agree(bill.amount, abs(rows[j].amount))]
        yield from (_made("single", bills, rows, (i,), (j,)) for j in _nearest(rows, bill, equal))
        yield from _parts(bills, rows, i, near, terms)
        # Another firm pays exactly this invoice: to the cent, and no invoice of its own waits for
        # that money.
        strangers = [
            j
            for j in by_amount.get(bill.amount, ())
            if rows[j].party and rows[j].party not in of_party and rows[j].row.day >= bill.day
        ]
        strangers = [j for j in strangers if terms.in_time(bill, rows[j])]
        yield from (
            _made("third_party", bills, rows, (i,), (j,)) for j in _nearest(rows, bill, strangers)
        )
    for party, own_bills in of_party.items():
        for j in by_party.get(party, ()):
            yield from _batches(bills, rows, own_bills, j, terms)


def _nearest(rows: Sequence[Entry], bill: Bill, some: Sequence[int]) -> list[int]:
    return sorted(some, key=lambda j: (abs((rows[j].row.day - bill.day).days), j))[:_NEAREST]


def _parts(
    bills: Sequence[Bill], rows: Sequence[Entry], i: int, near: Sequence[int], terms: Terms
) -> Iterator[Settled]:
    small = [j for j in near if abs(rows[j].amount) < bills[i].amount]
    for size in range(2, _MOST_PARTS + 1):
        for chosen in combinations(sorted(small), size):
            if terms.agree(bills[i].amount, total(abs(rows[j].amount) for j in chosen)):
                yield _made("parts", bills, rows, (i,), chosen)


def _batches(
    bills: Sequence[Bill], rows: Sequence[Entry], own: Sequence[int], j: int, terms: Terms
) -> Iterator[Settled]:
    fits = [
        i for i in own if terms.in_time(bills[i], rows[j]) and bills[i].amount < abs(rows[j].amount)
    ]
    near = sorted(fits, key=lambda i: (abs((rows[j].row.day - bills[i].day).days), i))[:_NEAREST]
    for size in range(2, _MOST_PARTS + 1):
        for chosen in combinations(sorted(near), size):
            if terms.agree(total(bills[i].amount for i in chosen), abs(rows[j].amount)):
                yield _made("batch", bills, rows, chosen, (j,))


def _made(
    kind: str,
    bills: Sequence[Bill],
    rows: Sequence[Entry],
    some: tuple[int, ...],
    paid: tuple[int, ...],
) -> Settled:
    days = sum(abs((rows[j].row.day - bills[some[0]].day).days) for j in paid) / len(paid)
    return Settled(
        kind, some, paid, _PRICE[kind] + 0.02 * (len(paid) + len(some) - 2) + days / 1000
    )


def _cheapest(group: list[Settled]) -> list[Settled]:
    """One candidate after the other, the cheapest first: for tangles too large to weigh."""
    used_bills: set[int] = set()
    used_rows: set[int] = set()
    out = []
    for each in sorted(group, key=lambda s: (s.cost / len(s.bills), s.bills, s.rows)):
        if not used_bills & set(each.bills) and not used_rows & set(each.rows):
            used_bills |= set(each.bills)
            used_rows |= set(each.rows)
            out.append(each)
    return out


def _best(group: list[Settled]) -> list[Settled]:
    """The set of candidates without overlap that settles most invoices at least cost: branch and
    bound over invoices.
    """
    bills = sorted({i for settled in group for i in settled.bills})
    if len(bills) > _MOST_BILLS:
        return _cheapest(group)
    choices: dict[int, list[Settled]] = {i: [] for i in bills}
    for each in sorted(group, key=lambda s: s.cost - 10 * len(s.bills)):
        choices[min(each.bills)].append(each)
    best: tuple[float, list[Settled]] = (0.0, [])
    left = _STEPS

    def go(
        at: int,
        used_bills: frozenset[int],
        used_rows: frozenset[int],
        worth: float,
        taken: list[Settled],
    ) -> None:
        nonlocal best, left
        left -= 1
        if worth > best[0]:
            best = (worth, taken)
        if (
            at == len(bills)
            or left <= 0
            or worth + 10 * len([i for i in bills if i not in used_bills and i >= bills[at]])
            <= best[0]
        ):
            return
        bill = bills[at]
        if bill not in used_bills:
            for each in choices[bill]:
                if not used_rows & set(each.rows) and not used_bills & set(each.bills):
                    value = worth + 10 * len(each.bills) - each.cost
                    go(
                        at + 1,
                        used_bills | set(each.bills),
                        used_rows | set(each.rows),
                        value,
                        [*taken, each],
                    )
        go(at + 1, used_bills | {bill}, used_rows, worth, taken)

    go(0, frozenset(), frozenset(), 0.0, [])
    return best[1]
