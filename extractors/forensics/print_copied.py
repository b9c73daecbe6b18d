"""A digit that is the same, pixel for pixel, as another digit of its line.

Two prints of one digit fall differently on a scanner's grid; their difference is that of a shift by part of a pixel. A copy
differs by less than that. Print that a computer drew on whole pixels repeats itself too, so a page of which many digits do is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import cv2
import numpy as np

from extractors.forensics.print_places import Grey, Mark, Print, contrast
from extractors.layout.page import Page
from extractors.model import Signal
from extractors.values.glyphs import fold

_SAME = 0.28  # of what a shift by part of a pixel makes different: less is a copy
_LEAST_FIGURES, _MOST_SHARE, _MOST = 6, 0.10, 3
_AMOUNT = re.compile(r"\d\.\d{2}$")  # of long numbers some two digits always fall alike
_SIMPLE = "1"  # a stroke alone looks the same at many places


def copied_digits(page: Page, grey: Grey, found: Sequence[Print]) -> Iterator[Signal]:
    """One signal a word that holds such a digit: "883111.51: 8 0.25"."""
    measured = [(value, mark, p) for p in found if _AMOUNT.search(fold(p.word.text)) for mark, value in _likeness(p, grey)]
    same = [(value, mark, p) for value, mark, p in measured if value < _SAME]
    if len(measured) < _LEAST_FIGURES or len(same) > max(_MOST, _MOST_SHARE * len(measured)):
        return
    told: dict[int, tuple[float, Mark, Print]] = {}
    for value, mark, p in sorted(same, key=lambda s: s[0]):
        told.setdefault(id(p.word), (value, mark, p))
    for value, mark, p in list(told.values())[:_MOST]:
        yield Signal(kind="copied_digit", detail=f"{p.word.text}: {mark.char} {value:.2f}", page=page.number, box=page.box_of([p.word]))


def _likeness(of: Print, grey: Grey) -> Iterator[tuple[Mark, float]]:
    """For each digit of a word with another of its kind, how much it differs from the most alike, in units of half a pixel's shift."""
    (left, _), (right, _) = of.corners
    for mark in of.marks:
        others = [m for m in of.marks if m.char == mark.char and m is not mark]
        if not mark.char.isdigit() or mark.char in _SIMPLE or not others:
            continue
        width, height = mark.right - mark.left, mark.bottom - mark.top
        top, bottom = mark.top + round(0.12 * height), mark.bottom - round(0.12 * height)
        x0, x1 = mark.left + round(0.22 * width), mark.right - round(0.22 * width)
        piece, strip = grey[top:bottom, x0:x1], grey[max(0, top - 1) : bottom + 1, left:right]
        if piece.shape[1] < 4 or piece.shape[0] < 8 or not contrast(piece) or strip.shape[1] < piece.shape[1]:
            continue
        usual = float(np.sqrt(((np.diff(piece, axis=1) ** 2).mean() + (np.diff(piece, axis=0) ** 2).mean()) / 6))
        differs = np.sqrt(np.maximum(cv2.matchTemplate(strip, np.ascontiguousarray(piece), cv2.TM_SQDIFF), 0) / piece.size).min(axis=0)
        spots = [x for m in others for x in range(m.left + x0 - mark.left - 2 - left, m.left + x0 - mark.left + 3 - left) if 0 <= x < len(differs)]
        if spots and usual > 0:
            yield mark, float(min(differs[x] for x in spots)) / usual
