"""Points of a printed calendar, read from tokens: a date, a month, a quarter or half, a year.

point     = ended | date | year_part | month | year
ended     = "year ended" date | date 止年度
date      = year 年 month 月 day 日? | year - month - day | yyyymmdd | day Mon year | Mon day, year
year_part = year 年 第? quarter 季度 | year Qn | year 前 n 季度 | year 上半年 | year 全年
month     = year 年 month 月 | year - month | year . month | yyyymm | Mon year
year      = year 年 | year 年度
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from extractors.values.calendar_tokens import Mark, Token

FIRST_YEAR, LAST_YEAR = 1900, 2099  # years that a form may bear
# A month printed with two digits of the year: 25年12月.
_CENTURY = 2000
# "2017年版", "2021年第20号公告" and "2019年修订" name an edition of the form, not its period.
_EDITION = frozenset("版修颁制印发公会")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of days, with how it was written: a single day is no period by itself."""

    first: date
    last: date
    is_day: bool = False


@dataclass(slots=True)
class CalendarReader:
    """Tokens and the place of the next one.

    A production that fails leaves the place where it was.
    """

    tokens: Sequence[Token]
    at: int = 0
    year: int | None = None  # known from elsewhere, or from the point before

    def peek(self, ahead: int = 0) -> Token | None:
        place = self.at + ahead
        return self.tokens[place] if 0 <= place < len(self.tokens) else None

    def sees(self, *marks: Mark, ahead: int = 0) -> bool:
        token = self.peek(ahead)
        return token is not None and token.mark in marks

    def take(self, *marks: Mark) -> Token | None:
        token = self.peek()
        if token is None or token.mark not in marks:
            return None
        self.at += 1
        return token

    def attempt(self, production: Callable[[CalendarReader], Span | None]) -> Span | None:
        """The production's result; the place is restored where there is none."""
        start = self.at
        result = production(self)
        if result is None:
            self.at = start
        return result


def take_year(reader: CalendarReader) -> int | None:
    """A year of four digits, or of two before 年."""
    token = reader.peek()
    if token is None or token.mark is not Mark.NUMBER:
        return None
    if len(token.text) == 4 and FIRST_YEAR <= token.value <= LAST_YEAR:
        reader.at += 1
        return token.value
    short = len(token.text) == 2 and token.text.isdecimal() and token.text.isascii()
    if short and reader.sees(Mark.YEAR, ahead=1) and reader.sees(Mark.NUMBER, ahead=2):
        reader.at += 1
        return _CENTURY + token.value
    return None


def small_number(reader: CalendarReader) -> int | None:
    """A month, day or quarter: one or two digits."""
    token = reader.peek()
    if token is None or token.mark is not Mark.NUMBER or token.value > 31:
        return None
    if token.text.isascii() and len(token.text) > 2:
        return None
    reader.at += 1
    return token.value


def read_point(reader: CalendarReader) -> Span | None:
    for production in (_months_ended, read_date, _part_of_year, _month, _year):
        span = reader.attempt(production)
        if span is not None:
            return span
    return None


def read_date(reader: CalendarReader) -> Span | None:
    for production in (_packed_date, _written_date, _english_date):
        span = reader.attempt(production)
        if span is not None:
            return span
    return None


