"""How a paper lies on a picture: which side is up, and the turn and perspective that make its lines
straight.

Text lines and ruling lines say where horizontal and vertical point; a plane seen by a camera is one
homography of the paper (Hartley and Zisserman, Multiple View Geometry, chapter 2), found by least
squares on the directions of those lines.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from extractors.engines.model import Picture, Quads

Floats = npt.NDArray[np.float64]
_TILT = np.tan(np.radians(16.0))  # a segment within this of an axis belongs to it


@dataclass(frozen=True, slots=True)
class Segments:
    """Straight strokes: ends (n x 2 x 2, pixels) and whether each is meant to be upright."""

    ends: Floats
    upright: npt.NDArray[np.bool_]


def lies_sideways(quads: Quads) -> bool:
    """Whether most lines of text are taller than wide; single characters say nothing."""
    if not len(quads):
        return False
    wide = np.linalg.norm(quads[:, 1] - quads[:, 0], axis=1)
    high = np.linalg.norm(quads[:, 3] - quads[:, 0], axis=1)
    tall, flat = (high > 2 * wide), (wide > 2 * high)
    return bool(high[tall].sum() > 1.5 * wide[flat].sum())


def leaning(quads: Quads) -> float:
    """Degrees by which lines of text fall to the right."""
    wide, high = (
        np.linalg.norm(quads[:, 1] - quads[:, 0], axis=1),
        np.linalg.norm(quads[:, 3] - quads[:, 0], axis=1),
    )
    long = quads[wide > 4 * high]
    if not len(long):
        return 0.0
    step = (long[:, 1] - long[:, 0]).astype(np.float64)
    return float(
        np.degrees(
            _weighted_median(
                np.arctan2(step[:, 1], step[:, 0]), wide[wide > 4 * high].astype(np.float64)
            )
        )
    )


def level(picture: Picture, degrees: float) -> tuple[Picture, Floats]:
    """The picture turned back by an angle, nothing cut off, and the matrix from its pixels to those
    of the turned one.
    """
    height, width = picture.shape[:2]
    matrix = np.vstack([cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0), [0, 0, 1]])
    corners = through(
        matrix, np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float64)
    )
    low, high = corners.min(axis=0), corners.max(axis=0)
    matrix[:2, 2] -= low
    size = (round(float(high[0] - low[0])), round(float(high[1] - low[1])))
    turned = cv2.warpAffine(
        picture, matrix[:2], size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(turned, np.uint8), np.asarray(matrix, np.float64)


def homography(picture: Picture, quads: Quads) -> Floats:
    """3 x 3 matrix from pixels of the picture to pixels of the straightened one; the middle of the
    picture stays where it is.
    """
    height, width = picture.shape[:2]
    found = _segments(picture, quads)
    centre, size = np.array([width / 2, height / 2]), float(max(width, height))
    ends = (found.ends - centre) / size
    if not len(ends):
        return np.eye(3)
    values = _fit(ends, found.upright)
    inner = _matrix(values)
    into = np.array([[1 / size, 0, -centre[0] / size], [0, 1 / size, -centre[1] / size], [0, 0, 1]])
    matrix: Floats = np.linalg.inv(into) @ inner @ into
    return np.asarray(matrix / matrix[2, 2])


def _segments(picture: Picture, quads: Quads) -> Segments:
    height, width = picture.shape[:2]
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    half = cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    found = cv2.createLineSegmentDetector(cv2.LSD_REFINE_NONE).detect(half)[0]
    strokes = (
        np.zeros((0, 2, 2))
        if found is None
        else np.asarray(found, np.float64).reshape(-1, 2, 2) * 2
    )
    length = np.linalg.norm(strokes[:, 1] - strokes[:, 0], axis=1)
    strokes = strokes[length > 0.06 * max(height, width)]
    if len(quads):
        text = np.asarray(quads, np.float64)
        wide, high = (
            np.linalg.norm(text[:, 1] - text[:, 0], axis=1),
            np.linalg.norm(text[:, 3] - text[:, 0], axis=1),
        )
        ends = np.stack([(text[:, 0] + text[:, 3]) / 2, (text[:, 1] + text[:, 2]) / 2], axis=1)
        strokes = np.concatenate(
            [strokes, ends[wide > 4 * high], _edges_of_columns(ends, float(np.median(high)))]
        )
    run, rise = (
        np.abs(strokes[:, 1, 0] - strokes[:, 0, 0]),
        np.abs(strokes[:, 1, 1] - strokes[:, 0, 1]),
    )
    flat, steep = rise < _TILT * run, run < _TILT * rise
    keep = flat | steep
    return Segments(strokes[keep], steep[keep])


def _edges_of_columns(ends: Floats, line_height: float) -> Floats:
    """Strokes from the start (or end) of one line of text to that of another below it, where many
    of them point the same way.

    Columns of a table without rules are set flush left or right, so their edges point down the
    paper.
    """
    out = []
    for side in (0, 1):
        point = ends[:, side]
        step = point[None, :, :] - point[:, None, :]
        near = (
            (step[..., 1] > 3 * line_height)
            & (step[..., 1] < 24 * line_height)
            & (np.abs(step[..., 0]) < _TILT * step[..., 1])
        )
        upper, lower = np.nonzero(near)
        if len(upper) < 12:
            continue
        lean = np.degrees(np.arctan2(step[upper, lower, 0], step[upper, lower, 1]))
        bins = np.floor((lean + 20) / 0.5).astype(int)
        zone = np.minimum(
            (point[upper, 0] / max(float(np.ptp(point[:, 0])), 1.0) * 3).astype(int), 3
        )
        for part in range(4):
            own = zone == part
            count = np.bincount(bins[own], minlength=82)
            peak = int(np.convolve(count, [1, 1, 1], "same").argmax())
            usual = float(np.median(count[count > 0])) if own.any() else 0.0
            if own.any() and count[peak] > max(6.0, 3 * usual):
                keep = own & (np.abs(bins - peak) <= 1)
                pairs = np.flatnonzero(keep)[:: max(1, int(keep.sum()) // 60)]
                out.append(np.stack([point[upper[pairs]], point[lower[pairs]]], axis=1))
    return np.concatenate(out) if out else np.zeros((0, 2, 2))


def _matrix(v: Floats) -> Floats:
    turn, slant, across, down = v
    c, s = np.cos(turn), np.sin(turn)
    rotate = np.array([[c, s, 0], [-s, c, 0], [0, 0, 1]])
    shear = np.array([[1, slant, 0], [0, 1, 0], [0, 0, 1]])
    lens = np.array([[1, 0, 0], [0, 1, 0], [across, down, 1]])
    return np.asarray(lens @ shear @ rotate)


def _residual(v: Floats, ends: Floats, upright: npt.NDArray[np.bool_]) -> Floats:
    """How far each stroke's direction is from its axis once straightened (tangent of the angle)."""
    matrix = _matrix(v)
    points = np.concatenate([ends, np.ones((*ends.shape[:2], 1))], axis=2) @ matrix.T
    flat = points[:, :, :2] / np.maximum(points[:, :, 2:], 1e-6)
    step = flat[:, 1] - flat[:, 0]
    along = np.where(upright, step[:, 1], step[:, 0])
    across = np.where(upright, step[:, 0], step[:, 1])
    return np.asarray(across / np.where(np.abs(along) < 1e-9, 1e-9, along))


