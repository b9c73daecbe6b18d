"""Pages whose characters a program drew straight into pixels: no lens, drum or sensor lay between.

A program draws one character at few places within a pixel, so that many characters of a page have a
twin that is the same pixel for pixel, and its paper is one colour throughout. Paper never gives two:
grain, focus and feed differ; a scan whose ground was cleaned keeps them in its characters.
"""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
import numpy.typing as npt

from extractors.model import Signal
from extractors.pictures.look import Look

_DARK = 128  # grey value below which a spot is ink
_HIGH = (9, 60)  # pixels: heights of characters that are compared
_LEAST = 80  # characters that tell something about a page
_MOST = 1500  # characters that are compared
# Mean grey levels by which the twins of a drawn page differ after saving as JPEG of quality 95.
_SAME = 2.5
# Share of characters with a twin: 0.30 to 0.94 on 27 drawn pages, PNG or JPEG 95, of 110 to 200 dots
# an inch; 0.01 at most on scans of them saved as JPEG.
_SHARE = 0.3
_BRIGHT = 200  # grey value above which a spot is paper
_PLAIN = 0.85  # share of the paper that is of one value; grain alone leaves under half

Patch = npt.NDArray[np.float32]


def drawn_by_program(look: Look, number: int) -> Iterator[Signal]:
    """flattened_page with the share of characters that have an exact twin."""
    if not _has_plain_paper(look.grey):
        return
    groups = _by_size(look.grey)
    count = sum(len(group) for group in groups)
    if count < _LEAST:
        return
    twins = sum(_twins(group) for group in groups)
    if twins >= _SHARE * count:
        yield Signal(kind="flattened_page", detail=f"{twins / count:.2f}", page=number)


def _has_plain_paper(grey: npt.NDArray[np.float32]) -> bool:
    counts = np.bincount(grey.round().astype(np.uint8).ravel(), minlength=256)
    paper = counts[_BRIGHT:]
    return bool(paper.sum()) and float(paper.max()) >= _PLAIN * float(paper.sum())


def _by_size(grey: npt.NDArray[np.float32]) -> list[list[Patch]]:
    """Characters with their edges, by height and width."""
    ink = (grey < _DARK).astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    height, width = grey.shape
    groups: dict[tuple[int, int], list[Patch]] = {}
    kept = 0
    for left, top, wide, high, _ in stats[1:].tolist():
        inside = left > 0 and top > 0 and left + wide < width and top + high < height
        if not inside or not _HIGH[0] <= high <= _HIGH[1] or wide > 2 * high:
            continue
        patch = grey[top - 1 : top + high + 1, left - 1 : left + wide + 1]
        groups.setdefault((high, wide), []).append(patch)
        kept += 1
        if kept >= _MOST:
            break
    return list(groups.values())


def _twins(group: list[Patch]) -> int:
    """How many of characters of one size have another that is the same."""
    if len(group) < 2:
        return 0
    flat = np.stack([patch.ravel() for patch in group])
    found = 0
    for at in range(len(flat)):
        apart = np.abs(flat - flat[at]).mean(axis=1)
        apart[at] = np.inf
        found += bool(apart.min() <= _SAME)
    return found
