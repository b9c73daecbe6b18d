"""Notices around and inside a form are none of its lines."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.layout.form_furniture import is_furniture
from extractors.layout.page import Word

HEIGHT = 8.0
WIDTH = 4.0  # points of a Latin character


@dataclass
class Row:
    words: list[Word]
    is_ruled: bool = False


def row(top: float, *texts: tuple[float, str], right: tuple[float, str] | None = None) -> Row:
    """A line of texts by their left edges, and one figure by its right edge."""
    words = [Word(t, x, top, x + _width(t), top + HEIGHT) for x, t in texts]
    if right is not None:
        edge, text = right
        words.append(Word(text, edge - _width(text), top, edge, top + HEIGHT))
    return Row(words)


def _width(text: str) -> float:
    return sum(WIDTH if ch.isascii() else HEIGHT for ch in text)


LINES = [
    row(100.0, (40, "营业收入"), right=(400, "1,200.00")),
    row(114.0, (40, "营业成本"), right=(400, "900.50")),
    row(128.0, (40, "利润总额"), right=(400, "299.50")),
]


def test_lines_of_a_form_are_kept() -> None:
    assert is_furniture(LINES) == [False, False, False]


def test_a_notice_with_figures_in_its_text_is_none_of_them() -> None:
    notice = row(60.0, (40, "上一笔金额"), (83, "88,888.88"), (123, "元"))
    below = row(150.0, (40, "收费标准"), (350, "每笔"), (368, "15.00"), (390, "元"))
    assert is_furniture([notice, *LINES, below]) == [True, False, False, False, True]


def test_a_figure_alone_in_its_column_stays_a_line() -> None:
    lonely = row(142.0, (40, "所得税"), right=(330, "77.00"))
    other = row(156.0, (40, "净利润"), right=(401, "222.50"))
    lonely.words += row(142.0, right=(400, "12.00")).words
    assert is_furniture([*LINES, lonely, other]) == [False] * 5


def test_a_ruled_row_stays_a_line() -> None:
    ruled = row(142.0, (40, "其他"), (83, "88.00"))
    ruled.is_ruled = True
    assert is_furniture([*LINES, ruled])[-1] is False


def test_a_form_of_two_lines_keeps_everything() -> None:
    notice = row(60.0, (40, "上一笔金额"), (83, "88,888.88"))
    assert is_furniture([notice, *LINES[:2]]) == [False, False, False]
