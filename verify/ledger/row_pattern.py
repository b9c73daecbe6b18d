"""Whether two statements were made from one pattern of rows: the same seconds, one factor between all
amounts, the same amounts on other days, or the same serial numbers on other payments.

Rows between the two firms are mirrored, not copied; fees, interest, taxes and wages of two firms may
agree. Both are left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from extractors.model import Transaction
from verify.ledger.transaction_kinds import deposit_interest, overhead

_DIGITS = 4  # significant digits to which a factor between amounts is compared
_LEAST_SERIAL = 8  # characters of a serial number that chance does not repeat

Pair = tuple[Transaction, Transaction]


class Likeness(StrEnum):
    """In what two statements are alike."""

    SECONDS = "seconds"
    FACTOR = "factor"
    AMOUNTS = "amounts"
    SERIALS = "serials"


@dataclass(frozen=True, slots=True)
class Pattern:
    """Rows of one statement with those of the other that were made alike, and of how many rows."""

    likeness: Likeness
    pairs: tuple[Pair, ...]
    of: int
    factor: Decimal = Decimal(1)

    @property
    def share(self) -> float:
        return len(self.pairs) / max(self.of, 1)


def patterns(mine: Sequence[Transaction], theirs: Sequence[Transaction]) -> Iterator[Pattern]:
    """Every way in which two statements' rows are alike, however few rows."""
    one, other = [r for r in mine if _counts(r)], [r for r in theirs if _counts(r)]
    yield _by_key(Likeness.SECONDS, one, other, _second, _is_other_payment)
    yield _by_factor(one, other)
    yield _by_key(Likeness.AMOUNTS, one, other, _cents, _is_other_day)
    yield _by_key(Likeness.SERIALS, list(mine), list(theirs), _serial, _is_other_payment)


def _counts(row: Transaction) -> bool:
    return not overhead(row) and not deposit_interest(row)


def _second(row: Transaction) -> object | None:
    """Day and second of a row; a time without seconds or at midnight is a batch's."""
    if len(row.time) < 8 or row.time.endswith(":00") or row.time.startswith("00:00"):
        return None
    return row.day, row.time


def _cents(row: Transaction) -> object | None:
    """Direction and amount of a row, unless it is round."""
    amount = row.credit - row.debit
    return amount if amount % 10 else None


def _serial(row: Transaction) -> object | None:
    number = row.serial_number
    return number if len(number) >= _LEAST_SERIAL and len(set(number)) > 2 else None


def _is_other_payment(one: Transaction, other: Transaction) -> bool:
    """Not two sides of one payment: those bear one amount, and may share time and number."""
    return max(one.debit, one.credit) != max(other.debit, other.credit)


def _is_other_day(one: Transaction, other: Transaction) -> bool:
    return one.day != other.day


def _by_key(
    likeness: Likeness,
    mine: Sequence[Transaction],
    theirs: Sequence[Transaction],
    key: Callable[[Transaction], object | None],
    differs: Callable[[Transaction, Transaction], bool],
) -> Pattern:
    """Rows that share a key, each used once."""
    rows: dict[object, list[Transaction]] = {}
    for row in theirs:
        if (at := key(row)) is not None:
            rows.setdefault(at, []).append(row)
    keyed = [(at, row) for row in mine if (at := key(row)) is not None]
    pairs: list[Pair] = []
    for at, row in keyed:
        other = next((x for x in rows.get(at, ()) if differs(row, x)), None)
        if other is not None:
            rows[at].remove(other)
            pairs.append((row, other))
    return Pattern(likeness, _each_amount_once(pairs), len(keyed))


def _each_amount_once(pairs: Iterable[Pair]) -> tuple[Pair, ...]:
    """Pairs of different amounts: a rent or fee that recurs is one likeness, however often."""
    found: dict[Decimal, Pair] = {}
    for one, other in pairs:
        found.setdefault(one.credit - one.debit, (one, other))
    return tuple(found.values())


def _by_factor(mine: Sequence[Transaction], theirs: Sequence[Transaction]) -> Pattern:
    """The one factor between amounts of days on which each side has one row of a direction."""
    one, other = _only_rows(mine), _only_rows(theirs)
    ratios = {
        at: _rounded(abs(row.credit - row.debit) / abs(other[at].credit - other[at].debit))
        for at, row in one.items()
        if at in other
    }
    ratios = {at: ratio for at, ratio in ratios.items() if ratio != 1}
    if not ratios:
        return Pattern(Likeness.FACTOR, (), 0)
    factor, _ = Counter(ratios.values()).most_common(1)[0]
    pairs = [(one[at], other[at]) for at, ratio in ratios.items() if ratio == factor]
    return Pattern(Likeness.FACTOR, _each_amount_once(pairs), len(ratios), factor)


def _only_rows(rows: Iterable[Transaction]) -> dict[tuple[date, bool], Transaction]:
    """Rows that are alone on their day and side."""
    found: dict[tuple[date, bool], list[Transaction]] = {}
    for row in rows:
        if row.credit != row.debit:
            found.setdefault((row.day, row.credit > row.debit), []).append(row)
    return {at: group[0] for at, group in found.items() if len(group) == 1}


def _rounded(ratio: Decimal) -> Decimal:
    return Decimal(f"{ratio:.{_DIGITS - 1}e}").normalize()
