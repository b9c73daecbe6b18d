"""What the finder passed over: print that stands in no line, such as a single character in a wide
cell.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from extractors.engines.model import Picture, Quads
from extractors.pictures.ink import darkest
from extractors.pictures.rules import Rule

_MOST = 80  # blobs of a page; more of them are a pattern or a photograph, not print


def leftover(
    picture: Picture, quads: Quads, rules: tuple[Sequence[Rule], Sequence[Rule]], line_height: float
) -> Quads:
    """Boxes of print outside `quads` on a straightened picture: blobs about as high as a character,
    clear of rules.
    """
    height, width = picture.shape[:2]
    dark = darkest(picture)
    block = int(max(15, 1.6 * line_height)) | 1
    ink = cv2.adaptiveThreshold(
        dark, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, block, 24
    )
    for quad in quads:
        cv2.fillConvexPoly(ink, quad.round().astype(np.int32), 0)
    thick = max(3, round(0.12 * line_height)) | 1
    for x, top, bottom in rules[0]:
        cv2.line(ink, (round(x), round(top)), (round(x), round(bottom)), 0, thick)
    for y, left, right in rules[1]:
        cv2.line(ink, (round(left), round(y)), (round(right), round(y)), 0, thick)
    reach = max(3, round(0.22 * line_height)) | 1
    whole = cv2.morphologyEx(
        ink, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_RECT, (reach, reach))
    )
    count, _, stats, _ = cv2.connectedComponentsWithStats(whole, connectivity=8)
    found = []
    for x, y, word, h, area in stats[1:count].tolist():
        tall, full = 0.4 * line_height < h < 1.3 * line_height, area > 0.2 * word * h
        if (
            tall
            and full
            and 0.12 * line_height < word < 8 * line_height
            and x > 2
            and y > 2
            and x + word < width - 2
            and y + h < height - 2
        ):
            found.append((x, y, word, h))
    if len(found) > _MOST:
        return np.zeros((0, 4, 2), np.float32)
    margin = 0.18 * line_height
    boxes = [(x - margin, y - margin, x + word + margin, y + h + margin) for x, y, word, h in found]
    return np.array([[[a, b], [c, b], [c, d], [a, d]] for a, b, c, d in boxes], np.float32).reshape(
        -1, 4, 2
    )
