"""Where each printed character stands on a picture as it came, for observers that look at its
pixels.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from extractors.layout.page import Page, ReadLine, Word

Grey = npt.NDArray[np.float32]  # height x width, 0 black to 255 white
_NARROW = 0.45  # of a line's height is half the width of a character that has no neighbour
_LEAST_CONTRAST = 40.0


@dataclass(frozen=True, slots=True)
class Mark:
    """One character on the picture: its cell in pixels, left, top, right, bottom."""

    char: str
    left: int
    top: int
    right: int
    bottom: int

    def of(self, grey: Grey) -> Grey:
        return grey[self.top : self.bottom, self.left : self.right]


@dataclass(frozen=True, slots=True)
class Print:
    """A word with the marks of its characters."""

    word: Word
    marks: tuple[Mark, ...]

    @property
    def corners(self) -> tuple[tuple[int, int], tuple[int, int]]:
        """Left top and right bottom, in pixels."""
        left, top = min(mark.left for mark in self.marks), min(mark.top for mark in self.marks)
        return (left, top), (
            max(mark.right for mark in self.marks),
            max(mark.bottom for mark in self.marks),
        )

    @property
    def is_figure(self) -> bool:
        """Mostly digits, and enough of them to be measured."""
        digits = sum(mark.char.isdigit() for mark in self.marks)
        return digits >= 4 and digits >= 0.6 * len(self.marks)

    @property
    def is_writing(self) -> bool:
        """Mostly Chinese characters, and enough of them to be measured."""
        own = sum("\u4e00" <= mark.char <= "\u9fff" for mark in self.marks)
        return own >= 4 and own >= 0.6 * len(self.marks)


def prints(page: Page, grey: Grey) -> list[Print]:
    """All words of a page read from a picture, with the cells of their characters on that picture."""
    if page.scan is None:
        return []
    out = []
    for line in page.scan.lines:
        for word in line.words:
            marks = tuple(_marks(line, word, page.scan.onto, grey))
            if marks:
                out.append(Print(word, marks))
    return out


def _marks(line: ReadLine, word: Word, onto: npt.NDArray[np.float64], grey: Grey) -> Iterator[Mark]:
    shown = [each for each in word.glyphs if each.char.strip()]
    if not shown or len(line.quad) != 4:
        return
    wide = max(float(np.linalg.norm(line.quad[1] - line.quad[0])), 1e-6)
    reach = _NARROW * float(np.linalg.norm(line.quad[3] - line.quad[0])) / wide
    at = [each.at for each in shown]
    edges = [
        at[0] - reach,
        *((first + second) / 2 for first, second in zip(at, at[1:], strict=False)),
        at[-1] + reach,
    ]
    height, width = grey.shape
    for glyph, start, end in zip(shown, edges, edges[1:], strict=False):
        x0, y0, x1, y1 = _frame(
            line.quad, max(start, glyph.at - reach), min(end, glyph.at + reach), onto, width, height
        )
        if x1 - x0 >= 3 and y1 - y0 >= 8:
            yield Mark(glyph.char, x0, y0, x1, y1)


def _frame(
    quad: npt.NDArray[np.float64],
    left: float,
    right: float,
    onto: npt.NDArray[np.float64],
    width: int,
    height: int,
) -> tuple[int, int, int, int]:
    """Pixels (left, top, right, bottom) around a piece of a line between two fractions of its
    width.
    """
    upper, lower = quad[1] - quad[0], quad[2] - quad[3]
    corners = np.stack(
        [
            quad[0] + upper * left,
            quad[0] + upper * right,
            quad[3] + lower * right,
            quad[3] + lower * left,
        ]
    )
    points = np.column_stack([corners, np.ones(4)]) @ onto.T
    places = points[:, :2] / points[:, 2:] * [width, height]
    low, high = np.round(places.min(axis=0)).astype(int), np.round(places.max(axis=0)).astype(int)
    return (
        max(0, int(low[0])),
        max(0, int(low[1])),
        min(width, int(high[0])),
        min(height, int(high[1])),
    )


def contrast(cell: Grey) -> float:
    """Paper less ink within a cell; 0 where there is too little to tell ink from paper."""
    found = float(np.percentile(cell, 90) - cell.min()) if cell.size else 0.0
    return found if found >= _LEAST_CONTRAST else 0.0


def apart(
    values: Sequence[float], places: Sequence[tuple[float, float]], least_spread: float
) -> npt.NDArray[np.float64]:
    """How many usual spreads each value lies from what its place would let expect: a plane through
    all (a photo's focus changes over the page), fitted robustly where there are ten or more,
    else the median. Positive above.
    """
    found = np.asarray(values, np.float64)
    expected = np.full(len(found), np.median(found))
    if len(found) >= 10:
        spots = np.column_stack([np.ones(len(found)), np.asarray(places)])
        weight = np.ones(len(found))
        for _ in range(6):
            sides = spots * weight[:, None]
            plane, *_ = np.linalg.lstsq(sides, found * weight, rcond=None)
            rest = np.abs(found - spots @ plane)
            weight = 1 / (1 + (rest / max(float(np.median(rest)) * 2, 1e-6)) ** 2)
        expected = spots @ plane
    rest = found - expected
    spread = max(1.48 * float(np.median(np.abs(rest - np.median(rest)))), least_spread)
    return np.asarray(rest / spread)
