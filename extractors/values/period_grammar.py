"""The periods that forms print, as productions over calendar tokens.

    period = months | point joint point | point      (leftmost; the first that holds)
    months = year 年 month 月? joint month 月 | year . month - month
    joint  = 至 | 到 | ~ | -      with 自, 起, 止, 所属期 and brackets around it

A date alone is no period. What stands around a match must not belong to the same figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from extractors.values.calendar_points import (
    CalendarReader,
    Span,
    month_span,
    read_point,
    small_number,
    span_of_day,
    span_of_months,
    take_year,
)
from extractors.values.calendar_tokens import Mark, Token, calendar_tokens


def parse_period(text: str, *, year: int | None = None) -> tuple[date, date] | None:
    """First and last day of the period that `text` names, or None.

    `year`: the year that stands elsewhere on the form, for a text that gives months alone (1-12月,
    12).
    """
    tokens = calendar_tokens(text)
    bare = _bare_number(tokens, year)
    if bare:
        return bare.first, bare.last
    start = 0
    while start < len(tokens):
        reader = CalendarReader(tokens, start, year)
        span = None if _inside_number(tokens, start) else _period(reader)
        if span is not None and not span.is_day:
            return span.first, span.last
        start = reader.at if span is not None else start + 1
    return None


def _bare_number(tokens: Sequence[Token], year: int | None) -> Span | None:
    """A number that is the whole text: a month of a known year."""
    if len(tokens) != 1 or tokens[0].mark is not Mark.NUMBER or year is None:
        return None
    return month_span(year, tokens[0].value) if len(tokens[0].text) <= 2 else None


def _inside_number(tokens: Sequence[Token], start: int) -> bool:
    """Whether the token before belongs to the same figure: 31.2025.12, 0592-2025."""
    if start == 0:
        return False
    before = tokens[start - 1]
    if before.mark is Mark.NUMBER:
        return True
    joins = before.mark in (Mark.DASH, Mark.DOT)
    return joins and start >= 2 and tokens[start - 2].mark is Mark.NUMBER


def _period(reader: CalendarReader) -> Span | None:
    for production in (_months, _range, read_point):
        span = reader.attempt(production)
        if span is not None:
            return span
    return None


def _range(reader: CalendarReader) -> Span | None:
    """Two points with a joint between them; the second may leave out its year."""
    first = read_point(reader)
    if first is None:
        return None
    joined = _joint(reader)
    if joined is None:
        return None
    known, reader.year = reader.year, first.first.year
    last = read_point(reader) or (reader.attempt(_month_and_day) if first.is_day else None)
    reader.year = known
    if last is None or first.is_day is not last.is_day or first.first > last.first:
        return None
    if not joined and (not first.is_day or _two_year_ends(first, last)):
        return None
    if _is_whole_year(first) and first != last:
        return None  # several years side by side: a comparison, not a period
    return Span(first.first, last.last)


def _joint(reader: CalendarReader) -> bool | None:
    """True for a joint, False for spaces and signs alone, None where something else stands."""
    joined = False
    start = reader.at
    while reader.sees(Mark.TO, Mark.DASH, Mark.LINK, Mark.SPACE):
        token = reader.take(Mark.TO, Mark.DASH, Mark.LINK, Mark.SPACE)
        joined |= token is not None and _is_joint(token)
    if reader.at == start and not reader.sees(Mark.NUMBER):
        return None
    return joined


def _is_joint(token: Token) -> bool:
    """至, a dash, or a word as in 所属期起 … 所属期止."""
    return token.mark in (Mark.TO, Mark.DASH) or (token.mark is Mark.LINK and token.text.isalpha())


def _two_year_ends(first: Span, last: Span) -> bool:
    """Two balance-sheet dates beside each other head two columns."""
    return (first.first.month, first.first.day) == (last.first.month, last.first.day)


def _is_whole_year(span: Span) -> bool:
    return span.first == date(span.first.year, 1, 1) and span.last == date(span.first.year, 12, 31)


def _months(reader: CalendarReader) -> Span | None:
    """2025年1-12月, 2025年1月至12月, 2025.1-12, 1-12月 of a known year; quarters likewise."""
    year = _year_with_mark(reader)
    reader.take(Mark.NTH)
    first = small_number(reader)
    if year is None or first is None:
        return None
    marked = reader.take(Mark.MONTH, Mark.QUARTER)
    reader.take(Mark.LINK)
    joint = reader.take(Mark.TO, Mark.DASH)
    reader.take(Mark.LINK)
    reader.take(Mark.NTH)
    last = small_number(reader) if joint else None
    if last is None:
        return None
    closing = reader.take(Mark.MONTH, Mark.QUARTER)
    reader.take(Mark.LINK)
    if closing is None and (not year.dotted or marked or _goes_on(reader)):
        return None
    if closing and marked and closing.mark is not marked.mark:
        return None
    length = 3 if closing and closing.mark is Mark.QUARTER else 1
    return span_of_months(year.value, (first - 1) * length + 1, last * length)


@dataclass(frozen=True, slots=True)
class _Year:
    value: int
    dotted: bool = False  # 2025. and 2025/ : the month follows without 年


def _year_with_mark(reader: CalendarReader) -> _Year | None:
    """A year with what parts it from the month; the year from elsewhere where the text starts with
    the month.
    """
    value = take_year(reader)
    if value is None:
        return _Year(reader.year) if reader.year is not None else None
    if reader.take(Mark.YEAR):
        reader.take(Mark.YEAR)
        reader.take(Mark.LINK)
        return _Year(value)
    if reader.take(Mark.DOT):
        return _Year(value, dotted=True)
    if reader.take(Mark.DASH):
        return _Year(value)
    return None


def _goes_on(reader: CalendarReader) -> bool:
    """Whether more of the same figure follows."""
    if reader.sees(Mark.NUMBER):
        return True
    return reader.sees(Mark.DOT, Mark.DASH) and reader.sees(Mark.NUMBER, ahead=1)


def _month_and_day(reader: CalendarReader) -> Span | None:
    """12月31日 after a date that gave the year."""
    month = small_number(reader)
    mark = reader.take(Mark.MONTH, Mark.DASH, Mark.DOT) if month is not None else None
    day = small_number(reader) if mark else None
    if month is None or day is None or reader.year is None:
        return None
    reader.take(Mark.DAY)
    return span_of_day(reader.year, month, day)