def _fit(ends: Floats, upright: npt.NDArray[np.bool_]) -> Floats:
    """Gauss-Newton with Cauchy weights.

    Where no stroke stands upright, slant and perspective across stay near none.
    """
    length = np.linalg.norm(ends[:, 1] - ends[:, 0], axis=1)
    value = np.zeros(4)
    run = ends[:, 1] - ends[:, 0]
    angles = np.where(upright, np.arctan2(-run[:, 0], run[:, 1]), np.arctan2(run[:, 1], run[:, 0]))
    value[0] = _weighted_median((angles + np.pi / 2) % np.pi - np.pi / 2, length)
    calm = np.array([0.0, 0.02, 0.02, 0.02])
    for scale in (0.1, 0.1, 0.06, 0.04, 0.02, 0.012, 0.008, 0.008, 0.008, 0.008):
        error = _residual(value, ends, upright)
        weight = length / (1 + (error / scale) ** 2)
        slope = np.stack(
            [(_residual(value + d, ends, upright) - error) / 1e-5 for d in np.eye(4) * 1e-5], axis=1
        )
        left = (slope * weight[:, None]).T @ slope + np.diag(calm + 1e-9)
        step = np.linalg.solve(left, (slope * weight[:, None]).T @ error + calm * value)
        value = value - step
        value[1:] = np.clip(value[1:], -0.3, 0.3)
    return value


def _weighted_median(values: Floats, weights: Floats) -> float:
    order = np.argsort(values)
    total = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(total, total[-1] / 2)])


def through(matrix: Floats, points: npt.NDArray[np.floating]) -> Floats:
    """Points (… x 2) through a homography."""
    shape = points.shape
    flat = (
        np.concatenate([points.reshape(-1, 2), np.ones((points.size // 2, 1))], axis=1) @ matrix.T
    )
    return np.asarray((flat[:, :2] / flat[:, 2:]).reshape(shape))
