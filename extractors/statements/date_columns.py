"""The columns of day and time: dates in full, or as few digits that run in order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from extractors.layouts.declare import Role
from extractors.statements.column_choice import LEAST, Columns
from extractors.statements.dates import reader_for, within
from extractors.values.glyphs import squeeze

_MOST_DATED = 0.6  # share of cells with a date, of which a few may be misread
_FEWEST_DAYS = 4  # cells whose order shows that they are days
_LONGEST_RUN = 3  # years that one statement covers; a column of serials runs over more
_TIMES = 0.8  # share of cells with a time


def choose_dates(columns: Columns) -> None:
    """Choose the column of the booking date, its format, and a time beside it."""
    dated = [i for i, p in enumerate(columns.profiles) if p.dated >= _MOST_DATED]
    if dated:
        best = max(dated, key=lambda index: (_date_odds(columns, index), -index))
        columns.put(Role.DATE, best)
        columns.roles.read_day = reader_for(columns.filled(best), columns.span)
    else:
        _rare_dates(columns)
    _time(columns)


def _date_odds(columns: Columns, index: int) -> float:
    booked = max(columns.odds(Role.DATE, index), columns.odds(Role.TIME, index) - 1.0)
    return booked + 2.0 * columns.profiles[index].filled


def _rare_dates(columns: Columns) -> None:
    """Dates as YYMMDD, serial numbers, or month and day without a year.

    Where no heading says so, days are known by their order: they run one way over few years.
    """
    if _month_and_day(columns, named=True):
        return
    named = [i for i in range(len(columns)) if _named(columns, i)]
    for index in named or [i for i in range(len(columns)) if not columns.is_known(i)]:
        cells = columns.filled(index)
        reader = reader_for(cells, columns.span)
        if reader is None:
            continue
        if named or _run_one_way([day for cell in cells if (day := reader(cell))]):
            columns.put(Role.DATE, index)
            columns.roles.read_day = reader
            return
    _month_and_day(columns, named=False)


def _named(columns: Columns, index: int) -> bool:
    return max(columns.odds(Role.DATE, index), columns.odds(Role.TIME, index)) >= LEAST


def _run_one_way(days: Sequence[date]) -> bool:
    if len(days) < _FEWEST_DAYS or len(set(days)) < 2:
        return False
    steps = list(pairwise(days))
    ordered = all(a <= b for a, b in steps) or all(a >= b for a, b in steps)
    return ordered and max(days).year - min(days).year < _LONGEST_RUN


def _month_and_day(columns: Columns, *, named: bool) -> bool:
    """Choose two columns for month and day, by their headings or by their numbers."""
    if columns.span is None:
        return False
    if named:
        month, day = _best(columns, Role.MONTH), _best(columns, Role.DAY)
    else:
        month, day = _adjacent_numbers(columns)
    if month is None or day is None:
        return False
    columns.put(Role.MONTH, month)
    columns.put(Role.DAY, day)
    return True


def _best(columns: Columns, role: Role) -> int | None:
    best = max(columns.free(), key=lambda index: columns.odds(role, index), default=None)
    return best if best is not None and columns.odds(role, best) >= LEAST else None


def _adjacent_numbers(columns: Columns) -> tuple[int | None, int | None]:
    """Two columns side by side whose numbers are days of the year in order."""
    for left, right in pairwise(columns.free()):
        cells = zip(columns.profiles[left].cells, columns.profiles[right].cells, strict=True)
        days = [_day_of(columns, squeeze(one), squeeze(other)) for one, other in cells]
        known = [day for day in days if day is not None]
        if right == left + 1 and len(known) == len(days) and _run_one_way(known):
            return left, right
    return None, None


def _day_of(columns: Columns, month: str, day: str) -> date | None:
    if columns.span is None or not (month.isdigit() and day.isdigit()):
        return None
    return within(columns.span, int(month), int(day))


def _time(columns: Columns) -> None:
    timed = [i for i in columns.free() if columns.profiles[i].times > _TIMES]
    named = [i for i in timed if columns.odds(Role.TIME, i) >= LEAST]
    colons = [i for i in timed if all(":" in cell for cell in columns.filled(i))]
    if named or colons:
        columns.put(Role.TIME, (named or colons)[0])
