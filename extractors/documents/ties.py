"""Ties between the figures of one document: sums and chains that hold when it is right and rightly
read.

A tie that fails says only that something is off. The picture of the cell tells whether a digit was
misread or changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extractors.documents.parts import Parts
from extractors.model import Box
from extractors.values.money import CENT

Cells = Sequence[Decimal]


@dataclass(frozen=True, slots=True)
class Cell:
    """One printed amount: where it stands and its value in yuan."""

    page: int
    box: Box
    value: Decimal


@dataclass(frozen=True, slots=True)
class Tie:
    """Cells and what must be true of their values."""

    cells: tuple[Cell, ...]
    true: Callable[[Cells], bool]

    @property
    def holds(self) -> bool:
        return self.true([cell.value for cell in self.cells])


def field_cell(parts: Parts, name: str) -> Cell | None:
    found = parts.fields.get(name)
    return Cell(found.at.page, found.at.box, Decimal(found.value)) if found else None


def line_cell(parts: Parts, name: str, column: str) -> Cell | None:
    found = parts.lines[name].columns.get(column) if name in parts.lines else None
    return Cell(found.at.page, found.at.box, found.value) if found else None


def adds_up(values: Cells) -> bool:
    """The first value is the sum of the others."""
    return values[0] == sum(values[1:], Decimal(0))


def same(values: Cells) -> bool:
    return values[0] == values[1]


def rises(values: Cells) -> bool:
    """Balance, balance before, money in."""
    return values[0] == values[1] + values[2]


def falls(values: Cells) -> bool:
    """Balance, balance before, money out."""
    return values[0] == values[1] - values[2]


def is_share(values: Cells, share: Decimal) -> bool:
    return abs(values[0] - values[1] * share) <= CENT


def is_product(values: Cells) -> bool:
    """Net amount, quantity, unit price; half a printed cent of the price counts for each piece."""
    return abs(values[0] - values[1] * values[2]) <= max(CENT, abs(values[1]) * Decimal("0.005"))


def tie(true: Callable[[Cells], bool], *cells: Cell | None) -> Iterator[Tie]:
    whole = tuple(cell for cell in cells if cell is not None)
    if len(whole) == len(cells):
        yield Tie(whole, true)


def figures_and_words(parts: Parts) -> Iterator[Tie]:
    """Tie the amount in figures to the amount in words."""
    yield from tie(same, field_cell(parts, "amount"), field_cell(parts, "amount_words"))
