"""A digit that is the same, pixel for pixel, as another digit of its figure.

Two prints of one digit fall differently on a scanner's grid, so one is the other moved by part of a
pixel; a copy is moved by whole pixels. The part is measured (a least-squares fit of shift and
contrast), and the rest must be as small as saving leaves it. The second place is looked for within
its whole cell: the reader's place of a character can be half a character off. Print that a computer
drew on whole pixels, and scans that keep one picture a symbol (JBIG2), repeat themselves too, so a
page of which many digits do is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import cv2
import numpy as np

from extractors.forensics.picture.print_places import Grey, Mark, Print, contrast
from extractors.layout.page import Page
from extractors.model import Signal
from extractors.values.glyphs import fold

# Of what a shift by part of a pixel makes different: less is a copy, as it stands and once fitted
_SAME = 0.30
_FITTED = 0.25
# Pixels that a copy's shift may be off a whole number, and share that its contrast may differ
_WHOLE = 0.05
_CONTRAST = 0.07
_LEAST_FIGURES = 6
_MOST_SHARE = 0.10
_MOST = 3
# Of a cell's width: how far the other may be off its cell, and how near is the digit itself
_REACH = 0.55
_OWN = 0.5
_AMOUNT = re.compile(r"\d\.\d{2}$")  # of long numbers some two digits always fall alike
_SIMPLE = "1"  # a stroke alone looks the same at many places


def copied_digits(page: Page, grey: Grey, found: Sequence[Print]) -> Iterator[Signal]:
    """One signal a word that holds such a digit: "883111.51: 8 0.12".

    The number is what is left once fitted, in units of half a pixel's shift.
    """
    measured = [
        (value, mark, p)
        for p in found
        if _AMOUNT.search(fold(p.word.text))
        for mark, value in _likeness(p, grey)
    ]
    same = [(value, mark, p) for value, mark, p in measured if value < _FITTED]
    if len(measured) < _LEAST_FIGURES or len(same) > max(_MOST, _MOST_SHARE * len(measured)):
        return
    told: dict[int, tuple[float, Mark, Print]] = {}
    for value, mark, p in sorted(same, key=lambda s: s[0]):
        told.setdefault(id(p.word), (value, mark, p))
    for value, mark, p in list(told.values())[:_MOST]:
        yield Signal(
            kind="copied_digit",
            detail=f"{p.word.text}: {mark.char} {value:.2f}",
            page=page.number,
            box=page.box_of([p.word]),
        )


def _likeness(of: Print, grey: Grey) -> Iterator[tuple[Mark, float]]:
    """For each digit of a word with another of its kind, how much it differs from the most alike
    once fitted; 1 where none is a copy.
    """
    for mark in of.marks:
        others = [each for each in of.marks if each.char == mark.char and each is not mark]
        if not mark.char.isdigit() or mark.char in _SIMPLE or not others:
            continue
        width, height = mark.right - mark.left, mark.bottom - mark.top
        top, bottom = mark.top + round(0.12 * height), mark.bottom - round(0.12 * height)
        left, right = mark.left + round(0.22 * width), mark.right - round(0.22 * width)
        piece = np.ascontiguousarray(grey[top:bottom, left:right])
        if piece.size and piece.shape[1] >= 4 and piece.shape[0] >= 8 and contrast(piece):
            yield mark, min(_differs(piece, left, top, m, width, grey) for m in others)


def _differs(piece: Grey, left: int, top: int, other: Mark, width: int, grey: Grey) -> float:
    """What a piece of the picture leaves unexplained of the most alike spot within another digit's
    cell; 1 where that is no copy.
    """
    high, wide = piece.shape
    reach = max(4, round(_REACH * width))
    middle = round((other.left + other.right - wide) / 2)
    x0, x1 = max(1, middle - reach), min(grey.shape[1] - 1, middle + reach + wide)
    y0, y1 = max(1, top - 2), min(grey.shape[0] - 1, top + high + 2)
    if x1 - x0 < wide or y1 - y0 < high:
        return 1.0
    apart = (
        cv2.matchTemplate(np.ascontiguousarray(grey[y0:y1, x0:x1]), piece, cv2.TM_SQDIFF)
        / piece.size
    )
    apart[:, np.abs(np.arange(apart.shape[1]) + x0 - left) < _OWN * width] = np.inf
    usual = ((np.diff(piece, axis=1) ** 2).mean() + (np.diff(piece, axis=0) ** 2).mean()) / 6
    if not apart.min() < _SAME**2 * usual:
        return 1.0
    dy, dx = np.unravel_index(int(apart.argmin()), apart.shape)
    return _left_unexplained(piece, grey, x0 + int(dx), y0 + int(dy)) / float(np.sqrt(usual))


def _left_unexplained(piece: Grey, grey: Grey, x: int, y: int) -> float:
    """Grey levels by which a piece differs from the picture at a place, a shift and a contrast
    allowed for; infinite where these are no copy's.
    """
    high, wide = piece.shape
    around = grey[y - 1 : y + high + 1, x - 1 : x + wide + 1]
    if around.shape != (high + 2, wide + 2):
        return float("inf")
    across, down = (
        (around[1:-1, 2:] - around[1:-1, :-2]) / 2,
        (around[2:, 1:-1] - around[:-2, 1:-1]) / 2,
    )
    parts = np.column_stack(
        [across.ravel(), down.ravel(), around[1:-1, 1:-1].ravel(), np.ones(piece.size, np.float32)]
    )
    fit = np.linalg.lstsq(parts, piece.ravel(), rcond=None)[0]
    by_x, by_y, gain = (float(value) for value in fit[:3])
    if max(abs(by_x), abs(by_y)) > _WHOLE or abs(gain - 1) > _CONTRAST:
        return float("inf")
    return float(np.sqrt(((parts @ fit - piece.ravel()) ** 2).mean()))