def _packed_date(reader: CalendarReader) -> Span | None:
    token = reader.take(Mark.NUMBER)
    if token is None or len(token.text) != 8 or not token.text.isascii():
        return None
    return span_of_day(token.value // 10000, token.value // 100 % 100, token.value % 100)


def _written_date(reader: CalendarReader) -> Span | None:
    year = take_year(reader)
    first = reader.take(Mark.YEAR, Mark.DASH, Mark.DOT) if year is not None else None
    month = small_number(reader) if first else None
    if year is None or first is None or month is None:
        return None
    second = reader.take(Mark.MONTH) if first.mark is Mark.YEAR else reader.take(first.mark)
    if second is None or (first.mark is not Mark.YEAR and second.text != first.text):
        return None
    day = small_number(reader)
    if day is None or reader.sees(Mark.MONTH, Mark.YEAR):
        return None
    reader.take(Mark.DAY)
    return span_of_day(year, month, day)


def _english_date(reader: CalendarReader) -> Span | None:
    """31 December 2025, December 31, 2025, 31-Dec-2025."""
    day = small_number(reader)
    reader.take(Mark.DASH)
    name = reader.take(Mark.MONTH_NAME)
    if name is None:
        return None
    reader.take(Mark.DASH, Mark.DOT)
    if day is None:
        day = small_number(reader)
    while reader.take(Mark.LINK, Mark.SPACE, Mark.DASH):
        pass
    year = take_year(reader)
    return span_of_day(year, name.value, day) if year is not None and day is not None else None


def _part_of_year(reader: CalendarReader) -> Span | None:
    """A quarter, the first quarters or a half of a year."""
    quarter_first = reader.take(Mark.NAMED_QUARTER)
    year = take_year(reader)
    if year is None:
        year = reader.year
    if year is None:
        return None
    if quarter_first:
        return _quarters(year, quarter_first.value, quarter_first.value)
    while reader.take(Mark.YEAR, Mark.DASH, Mark.DOT):
        pass
    if named := reader.take(Mark.NAMED_QUARTER):
        return _quarters(year, named.value, named.value)
    if half := reader.take(Mark.HALF):
        return span_of_months(year, half.value * 6 - 5, half.value * 6)
    if reader.take(Mark.WHOLE_YEAR):
        return span_of_months(year, 1, 12)
    from_start = reader.take(Mark.FIRST) is not None
    reader.take(Mark.NTH)
    quarter = small_number(reader)
    if quarter is None or not reader.take(Mark.QUARTER):
        return None
    return _quarters(year, 1 if from_start else quarter, quarter)


def _quarters(year: int, first: int, last: int) -> Span | None:
    return span_of_months(year, first * 3 - 2, last * 3) if last <= 4 else None


def _month(reader: CalendarReader) -> Span | None:
    for production in (_packed_month, _english_month, _written_month):
        span = reader.attempt(production)
        if span is not None:
            return span
    return None


def _packed_month(reader: CalendarReader) -> Span | None:
    token = reader.take(Mark.NUMBER)
    if token is None or len(token.text) != 6 or not token.text.isascii():
        return None
    return month_span(token.value // 100, token.value % 100)


def _english_month(reader: CalendarReader) -> Span | None:
    """December 2025, Dec-2025; the year of "Jan - Dec 2025" stands behind the second month."""
    name = reader.take(Mark.MONTH_NAME)
    if name is None:
        return None
    year = _year_after_name(reader)
    if year is None:
        year = _year_after_second_name(reader)
    return month_span(year, name.value) if year is not None else None


def _year_after_name(reader: CalendarReader) -> int | None:
    start = reader.at
    reader.take(Mark.LINK, Mark.DASH, Mark.DOT)
    year = take_year(reader)
    if year is None:
        reader.at = start
    return year


def _year_after_second_name(reader: CalendarReader) -> int | None:
    if not reader.sees(Mark.DASH, Mark.TO) or not reader.sees(Mark.MONTH_NAME, ahead=1):
        return None
    behind = CalendarReader(reader.tokens, reader.at + 2)
    return _year_after_name(behind)


def _written_month(reader: CalendarReader) -> Span | None:
    year = take_year(reader)
    mark = reader.take(Mark.YEAR, Mark.DASH, Mark.DOT) if year is not None else None
    if mark is not None and mark.mark is Mark.YEAR:
        reader.take(Mark.YEAR)
        reader.take(Mark.LINK)
        reader.take(Mark.NTH)
    if year is not None and mark is None:
        return None
    if year is None:
        year = reader.year
    month = small_number(reader)
    if year is None or month is None:
        return None
    if not _month_mark(reader) and not _ends_plainly(reader, mark):
        return None
    reader.take(Mark.LINK)
    return None if reader.sees(Mark.NUMBER) else month_span(year, month)


def _month_mark(reader: CalendarReader) -> bool:
    """月, or 期 as accounting software numbers the months of a year."""
    if reader.take(Mark.MONTH):
        return True
    token = reader.peek()
    return token is not None and token.text == "期" and reader.take(Mark.LINK) is not None


def _ends_plainly(reader: CalendarReader, mark: Token | None) -> bool:
    """Whether 2025-12 and 2025.12 end there: a third part would make a date, a unit an amount of
    them.
    """
    if mark is None or mark.mark is Mark.YEAR:
        return False
    if reader.sees(Mark.DASH):
        number = reader.peek(1)
        return number is not None and number.mark is Mark.NUMBER and len(number.text) == 4
    if reader.sees(Mark.OTHER):
        return mark.text == "-"
    return not reader.sees(Mark.DOT, Mark.DAY)


def _year(reader: CalendarReader) -> Span | None:
    year = take_year(reader)
    if year is None or not reader.take(Mark.YEAR):
        return None
    reader.take(Mark.YEAR)
    follows = reader.peek()
    if follows is not None and (
        follows.mark in (Mark.NUMBER, Mark.NTH) or follows.text in _EDITION
    ):
        return None
    return span_of_months(year, 1, 12)


def _months_ended(reader: CalendarReader) -> Span | None:
    """For the year ended 31 December 2025; 截至2025年12月31日止年度."""
    ended = reader.take(Mark.MONTHS_ENDED)
    day = read_date(reader)
    if day is None:
        return None
    ended = ended or reader.take(Mark.MONTHS_ENDED)
    if ended is None or day.last != month_end(day.last.year, day.last.month):
        return None
    first = day.last.month - ended.value
    year = day.last.year - (1 if first < 0 else 0)
    return Span(date(year, first % 12 + 1, 1), day.last)


def span_of_day(year: int, month: int, day: int) -> Span | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return Span(found, found, is_day=True)


def month_span(year: int, month: int) -> Span | None:
    return span_of_months(year, month, month)


def span_of_months(year: int, first: int, last: int) -> Span | None:
    if not FIRST_YEAR <= year <= LAST_YEAR or not 1 <= first <= last <= 12:
        return None
    return Span(date(year, first, 1), month_end(year, last))


def month_end(year: int, month: int) -> date:
    """Last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])
