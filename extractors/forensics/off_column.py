"""A value that leaves its column: the others begin at one edge, it does not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from extractors.forensics.print_places import Grey, contrast
from extractors.layout.page import Page, Word
from extractors.model import Box, Signal

_LEAST = 4  # values that share an edge before one beside it is off
_FORM = 5  # words of a row of a form at most: two labels with their values, one of them read as two words; a longer row is a table's
_INKED = 0.2  # of the blank before a value that shows strokes: it begins there, and the reader lost its first character
_SAME, _OFF, _NEAR = 0.35, 0.8, 4.0  # of a word's height: one edge, off it, and still beside it


def off_column(page: Page, grey: Grey) -> Iterator[Signal]:
    """One signal a word of a form whose values all begin at one edge: "伍佰万元整: begins 2.4 after its column". In heights of the print.

    A form is told by its labels, which share an edge too; a row whose value stands on no edge but beside it is off, unless values are
    set by their ends: a short figure begins later than a long one. `grey` is the picture as it came.
    """
    if page.is_sheet:
        return
    rows = _rows(page.words)
    for label in _shared([row[0] for row in rows if len(row) >= 2]):
        own = [row for row in rows if len(row) >= 2 and abs(row[0].x0 - label) <= _SAME * row[0].height]
        edges = _shared([w for row in own for w in row[1:]])
        if not edges:
            continue
        on = [w for row in own for w in row[1:] if abs(w.x0 - edges[0]) <= _SAME * w.height]
        if len(on) < 0.6 * len(own):
            continue
        for row in (r for r in own if len(r) <= _FORM):
            value = next((w for w in row[1:] if w.x0 >= edges[0] - _SAME * w.height), None)
            if value is None or not _alike(value, on) or _ends_alike(value, on):
                continue
            gap = (value.x0 - edges[0]) / max(value.height, 1.0)
            before = page.box(edges[0], value.top, value.x0 - _SAME * value.height, value.bottom)
            if _OFF < gap < _NEAR and not _inked(grey, before):
                told = f"{value.text}: begins {gap:.1f} after its column"
                yield Signal(kind="off_column", detail=told, page=page.number, box=page.box_of([value]))


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
    many = sorted((e for e in edges if len(e) >= _LEAST), key=len, reverse=True)
    return [sum(w.x0 for w in e) / len(e) for e in many]


def _alike(value: Word, on: Sequence[Word]) -> bool:
    """Whether its height is that of the values on the edge, so that it is a value too and no heading."""
    usual = sorted(w.height for w in on)[len(on) // 2]
    return 0.7 * usual < value.height < 1.4 * usual


def _ends_alike(value: Word, on: Sequence[Word]) -> bool:
    """Whether two of the others end where it ends."""
    return sum(abs(w.x1 - value.x1) <= _SAME * value.height for w in on) >= 2


def _inked(grey: Grey, place: Box) -> bool:
    """Whether strokes stand there: dark in many columns, none of which is a rule from top to bottom."""
    height, width = grey.shape
    cell = grey[int(place.top * height) : int(place.bottom * height) + 1, int(place.left * width) : int(place.right * width) + 1]
    if not contrast(cell):
        return False
    dark = (cell < np.percentile(cell, 90) - contrast(cell) / 2).mean(axis=0)
    return bool(((dark > 0.08) & (dark < 0.95)).mean() > _INKED)
