"""Pages as a reader gets them, drawn by words and rules: text lines, ruled cells, both in any
order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors.layout.page import Page, Word

SIZE = 10.0  # points, the height of type
Line = Sequence[tuple[float, str]]
Cell = tuple[float, float, float, float, str]


def _width(text: str) -> float:
    return sum(SIZE if ord(ch) > 0x2E7F else 0.55 * SIZE for ch in text)


def words_at(x: float, top: float, text: str) -> Iterator[Word]:
    """Yield the words of a text from one place to the right; a blank parts words."""
    for part in text.split(" "):
        if part:
            yield Word(part, x, top, x + _width(part), top + SIZE)
        x += _width(part) + 0.5 * SIZE


def text_page(lines: Sequence[Line], *, step: float = 18.0, top: float = 40.0) -> Page:
    """Return a page of text lines; each line is pieces with the place where they begin."""
    words = [
        word
        for number, line in enumerate(lines)
        for x, text in line
        for word in words_at(x, top + number * step, text)
    ]
    return Page(1, 595.0, 842.0, words)


def ruled_page(cells: Sequence[Cell], lines: Sequence[tuple[float, float, str]] = ()) -> Page:
    """Return a page of ruled cells (left, top, right, bottom, text) and loose text (x, top, text)."""
    words: list[Word] = []
    vertical: list[tuple[float, float, float]] = []
    horizontal: list[tuple[float, float, float]] = []
    for left, top, right, bottom, text in cells:
        parts = text.split("\n")
        first = (top + bottom) / 2 - len(parts) * (SIZE + 2) / 2
        for number, part in enumerate(parts):
            words += words_at(left + 4, first + number * (SIZE + 2), part)
        vertical += [(left, top, bottom), (right, top, bottom)]
        horizontal += [(top, left, right), (bottom, left, right)]
    for x, top, text in lines:
        words += words_at(x, top, text)
    return Page(1, 595.0, 842.0, words, vertical=vertical, horizontal=horizontal)


def grid(
    edges: Sequence[float], rows: Sequence[Sequence[str]], *, top: float = 80.0, high: float = 22.0
) -> list[Cell]:
    """Return the cells of a plain table; an empty text is an empty cell."""
    return [
        (edges[i], top + n * high, edges[i + 1], top + (n + 1) * high, text)
        for n, row in enumerate(rows)
        for i, text in enumerate(row)
    ]
