"""What an engine gives: lines of text as glyphs, each with its place, how sure it is, and what else
it may be.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

Picture = npt.NDArray[np.uint8]  # height x width x 3, blue-green-red
Quads = npt.NDArray[np.float32]  # n x 4 x 2, pixels: top left, top right, bottom right, bottom left


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character of a line.

    `at` is its middle as a fraction of the line's width, `sure` the engine's probability, `others`
    what else it may be. An empty `char` is a place where the engine read nothing but saw the chance
    of one of `others`.
    """

    char: str
    sure: float
    at: float
    others: tuple[tuple[str, float], ...] = ()


class LineFinder(Protocol):
    """Finds the lines of text on a picture."""

    def find(self, picture: Picture) -> Quads: ...


class LineReader(Protocol):
    """Reads pictures of single upright lines."""

    name: str

    def read(self, lines: Sequence[Picture]) -> list[tuple[Glyph, ...]]: ...


class CellReader(Protocol):
    """Reads pictures of single amounts; an empty text where it reads none."""

    name: str

    def amounts(self, cells: Sequence[Picture]) -> list[str]: ...


@dataclass(frozen=True, slots=True)
class Engines:
    """The cascade: one finder, a quick first reader, a careful second one, and one of another make
    for disputed amounts.
    """

    finder: LineFinder
    first: LineReader
    careful: LineReader
    cells: CellReader | None = None

    @property
    def names(self) -> dict[str, str]:
        """Name and version of each engine, for the report."""
        out = {"first": self.first.name, "careful": self.careful.name}
        return out | ({"cells": self.cells.name} if self.cells else {})


def text_of(glyphs: Sequence[Glyph]) -> str:
    return "".join(glyph.char for glyph in glyphs)


def least_sure(glyphs: Sequence[Glyph]) -> float:
    """Probability of the weakest glyph; 0 for no glyph."""
    return min((glyph.sure for glyph in glyphs), default=0.0)
