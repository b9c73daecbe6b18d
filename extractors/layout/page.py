"""A page as words and ruling lines, in points with the origin top left, before any meaning is read."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from extractors.engines.model import Glyph, Picture
from extractors.model import Box, Failure, Signal


@dataclass(slots=True)
class Word:
    """Characters between two gaps, on one baseline. `glyphs` where it was read from a picture."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    glyphs: tuple[Glyph, ...] = ()

    @property
    def mid(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def cx(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def height(self) -> float:
        return self.bottom - self.top


@dataclass(slots=True, eq=False)
class ReadLine:
    """A line of text on a picture: its pixels, every engine's reading of it, and the words that it
    became.
    """

    crop: Picture
    quad: npt.NDArray[np.float64]  # 4 x 2, points of the straightened page
    readings: dict[str, tuple[Glyph, ...]]
    glyphs: tuple[Glyph, ...]
    cuts: tuple[float, ...] = ()  # where words part, as fractions of the line's width
    words: list[Word] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Scan:
    """What was seen on a picture of a page.

    `onto` maps points of the straightened page to fractions of the picture as it came.
    """

    onto: npt.NDArray[np.float64]
    lines: list[ReadLine]
    codes: list[tuple[str, Box]] = field(default_factory=list)  # texts of QR codes
    failures: list[Failure] = field(default_factory=list)


@dataclass(slots=True)
class FontUse:
    """A font of a PDF page: its name, whether the file carries it, how many runs of text it draws,
    and the places of the first few.
    """

    name: str
    embedded: bool
    count: int
    places: list[tuple[float, float, float, float]]  # left, top, right, bottom in points


@dataclass(slots=True)
class Run:
    """A run of text of a PDF page: its place in points, its font (the same number for the same
    font), height of its type and colour.
    """

    place: tuple[float, float, float, float]  # left, top, right, bottom
    font: int
    size: float
    colour: int  # red, green, blue in eight bits each


@dataclass(slots=True)
class Page:
    """Words, ruling lines and pictures of one page.

    `vertical` holds (x, top, bottom), `horizontal` (y, left, right). On a sheet a cell is a word,
    placed by row and column. `invisible` is text that the page does not show. `scan` where the
    words come from a picture.
    """

    number: int
    width: float
    height: float
    words: list[Word]
    vertical: list[tuple[float, float, float]] = field(default_factory=list)
    horizontal: list[tuple[float, float, float]] = field(default_factory=list)
    picture_share: float = 0.0
    pictures: list[Box] = field(default_factory=list)  # where pictures stand on a PDF page
    invisible: str = ""
    fonts: list[FontUse] = field(default_factory=list)  # of a PDF page
    runs: list[Run] = field(default_factory=list)  # of a PDF page, in the order drawn
    covered: list[Word] = field(default_factory=list)  # words of it that lie under something opaque
    stamps: list[Word] = field(default_factory=list)  # words of stamps over its print
    is_sheet: bool = False
    title: str = ""
    scan: Scan | None = None
    known: dict[str, object] = field(default_factory=dict)  # lines and cells, worked out once
    turned: int = (
        0  # degrees clockwise from the frame of the words to the page as a viewer shows it
    )

    def box(self, x0: float, top: float, x1: float, bottom: float) -> Box:
        """A place on the page as fractions of what a viewer shows."""
        if self.scan is not None:
            corners = (
                np.array([[x0, top, 1], [x1, top, 1], [x1, bottom, 1], [x0, bottom, 1]])
                @ self.scan.onto.T
            )
            xs, ys = corners[:, 0] / corners[:, 2], corners[:, 1] / corners[:, 2]
            left, right, low, high = (
                float(v) for v in np.clip([xs.min(), xs.max(), ys.min(), ys.max()], 0.0, 1.0)
            )
            return Box(left, low, right, high)
        w, h = self.width or 1.0, self.height or 1.0
        left, low, right, high = (
            min(max(v, 0.0), 1.0) for v in (x0 / w, top / h, x1 / w, bottom / h)
        )
        return _turned(Box(left, low, right, high), self.turned)

    def box_of(self, words: list[Word]) -> Box:
        if not words:
            return self.box(0, 0, self.width, self.height)
        return self.box(
            min(w.x0 for w in words),
            min(w.top for w in words),
            max(w.x1 for w in words),
            max(w.bottom for w in words),
        )

    @property
    def is_picture(self) -> bool:
        """A page whose content is a picture: little or no visible text, and a picture over most of
        it.
        """
        if self.scan is not None:
            return False
        visible = sum(len(w.text) for w in self.words)
        return visible < 20 and (
            self.picture_share > 0.3 or (visible == 0 and bool(self.invisible))
        )

    @property
    def is_blank(self) -> bool:
        """A page on which nothing stands, such as the back of a scanned sheet."""
        complaint = self.scan is not None and bool(self.scan.failures)
        return not self.words and not self.is_picture and not complaint

    def digest(self) -> str:
        """SHA-256 of what the page says, places aside; equal for the same page saved twice."""
        return hashlib.sha256("\n".join(w.text for w in self.words).encode()).hexdigest()


@dataclass(slots=True)
class Raw:
    """Pages of one file and what was noticed while opening it."""

    kind: str
    pages: list[Page]
    notes: dict[str, str] = field(default_factory=dict)
    signals: list[Signal] = field(
        default_factory=list
    )  # about the file's making, each with its page


def _turned(box: Box, degrees: int) -> Box:
    """A box on a page that is turned clockwise by a multiple of 90 degrees."""
    left, top, right, bottom = box.left, box.top, box.right, box.bottom
    if degrees == 90:
        return Box(1 - bottom, left, 1 - top, right)
    if degrees == 180:
        return Box(1 - right, 1 - bottom, 1 - left, 1 - top)
    if degrees == 270:
        return Box(top, 1 - right, bottom, 1 - left)
    return box
