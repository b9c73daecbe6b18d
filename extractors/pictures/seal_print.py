"""Round seals: the print along the ring as a compact description, how alike two of them are, and
the ring laid out as a line of text.

The outer ring is fitted as an ellipse (a photo's circle) and the band where a firm's name stands
unrolled to polar coordinates. The description keeps one bit a spot, and a second where dark print
covers the seal. A stamp that was turned is a description that was shifted: two are compared at the
best shift, by the sector that agrees least, since names of firms in one town often differ in one
character.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
import numpy.typing as npt

from extractors.engines.model import Picture

Field = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]
Edges = tuple[int, int, int, int]  # left, top, right, bottom, in pixels

_DOWN, _ROUND = 20, 240  # spots across the band and around it
_INNER, _OUTER = 0.56, 0.885  # of the ring's radius: where a name stands, the ring itself left out
_LEAST_RADIUS = 48.0  # pixels below which the strokes of a name run together
_ROUNDEST = 0.80  # short axis to long: what is flatter is an oval seal
_INKED = 0.45  # of a seal's strongest red is where its ring ends
_ON_RING, _LEAST_ON_RING = (
    0.035,
    0.72,
)  # of the radius that a point of the ring may be off, and share of all directions that show it
_DARK = 0.55  # of the paper's brightness in red: darker is print over the seal
_STROKE, _STROKE_LEAST = 0.03, 0.2  # more red than around it, and red at all: a stroke
_LEAST_INK, _MOST_INK = 0.06, 0.5  # share of the band that a name inks
_SECTOR = 16  # spots around: one character of a long name
_LEAST_KNOWN, _LEAST_STROKES, _LEAST_COMPARED = (
    0.4,
    0.10,
    0.85,
)  # of a sector free of print and inked; of all inked sectors
_TALL = 48  # pixels of the ring laid out as a line
_LINE = (0.54, 0.93)


@dataclass(frozen=True, slots=True)
class Ring:
    """A seal's ring on a picture: its middle, the matrix that makes the unit circle its outer edge,
    and redness and dark print around it.
    """

    middle: npt.NDArray[np.float64]
    shape: npt.NDArray[np.float64]
    red: Field
    dark: Field

    def unrolled(
        self, of: Field, down: npt.NDArray[np.float64], around: npt.NDArray[np.float64]
    ) -> Field:
        """`of` at shares of the radius (rows) and angles (columns, clockwise)."""
        unit = np.stack([np.outer(down, np.cos(around)), np.outer(down, np.sin(around))])
        x, y = (np.tensordot(self.shape, unit, axes=(1, 0)) + self.middle[:, None, None]).astype(
            np.float32
        )
        return np.asarray(cv2.remap(of, x, y, cv2.INTER_LINEAR), np.float32)


@dataclass(frozen=True, slots=True)
class SealPrint:
    """The band of a round seal: `ink` where a stroke is, `known` False under dark print."""

    ink: Mask
    known: Mask

    @property
    def text(self) -> str:
        """As one line that `seal_print_of` reads."""
        return base64.b64encode(
            np.packbits(np.concatenate([self.ink.ravel(), self.known.ravel()])).tobytes()
        ).decode()


@lru_cache(maxsize=4096)
def seal_print_of(text: str) -> SealPrint | None:
    """The description that `text` writes out; None for anything else."""
    try:
        raw = np.frombuffer(base64.b64decode(text, validate=True), np.uint8)
    except ValueError:
        return None
    if raw.size * 8 != 2 * _DOWN * _ROUND:
        return None
    ink, known = np.unpackbits(raw).reshape(2, _DOWN, _ROUND).astype(bool)
    return SealPrint(ink, known)


def find_ring(picture: Picture, seal: Edges) -> Ring | None:
    """The ring of the seal within a box of a picture; None where it is not round, too small, or too
    much of it is missing.
    """
    left, top, right, bottom = seal
    margin = round(0.06 * max(right - left, bottom - top)) + 3
    piece = picture[
        max(0, top - margin) : bottom + margin, max(0, left - margin) : right + margin
    ].astype(np.float32)
    if min(piece.shape[:2]) < 2 * _LEAST_RADIUS:
        return None
    blue, green, red = cv2.split(piece)
    depth = np.maximum(red - np.maximum(green, blue), 0)
    strong = float(np.percentile(depth, 97))
    if strong < 24:
        return None
    depth = np.minimum(depth / strong, 1.2).astype(np.float32)
    fitted = _fitted(depth)
    dark = (red < _DARK * float(np.percentile(red, 80))).astype(np.float32)
    return Ring(*fitted, depth, cv2.dilate(dark, np.ones((3, 3)))) if fitted else None


def _fitted(depth: Field) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]] | None:
    """Middle and shape of the ring: a first look from the box's middle, then two near the ring as
    last fitted.
    """
    height, width = depth.shape
    middle, shape = np.array([width / 2, height / 2]), None
    share = 0.0
    for _ in range(3):
        reach = int(max(height, width) * 0.62)
        how = cv2.WARP_POLAR_LINEAR | cv2.WARP_FILL_OUTLIERS
        outer = _outermost(
            cv2.warpPolar(depth, (reach, 360), (float(middle[0]), float(middle[1])), reach, how),
            shape,
        )
        angles = np.radians(np.flatnonzero(outer > 0))
        if len(angles) < 180:
            return None
        points = middle + outer[outer > 0, None] * np.column_stack([np.cos(angles), np.sin(angles)])
        found = _ellipse(points)
        if found is None:
            return None
        middle, shape, share = found
    return (middle, shape) if shape is not None and share >= _LEAST_ON_RING else None


def _ellipse(
    points: npt.NDArray[np.float64],
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64], float] | None:
    """The ellipse through most points, strays dropped: middle, shape, and share of 360 directions
    on it.
    """
    middle, shape, far = np.zeros(2), np.eye(2), np.zeros(len(points))
    for _ in range(3):
        (x, y), axes, turn = cv2.fitEllipse(points.astype(np.float32))
        if (
            not np.isfinite([x, y, *axes]).all()
            or min(axes) < 2 * _LEAST_RADIUS
            or min(axes) < _ROUNDEST * max(axes)
        ):
            return None
        c, s = np.cos(np.radians(turn)), np.sin(np.radians(turn))
        spin = np.array([[c, -s], [s, c]])
        middle, shape = np.array([x, y]), spin @ np.diag([axes[0] / 2, axes[1] / 2]) @ spin.T
        far = np.abs(np.linalg.norm((points - middle) @ np.linalg.inv(shape), axis=1) - 1)
        close = far < max(_ON_RING, 2 * float(np.median(far)))
        if close.sum() < 60:
            return None
        points, far = points[close], far[close]
    return middle, shape, float((far < _ON_RING).sum()) / 360


def _outermost(polar: Field, shape: npt.NDArray[np.float64] | None) -> npt.NDArray[np.float64]:
    """For each direction how far out the last ink is (near the ring, where one was fitted), to part
    of a pixel; 0 where there is none.
    """
    inked = polar > _INKED
    if shape is not None:
        angles = np.radians(np.arange(360))
        near = 1 / np.linalg.norm(
            np.column_stack([np.cos(angles), np.sin(angles)]) @ np.linalg.inv(shape), axis=1
        )
        inked &= np.abs(np.arange(polar.shape[1])[None, :] - near[:, None]) < 0.12 * near[:, None]
    rows = inked.any(axis=1)
    last = np.where(rows, polar.shape[1] - 1 - inked[:, ::-1].argmax(axis=1), 0)
    inner, at = np.minimum(last, polar.shape[1] - 2), np.arange(len(polar))
    a, b = polar[at, inner], polar[at, inner + 1]
    return np.asarray(
        np.where(rows, last + np.clip((a - _INKED) / np.maximum(a - b, 1e-3), 0, 1), 0.0)
    )


def describe(ring: Ring) -> SealPrint | None:
    """The description of a ring's band; None where no name stands on it."""
    down, around = (
        np.linspace(_INNER, _OUTER, 2 * _DOWN),
        np.linspace(0, 2 * np.pi, 2 * _ROUND, endpoint=False),
    )
    red, cover = (
        cv2.resize(ring.unrolled(f, down, around), (_ROUND, _DOWN), interpolation=cv2.INTER_AREA)
        for f in (ring.red, ring.dark)
    )
    red = np.minimum(red, 1.2)
    ink, known = (red - _blurred(red, 3.5) > _STROKE) & (red > _STROKE_LEAST), cover < 0.3
    share = float(ink[known].mean()) if known.any() else 0.0
    return SealPrint(ink, known) if _LEAST_INK < share < _MOST_INK else None


