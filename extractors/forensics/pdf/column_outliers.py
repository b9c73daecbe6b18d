"""A figure that its column does not share the look of: font, size or colour, the edge that the
others keep, the line that its row keeps.

Tables are printed by one program from one format: what differs in one cell alone was set by another
hand, or by a program that knew only how the page looks. A row whose figures all differ, as a total
in bold, is the layout's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from extractors.layout.page import Page, Word
from extractors.model import Signal
from extractors.values.glyphs import fold

_FIGURE = re.compile(r"[¥￥]?-?\d[\d,]*\.\d{2}")
# Figures of a column, share that its look must have, and how many may stand apart
_LEAST = 6
_MAIN = 0.8
_FEW = 2
_FEW_SHARE = 0.02  # of a long column may stand apart
# Points: edges that are one, and one that is off
_TIGHT = 0.4
_OFF = 1.2
_NEAR = 6  # points between right edges of one column
_APART = 1.25  # of the usual step between rows is a gap at the end of a table
# Points: bottoms of a row that are one line, and one that is off
_LEVEL = 0.15
_UNLEVEL = 0.7

# How badly a run's box fits a figure, in points off its line: per point that it is short of it, and
# per point that it goes on beside it, up to a whole line's.
_SHORT = 0.5
_BEYOND = 0.1
_MOST_BEYOND = 15.0
_ALIKE = 0.3  # points within which two runs fit alike

Style = tuple[int, float, int]


@dataclass(frozen=True, slots=True)
class _Figure:
    word: Word
    style: Style | None
    page: Page
    order: int  # of the run that draws it among those of its page; -1 where none does


def set_apart(pages: Sequence[Page]) -> Iterator[Signal]:
    """One signal a figure: "1,726,982.70: size 9.5, column 9.0" or "…: ends 4.2 points off its
    column". A column runs over pages of one size.
    """
    sizes: dict[tuple[int, int], list[list[_Figure]]] = {}
    for page in pages:
        if page.scan is None and not page.is_sheet and (figures := _figures(page)):
            sizes.setdefault((round(page.width), round(page.height)), []).append(figures)
    for alike in sizes.values():
        told: set[int] = set()
        for figure, what in _apart(alike):
            if id(figure.word) not in told:
                told.add(id(figure.word))
                word, page = figure.word, figure.page
                yield Signal(
                    kind="set_apart",
                    detail=f"{word.text}: {what}",
                    page=page.number,
                    box=page.box_of([word]),
                )


def _apart(sheets: Sequence[list[_Figure]]) -> Iterator[tuple[_Figure, str]]:
    """Figures of some pages that stand apart, in the order of pages for one column after the other."""
    rows = {
        figures[0].page.number: sorted({round(each.word.mid, 1) for each in figures})
        for figures in sheets
    }
    own = {figures[0].page.number: figures for figures in sheets}
    for column in _columns([each for figures in sheets for each in figures]):
        on: dict[int, list[_Figure]] = {}
        for figure in column:
            on.setdefault(figure.page.number, []).append(figure)
        parts = [_within(on.get(number, []), rows[number]) for number in own]
        for part in (each for each in parts if len(each) >= _LEAST):
            figures = own[part[0].page.number]
            yield from (
                *_other_style(part[0].page, part, figures),
                *_off_line(part, figures),
                *_off_order(part),
            )
        yield from _off_edge([f for part in parts for f in part])


def _figures(page: Page) -> list[_Figure]:
    """Words that are figures, each with the style of the run that draws its middle; a longer one
    may run into the words beside it.
    """
    left, top, right, bottom = np.array([each.place for each in page.runs]).reshape(-1, 4).T
    out = []
    for whole in page.words:
        word, text = whole, fold(whole.text)
        found = _FIGURE.match(text)
        if not found:
            continue
        on_line = (top - 2 <= word.mid) & (word.mid <= bottom + 2)
        if found.end() < len(text):
            alone = np.flatnonzero(on_line & (np.abs(left - word.x0) < 1) & (right < word.x1 - 2))
            if not len(alone):
                continue
            word = replace(word, text=found[0], x1=float(right[alone[-1]]))
        at = np.flatnonzero(on_line & (left - 1 <= word.cx) & (word.cx <= right + 1))
        order = _drawn_by(word, at, np.array([page.runs[i].place for i in at]))
        run = page.runs[order] if order >= 0 else None
        style = (run.font, run.size, run.colour) if run else None
        out.append(_Figure(word, style, page, order))
    return out


def _drawn_by(word: Word, at: npt.NDArray[np.intp], places: npt.NDArray[np.float64]) -> int:
    """Return which of the runs over a figure draws it: the one whose box fits it best, of several
    alike the last; -1 where there is none.

    A seal's words and star cross figures at edges and heights of their own; what a forger sets over
    a figure is a word of its own, with its own run. A run may go on beside the figure.
    """
    if not len(at):
        return -1
    left, top, right, bottom = places.T
    off_line = np.abs(top - word.top) + np.abs(bottom - word.bottom)
    short = np.maximum(0, left - word.x0) + np.maximum(0, word.x1 - right)
    beyond = np.maximum(0, word.x0 - left) + np.maximum(0, right - word.x1)
    misfit = off_line + _SHORT * short + _BEYOND * np.minimum(beyond, _MOST_BEYOND)
    return int(at[np.flatnonzero(misfit <= misfit.min() + _ALIKE)[-1]])


def _columns(figures: Sequence[_Figure]) -> Iterator[list[_Figure]]:
    """Figures one below the other: their right edges lie near each other."""
    ordered = sorted(figures, key=lambda f: f.word.x1)
    columns: list[list[_Figure]] = []
    for figure in ordered:
        if columns and figure.word.x1 - columns[-1][-1].word.x1 <= _NEAR:
            columns[-1].append(figure)
        else:
            columns.append([figure])
    _gather(columns)
    yield from (column for column in columns if len(column) >= _LEAST)


def _gather(columns: list[list[_Figure]]) -> None:
    """Puts a figure or two that end elsewhere into the column that they stand in: a longer one
    leaves its edge.
    """
    whole = [each for each in columns if len(each) >= _LEAST]
    for few in [each for each in columns if len(each) <= _FEW]:
        for figure in list(few):
            wide = figure.word.x1 - figure.word.x0
            for column in whole:
                left, right = (
                    min(each.word.x0 for each in column),
                    float(np.median([each.word.x1 for each in column])),
                )
                shared = min(right, figure.word.x1) - max(left, figure.word.x0)
                if shared > 0.6 * wide and figure.word.x1 - right < wide:
                    column.append(figure)
                    few.remove(figure)
                    break


def _within(column: list[_Figure], rows: Sequence[float]) -> list[_Figure]:
    """What a column has on one page, top to bottom, without what stands off the table's ends, as a
    closing balance printed below it.

    `rows` are the heights of all rows of figures of the page: a column may skip some.
    """
    column = sorted(column, key=lambda f: f.word.mid)
    if len(rows) < _LEAST:
        return column
    far = _APART * float(np.quantile(np.diff(rows), 0.9))
    start, end = 0, len(column)
    while end - start > 2 and _gap_after(column[start].word.mid, rows) > far:
        start += 1
    while end - start > 2 and _gap_before(column[end - 1].word.mid, rows) > far:
        end -= 1
    return column[start:end]


def _gap_after(mid: float, rows: Sequence[float]) -> float:
    return min((row - mid for row in rows if row > mid + 2), default=0.0)


def _gap_before(mid: float, rows: Sequence[float]) -> float:
    return min((mid - row for row in rows if row < mid - 2), default=0.0)


def _other_style(
    page: Page, column: Sequence[_Figure], figures: Sequence[_Figure]
) -> Iterator[tuple[_Figure, str]]:
    styles = Counter(each.style for each in column if each.style)
    if not styles:
        return
    main, count = styles.most_common(1)[0]
    if count < _MAIN * len(column):
        return
    for figure in column:
        if figure.style is None or figure.style == main or styles[figure.style] > _FEW:
            continue
        if any(
            each is not figure and each.style == figure.style for each in _row(figure, figures)
        ) or _is_total(page, figure):
            continue
        if figure.style[:2] == main[:2] and (
            _is_red(figure.style[2]) or figure.word.text.startswith("-")
        ):
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
    return [
        each for each in figures if abs(each.word.mid - figure.word.mid) < 0.5 * figure.word.height
    ]


def _is_total(page: Page, figure: _Figure) -> bool:
    """Whether its row says that it is a total, which layouts like to set apart."""
    row = "".join(
        word.text
        for word in page.words
        if abs(word.mid - figure.word.mid) < 0.5 * figure.word.height
    )
    return bool(
        re.search(r"合计|总计|小计|累计|结转|承前|过次|期初|期末|[Tt]otal|TOTAL|[Bb]alance", row)
    )


def _off_edge(column: Sequence[_Figure]) -> Iterator[tuple[_Figure, str]]:
    """Figures that leave the edge that nearly all others of their column keep."""
    if len(column) < _LEAST:
        return
    left, right = (
        np.array([figure.word.x0 for figure in column]),
        np.array([figure.word.x1 for figure in column]),
    )
    edge = float(np.median(right))
    if _kept(right) < _MAIN or max(_kept(left), _kept((left + right) / 2)) >= _kept(right):
        return  # set to the left or in the middle: figures of one width end at one edge by chance
    off = [(f, float(x - edge)) for f, x in zip(column, right, strict=True) if abs(x - edge) > _OFF]
    heights = Counter(round(figure.word.mid) for figure, _ in off)
    if len(off) <= max(_FEW, _FEW_SHARE * len(column)):
        # What stands at one height of several pages is the layout's.
        yield from (
            (figure, f"ends {abs(by):.1f} points off its column")
            for figure, by in off
            if heights[round(figure.word.mid)] == 1
        )


def _off_order(column: Sequence[_Figure]) -> Iterator[tuple[_Figure, str]]:
    """A figure drawn after all else on its page, where the rest of its column, above and below it,
    is drawn from top to bottom.
    """
    last = len(column[0].page.runs) - 1
    late = [figure for figure in column if last - figure.order < _FEW]
    rest = [figure.order for figure in column if figure not in late]
    if (
        min(rest, default=-1) < 0
        or not 0 < len(late) <= _FEW
        or any(first >= second for first, second in pairwise(rest))
    ):
        return
    below = max(figure.word.mid for figure in column if figure not in late)
    yield from (
        (figure, "drawn after the rest of its page") for figure in late if figure.word.mid < below
    )


def _kept(places: npt.NDArray[np.float64]) -> float:
    """Share of a column that keeps one place."""
    return float((np.abs(places - np.median(places)) < _TIGHT).mean())


def _off_line(
    column: Sequence[_Figure], figures: Sequence[_Figure]
) -> Iterator[tuple[_Figure, str]]:
    """Figures that stand higher or lower than the others of their row that are set in the same
    type.
    """
    for figure in column:
        mates = [
            each
            for each in _row(figure, figures)
            if each is not figure and each.style == figure.style
        ]
        if len(mates) < 2:
            continue
        low = np.array([each.word.bottom for each in mates])
        if float(np.ptp(low)) < _LEVEL and abs(figure.word.bottom - float(low.mean())) > _UNLEVEL:
            yield (
                figure,
                f"{abs(figure.word.bottom - float(low.mean())):.1f} points off the line of its row",
            )
