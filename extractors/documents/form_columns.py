"""What the columns of a form's figures mean, from the texts above them and the period that the form
bears.

A heading is a few words that each say one thing: whose year, which end of it, how much of it was
added up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from extractors.values.glyphs import squeeze
from extractors.values.period import find_dates, parse_period


class Meaning(Enum):
    """What a heading says of its column."""

    ENDING = auto()
    OPENING = auto()
    YEAR_TO_DATE = auto()
    PRIOR = auto()
    MONTH = auto()  # 本月, 本季: the last part of the period
    PERIOD = auto()  # 本期: as long as the form's period
    AMOUNT = auto()  # 金额: says nothing of time
    DAY = auto()  # a date
    YEAR = auto()  # a year
    IGNORED = auto()  # notes, ratios, budgets


@dataclass(frozen=True, slots=True)
class Heading:
    meaning: Meaning
    day: date | None = None  # the last day of a DAY or YEAR


# The first that is found decides: 上年年末 before 年末, 上年同期累计 before 累计.
_WORDS: tuple[tuple[str, Meaning], ...] = (
    (r"金额/比例|金额或比例", Meaning.AMOUNT),
    (
        r"附注|注释|行次|行号|栏次|序号|比例|占比|增减|增长|预算|计划|notes?$|lineno",
        Meaning.IGNORED,
    ),
    (
        r"年初|期初|上年年末|上年末|上年期末|上期期末|上期末|上年度末|opening|beginning",
        Meaning.OPENING,
    ),
    (r"上年|上期|去年|上一?年度|同期|prior|previous|lastyear", Meaning.PRIOR),
    (r"期末|年末|月末|季末|closing|ending|endof", Meaning.ENDING),
    (r"累计|本年|ytd|yeartodate|currentyear|fortheyear", Meaning.YEAR_TO_DATE),
    (r"本月|当月|本季|当季|currentmonth", Meaning.MONTH),
    (r"本期|当期|currentperiod", Meaning.PERIOD),
)
_AMOUNT = re.compile(r"金额|数额|税额|余额|amount|balance|^数$|^元$")
_YEAR_HEAD = re.compile(r"^(?:fy)?((?:19|20)\d{2})(?:年度?)?(?:[(].*[)])?$")


def heading_of(texts: Sequence[str]) -> Heading | None:
    """What the texts above a column say, the lowest first; None where they say nothing.

    上年同期 over 累计金额 is last year's column: the texts are read together before each is read
    alone.
    """
    weak: Heading | None = None
    for text in ("".join(reversed(texts)), *texts):
        found = _read(squeeze(text).lower())
        if found is not None and found.meaning is not Meaning.AMOUNT:
            return found
        weak = weak or found
    return weak


def _read(text: str) -> Heading | None:
    for pattern, meaning in _WORDS:
        if re.search(pattern, text):
            return Heading(meaning)
    days = find_dates(text)
    if days:
        return Heading(Meaning.DAY, days[-1][0])
    year = _YEAR_HEAD.match(text)
    if year:
        return Heading(Meaning.YEAR, date(int(year[1]), 12, 31))
    span = parse_period(text)
    if span:
        return Heading(Meaning.YEAR, span[1])
    return Heading(Meaning.AMOUNT) if _AMOUNT.search(text) else None


Period = tuple[date | None, date | None]


def balance_roles(headings: Sequence[Heading | None]) -> list[str]:
    """Columns of a balance sheet: ending, opening, or an empty string."""
    days = _days(headings)
    return [_balance_role(heading, days) for heading in headings]


def _days(headings: Sequence[Heading | None]) -> list[date]:
    """The days that head columns, the latest first."""
    return sorted({heading.day for heading in headings if heading and heading.day}, reverse=True)


def _balance_role(heading: Heading | None, days: Sequence[date]) -> str:
    if heading is None or heading.meaning is Meaning.IGNORED:
        return ""
    if heading.day is not None:
        return _by_age(heading.day, days, "ending", "opening")
    if heading.meaning in (Meaning.OPENING, Meaning.PRIOR):
        return "opening"
    return "ending"


def _by_age(day: date, days: Sequence[date], latest: str, before: str) -> str:
    """The role of a dated column; what is older than the year before is left out."""
    place = days.index(day)
    return (latest, before)[place] if place < 2 else ""


def flow_roles(headings: Sequence[Heading | None], period: Period) -> list[str]:
    """Columns of a statement over a period: value (year to date), month (a part of it), prior, or
    an empty string.
    """
    meanings = {heading.meaning for heading in headings if heading}
    return [_flow_role(heading, meanings, _days(headings), period) for heading in headings]


def _flow_role(
    heading: Heading | None, meanings: set[Meaning], days: Sequence[date], period: Period
) -> str:
    if heading is None or heading.meaning is Meaning.IGNORED:
        return ""
    if heading.day is not None:
        return _by_age(heading.day, days, "value", "prior")
    if heading.meaning in (Meaning.PRIOR, Meaning.OPENING):
        return "prior"
    if heading.meaning in (Meaning.YEAR_TO_DATE, Meaning.ENDING):
        return "value"
    if Meaning.YEAR_TO_DATE in meanings:
        return "month"
    return _role_of_period(heading.meaning, period, compares=Meaning.PRIOR in meanings)


def _role_of_period(meaning: Meaning, period: Period, *, compares: bool) -> str:
    """A column without 累计 is year to date where the form's period starts with the year."""
    start, end = period
    if start is not None:
        from_new_year = (start.month, start.day) == (1, 1)
        whole_year = from_new_year and end is not None and end.month == 12
        if meaning is Meaning.MONTH:
            return "value" if whole_year else "month"
        return "value" if from_new_year else "month"
    if meaning is Meaning.AMOUNT:
        return "value"
    closes_year = end is not None and end.month == 12
    return "value" if meaning is Meaning.PERIOD and compares and closes_year else "month"
