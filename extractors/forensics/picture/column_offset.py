"""A value that leaves its column: the others begin at one edge, it does not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from extractors.forensics.picture.print_places import Grey, contrast
from extractors.layout.page import Page, Word
from extractors.model import Box, Signal

_LEAST = 4  # values that share an edge before one beside it is off
# Words of a row of a form at most: two labels with their values, one of them read as two words; a
# longer row is a table's
_FORM = 5
# Of the blank before a value that shows strokes: it begins there, and the reader lost its first
# character
_INKED = 0.12
# Of the value's own contrast: what is a stroke there, and how much the paper before it may be
# lighter or darker
_STROKE = 0.3
_LIGHT = 0.12
_PAPER = (
    75  # per cent of a word's box below which its paper does not lie, dense as it may be printed
)
# Of a word's height: one edge, off it, and still beside it
_SAME = 0.35
_OFF = 0.8
_NEAR = 4.0


def off_column(page: Page, grey: Grey) -> Iterator[Signal]:
    """One signal a form whose values all begin at one edge but one: "伍佰万元整: begins 2.4 after
    its column". In heights of the print.

    A form is told by its labels, which share an edge too; a row whose value stands on no edge but
    beside it is off, unless values are set by their ends: a short figure begins later than a long
    one. Where two leave it, the column is a loose one and nothing is told. What the row's label is
    off counts for the value too: a line that was straightened badly moves both. `grey` is the
    picture as it came.
    """
    if page.is_sheet:
        return
    rows = _rows(page.words)
    for label in _shared([row[0] for row in rows if len(row) >= 2]):
        own = [
            row for row in rows if len(row) >= 2 and abs(row[0].x0 - label) <= _SAME * row[0].height
        ]
        edges = _shared([word for row in own for word in row[1:]])
        if not edges:
            continue
        on = [
            word
            for row in own
            for word in row[1:]
            if abs(word.x0 - edges[0]) <= _SAME * word.height
        ]
        if len(on) < 0.6 * len(own):
            continue
        off = [
            (gap, value)
            for row in own
            if len(row) <= _FORM
            for gap, value in _leaves(row, label, edges[0], on)
        ]
        if len(off) == 1 and _blank(page, grey, edges[0], off[0][1]):
            gap, value = off[0]
            told = f"{value.text}: begins {gap:.1f} after its column"
            yield Signal(kind="off_column", detail=told, page=page.number, box=page.box_of([value]))


def _leaves(
    row: Sequence[Word], label: float, edge: float, on: Sequence[Word]
) -> Iterator[tuple[float, Word]]:
    """The value of a row and how far after the edge it begins, in its heights, where that is off."""
    value = next((word for word in row[1:] if word.x0 >= edge - _SAME * word.height), None)
    if value is None or not _alike(value, on) or _ends_alike(value, on):
        return
    gap = (value.x0 - edge - max(0.0, row[0].x0 - label)) / max(value.height, 1.0)
    if _OFF < gap < _NEAR:
        yield gap, value


def _rows(words: Sequence[Word]) -> list[list[Word]]:
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda w: w.mid):
        if rows and abs(word.mid - rows[-1][0].mid) < 0.5 * max(word.height, rows[-1][0].height):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda w: w.x0) for row in rows]


def _shared(words: Sequence[Word]) -> list[float]:
    """Left edges that several words share, the most shared first."""
    edges: list[list[Word]] = []
    for word in sorted(words, key=lambda w: w.x0):
        if edges and abs(word.x0 - edges[-1][0].x0) <= _SAME * word.height:
            edges[-1].append(word)
        else:
            edges.append([word])
    many = sorted((edge for edge in edges if len(edge) >= _LEAST), key=len, reverse=True)
    return [sum(each.x0 for each in e) / len(e) for e in many]


def _alike(value: Word, on: Sequence[Word]) -> bool:
    """Whether its height is that of the values on the edge, so that it is a value too and no
    heading.
    """
    usual = sorted(word.height for word in on)[len(on) // 2]
    return 0.7 * usual < value.height < 1.4 * usual


def _ends_alike(value: Word, on: Sequence[Word]) -> bool:
    """Whether two of the others end where it ends."""
    return sum(abs(word.x1 - value.x1) <= _SAME * value.height for word in on) >= 2


def _blank(page: Page, grey: Grey, edge: float, value: Word) -> bool:
    """Whether the paper between the edge and a value shows no strokes, measured by the value's own
    ink: dark in many columns, none of which is a rule from top to bottom. Paper much lighter or
    darker there than under the value (glare, shade, a fold) may hide strokes: not blank.
    """
    before, own = (
        _cell(page.box(x0, value.top, x1, value.bottom), grey)
        for x0, x1 in ((edge, value.x0 - _SAME * value.height), (value.x0, value.x1))
    )
    strong = contrast(own)
    if (
        not strong
        or not before.size
        or abs(float(np.percentile(before, _PAPER)) - float(np.percentile(own, _PAPER)))
        > _LIGHT * strong
    ):
        return False
    dark = (before < np.percentile(before, 90) - _STROKE * strong).mean(axis=0)
    return bool(((dark > 0.08) & (dark < 0.95)).mean() <= _INKED)


def _cell(box: Box, grey: Grey) -> Grey:
    height, width = grey.shape
    return grey[
        int(box.top * height) : int(box.bottom * height) + 1,
        int(box.left * width) : int(box.right * width) + 1,
    ]
