"""What the columns of a form most likely mean where nothing above them is understood.

What is read so stays in doubt: it is shown to a reviewer, and no rule takes it for sure.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from extractors.layout.form_grid import Band, FormGrid
from extractors.values.glyphs import squeeze
from extractors.values.money import parse_money

IN_DOUBT = 0.5  # an amount of a column whose meaning is guessed
_TWO = 2  # columns of figures that a block must have for a guess
_LARGER = Decimal("1.05")  # by which a year to date exceeds its last month at least

Guess = Callable[[FormGrid], list[list[str]] | None]


def ending_first(grid: FormGrid) -> list[list[str]] | None:
    """Return ending before opening, as the forms of 2011 and 2019 print them."""
    if any(len(block.bands) != _TWO for block in grid.blocks):
        return None
    return [["ending", "opening"] for _ in grid.blocks]


def year_is_larger(
    grid: FormGrid, period: tuple[date | None, date | None]
) -> list[list[str]] | None:
    """Return the column of the larger figures as year to date; over a whole year the first one."""
    if len(grid.blocks) != 1 or len(grid.blocks[0].bands) != _TWO:
        return None
    first, second = (_size(grid.bands[index]) for index in grid.blocks[0].bands)
    start, end = period
    if start and end and (start.month, end.month) == (1, 12):
        return [["value", "prior"]]
    if first > second * _LARGER:
        return [["value", "month"]]
    return [["month", "value"]] if second > first * _LARGER else None


def _size(band: Band) -> Decimal:
    """Return the sum of a column's figures without their signs."""
    values = [parse_money(squeeze(word.text)) for word in band.words]
    return sum((abs(value) for value in values if value is not None), Decimal(0))
