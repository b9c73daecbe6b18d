"""Values both ways: money, amounts in capitals, credit codes, dates, names."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.values.account_number import parse_account, same_account
from extractors.values.amount_in_words import parse_words, to_words
from extractors.values.credit_code import (
    ALPHABET,
    check_character,
    check_holds,
    organisation_check_holds,
)
from extractors.values.money import money_text, parse_money, printed_unit, yuan
from extractors.values.party_name import near_party, same_party
from extractors.values.period import parse_date, parse_period, parse_time

AMOUNTS = st.decimals(min_value=Decimal("0.01"), max_value=Decimal("999999999999.99"), places=2)


@given(AMOUNTS)
def test_capitals_read_back_what_they_write(value: Decimal) -> None:
    words = to_words(value)
    assert parse_words(words) == value
    assert parse_words("人民币" + words.replace("元", "圆")) == value


@given(AMOUNTS, st.booleans())
def test_figures_read_back_what_is_printed(value: Decimal, negative: bool) -> None:
    signed = -value if negative else value
    assert parse_money(yuan(signed)) == signed
    assert parse_money("¥" + money_text(value)) == value
    assert parse_money(f"({yuan(value)})") == -value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("伍拾万圆整", "500000"),
        ("壹仟零伍元零叁分", "1005.03"),
        ("⊗陆万壹仟零伍拾壹圆肆角肆分", "61051.44"),
        ("拾万元整", "100000"),
        ("壹亿零叁佰元整", "100000300"),
        ("玖角", "0.90"),
    ],
)
def test_capitals_as_papers_print_them(text: str, value: str) -> None:
    assert parse_words(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "合计", "12", "壹元贰", "人民币"])
def test_what_is_no_amount_in_capitals(text: str) -> None:
    assert parse_words(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("１，２３４．５０", "1234.50"),
        ("12万元", "120000"),
        ("1,234.50-", "-1234.50"),
        ("RMB 86,625.55", "86625.55"),
        ("-¥7.00", "-7"),
        ("500万", "5000000"),
        ("￥1 234 567.00", "1234567"),
    ],
)
def test_money_as_papers_print_it(text: str, value: str) -> None:
    assert parse_money(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "-", "—", "2025-01-01", "12,34", "abc", "***"])
def test_what_is_no_money(text: str) -> None:
    assert parse_money(text) is None


def test_printed_units() -> None:
    assert printed_unit("会小企01表　单位：万元") == 10000
    assert printed_unit("金额单位：人民币元（列至角分）") == 1


@given(st.text(alphabet=ALPHABET, min_size=17, max_size=17))
def test_one_wrong_character_fails_the_check(body: str) -> None:
    code = body + check_character(body + "0")
    assert check_holds(code)
    other = next(c for c in ALPHABET if c != code[3])
    assert not check_holds(code[:3] + other + code[4:])


def test_a_registered_code() -> None:
    assert check_holds("91350100M000100Y43")  # the standard's own worked example
    assert not check_holds("91350100M000100Y44")
    assert isinstance(organisation_check_holds("91350100M000100Y43"), bool)


@pytest.mark.parametrize(
    "text",
    [
        "2025-03-01",
        "20250301",
        "2025/3/1 10:21:09",
        "2025年3月1日",
        "二〇二五年三月一日",
        "01 Mar 2025",
        "25-03-01",
    ],
)
def test_dates(text: str) -> None:
    assert parse_date(text) == date(2025, 3, 1)


def test_times_and_periods() -> None:
    assert parse_time("2025/3/1 10:21:09") == "10:21:09"
    assert parse_time("20250301") == ""
    assert parse_period("20250101—20251231") == (date(2025, 1, 1), date(2025, 12, 31))
    assert parse_period("2025年度") == (date(2025, 1, 1), date(2025, 12, 31))
    assert parse_period("2025年第一季度") == (date(2025, 1, 1), date(2025, 3, 31))
    assert parse_period("2025年2月") == (date(2025, 2, 1), date(2025, 2, 28))


def test_names() -> None:
    assert same_party("厦门同创（集团）有限公司", "厦门同创(集团)有限公司")
    assert same_party("甲乙丙有限责任公司", "甲乙丙有限公司")
    assert not same_party("厦门同创五金有限公司", "厦门同创五交有限公司")
    assert near_party("厦门同创五金有限公司", "厦门同创五交有限公司")
    assert not near_party("甲公司", "乙公司")


def test_accounts() -> None:
    assert parse_account("账号 5087 9966 7412 7054 083") == "5087996674127054083"
    assert parse_account("1,234,567.00") is None
    assert same_account("6222****1234", "622200001234") and not same_account("6222", "6223")


def test_masked_accounts() -> None:
    assert same_account("6222****1234", "622299991234") and same_account(
        "6222****1234", "6222020200012341234"
    )
    assert not same_account("6222****1234", "6222020200012349999") and not same_account(
        "62****34", "6222020200012341234"
    )
    assert not same_account("6222020200012341234", "6222020200012341235")


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("25-12-31", date(2025, 12, 31)),
        ("25.1.5", date(2025, 1, 5)),
        ("31/12/25", date(2025, 12, 31)),
        ("31/02/26", None),
        ("25/1.5", None),
    ],
)
def test_a_short_date_is_a_day_of_the_calendar(printed: str, day: date | None) -> None:
    assert parse_date(printed) == day
