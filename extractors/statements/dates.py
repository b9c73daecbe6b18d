"""Dates of a column: one format for the whole column, the year from elsewhere where it is not
printed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from extractors.values.glyphs import fold
from extractors.values.period import find_dates, parse_date

DayReader = Callable[[str], date | None]
_ENOUGH = 0.8  # share of a column's cells that a format has to read
_EPOCH = date(1899, 12, 30)  # day 0 of Excel's calendar
_FIRST_SERIAL, _LAST_SERIAL = 36526, 54789  # Excel days of 2000-01-01 and 2050-01-01
_SERIAL = re.compile(r"^(\d{5})(?:\.\d+)?$")
_SHORT = re.compile(r"^(\d{2})(\d{2})(\d{2})(?!\d)")
_SLASHED = re.compile(r"^(\d{1,2})[/.-](\d{1,2})[/.-]((?:19|20)\d{2})")
_SLASHED_ANYWHERE = re.compile(
    r"(?<![\d/.-])(?:0?[1-9]|[12]\d|3[01])[/.-](?:0?[1-9]|[12]\d|3[01])[/.-](?:19|20)\d{2}(?!\d)"
)
_MONTH_DAY = re.compile(r"^(\d{1,2})\s*(?:[-/.月])\s*(\d{1,2})\s*日?(?!\d)|^(\d{2})(\d{2})(?!\d)")


@dataclass(frozen=True, slots=True)
class Span:
    """First and last day of a statement as its head says."""

    first: date
    last: date


def reader_for(cells: Sequence[str], span: Span | None) -> DayReader | None:
    """The reader of the first format that reads most of the cells, or None."""
    filled = [c for c in cells if c.strip()]
    if not filled:
        return None
    readers: list[DayReader] = [parse_date, _short, _serial, _day_first, _month_first]
    if span is not None:
        readers.append(_of_span(span))
    for reader in readers:
        read = sum(reader(c) is not None for c in filled)
        if read >= _ENOUGH * len(filled):
            return reader
    return None


def looks_dated(text: str) -> bool:
    """Whether a text holds a full date."""
    return bool(find_dates(text)) or _SLASHED_ANYWHERE.search(fold(text)) is not None


def day_of(year: int, month: int, day: int) -> date | None:
    """A date, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):  # a serial number is no day
        return None


def _short(text: str) -> date | None:
    """251103."""
    match = _SHORT.match(fold(text).strip())
    if match is None:
        return None
    return day_of(2000 + int(match[1]), int(match[2]), int(match[3]))


def _serial(text: str) -> date | None:
    """45964 or 45964.38: a date that a spreadsheet shows as a number."""
    match = _SERIAL.match(fold(text).strip())
    if match is None or not _FIRST_SERIAL <= int(match[1]) < _LAST_SERIAL:
        return None
    return _EPOCH + timedelta(days=int(match[1]))


def _day_first(text: str) -> date | None:
    """03/11/2025 with the day first."""
    match = _SLASHED.match(fold(text).strip())
    return day_of(int(match[3]), int(match[2]), int(match[1])) if match else None


def _month_first(text: str) -> date | None:
    """11/03/2025 with the month first."""
    match = _SLASHED.match(fold(text).strip())
    return day_of(int(match[3]), int(match[1]), int(match[2])) if match else None


def _of_span(span: Span) -> DayReader:
    """11-03, 1103 or 11月3日 within the period that the head names."""

    def read(text: str) -> date | None:
        match = _MONTH_DAY.match(fold(text).strip())
        if match is None:
            return None
        month, day = (int(g) for g in match.groups() if g)
        return within(span, month, day)

    return read


def within(span: Span, month: int, day: int) -> date | None:
    """The day of a month inside a period, the first year that fits."""
    for year in range(span.first.year, span.last.year + 1):
        found = day_of(year, month, day)
        if found is not None and span.first <= found <= span.last:
            return found
    return None


def time_of_serial(text: str) -> str:
    """HH:MM:SS of an Excel serial number with a fraction, or an empty string."""
    match = re.match(r"^\d{5}(\.\d+)$", fold(text).strip())
    if match is None:
        return ""
    seconds = round(float(match[1]) * 86400)
    return f"{seconds // 3600 % 24:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
