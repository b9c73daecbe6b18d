"""Text set from top to bottom (购买方 beside a form's frame): cut into its characters, which are
then read one by one.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from extractors.engines.model import Picture, Quads
from extractors.pictures.ink import darkest

_TALL = 1.7  # times higher than wide, and than a line, is text from top to bottom


def cut_vertical(picture: Picture, quads: Quads, line_height: float) -> Quads:
    """The lines of an upright picture with each vertical one replaced by the boxes of its
    characters.
    """
    if not len(quads):
        return quads
    low, high = quads.min(axis=1), quads.max(axis=1)
    size = high - low
    tall = (size[:, 1] > _TALL * size[:, 0]) & (size[:, 1] > _TALL * line_height)
    if not tall.any():
        return quads
    parts = [
        _characters(picture, first, second)
        for first, second in zip(low[tall], high[tall], strict=True)
    ]
    return np.concatenate([quads[~tall], *parts]).astype(np.float32)


def _characters(
    picture: Picture, low: npt.NDArray[np.float32], high: npt.NDArray[np.float32]
) -> Quads:
    x0, y0 = np.floor(np.maximum(low, 0)).astype(int)
    x1, y1 = np.ceil(high).astype(int)
    dark = darkest(np.ascontiguousarray(picture[y0:y1, x0:x1]))
    width = x1 - x0
    body = dark[:, int(0.1 * width) : max(int(0.9 * width), int(0.1 * width) + 1)]
    paper, print_ = float(np.percentile(body, 85)), float(np.percentile(body, 3))
    ink = (body < paper - 0.4 * max(paper - print_, 24.0)).any(axis=1)
    edges = np.flatnonzero(np.diff(np.concatenate(([False], ink, [False])).astype(np.int8)))
    runs: list[list[int]] = []
    for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        if (
            runs
            and end - runs[-1][0] <= 0.95 * width
            and (start - runs[-1][1] < 0.12 * width or runs[-1][1] - runs[-1][0] < 0.3 * width)
        ):
            runs[-1][1] = end  # the upper and the lower part of one character
        else:
            runs.append([start, end])
    margin = 0.12 * width
    boxes = [
        (y0 + first - margin, y0 + second + margin)
        for first, second in runs
        if second - first > 0.15 * width
    ]
    return np.array([[[x0, t], [x1, t], [x1, b], [x0, b]] for t, b in boxes], np.float32).reshape(
        -1, 4, 2
    )
