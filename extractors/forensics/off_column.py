"""A value that leaves its column: the others begin (or end) at one edge, it does not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors.layout.page import Page, Word
from extractors.model import Signal

_LEAST = 4  # values that share an edge before one beside it is off
_SAME, _OFF, _NEAR = 0.35, 0.8, 4.0  # of a word's height: one edge, off it, and still beside it


def off_column(page: Page) -> Iterator[Signal]:
    """One signal a word of a form whose values all begin at one edge: "伍佰万元整: begins 2.4 after its column". In heights of the print.

    A form is told by its labels, which share an edge too; a row whose value stands on no edge but beside it is off.
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
        for row in own:
            after = [w for w in row[1:] if w.x0 >= edges[0] - _SAME * w.height]
            gap = (after[0].x0 - edges[0]) / max(after[0].height, 1.0) if after else 0.0
            if _OFF < gap < _NEAR and _alike(after[0], on):
                told = f"{after[0].text}: begins {gap:.1f} after its column"
                yield Signal(kind="off_column", detail=told, page=page.number, box=page.box_of([after[0]]))


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
