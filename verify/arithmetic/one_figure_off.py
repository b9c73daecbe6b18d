"""A base and its tax that agree to the cent once one figure of either is changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

CENT = Decimal("0.01")  # what two amounts must differ by at least
# Below this a change of one figure meets some rate by chance: a base of a million has about 70
# neighbours, and a rate meets one
# of them to the cent with a chance of some 1 in 100,000.
LEAST_BASE = Decimal(100_000)


@dataclass(frozen=True, slots=True)
class OneFigureOff:
    """The amount as stated, the amount that fits, and the rate at which it does."""

    stated: Decimal
    fitting: Decimal
    rate: Decimal


def one_figure_off(base: Decimal, tax: Decimal, rates: Iterable[Decimal]) -> OneFigureOff | None:
    """Return the one change of a figure that makes base times rate the tax; None where none or
    several do.
    """
    if base < LEAST_BASE:
        return None
    found = list(_changes(base, tax, rates))
    return found[0] if len(found) == 1 else None


def _changes(base: Decimal, tax: Decimal, rates: Iterable[Decimal]) -> Iterator[OneFigureOff]:
    for rate in rates:
        for near in _neighbours(base):
            if _fits(near, tax, rate):
                yield OneFigureOff(base, near, rate)
        for near in _neighbours(tax):
            if _fits(base, near, rate):
                yield OneFigureOff(tax, near, rate)


def _fits(base: Decimal, tax: Decimal, rate: Decimal) -> bool:
    return abs(base * rate - tax) <= CENT


def _neighbours(value: Decimal) -> Iterator[Decimal]:
    """All amounts that differ in one figure; changes of the cents are no other amount."""
    digits = f"{value:.2f}"
    for place in range(len(digits) - 3):
        for figure in "0123456789":
            if figure != digits[place]:
                yield Decimal(digits[:place] + figure + digits[place + 1 :])
