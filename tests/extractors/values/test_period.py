"""Periods as forms, ledgers and bank statements write them, and what only looks like one."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.values.period import excel_date, find_dates, month_end, parse_date, parse_period

YEARS = st.integers(min_value=1990, max_value=2060)
MONTHS = st.integers(min_value=1, max_value=12)
DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2060, 12, 31))
CHINESE = "〇一二三四五六七八九"
WIDE = str.maketrans("0123456789-./", "０１２３４５６７８９－．／")


def chinese_year(year: int) -> str:
    return "".join(CHINESE[int(digit)] for digit in str(year))


def chinese_small(number: int) -> str:
    tens, ones = divmod(number, 10)
    leading = {0: "", 1: "十"}.get(tens, CHINESE[tens] + "十")
    return leading + (CHINESE[ones] if ones else "")


def span(year: int, first: int, last: int) -> tuple[date, date]:
    return date(year, first, 1), month_end(year, last)


MONTH_FORMS = (
    "{y}年{m}月",
    "{y}年{m:02d}月",
    "{y} 年 {m} 月",
    "{y}年{m}月份",
    "{y}年度{m}月",
    "{y}-{m:02d}",
    "{y}.{m:02d}",
    "{y}/{m}",
    "{y}{m:02d}",
    "{y}年第{m}期",
    "所属期：{y}年{m}月",
    "会计期间: {y}-{m:02d}",
    "{cy}年{cm}月",
)


@given(YEARS, MONTHS, st.sampled_from(MONTH_FORMS), st.booleans())
def test_a_month_in_every_way_of_writing_it(year: int, month: int, form: str, wide: bool) -> None:
    text = form.format(y=year, m=month, cy=chinese_year(year), cm=chinese_small(month))
    assert parse_period(text.translate(WIDE) if wide else text) == span(year, month, month)


RANGE_FORMS = (
    "{y}年{a}-{b}月",
    "{y}年{a}月-{b}月",
    "{y}年{a:02d}月至{b:02d}月",
    "{y}年{a}—{b}月",
    "{y}年{a}~{b}月",
    "{y}年{a}月至{y}年{b}月",
    "{y}年度{a}-{b}月",
    "自{y}年{a}月起至{y}年{b}月止",
    "{y}.{a}-{b}月",
    "{y}.{a:02d}-{y}.{b:02d}",
    "{y}-{a:02d}至{y}-{b:02d}",
    "{y}{a:02d}-{y}{b:02d}",
    "{cy}年{ca}至{cb}月",
    "{y}年{a}-{b}月累计",
)


@given(YEARS, MONTHS, MONTHS, st.sampled_from(RANGE_FORMS), st.booleans())
def test_months_of_a_year(year: int, one: int, two: int, form: str, wide: bool) -> None:
    first, last = sorted((one, two))
    text = form.format(
        y=year,
        a=first,
        b=last,
        cy=chinese_year(year),
        ca=chinese_small(first),
        cb=chinese_small(last),
    )
    assert parse_period(text.translate(WIDE) if wide else text) == span(year, first, last)


DAY_RANGES = (
    ("%Y-%m-%d", "{a}至{b}"),
    ("%Y-%m-%d", "{a} - {b}"),
    ("%Y/%m/%d", "{a}-{b}"),
    ("%Y.%m.%d", "{a}—{b}"),
    ("%Y%m%d", "{a}-{b}"),
    ("%Y年%m月%d日", "自{a}起至{b}止"),
    ("%Y年%m月%d日", "{a}-{b}"),
    ("%Y 年 %m 月 %d 日", "税款所属时间：自 {a} 至 {b}"),
    ("%Y-%m-%d", "所属期起：{a} 所属期止：{b}"),
)


@given(DAYS, DAYS, st.sampled_from(DAY_RANGES))
def test_a_period_from_day_to_day(one: date, two: date, form: tuple[str, str]) -> None:
    first, last = sorted((one, two))
    text = form[1].format(a=first.strftime(form[0]), b=last.strftime(form[0]))
    assert parse_period(text) == (first, last)


QUARTERS = (
    "{y}年第{c}季度",
    "{y}年{q}季度",
    "{y}年第{q}季度",
    "{y}Q{q}",
    "Q{q} {y}",
    "{y}年度第{c}季度",
)


@given(YEARS, st.integers(min_value=1, max_value=4), st.sampled_from(QUARTERS))
def test_a_quarter(year: int, quarter: int, form: str) -> None:
    text = form.format(y=year, q=quarter, c=CHINESE[quarter])
    assert parse_period(text) == span(year, quarter * 3 - 2, quarter * 3)


@given(
    YEARS,
    st.sampled_from(("{y}年度", "{y}年", "{y} 年 度", "{c}年度", "{y}年全年", "利润表({y}年度)")),
)
def test_a_year(year: int, form: str) -> None:
    text = form.format(y=year, c=chinese_year(year))
    assert parse_period(text) == span(year, 1, 12)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025年上半年", "2025-01-01", "2025-06-30"),
        ("2025年下半年", "2025-07-01", "2025-12-31"),
        ("2025年半年度", "2025-01-01", "2025-06-30"),
        ("2025年前三季度", "2025-01-01", "2025-09-30"),
        ("2025年第一至三季度", "2025-01-01", "2025-09-30"),
        ("2025年1月1日至12月31日", "2025-01-01", "2025-12-31"),
        ("2 0 2 5 年 1 2 月", "2025-12-01", "2025-12-31"),
        ("25年1-12月", "2025-01-01", "2025-12-31"),
        ("二零二五年十二月", "2025-12-01", "2025-12-31"),
        ("二O二五年度", "2025-01-01", "2025-12-31"),
        ("Jan - Dec 2025", "2025-01-01", "2025-12-31"),
        ("December 2025", "2025-12-01", "2025-12-31"),
        ("For the year ended 31 December 2025", "2025-01-01", "2025-12-31"),
        ("for the three months ended March 31, 2025", "2025-01-01", "2025-03-31"),
        ("截至2025年12月31日止年度", "2025-01-01", "2025-12-31"),
        ("2025年12月1日至2025年12月31日 填表日期：2026年1月8日", "2025-12-01", "2025-12-31"),
    ],
)
def test_other_ways_of_writing_a_period(text: str, first: str, last: str) -> None:
    assert parse_period(text) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("12", 12, 12),
        ("12月", 12, 12),
        ("第12期", 12, 12),
        ("1月-12月", 1, 12),
        ("1-12月", 1, 12),
        ("一至十二月", 1, 12),
        ("第四季度", 10, 12),
        ("全年", 1, 12),
    ],
)
def test_months_whose_year_stands_elsewhere(text: str, first: int, last: int) -> None:
    assert parse_period(text, year=2025) == span(2025, first, last)
    assert parse_period(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2025年12月31日",
        "2025-12-31 00:00:00",
        "2025年12月31日 2024年12月31日",
        "2024-12-31 2025-12-31",
        "2025-12-31 打印日期 2026-01-05",
        "2023-2025年度",
        "2025年13月",
        "2,025.12",
        "2025.12元",
        "2017年版",
        "（2019年修订）",
        "国家税务总局公告2021年第20号",
        "自    年  月  日至    年  月  日",
        "成立25年",
        "0592-2025123",
        "一般纳税人适用",
    ],
)
def test_what_is_no_period(text: str) -> None:
    assert parse_period(text) is None


@pytest.mark.parametrize("text", ["2025年1-12月", "2025年1月-12月", "2025.1-12", "2025年12月"])
def test_months_are_no_date(text: str) -> None:
    assert find_dates(text) == []


def test_a_date_keeps_to_one_sign() -> None:
    assert parse_date("2025年12月31日") == date(2025, 12, 31)
    assert parse_date("2025 / 12 / 31") == date(2025, 12, 31)
    assert parse_date("2025.1.12") == date(2025, 1, 12)


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 31)))
def test_a_spreadsheet_day_without_its_format(day: date) -> None:
    assert excel_date(str((day - date(1899, 12, 30)).days)) == day


@pytest.mark.parametrize("text", ["12", "2025", "20251231", "45992.5", "-45992", ""])
def test_what_is_no_spreadsheet_day(text: str) -> None:
    assert excel_date(text) is None
