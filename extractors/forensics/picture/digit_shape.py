"""Digits of a shape that the page's other digits do not have: another font, though each digit alone
reads well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import cv2
import numpy as np
import numpy.typing as npt

from extractors.forensics.picture.print_places import Grey, Mark, Print, contrast
from extractors.layout.page import Page
from extractors.model import Signal

# Pixels that a digit's ink is brought to, its proportions kept
_TALL = 20
_WIDE = 18
_LEAST_WORDS = 5
_LEAST_DIGITS = 4
# Times the next figure's distance, and the least distance that is another shape
_APART = 1.2
_FAR = 0.40

Shape = npt.NDArray[np.float32]


def other_shape(page: Page, grey: Grey, found: Sequence[Print]) -> Iterator[Signal]:
    """One signal a figure: "1831115.56: 0.27; others at most 0.12". The distance is of each digit
    to the nearest same digit of another word, in spreads of its own ink.
    """
    figures = [each for each in found if each.is_figure]
    shapes = [
        [
            (mark.char, s)
            for mark in each.marks
            if mark.char.isdigit() and (s := _shape(mark, grey)) is not None
        ]
        for each in figures
    ]
    distances = [
        _distance(own, [s for j, other in enumerate(shapes) if j != i for s in other])
        for i, own in enumerate(shapes)
    ]
    known = [distance for distance in distances if distance is not None]
    if len(known) < _LEAST_WORDS:
        return
    first, second = sorted(known, reverse=True)[:2]
    if first > _FAR and first > _APART * second:
        word = figures[distances.index(first)].word
        yield Signal(
            kind="other_shape",
            detail=f"{word.text}: {first:.2f}; others at most {second:.2f}",
            page=page.number,
            box=page.box_of([word]),
        )


def _shape(mark: Mark, grey: Grey) -> Shape | None:
    """A digit's ink, brought to one size and contrast."""
    cell = mark.of(grey)
    strong = contrast(cell)
    if not strong:
        return None
    ink = cell < float(np.percentile(cell, 90)) - 0.4 * strong
    count, _, stats, middles = cv2.connectedComponentsWithStats(
        ink.astype(np.uint8), connectivity=8
    )
    tall = [key for key in range(1, count) if stats[key, 3] > 0.35 * cell.shape[0]]
    if not tall:
        return None
    best = min(tall, key=lambda k: abs(middles[k, 0] - cell.shape[1] / 2))
    x, y, w, h = (int(value) for value in stats[best, :4])
    if w < 2 or h < 6 or w > 1.2 * h:
        return None
    piece = cell[max(0, y - 1) : y + h + 1, max(0, x - 1) : x + w + 1]
    low, high = float(piece.min()), float(piece.max())
    small = cv2.resize(
        (high - piece) / max(high - low, 1.0),
        (max(2, round(piece.shape[1] * _TALL / piece.shape[0])), _TALL),
        interpolation=cv2.INTER_CUBIC,
    )
    frame = np.zeros((_TALL, _WIDE), np.float32)
    left = max(0, (_WIDE - small.shape[1]) // 2)
    frame[:, left : left + small.shape[1]] = small[:, :_WIDE]
    return np.asarray(cv2.GaussianBlur(frame, (0, 0), 1.0), np.float32)


def _distance(
    own: Sequence[tuple[str, Shape]], others: Sequence[tuple[str, Shape]]
) -> float | None:
    """Median over a word's digits of the distance to the nearest same digit elsewhere; None where
    too few are elsewhere.
    """
    out = []
    for char, shape in own:
        same = [s for c, s in others if c == char]
        if len(same) >= 2:
            stack, spread = np.stack(same), max(float(shape.std()), 0.05)
            shifted = (np.roll(shape, by, axis=1) for by in (-1, 0, 1))
            out.append(
                min(float(np.sqrt(np.mean((stack - s) ** 2, axis=(1, 2))).min()) for s in shifted)
                / spread
            )
    return float(np.median(out)) if len(out) >= _LEAST_DIGITS else None
