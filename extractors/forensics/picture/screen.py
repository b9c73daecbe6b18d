"""Pictures of screens: screenshots by their size and lack of a camera, photographs of a screen by
its grid (moiré).

A camera's sensor and a screen's pixels beat against each other: the paper of such a photo carries a
fine regular pattern, which stands in the spectrum as few sharp peaks far from the axes, at the same
place all over the picture. Print and paper have no such peaks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import cv2
import numpy as np
import numpy.typing as npt

from extractors.model import Signal
from extractors.pictures.look import Look

# Widths of telephones' screens in pixels, which makers have kept for ten years while every year's
# models differ in height; and how much taller
# than wide a screen is. Screens of 9 by 16 are left out: cameras and messengers have that shape
# too.
_WIDTHS = frozenset(
    {720, 828, 1080, 1125, 1170, 1179, 1206, 1220, 1242, 1260, 1264, 1284, 1290, 1320, 1440}
)
_TALL = (2.0, 2.4)
_TILE = 256
_MOST_TILES = 24
# Cycles a pixel below which print lies; height of a peak; share of tiles that show it at one place
_LOW = 0.09
_PEAK = 9.0
_SHARE = 0.5


def screen_signs(look: Look, notes: Mapping[str, str]) -> Iterator[Signal]:
    """screenshot with its size; screen_photo with the pattern's frequency in cycles a pixel."""
    height, width = look.picture.shape[:2]
    if "Make" not in notes and "Model" not in notes and _is_screen(*sorted((height, width))):
        yield Signal(kind="screenshot", detail=f"{width} x {height}")
    found = _pattern(look.grey)
    if found is not None:
        yield Signal(kind="screen_photo", detail=f"{found[0]:.3f} {found[1]:.3f}")


def _is_screen(short: int, long: int) -> bool:
    return short in _WIDTHS and _TALL[0] <= long / short <= _TALL[1]


def _pattern(grey: npt.NDArray[np.float32]) -> tuple[float, float] | None:
    """The frequency (across, down) at which most bright tiles of a picture have a sharp peak; None
    where they have none in common.
    """
    tiles = list(_bright_tiles(grey))
    peaks = [peak for tile in tiles for peak in _peaks(tile)]
    if len(tiles) < 4 or not peaks:
        return None
    spots, counts = np.unique(np.round(np.array(peaks) * _TILE / 3), axis=0, return_counts=True)
    best = int(counts.argmax())
    return (
        (float(spots[best, 0] * 3 / _TILE), float(spots[best, 1] * 3 / _TILE))
        if counts[best] >= _SHARE * len(tiles)
        else None
    )


def _bright_tiles(grey: npt.NDArray[np.float32]) -> Iterator[npt.NDArray[np.float32]]:
    """Tiles that are mostly paper, over the whole picture."""
    height, width = grey.shape
    bright = float(np.percentile(grey, 70))
    spots = [
        (y, x)
        for y in range(0, height - _TILE + 1, _TILE)
        for x in range(0, width - _TILE + 1, _TILE)
    ]
    paper = [
        (y, x)
        for y, x in spots
        if float((grey[y : y + _TILE, x : x + _TILE] > bright - 50).mean()) > 0.85
    ]
    for y, x in paper[:: max(1, len(paper) // _MOST_TILES)][:_MOST_TILES]:
        yield grey[y : y + _TILE, x : x + _TILE]


def _peaks(tile: npt.NDArray[np.float32]) -> list[tuple[float, float]]:
    """Frequencies of sharp peaks away from the axes, where neither print, nor rules, nor the blocks
    of a JPEG have theirs.
    """
    flat = tile - cv2.GaussianBlur(tile, (0, 0), 4)
    flat = np.clip(flat, -12, 12) * np.outer(np.hanning(_TILE), np.hanning(_TILE)).astype(
        np.float32
    )
    power = np.abs(np.fft.rfft2(flat))[: _TILE // 2]
    down, across = np.meshgrid(
        np.fft.fftfreq(_TILE)[: _TILE // 2], np.fft.rfftfreq(_TILE), indexing="ij"
    )
    usual = cv2.medianBlur(power.astype(np.float32), 5) + float(np.median(power))
    blocks = (np.abs((across * 8) % 1 - 0.5) > 0.42) & (np.abs((down * 8) % 1 - 0.5) > 0.42)
    far = (np.minimum(across, down) > 0.02) & (np.hypot(across, down) > _LOW) & ~blocks
    strong = np.argwhere(far & (power > _PEAK * usual))
    return [(float(across[i, j]), float(down[i, j])) for i, j in strong[:20].tolist()]
