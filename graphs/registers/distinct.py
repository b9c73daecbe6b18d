"""Columns kept as their distinct values, so that what is read of a value is read once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt

from graphs.kernels.arrays import Ints

Flags = npt.NDArray[np.bool_]
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Column(Generic[Value]):
    """Distinct values, and the place among them of each row's value."""

    values: Sequence[Value]
    codes: Ints

    def __getitem__(self, row: int) -> Value:
        return self.values[int(self.codes[row])]

    def is_such(self, test: Callable[[Value], object]) -> Flags:
        """For each row whether its value passes a test."""
        passed = np.fromiter((bool(test(value)) for value in self.values), bool, len(self.values))
        return np.asarray(passed[self.codes], bool)

    def tells_all_apart(self) -> bool:
        """Whether no two rows hold the same value."""
        rows = len(self.codes)
        return len(self.values) >= rows and len(np.unique(self.codes)) == rows

    def taken(self, rows: npt.NDArray[np.integer]) -> Column[Value]:
        """The same column of some rows only."""
        return Column(self.values, self.codes[rows])


def empty_column(rows: int) -> Column[str]:
    """A column that the table does not have."""
    return Column(("",), np.zeros(rows, np.int32))


def paired(first: Column[str], second: Column[str]) -> Column[tuple[str, str]]:
    """Two columns as one of pairs: what is read of both cells together is read once."""
    width = len(second.values)
    pairs, codes = np.unique(
        first.codes.astype(np.int64) * width + second.codes, return_inverse=True
    )
    values = [(first.values[pair // width], second.values[pair % width]) for pair in pairs.tolist()]
    return Column(values, codes.astype(np.int32))
