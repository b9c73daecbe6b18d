"""Red ink: where seals stand, and the picture as it would be without them.

Red ink is as bright as paper in the red channel of a picture while black print stays dark there
(the usual way to take seals off scanned papers). Text printed in red is no seal: it is as low as a
line.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from extractors.engines.model import Picture

_INK = 0.8  # of the paper's brightness in red is the darkest that red ink leaves


@dataclass(frozen=True, slots=True)
class Ink:
    """Red ink of a picture: summed-area table of the mask at quarter size, and the boxes of seals
    in pixels (left, top, right, bottom).
    """

    sums: npt.NDArray[np.int32]
    seals: tuple[tuple[int, int, int, int], ...]

    def share(self, quad: npt.NDArray[np.floating]) -> float:
        """Share of a line's box that is red."""
        height, width = self.sums.shape
        x0, y0 = np.clip((quad.min(axis=0) / 4).astype(int), 0, [width - 1, height - 1])
        x1, y1 = np.clip(np.ceil(quad.max(axis=0) / 4).astype(int), 0, [width - 1, height - 1])
        red = self.sums[y1, x1] - self.sums[y0, x1] - self.sums[y1, x0] + self.sums[y0, x0]
        return float(red / max((x1 - x0) * (y1 - y0), 1))


def red_ink(picture: Picture) -> Ink:
    """Finds red ink; cheap where there is none.

    A seal is higher than a few lines of a full page.
    """
    line_height = max(picture.shape[:2]) / 80
    small = cv2.resize(picture, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    blue, green, red = (small[:, :, i].astype(np.int16) for i in range(3))
    depth = red - np.maximum(green, blue)
    mask = ((depth > 28) & (red > 90) & (np.abs(green - blue) < 0.6 * depth + 8)).astype(
        np.uint8
    )  # brown frames of forms are no red
    sums = cv2.integral(mask)
    if int(mask.sum()) < 40:
        return Ink(sums, ())
    reach = max(3, int(line_height / 4)) | 1
    whole = cv2.morphologyEx(
        mask, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach))
    )
    count, _, stats, _ = cv2.connectedComponentsWithStats(whole, connectivity=8)
    seals = []
    for x, y, word, h, area in stats[1:count].tolist():
        if (
            min(word, h) * 4 > 2.4 * line_height
            and max(word, h) < 4 * min(word, h)
            and area > 0.04 * word * h
            and word < 0.6 * mask.shape[1]
        ):
            seals.append((x * 4, y * 4, (x + word) * 4, (y + h) * 4))
    return Ink(sums, tuple(_outermost(seals)))


def _outermost(boxes: list[tuple[int, int, int, int]]) -> list[tuple[int, int, int, int]]:
    """Boxes that lie in no other: the star of a seal is part of it."""
    return [
        a
        for a in boxes
        if not any(
            box != a and box[0] <= a[0] and box[1] <= a[1] and box[2] >= a[2] and box[3] >= a[3]
            for box in boxes
        )
    ]


def without_seals(picture: Picture, seals: tuple[tuple[int, int, int, int], ...]) -> Picture:
    """The picture with its red channel alone, as grey, where seals stand; what is as light as their
    ink becomes paper.
    """
    if not seals:
        return picture
    out = picture.copy()
    for left, top, right, bottom in seals:
        red = picture[top:bottom, left:right, 2].astype(np.float32)
        light = max(float(np.percentile(red, 95)) * _INK, 1.0)
        out[top:bottom, left:right] = np.minimum(red * (255.0 / light), 255).astype(np.uint8)[
            :, :, None
        ]
    return out
