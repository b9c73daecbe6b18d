"""Dates and periods as papers print them."""

from __future__ import annotations

import re
from datetime import date, timedelta

from extractors.values.calendar_points import month_end
from extractors.values.glyphs import fold
from extractors.values.period_grammar import parse_period

__all__ = [
    "DATE",
    "TIME",
    "days",
    "excel_date",
    "find_dates",
    "month_end",
    "parse_date",
    "parse_period",
    "parse_time",
]

_CN = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "O": 0}
DATE = re.compile(
    # 年 goes with 月, and one sign parts all three numbers: 2025年1-12月 is no date.
    r"(?<!\d)(?:(?P<y>(?:19|20)\d{2})\s*(?:年|(?P<sep>[-/.]))\s*(?P<m>\d{1,2})\s*"
    r"(?(sep)(?P=sep)|月)\s*(?P<d>\d{1,2})(?!\d)(?!\s*月)\s*日?"
    r"|(?P<c>(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(?!\d))"
)
_SHORT = re.compile(r"^(\d{2})(?P<sep>[-/.])(\d{1,2})(?P=sep)(\d{1,2})$")
_LAST_SHORT_YEAR = 28  # a larger number that begins 31/12/25 is a day, as banks abroad write it
_ENGLISH = re.compile(
    r"(?i)(\d{1,2})[\s-]+(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[\s,-]+((?:19|20)\d{2})"
)
_EXCEL_DAY_ZERO = date(1899, 12, 30)  # ECMA-376 part 1, 18.17.4.1, the 1900 date base
FIRST_SERIAL = 36526  # 2000-01-01: smaller numbers are amounts more often than days
LAST_SERIAL = 73050  # 2099-12-31
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_CHINESE = re.compile(
    r"([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
TIME = re.compile(
    r"(?<!\d)([01]?\d|2[0-3])[:.]([0-5]\d)(?:[:.]([0-5]\d))?(?!\d)|(?<=\s)([01]\d|2[0-3])([0-5]\d)([0-5]\d)(?!\d)"
)


def _day(y: int, m: int, d: int) -> date | None:
    try:
        return date(y, m, d)
    except ValueError:
        return None


def _chinese_number(text: str) -> int:
    if "十" not in text:
        return int("".join(str(_CN[c]) for c in text))
    tens, _, ones = text.partition("十")
    return (_CN[tens] if tens else 1) * 10 + (_CN[ones] if ones else 0)


def find_dates(text: str) -> list[tuple[date, int, int]]:
    """Every date in `text` with its start and end offset, in order."""
    folded = fold(text)
    found = []
    for match in DATE.finditer(folded):
        if match["c"]:
            day = _day(int(match["c"][:4]), int(match["c"][4:6]), int(match["c"][6:]))
        else:
            day = _day(int(match["y"]), int(match["m"]), int(match["d"]))
        if day:
            found.append((day, match.start(), match.end()))
    if found:
        return found
    for match in _CHINESE.finditer(folded):
        day = _day(_chinese_number(match[1]), _chinese_number(match[2]), _chinese_number(match[3]))
        if day:
            found.append((day, match.start(), match.end()))
    for match in _ENGLISH.finditer(folded):
        day = _day(int(match[3]), _MONTHS.index(match[2].lower()) + 1, int(match[1]))
        if day:
            found.append((day, match.start(), match.end()))
    return found


def parse_date(text: str) -> date | None:
    """The first date in `text`, or None."""
    found = find_dates(text)
    if found:
        return found[0][0]
    match = _SHORT.match(fold(text).strip())
    return (
        _short_date(int(match[1]), int(match[3]), int(match[4]), sign=match["sep"])
        if match
        else None
    )


def _short_date(first: int, month: int, last: int, *, sign: str) -> date | None:
    """Return the day of 25-12-31; a first number above 28 before a slash is a day: 31/12/25."""
    if sign == "/" and first > _LAST_SHORT_YEAR:
        return _day(2000 + last, month, first)
    return _day(2000 + first, month, last)


def parse_time(text: str) -> str:
    """HH:MM:SS of the first time in `text`, or an empty string."""
    match = TIME.search(DATE.sub(" ", fold(text)))
    if not match:
        return ""
    hour, minute, second = (
        (match[1], match[2], match[3]) if match[1] else (match[4], match[5], match[6])
    )
    return f"{int(hour):02d}:{minute}:{second or '00'}"


def excel_date(text: str) -> date | None:
    """The day of a spreadsheet's serial number whose cell lost its date format, or None."""
    digits = fold(text).strip()
    if not digits.isascii() or not digits.isdecimal():
        return None
    serial = int(digits)
    if not FIRST_SERIAL <= serial <= LAST_SERIAL:
        return None
    return _EXCEL_DAY_ZERO + timedelta(days=serial)


def days(first: date, last: date) -> list[date]:
    """Every day from first to last, both included."""
    return [first + timedelta(days=i) for i in range((last - first).days + 1)]
