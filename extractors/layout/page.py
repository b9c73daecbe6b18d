"""A page as words and ruling lines, in points with the origin top left, before any meaning is read."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from extractors.model import Box


@dataclass(slots=True)
class Word:
    """Characters between two gaps, on one baseline."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def mid(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def cx(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def height(self) -> float:
        return self.bottom - self.top


@dataclass(slots=True)
class Page:
    """Words, ruling lines and pictures of one page.

    `vertical` holds (x, top, bottom), `horizontal` (y, left, right). On a sheet a cell is a word, placed by row and column.
    `invisible` is text that the page does not show.
    """

    number: int
    width: float
    height: float
    words: list[Word]
    vertical: list[tuple[float, float, float]] = field(default_factory=list)
    horizontal: list[tuple[float, float, float]] = field(default_factory=list)
    picture_share: float = 0.0
    invisible: str = ""
    is_sheet: bool = False
    title: str = ""
    known: dict[str, object] = field(default_factory=dict)  # lines and cells, worked out once

    def box(self, x0: float, top: float, x1: float, bottom: float) -> Box:
        w, h = self.width or 1.0, self.height or 1.0
        return Box(min(max(x0 / w, 0.0), 1.0), min(max(top / h, 0.0), 1.0), min(max(x1 / w, 0.0), 1.0), min(max(bottom / h, 0.0), 1.0))

    def box_of(self, words: list[Word]) -> Box:
        if not words:
            return self.box(0, 0, self.width, self.height)
        return self.box(min(w.x0 for w in words), min(w.top for w in words), max(w.x1 for w in words), max(w.bottom for w in words))

    @property
    def is_picture(self) -> bool:
        """A page whose content is a picture: little or no visible text, and a picture over most of it."""
        visible = sum(len(w.text) for w in self.words)
        return visible < 20 and (self.picture_share > 0.3 or (visible == 0 and bool(self.invisible)))

    def digest(self) -> str:
        """SHA-256 of what the page says, places aside; equal for the same page saved twice."""
        return hashlib.sha256("\n".join(w.text for w in self.words).encode()).hexdigest()


@dataclass(slots=True)
class Raw:
    """Pages of one file and what was noticed while opening it."""

    kind: str
    pages: list[Page]
    notes: dict[str, str] = field(default_factory=dict)
