"""Ink on a picture: the darkest channel, the columns of a line that hold print, and the blank runs
between.
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from extractors.engines.model import Picture

EM = 0.75  # of a line's box is the height of its print: the finder leaves a margin


def darkest(picture: Picture) -> npt.NDArray[np.uint8]:
    """The darkest of the three channels at each point."""
    blue, green, red = cv2.split(picture)
    return np.asarray(cv2.min(cv2.min(blue, green), red), np.uint8)


def ink_columns(crop: Picture) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Which columns of a line's picture hold ink, and which are filled from top to bottom (a ruling
    line).
    """
    dark = darkest(crop)
    height = dark.shape[0]
    body = dark[int(0.12 * height) : max(int(0.88 * height), int(0.12 * height) + 1)]
    paper, print_ = np.percentile(body, 85), np.percentile(body, 2)
    filled = body < paper - 0.38 * max(float(paper - print_), 24.0)
    count = filled.sum(axis=0)
    return count >= max(1, 0.04 * body.shape[0]), count > 0.92 * body.shape[0]


def longest_run(blank: npt.NDArray[np.bool_]) -> tuple[int, int]:
    """Start and length of the longest run."""
    if not blank.any():
        return 0, 0
    edges = np.flatnonzero(np.diff(np.concatenate(([False], blank, [False])).astype(np.int8)))
    lengths = edges[1::2] - edges[::2]
    best = int(lengths.argmax())
    return int(edges[::2][best]), int(lengths[best])
