"""A line read from a picture to words: cut at gaps without ink and at ruling lines, each character
kept with its place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from extractors.engines.model import Glyph, Picture, text_of
from extractors.layout.page import ReadLine, Word
from extractors.pictures.conventions import as_amount
from extractors.pictures.ink import EM, ink_columns, longest_run

_GAP, _SPACE, _AFTER_SIGN = (
    0.62,
    0.3,
    1.3,
)  # blank widths in em that part words: plain, where a blank was read, beside a sign
_DAY_AND_TIME = re.compile(
    r"\d{4}([-/.])\d{2}\1\d{2}(?=\d{2}:\d{2})|\d{4}年\d{1,2}月\d{1,2}日(?=\d{2}:\d{2})"
)
_SIGNS = set("：:，,。.、；;（）()【】[]《》“”\"'—-_·*%￥¥/")


def find_cuts(crop: Picture, glyphs: Sequence[Glyph], rules: Sequence[float]) -> tuple[float, ...]:
    """Fractions of the width at which a line parts into words.

    `rules` are fractions where upright rules cross it.
    """
    shown = [glyph for glyph in glyphs if glyph.char.strip()]
    if len(shown) < 2:
        return ()
    ink, ruled = ink_columns(crop)
    blank = ~ink | ruled
    width, em = crop.shape[1], EM * crop.shape[0]
    spaces = [glyph.at for glyph in glyphs if glyph.char == " "]
    pairs = list(zip(shown, shown[1:], strict=False))
    gaps = [
        longest_run(blank[int(first.at * width) : int(second.at * width) + 1])
        for first, second in pairs
    ]
    day_ends = _ends_of_days(shown)
    cuts = []
    for (first, second), (start, length) in zip(pairs, gaps, strict=True):
        crossing = [rule for rule in rules if first.at < rule < second.at]
        if crossing:
            cuts.append(crossing[0])
            continue
        limit = (_AFTER_SIGN if first.char in _SIGNS or second.char in _SIGNS else _GAP) * em
        if second in day_ends:
            limit = 0.0
        if any(first.at < space < second.at for space in spaces) and first.char not in _SIGNS:
            limit = min(limit, _SPACE * em)
        if length > limit:
            cuts.append((int(first.at * width) + start + length / 2) / width)
    return tuple(cuts)


def _ends_of_days(shown: Sequence[Glyph]) -> list[Glyph]:
    """First characters of times that follow a date without a blank: however narrow the space, the
    two are two words.
    """
    text = "".join(glyph.char[0] for glyph in shown)
    return [shown[each.end()] for each in _DAY_AND_TIME.finditer(text)]


def set_words(line: ReadLine) -> None:
    """Makes the line's words anew from its glyphs and cuts; words that stay in place keep their
    identity.
    """
    edges = [0.0, *line.cuts, 1.0001]
    fresh = []
    ink: npt.NDArray[np.bool_] | None = None
    for left, right in zip(edges, edges[1:], strict=False):
        glyphs = tuple(
            glyph for glyph in line.glyphs if left <= glyph.at < right and glyph.char != " "
        )
        if not text_of(glyphs):
            continue
        if ink is None:
            found, ruled = ink_columns(line.crop)
            ink = found & ~ruled
        glyphs = as_amount(glyphs)
        start, end = _extent(ink, glyphs, left, right, line.crop.shape[0] / line.crop.shape[1])
        fresh.append(Word(text_of(glyphs), *_place(line.quad, start, end), glyphs))
    for old, new in zip(line.words, fresh, strict=False):
        old.text, old.glyphs = new.text, new.glyphs
        old.x0, old.top, old.x1, old.bottom = new.x0, new.top, new.x1, new.bottom
    line.words = [*line.words[: len(fresh)], *fresh[len(line.words) :]]


def drop_doubles(lines: Sequence[ReadLine]) -> None:
    """Takes out words that lie in a word of another line: where two lines' boxes overlap, the print
    between them was read twice.
    """
    words = [(each, line) for line in lines for each in line.words]
    if len(words) < 2:
        return
    box = np.array([(w.x0, w.top, w.x1, w.bottom) for w, _ in words])
    wide = np.minimum(box[:, None, 2], box[None, :, 2]) - np.maximum(
        box[:, None, 0], box[None, :, 0]
    )
    tall = np.minimum(box[:, None, 3], box[None, :, 3]) - np.maximum(
        box[:, None, 1], box[None, :, 1]
    )
    area = (box[:, 2] - box[:, 0]) * (box[:, 3] - box[:, 1])
    within = np.maximum(wide, 0) * np.maximum(tall, 0) > 0.6 * area[:, None]
    for small, large in zip(*np.nonzero(within), strict=True):
        (word, line), (other, home) = words[small], words[large]
        if (
            line is not home
            and (area[small], small) < (area[large], large)
            and word in line.words
            and other in home.words
        ):
            line.words = [each for each in line.words if each is not word]


def _extent(
    ink: npt.NDArray[np.bool_], glyphs: Sequence[Glyph], left: float, right: float, aspect: float
) -> tuple[float, float]:
    """First and last ink of a word's characters, as fractions of the line."""
    width = len(ink)
    reach = 0.6 * EM * aspect
    shown = [glyph.at for glyph in glyphs if glyph.char]
    a, b = max(left, shown[0] - 1.2 * reach, 0.0), min(right, shown[-1] + 1.2 * reach, 1.0)
    at = np.flatnonzero(ink[int(a * width) : max(int(b * width), int(a * width) + 1)])
    if not len(at):
        return a, b
    return (int(a * width) + int(at[0])) / width, (int(a * width) + int(at[-1]) + 1) / width


def _place(
    quad: npt.NDArray[np.float64], start: float, end: float
) -> tuple[float, float, float, float]:
    """Box (left, top, right, bottom) in points of the piece of a line between two fractions."""
    upper, lower = quad[1] - quad[0], quad[2] - quad[3]
    corners = np.stack(
        [
            quad[0] + upper * start,
            quad[0] + upper * end,
            quad[3] + lower * end,
            quad[3] + lower * start,
        ]
    )
    low, high = corners.min(axis=0), corners.max(axis=0)
    top, bottom = (corners[0, 1] + corners[1, 1]) / 2, (corners[2, 1] + corners[3, 1]) / 2
    return float(low[0]), float(top), float(high[0]), float(bottom)
