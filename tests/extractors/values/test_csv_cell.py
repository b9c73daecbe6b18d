"""CSV cells: no guarded cell begins as a formula does, and the text comes back exactly."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.values.csv_cell import guarded, is_formula_like, restored

LEADS = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    "\0",
    "＝",
    "＋",
    "－",
    "＠",
    " =",
    "\u3000=",
    "\ufeff=",
    "\u00a0@",
)


@pytest.mark.parametrize("lead", LEADS)
def test_formula_like_cells_are_guarded(lead: str) -> None:
    text = f"{lead}1+1"
    assert (
        is_formula_like(text) and guarded(text) == f"'{text}" and not is_formula_like(guarded(text))
    )


@given(st.text() | st.builds("".join, st.lists(st.sampled_from(["'", "=", "＋", " ", "a"]))))
def test_the_text_comes_back(text: str) -> None:
    assert restored(guarded(text)) == text
    assert not is_formula_like(guarded(text))


def test_other_texts_stand_as_they_are() -> None:
    assert [guarded(t) for t in ("", "甲公司", "1,234.50", "a=b")] == [
        "",
        "甲公司",
        "1,234.50",
        "a=b",
    ]
