"""Rows around and inside a form that are none of its lines: notices, adverts, numbers of pages.

The figures of a form stand in columns, edge under edge or middle under middle. A figure that
stands in a run of text, and under no other figure, belongs to a notice.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from extractors.layout.figures import LINE_NUMBER, is_figure
from extractors.layout.page import Word
from extractors.values.glyphs import squeeze

_ALIGNED = 3.0  # points by which edges or middles of one column's figures may lie apart
_BESIDE = 0.5  # heights of type between a figure and the text of which it is a part
_COMPANY_IN_TEXT = 2  # aligned figures that a figure in running text needs: one may be chance
_FEWEST_LINES = 3  # rows with figures in columns before anything is taken for a notice


class Row(Protocol):
    """A row of words."""

    words: list[Word]
    is_ruled: bool


def is_furniture(rows: Sequence[Row]) -> list[bool]:
    """Return for each row whether it is a notice rather than a line of the form."""
    figures = [[w for w in row.words if is_figure(w.text)] for row in rows]
    alone = [
        [f for f in own if not _is_in_text(row, f)] for row, own in zip(rows, figures, strict=True)
    ]
    in_columns = [_in_columns(row, alone, number) for number, row in enumerate(rows)]
    if sum(map(bool, in_columns)) < _FEWEST_LINES:
        return [False] * len(rows)
    strips = [(f.x0, f.x1) for own in in_columns for f in own]
    return [
        bool(own) and not aligned and not row.is_ruled and _is_notice(row, own, strips)
        for row, own, aligned in zip(rows, figures, in_columns, strict=True)
    ]


def _in_columns(row: Row, alone: Sequence[Sequence[Word]], number: int) -> list[Word]:
    """Return the figures of a row exactly under or over which figures of other rows stand."""
    others = [w for index, own in enumerate(alone) if index != number for w in own]
    found = []
    for figure in row.words:
        if not is_figure(figure.text):
            continue
        company = sum(_are_aligned(figure, other) for other in others)
        if company >= (_COMPANY_IN_TEXT if _is_in_text(row, figure) else 1):
            found.append(figure)
    return found


def _are_aligned(first: Word, second: Word) -> bool:
    if _counts(first) != _counts(second):
        return False  # a price under numbers of lines stands in no column of theirs
    offsets = (first.x1 - second.x1, first.cx - second.cx, first.x0 - second.x0)
    return min(abs(offset) for offset in offsets) <= _ALIGNED


def _counts(word: Word) -> bool:
    """Return whether a figure may be the number of a line rather than an amount."""
    return bool(LINE_NUMBER.fullmatch(squeeze(word.text)))


def _is_notice(row: Row, figures: Sequence[Word], strips: Sequence[tuple[float, float]]) -> bool:
    """Return whether the figures stand in running text, or where no column of the form is."""
    for figure in figures:
        within = any(figure.x0 < right and figure.x1 > left for left, right in strips)
        if within and not _is_in_text(row, figure):
            return False
    return True


def _is_in_text(row: Row, figure: Word) -> bool:
    """Return whether words run into a figure on its line."""
    reach = _BESIDE * figure.height
    for word in row.words:
        gap = max(word.x0 - figure.x1, figure.x0 - word.x1)
        if word is not figure and abs(word.mid - figure.mid) < figure.height / 2 and gap <= reach:
            return True
    return False
