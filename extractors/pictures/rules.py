"""Ruling lines of a straightened picture: long thin strokes, whatever their colour."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from extractors.engines.model import Picture
from extractors.pictures.ink import darkest

Rule = tuple[float, float, float]  # place across, start, end; pixels
_FLAT, _UPRIGHT, _THICK = (
    2.2,
    1.5,
    0.35,
)  # in heights of a text line: shortest rule of each kind, and how thick one may be

_STRENGTH = 0.2  # of the contrast of print that a rule has at least
_LONELY, _FEW = (
    0.15,
    20,
)  # share of the page's height that a rule without a table spans at least, and how many such there may be


def find_rules(picture: Picture, line_height: float) -> tuple[list[Rule], list[Rule]]:
    """Vertical rules (x, top, bottom) and horizontal ones (y, left, right).

    `line_height` in pixels tells rules from strokes of letters.
    """
    dark = darkest(
        picture
    )  # the darkest colour channel: red, blue and golden rules are dark in one of them
    block = int(max(15, 1.6 * line_height)) | 1
    ink = cv2.adaptiveThreshold(
        dark, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, block, 9
    )
    flat = _strokes(ink, max(24, int(_FLAT * line_height)), line_height, upright=False)
    steep = _strokes(ink, max(20, int(_UPRIGHT * line_height)), line_height, upright=True)
    flat, steep = _strong(flat, dark, upright=False), _strong(steep, dark, upright=True)
    flat, steep = _join(flat, 1.5 * line_height), _join(steep, 1.5 * line_height)
    steep = _of_tables(_snap(steep, flat, line_height), flat, picture.shape[0])
    return steep, _snap(flat, steep, line_height)


def _strong(rules: list[Rule], dark: npt.NDArray[np.uint8], *, upright: bool) -> list[Rule]:
    """Rules that stand out from their paper as print does, if fainter; not the pattern of tinted
    paper.
    """
    image = dark if upright else dark.T
    print_ = float(np.percentile(dark[::4, ::4], 70)) - float(np.percentile(dark[::4, ::4], 0.5))
    out = []
    for rule in rules:
        at, start, end = round(rule[0]), int(rule[1]), int(rule[2])
        strip = image[start:end, max(0, at - 8) : at + 9].astype(np.float32)
        if (
            strip.size
            and float(np.median(strip.max(axis=1)) - np.median(strip.min(axis=1)))
            > _STRENGTH * print_
        ):
            out.append(rule)
    return out


def _of_tables(steep: list[Rule], flat: list[Rule], height: int) -> list[Rule]:
    """Upright rules that stand between level ones, and long ones where they are few: the rest is a
    pattern of the paper.
    """

    def met(rule: Rule) -> int:
        return sum(
            1
            for y, left, right in flat
            if left - 3 <= rule[0] <= right + 3 and rule[1] - 3 <= y <= rule[2] + 3
        )

    lonely = [r for r in steep if met(r) < 2]
    kept = [r for r in lonely if r[2] - r[1] > _LONELY * height]
    return sorted([r for r in steep if met(r) >= 2] + (kept if len(kept) <= _FEW else []))


def _strokes(
    ink: npt.NDArray[np.uint8], length: int, line_height: float, *, upright: bool
) -> list[Rule]:
    across, along = ((3, 1), (1, length)) if upright else ((1, 3), (length, 1))
    thick = cv2.dilate(ink, cv2.getStructuringElement(cv2.MORPH_RECT, across))
    runs = cv2.morphologyEx(thick, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, along))
    count, _, stats, _ = cv2.connectedComponentsWithStats(runs, connectivity=8)
    out = []
    for x, y, word, h, area in stats[1:count].tolist():
        long, wide = (h, word) if upright else (word, h)
        if area <= (max(3.0, _THICK * line_height) + 3) * long and wide <= max(
            6.0, 0.02 * long + _THICK * line_height + 3
        ):
            out.append(
                (x + word / 2, float(y), float(y + h))
                if upright
                else (y + h / 2, float(x), float(x + word))
            )
    return out


def _join(rules: list[Rule], gap: float) -> list[Rule]:
    """Pieces of one rule, cut by text or noise, made whole."""
    out: list[list[float]] = []
    for at, start, end in sorted(rules, key=lambda r: r[1]):
        for other in out:
            if abs(other[0] - at) <= 3.5 and start - other[2] <= gap:
                share = (end - start) / max(end - start + other[2] - other[1], 1.0)
                other[0] += (at - other[0]) * share
                other[2] = max(other[2], end)
                break
        else:
            out.append([at, start, end])
    return sorted((r[0], r[1], r[2]) for r in out)


def _snap(rules: list[Rule], crossing: list[Rule], line_height: float) -> list[Rule]:
    """Ends drawn out to the crossing rule that they nearly reach, so that cells close."""
    out = []
    for at, start, end in rules:
        near = [
            c[0] for c in crossing if c[1] - 0.6 * line_height <= at <= c[2] + 0.6 * line_height
        ]
        first = [c for c in near if abs(c - start) <= 0.8 * line_height]
        last = [c for c in near if abs(c - end) <= 0.8 * line_height]
        out.append((at, min([start, *first]), max([end, *last])))
    return out