def laid_out(ring: Ring) -> Picture:
    """The ring as one level line, dark on white, cut where it is emptiest, for a reader of lines."""
    low, high = _LINE
    wide = round(_TALL * 2 * np.pi * (low + high) / 2 / (high - low))
    ink = ring.unrolled(
        ring.red, np.linspace(high, low, _TALL), np.linspace(0, 2 * np.pi, wide, endpoint=False)
    )
    columns = (ink[6:-6] > _INKED).sum(axis=0).astype(float)
    gap = wide // 6
    start = (
        int(np.convolve(np.concatenate([columns, columns]), np.ones(gap), "valid")[:wide].argmin())
        + gap // 2
    )
    line = np.clip(255 - 255 * np.roll(ink, -start, axis=1), 0, 255).astype(np.uint8)
    return np.repeat(line[:, :, None], 3, axis=2)


def _blurred(band: Field, sigma: float) -> Field:
    """Softened; around the ring it closes."""
    edge = 16
    return np.asarray(
        cv2.GaussianBlur(
            np.concatenate([band[:, -edge:], band, band[:, :edge]], axis=1), (0, 0), sigma
        )[:, edge:-edge]
    )


def likeness(a: SealPrint, b: SealPrint) -> float:
    """How well the sector of two seals agrees that agrees least, -1 to 1, at their best turn; -1
    where print hides too much of one.
    """
    one, other = _strokes(a), _strokes(b)
    product = np.fft.irfft(
        np.fft.rfft(one, axis=1) * np.conj(np.fft.rfft(other, axis=1)), n=_ROUND, axis=1
    ).sum(axis=0)
    turn = int(product.argmax())
    other, ink, known = (
        np.roll(other, turn, axis=1),
        np.roll(b.ink, turn, axis=1),
        np.roll(b.known, turn, axis=1),
    )
    inked = np.maximum(_in_sectors(a.ink), _in_sectors(ink)) > _LEAST_STROKES * _DOWN * _SECTOR
    seen = inked & (_in_sectors(a.known & known) >= _LEAST_KNOWN * _DOWN * _SECTOR)
    if not seen.any() or seen.sum() < _LEAST_COMPARED * inked.sum():
        return -1.0
    shifts = [
        (down, by) for down in (-1, 0, 1) for by in (-2, -1, 0, 1, 2)
    ]  # rings are fitted to a pixel and no better
    best = np.max(
        [
            _agreement(
                one,
                np.roll(other, shift, axis=(0, 1)),
                a.known & np.roll(known, shift, axis=(0, 1)),
            )
            for shift in shifts
        ],
        axis=0,
    )
    return float(best[seen].min())


