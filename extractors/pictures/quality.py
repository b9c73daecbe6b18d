"""What is wrong with a picture, in words that say what to photograph again.

States only what stopped something from being read: a soft picture of which every character is sure
needs no complaint.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt

from extractors.engines.model import Picture, least_sure
from extractors.errors import (
    PictureBlurred,
    PictureCutOff,
    PictureGlare,
    PictureTooSmall,
    PictureUnreadable,
    ReadError,
)
from extractors.layout.page import ReadLine
from extractors.pictures.ink import darkest

SMALLEST = 64  # pixels: a picture with a shorter side holds no paper
_BLANK = 12.0  # levels by which the parts of a blank sheet differ at most: the scanner's light
# Pixels of a line's box; print of less than eleven pixels loses the strokes of Chinese characters
_SMALL_PRINT = 15.0
_UNSURE = 0.6  # a line whose weakest character is less sure is not read for certain
_BAD_SHARE = 0.3  # share of unsure lines from which a picture counts as badly readable
_WHITE_PAPER = 236  # of 255: on brighter paper a lamp's spot cannot be told from margin
# Of a line's ink that an end beside a white spot has at most when the spot took part of it
_FADED = 0.72
_EDGE = 3.0  # pixels from the border within which print is cut


def complaints(
    picture: Picture,
    lines: Sequence[ReadLine],
    quads: npt.NDArray[np.floating],
    line_height: float,
    faded: int,
) -> list[ReadError]:
    """Reasons to take the picture again, the gravest first; an empty list for a picture that was
    read well.
    """
    if not lines:
        grey = cv2.resize(
            cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), (64, 64), interpolation=cv2.INTER_AREA
        )
        return [PictureUnreadable("no text found")] if float(grey.std()) > _BLANK else []
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
    if faded:
        out.append(PictureGlare(f"{faded} lines are bleached"))
    return out


def _cut_off(quads: npt.NDArray[np.floating], width: int, height: int) -> bool:
    """Whether print touches one border in three lines or more, or a twentieth of them."""
    low, high = quads.min(axis=1), quads.max(axis=1)
    touching = (
        low[:, 0] <= _EDGE,
        high[:, 0] >= width - 1 - _EDGE,
        low[:, 1] <= _EDGE,
        high[:, 1] >= height - 1 - _EDGE,
    )
    return any(int(side.sum()) >= max(3, 0.05 * len(quads)) for side in touching)


def bleached(
    picture: Picture, lines: Sequence[ReadLine], quads: npt.NDArray[np.floating], line_height: float
) -> list[ReadLine]:
    """Lines whose print fades into a spot of pure white on a paper that is not white: a lamp's
    reflection took part of them.
    """
    if not lines:
        return []
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    scale = 6.0 / max(line_height, 6.0)
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    left, top = np.maximum(quads.min(axis=(0, 1)) * scale, 0).astype(int)
    right, bottom = (quads.max(axis=(0, 1)) * scale).astype(int)
    if float(np.median(small[top : bottom + 1, left : right + 1])) > _WHITE_PAPER:
        return []
    white = cv2.morphologyEx(
        (small >= 252).astype(np.uint8), cv2.MORPH_OPEN, np.ones((5, 5), np.uint8)
    )
    if not white.any():
        return []
    return [line for line in lines if _fades(line, white, scale)]


def _fades(line: ReadLine, white: npt.NDArray[np.uint8], scale: float) -> bool:
    """Whether an end of a line stands beside a white spot with fainter ink than the line has
    elsewhere.
    """
    wide, high = line.crop.shape[1], line.crop.shape[0]
    dark = darkest(line.crop).astype(np.float32)
    paper = float(np.percentile(dark, 80))
    ink = paper - float(np.percentile(dark, 2))
    reach = min(high, wide)
    for end, part in ((0.0, dark[:, :reach]), (1.0, dark[:, wide - reach :])):
        place = (
            line.quad[0] + (line.quad[1] - line.quad[0]) * end + (line.quad[3] - line.quad[0]) / 2
        )
        out = (line.quad[0] - line.quad[1]) / max(wide, 1) * high * (1.0 if end == 0 else -1.0)
        beside = [(place + out * step) * scale for step in (0.2, 0.7, 1.2)]
        spot = any(
            0 <= int(y) < white.shape[0] and 0 <= int(x) < white.shape[1] and white[int(y), int(x)]
            for x, y in beside
        )
        if spot and float(np.percentile(part, 80)) - float(np.percentile(part, 2)) < _FADED * max(
            ink, 1.0
        ):
            return True
    return False
