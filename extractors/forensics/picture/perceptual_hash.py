"""A perceptual hash of a photograph: nearly the same however it is saved anew or made smaller.

The signs of the lowest frequencies of a small grey copy (the DCT hash of Zauner 2010, 16 x 16 of 64
x 64). Pages of paper, which are bright and alike by their forms, get none: what they say is
compared by their figures.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import cv2
import numpy as np

from extractors.layout.page import Page
from extractors.model import Signal
from extractors.pictures.look import Look

_SIDE = 64
_KEPT = 16
_LEAST_SPREAD = 24.0  # grey levels between the quarters of a photograph's tones
_LEAST_TONES = 0.35  # share of a photograph that is neither near its brightest nor near its darkest
# Pixels of a cell, grey levels within it, and share of cells that are not flat
_CELL = 8
_LEAST_SPREAD_IN_CELL = 5.0
_LEAST_CELLS = 0.5
_FEW_WORDS = 40  # characters above which a picture is a paper, compared by what it says


def picture_sketch(look: Look, number: int, pages: Sequence[Page]) -> Iterator[Signal]:
    """One signal for a picture of something other than a paper: 64 hexadecimal digits."""
    if sum(len(word.text) for page in pages for word in page.words) > _FEW_WORDS:
        return
    small = cv2.resize(look.grey, (_SIDE, _SIDE), interpolation=cv2.INTER_AREA)
    low, first, third, high = (float(value) for value in np.percentile(small, (2, 25, 75, 98)))
    between = float(
        ((small > low + 0.15 * (high - low)) & (small < high - 0.15 * (high - low))).mean()
    )
    detail = small - cv2.GaussianBlur(small, (0, 0), 3)  # shade alone is no picture
    cells = detail.reshape(_SIDE // _CELL, _CELL, _SIDE // _CELL, _CELL).std(axis=(1, 3))
    if (
        third - first < _LEAST_SPREAD
        or between < _LEAST_TONES
        or float((cells > _LEAST_SPREAD_IN_CELL).mean()) < _LEAST_CELLS
    ):
        return
    waves = cv2.dct(small)[:_KEPT, :_KEPT].ravel()
    bits = waves > np.median(waves[1:])  # the first is the picture's brightness
    yield Signal(kind="picture_sketch", detail=np.packbits(bits).tobytes().hex(), page=number)
