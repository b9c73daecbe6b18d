"""The cells below a head row by column: each distinct text once, so that a ledger of a million rows
is read in the time of its distinct texts.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np
import numpy.typing as npt

from graphs.kernels.arrays import Ints
from graphs.registers.delimited import TextRow
from graphs.registers.distinct import Column, Flags

_BLOCK = 10_000  # rows that are turned into columns at a time, so that few are in memory twice


@dataclass(frozen=True, slots=True)
class Cells:
    """Rows that hold anything, with the number of each in its file, under `width` columns."""

    numbers: Ints
    columns: tuple[Column[str], ...]
    is_torn: Flags  # rows with a quotation mark that is never closed
    has_more: Flags  # rows with a text beyond the last column
    longest: Ints  # characters of the longest cell of each row

    def __len__(self) -> int:
        return len(self.numbers)

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Rows one by one with their numbers: for tables that are not long."""
        for row, number in enumerate(self.numbers.tolist()):
            yield number, [column[row] for column in self.columns]

    def taken(self, rows: npt.NDArray[np.integer]) -> Cells:
        """Some rows only."""
        return Cells(
            self.numbers[rows],
            tuple(column.taken(rows) for column in self.columns),
            self.is_torn[rows],
            self.has_more[rows],
            self.longest[rows],
        )

    def repeated(self) -> list[int]:
        """The numbers of rows that repeat an earlier one in every cell."""
        if any(column.tells_all_apart() for column in self.columns):
            return []  # some column tells every row from every other
        key = np.zeros(len(self), np.int64)
        for column in self.columns:
            _, key = np.unique(key * len(column.values) + column.codes, return_inverse=True)
        _, first = np.unique(key, return_index=True)
        is_first = np.zeros(len(self), bool)
        is_first[first] = True
        repeated: list[int] = self.numbers[~is_first].tolist()
        return repeated


def gathered(rows: Iterable[TextRow], width: int) -> Cells:
    """The cells of all rows that are not blank; a missing cell is an empty one."""
    distinct = [_Distinct() for _ in range(width)]
    numbers, beyond = array("i"), array("i")
    torn = bytearray()
    source = iter(rows)
    while block := list(islice(source, _BLOCK)):
        numbers.extend([row.number for row in block])
        torn.extend([row.is_torn for row in block])
        beyond.extend([_longest_beyond(row.cells, width) for row in block])
        padded = [_of_width(row.cells, width) for row in block]
        for column, cells in zip(distinct, zip(*padded, strict=True), strict=True):
            column.add(cells)
    columns = tuple(column.stripped() for column in distinct)
    surplus = np.array(beyond, np.int32)
    found = Cells(
        np.array(numbers, np.int32),
        columns,
        np.frombuffer(bytes(torn), bool),
        surplus > 0,
        _longest(columns, surplus),
    )
    is_blank = ~found.has_more
    for own in columns:
        is_blank &= ~own.is_such(bool)
    return found.taken(np.flatnonzero(~is_blank)) if is_blank.any() else found


def _longest_beyond(cells: list[str], width: int) -> int:
    """Characters of the longest text beyond the last column."""
    if len(cells) <= width:
        return 0
    return max(len(cell.strip()) for cell in cells[width:])


class _Distinct:
    """The texts of a column as they come; equal texts get one number."""

    def __init__(self) -> None:
        self._texts: defaultdict[str, int] = defaultdict()
        self._texts.default_factory = self._texts.__len__
        self._codes = array("i")

    def add(self, cells: Iterable[str]) -> None:
        self._codes.extend(map(self._texts.__getitem__, cells))

    def stripped(self) -> Column[str]:
        """The column without blanks at the ends of its texts."""
        texts = tuple(self._texts)
        codes = np.array(self._codes, np.int32)
        stripped = tuple(map(str.strip, texts))
        if stripped == texts:
            return Column(texts, codes)
        known: dict[str, int] = {}
        place = [known.setdefault(text, len(known)) for text in stripped]
        return Column(tuple(known), np.array(place, np.int32)[codes])


def _of_width(cells: list[str], width: int) -> list[str]:
    if len(cells) == width:
        return cells
    return [*cells[:width], *[""] * (width - len(cells))]


def _longest(columns: tuple[Column[str], ...], beyond: Ints) -> Ints:
    """Characters of the longest cell of each row."""
    found = beyond
    for column in columns:
        lengths = np.fromiter(map(len, column.values), np.int32, len(column.values))
        found = np.maximum(found, lengths[column.codes])
    return found
