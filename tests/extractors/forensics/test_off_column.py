"""A value that begins after its column is told, one whose first character was not read is not."""

from __future__ import annotations

import numpy as np

from extractors.forensics.picture.column_offset import off_column
from extractors.layout.page import Page, Word

_VALUES = ("某某商贸有限公司", "有限责任公司", "张某某", "伍佰万元整", "2019年03月01日", "长期")


def _form(moved: int, by: float) -> Page:
    """Labels at 60, values at 200, 14 points high; one value begins `by` points later."""
    words = []
    for row, value in enumerate(_VALUES):
        top, start = 100.0 + 40 * row, 200.0 + (by if row == moved else 0.0)
        words += [
            Word("名　　称", 60, top, 120, top + 14),
            Word(value, start, top, start + 14 * len(value), top + 14),
        ]
    return Page(1, 600, 400, words)


def _sheet(page: Page, *, inked: bool = False, bleached: bool = False) -> np.ndarray:
    """The page's picture at twice its points: a stroke and a gap for every character of a word."""
    grey = np.full((800, 1200), 200, np.float32)
    for word in page.words:
        for x in np.arange(word.x0, word.x1, 7):
            grey[int(2 * word.top) + 2 : int(2 * word.bottom) - 2, int(2 * x) : int(2 * x) + 4] = 40
    if (
        inked
    ):  # two strokes and a bar where the lost character stands, in the row of the moved value
        grey[442:468, 404:408] = grey[442:468, 424:428] = 140
        grey[452:456, 400:430] = 140
    if bleached:
        grey[420:480, 380:440] = 255
    return grey


def test_a_value_off_its_column_over_blank_paper_is_told() -> None:
    page = _form(3, 28)
    (signal,) = off_column(page, _sheet(page))
    assert signal.detail.startswith("伍佰万元整: begins 2.0")


def test_a_value_whose_first_character_was_not_read_is_not_told() -> None:
    """Faint as that character may be."""
    page = _form(3, 28)
    assert not list(off_column(page, _sheet(page, inked=True)))


def test_a_value_beside_a_spot_of_glare_is_not_told() -> None:
    page = _form(3, 28)
    assert not list(off_column(page, _sheet(page, bleached=True)))


def test_a_form_with_two_values_off_is_not_told() -> None:
    page = _form(3, 28)
    page.words[3].x0 += 20
    page.words[3].x1 += 20
    assert not list(off_column(page, _sheet(page)))


def test_a_value_on_its_column_is_not_told() -> None:
    page = _form(3, 3)
    assert not list(off_column(page, _sheet(page)))


def test_figures_set_by_their_ends_are_not_told() -> None:
    """A short figure begins later than the long ones over it."""
    page = _form(3, 28)
    for word in page.words[1::2]:
        word.x1 = 290
    assert not list(off_column(page, _sheet(page)))


def test_a_row_of_a_table_is_not_told() -> None:
    page = _form(3, 28)
    page.words += [Word(f"{n}.00", 330 + 60 * n, 220, 360 + 60 * n, 234) for n in range(4)]
    assert not list(off_column(page, _sheet(page)))
