"""Cells of statements: amounts in every writing, flags, dates of a column."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.formats.spreadsheet import plain_cell
from extractors.statements.cells import Direction, is_blank, read_amount, read_flag
from extractors.statements.chain import Link, best_fit
from extractors.statements.dates import Span, day_of, reader_for

MONEY = st.decimals(min_value="0.01", max_value="99999999.99", places=2)


@given(MONEY)
def test_amounts_in_every_writing(value: Decimal) -> None:
    text = f"{value:,.2f}"
    for written, direction in (
        (text, None),
        (f"{text}(收入)", Direction.IN),
        (f"(支出){text}", Direction.OUT),
        (f"贷 {text}", Direction.IN),
        (f"{text} DR", Direction.OUT),
        (f"{text}元", None),
    ):
        found = read_amount(written)
        assert found is not None
        assert (found.value, found.direction) == (value, direction)
    assert read_amount(f"-{text}") == read_amount(f"{text}-") == read_amount(f"({text})")


@pytest.mark.parametrize("text", ["", "-", "——", "/", "（空）", "无", "N/A", "-------------------"])
def test_empty_cells(text: str) -> None:
    assert is_blank(text)
    assert read_amount(text) is None


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("借", Direction.OUT),
        ("贷 Cr", Direction.IN),
        ("付", Direction.OUT),
        ("收", Direction.IN),
        ("往账", Direction.OUT),
        ("来账", Direction.IN),
        ("D", Direction.OUT),
        ("C", Direction.IN),
        ("不计收支", Direction.NEUTRAL),
        ("/", Direction.NEUTRAL),
        ("货款", None),
    ],
)
def test_flags(text: str, direction: Direction | None) -> None:
    assert read_flag(text) == direction


@pytest.mark.parametrize(
    ("cells", "first"),
    [
        (["2025-11-03", "2025-11-05"], date(2025, 11, 3)),
        (["20251103", "20251105"], date(2025, 11, 3)),
        (["251103", "251105"], date(2025, 11, 3)),
        (["45964", "45966.5"], date(2025, 11, 3)),
        (["13/11/2025", "03/12/2025"], date(2025, 11, 13)),
        (["11/13/2025", "12/03/2025"], date(2025, 11, 13)),
        (["1103", "1105"], date(2025, 11, 3)),
        (["11月3日", "11月5日"], date(2025, 11, 3)),
    ],
)
def test_dates_of_a_column(cells: list[str], first: date) -> None:
    reader = reader_for(cells, Span(date(2025, 7, 1), date(2026, 6, 30)))
    assert reader is not None
    assert reader(cells[0]) == first


@pytest.mark.parametrize(
    ("cell", "plain"),
    [
        ('="0123"', "0123"),
        ("`2025-11-03 09:12:41", "2025-11-03 09:12:41"),
        ("'622200001", "622200001"),
        ("\t58,000.00  \t", "58,000.00"),
        ('=""', ""),
    ],
)
def test_what_keeps_a_cell_as_text(cell: str, plain: str) -> None:
    assert plain_cell(cell) == plain


@given(
    st.lists(st.integers(-(10**8), 10**8).filter(bool), min_size=4, max_size=40),
    st.booleans(),
    st.booleans(),
)
def test_the_chain_finds_order_and_sign(cents: list[int], turned: bool, swapped: bool) -> None:
    balance = Decimal(0)
    links = []
    for each in cents:
        net = Decimal(each) / 100
        balance += net
        links.append(Link(-net if swapped else net, balance))
    fit = best_fit(links[::-1] if turned else links, newest_first=turned)
    assert fit.share == 1.0
    assert fit.newest_first == turned
    assert fit.sign == (-1 if swapped else 1)


def test_a_serial_number_is_no_day() -> None:
    assert day_of(2025, 250919000120, 98765432101) is None
    assert day_of(2025, 2, 29) is None