def _strokes(of: SealPrint) -> Field:
    """Ink as a softened field without what all its row has in common; 0 where print hides it."""
    soft = _blurred(of.ink.astype(np.float32), 0.7)
    seen = np.maximum(of.known.sum(axis=1, keepdims=True), 1)
    return np.asarray(
        np.where(of.known, soft - (soft * of.known).sum(axis=1, keepdims=True) / seen, 0),
        np.float32,
    )


def _in_sectors(of: npt.NDArray[np.generic]) -> npt.NDArray[np.float64]:
    """Sums over each sector, by where it begins."""
    columns = of.astype(np.float64).sum(axis=0)
    sums = np.concatenate([[0.0], np.concatenate([columns, columns[:_SECTOR]]).cumsum()])
    return np.asarray((sums[_SECTOR:] - sums[:-_SECTOR])[:_ROUND])


def _agreement(one: Field, other: Field, known: Mask) -> npt.NDArray[np.float64]:
    """Correlation in each sector over the spots that both show."""
    p, q, count = one * known, other * known, np.maximum(_in_sectors(known), 1)
    sum_p, sum_q = _in_sectors(p), _in_sectors(q)
    spread = (_in_sectors(p * p) - sum_p**2 / count) * (_in_sectors(q * q) - sum_q**2 / count)
    return np.asarray(
        (_in_sectors(p * q) - sum_p * sum_q / count) / np.sqrt(np.maximum(spread, 1e-9))
    )
