"""What is wrong with a picture, in words that say what to photograph again.

States only what stopped something from being read: a soft picture of which every character is sure needs no complaint.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt

from extractors.engines.model import Picture, least_sure
from extractors.errors import PictureBlurred, PictureCutOff, PictureGlare, PictureTooSmall, PictureUnreadable, ReadError
from extractors.layout.page import ReadLine

SMALLEST = 64  # pixels: a picture with a shorter side holds no paper
_SMALL_PRINT = 15.0  # pixels of a line's box; print of less than eleven pixels loses the strokes of Chinese characters
_UNSURE = 0.6  # a line whose weakest character is less sure is not read for certain
_BAD_SHARE = 0.3  # share of unsure lines from which a picture counts as badly readable
_EDGE = 3.0  # pixels from the border within which print is cut


def complaints(picture: Picture, lines: Sequence[ReadLine], quads: npt.NDArray[np.floating], line_height: float) -> list[ReadError]:
    """Reasons to take the picture again, the gravest first; an empty list for a picture that was read well."""
    if not lines:
        return [PictureUnreadable("no text found")]
    sure = np.array([least_sure(line.glyphs) for line in lines])
    bad = float((sure < _UNSURE).mean())
    out: list[ReadError] = []
    if bad > _BAD_SHARE:
        if line_height < _SMALL_PRINT:
            out.append(PictureTooSmall(f"lines are {line_height:.0f} pixels high"))
        elif bad > 2 * _BAD_SHARE:
            out.append(PictureUnreadable(f"{bad:.0%} of the lines are unsure"))
        else:
            out.append(PictureBlurred(f"{bad:.0%} of the lines are unsure"))
    if _cut_off(quads, picture.shape[1], picture.shape[0]):
        out.append(PictureCutOff("print runs over the border"))
    if _bleached(picture, quads, line_height):
        out.append(PictureGlare("part of the paper is bleached"))
    return out


def _cut_off(quads: npt.NDArray[np.floating], width: int, height: int) -> bool:
    """Whether print touches one border in three lines or more, or a twentieth of them."""
    low, high = quads.min(axis=1), quads.max(axis=1)
    touching = (low[:, 0] <= _EDGE, high[:, 0] >= width - 1 - _EDGE, low[:, 1] <= _EDGE, high[:, 1] >= height - 1 - _EDGE)
    return any(int(side.sum()) >= max(3, 0.05 * len(quads)) for side in touching)


def _bleached(picture: Picture, quads: npt.NDArray[np.floating], line_height: float) -> bool:
    """Whether spots of pure white, several lines high, lie on a paper that is not white, amid print."""
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    scale = 6.0 / max(line_height, 6.0)
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    left, top = np.maximum(quads.min(axis=(0, 1)) * scale, 0).astype(int)
    right, bottom = (quads.max(axis=(0, 1)) * scale).astype(int)
    if float(np.median(small[top : bottom + 1, left : right + 1])) > 236:
        return False  # on white paper a lamp's spot cannot be told from margin
    white = cv2.morphologyEx((small >= 252).astype(np.uint8), cv2.MORPH_OPEN, np.ones((9, 9), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(white, connectivity=8)
    low, high = quads.min(axis=(0, 1)) * scale, quads.max(axis=(0, 1)) * scale
    inside = [1 for x, y, w, h, _ in stats[1:count].tolist() if low[0] < x + w / 2 < high[0] and low[1] < y + h / 2 < high[1]]
    return bool(inside)
