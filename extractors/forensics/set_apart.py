"""A figure that its column does not share the look of: font, size or colour, the edge that the others keep, the line that its row keeps.

Tables are printed by one program from one format: what differs in one cell alone was set by another hand, or by a program that knew
only how the page looks. A row whose figures all differ, as a total in bold, is the layout's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from extractors.layout.page import Page, Word
from extractors.model import Signal
from extractors.values.glyphs import fold

_FIGURE = re.compile(r"[¥￥]?-?\d[\d,]*\.\d{2}")
_LEAST, _MAIN, _FEW = 6, 0.8, 2  # figures of a column, share that its look must have, and how many may stand apart
_TIGHT, _OFF = 0.4, 1.2  # points: edges that are one, and one that is off
_APART = 1.25  # of the usual step between rows is a gap at the end of a table
_LEVEL, _UNLEVEL = 0.15, 0.7  # points: bottoms of a row that are one line, and one that is off

Style = tuple[int, float, int]


@dataclass(frozen=True, slots=True)
class _Figure:
    word: Word
    style: Style | None


def set_apart(page: Page) -> Iterator[Signal]:
    """One signal a figure: "1,726,982.70: size 9.5, column 9.0" or "…: ends 4.2 points off its column"."""
    words = [w for w in page.words if _FIGURE.fullmatch(fold(w.text))]
    if len(words) < _LEAST or page.scan is not None or page.is_sheet:
        return
    figures = _styled(page, words)
    told: set[int] = set()
    for column in _columns(figures):
        for figure, what in (*_other_style(page, column, figures), *_off_edge(column), *_off_line(column, figures)):
            if id(figure.word) not in told:
                told.add(id(figure.word))
                yield Signal(kind="set_apart", detail=f"{figure.word.text}: {what}", page=page.number, box=page.box_of([figure.word]))


def _styled(page: Page, words: Sequence[Word]) -> list[_Figure]:
    """Each word with the style of the run that draws its middle."""
    if not page.runs:
        return [_Figure(w, None) for w in words]
    places = np.array([r.place for r in page.runs])
    out = []
    for word in words:
        within = (places[:, 0] - 1 <= word.cx) & (word.cx <= places[:, 2] + 1) & (places[:, 1] - 2 <= word.mid) & (word.mid <= places[:, 3] + 2)
        at = np.flatnonzero(within)
        run = page.runs[int(at[-1])] if len(at) else None
        out.append(_Figure(word, (run.font, run.size, run.colour) if run else None))
    return out


def _columns(figures: Sequence[_Figure]) -> Iterator[list[_Figure]]:
    """Figures one below the other: their right edges or their left edges lie near each other."""
    ordered = sorted(figures, key=lambda f: f.word.x1)
    columns: list[list[_Figure]] = []
    for figure in ordered:
        if columns and figure.word.x1 - columns[-1][-1].word.x1 <= 6:
            columns[-1].append(figure)
        else:
            columns.append([figure])
    _gather(columns)
    for column in columns:
        inside = _within(sorted(column, key=lambda f: f.word.mid))
        if len(inside) >= _LEAST:
            yield inside


def _gather(columns: list[list[_Figure]]) -> None:
    """Puts a figure or two that end elsewhere into the column that they stand in: a longer one leaves its edge."""
    whole = [c for c in columns if len(c) >= _LEAST]
    for few in [c for c in columns if len(c) <= _FEW]:
        for figure in list(few):
            wide = figure.word.x1 - figure.word.x0
            for column in whole:
                left, right = min(f.word.x0 for f in column), float(np.median([f.word.x1 for f in column]))
                shared = min(right, figure.word.x1) - max(left, figure.word.x0)
                if shared > 0.6 * wide and figure.word.x1 - right < wide:
                    column.append(figure)
                    few.remove(figure)
                    break


def _within(column: list[_Figure]) -> list[_Figure]:
    """A column, top to bottom, without what stands off its ends: a closing balance printed below the table is no part of it."""
    if len(column) < _LEAST:
        return []
    steps = np.diff([f.word.mid for f in column])
    far = _APART * float(np.median(steps))
    start, end = 0, len(column)
    while end - start > 2 and steps[start] > far:
        start += 1
    while end - start > 2 and steps[end - 2] > far:
        end -= 1
    return column[start:end]


def _other_style(page: Page, column: Sequence[_Figure], figures: Sequence[_Figure]) -> Iterator[tuple[_Figure, str]]:
    styles = Counter(f.style for f in column if f.style)
    if not styles:
        return
    main, count = styles.most_common(1)[0]
    if count < _MAIN * len(column):
        return
    for figure in column:
        if figure.style is None or figure.style == main or styles[figure.style] > _FEW:
            continue
        if any(f is not figure and f.style == figure.style for f in _row(figure, figures)) or _is_total(page, figure):
            continue
        if figure.style[:2] == main[:2] and (_is_red(figure.style[2]) or figure.word.text.startswith("-")):
            continue  # what is negative or reversed is printed in red
        yield figure, _difference(figure.style, main)


def _is_red(colour: int) -> bool:
    red, green, blue = colour >> 16, colour >> 8 & 255, colour & 255
    return red > 2 * max(green, blue) + 40


def _difference(style: Style, main: Style) -> str:
    if style[0] != main[0]:
        return "another font than its column"
    if abs(style[1] - main[1]) > 0.04 * main[1]:
        return f"size {style[1]:g}, column {main[1]:g}"
    return f"colour {style[2]:06x}, column {main[2]:06x}"


def _row(figure: _Figure, figures: Sequence[_Figure]) -> list[_Figure]:
    return [f for f in figures if abs(f.word.mid - figure.word.mid) < 0.5 * figure.word.height]


def _is_total(page: Page, figure: _Figure) -> bool:
    """Whether its row says that it is a total, which layouts like to set apart."""
    row = "".join(w.text for w in page.words if abs(w.mid - figure.word.mid) < 0.5 * figure.word.height)
    return bool(re.search(r"合计|总计|小计|累计|结转|承前|过次|期初|期末|[Tt]otal|TOTAL|[Bb]alance", row))


def _off_edge(column: Sequence[_Figure]) -> Iterator[tuple[_Figure, str]]:
    """Figures that leave the edge that nearly all others of their column keep."""
    left, right = np.array([f.word.x0 for f in column]), np.array([f.word.x1 for f in column])
    edge = float(np.median(right))
    if _kept(right) < _MAIN or max(_kept(left), _kept((left + right) / 2)) >= _kept(right):
        return  # set to the left or in the middle: figures of one width end at one edge by chance
    off = [(f, float(x - edge)) for f, x in zip(column, right, strict=True) if abs(x - edge) > _OFF]
    if len(off) <= _FEW:
        yield from ((f, f"ends {abs(by):.1f} points off its column") for f, by in off)


def _kept(places: npt.NDArray[np.float64]) -> float:
    """Share of a column that keeps one place."""
    return float((np.abs(places - np.median(places)) < _TIGHT).mean())


def _off_line(column: Sequence[_Figure], figures: Sequence[_Figure]) -> Iterator[tuple[_Figure, str]]:
    """Figures that stand higher or lower than the others of their row that are set in the same type."""
    for figure in column:
        mates = [f for f in _row(figure, figures) if f is not figure and f.style == figure.style]
        if len(mates) < 2:
            continue
        low = np.array([f.word.bottom for f in mates])
        if float(np.ptp(low)) < _LEVEL and abs(figure.word.bottom - float(low.mean())) > _UNLEVEL:
            yield figure, f"{abs(figure.word.bottom - float(low.mean())):.1f} points off the line of its row"
