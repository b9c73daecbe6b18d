"""A table found among rows: its head row, the unit it is printed in, its data rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import chain, islice

import numpy as np
import numpy.typing as npt

from extractors.values.money import UNITS, printed_unit
from graphs.registers.cells import Cells, gathered
from graphs.registers.columns import OF_COMPANIES, heads, unit_of
from graphs.registers.delimited import HEAD_LINES, TextRow
from graphs.registers.distinct import Column, empty_column

_SHOWN, _CELLS = 20, 12  # characters of a cell and cells of a head row that an error tells
_MONEY = ("amount", "net_assets")
_UNITS = UNITS | {"千万元": Decimal(10_000_000)}


class NoTable(ValueError):
    """No head row near the top; the message is what the first row reads."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows below a head row; `columns` maps places of cells to what they are."""

    head: Sequence[str]
    columns: Mapping[int, str]
    unit: Decimal
    cells: Cells

    @property
    def tells_companies(self) -> bool:
        """Whether it tells about companies one by one and not about pairs."""
        return "source" not in self.columns.values()

    @property
    def width(self) -> int:
        return len(self.head)

    def places_of(self, column: str) -> list[int]:
        return [place for place, name in sorted(self.columns.items()) if name == column]

    def column(self, name: str) -> Column[str]:
        """The cells of a column that a table has once; empty cells where it has none."""
        places = self.places_of(name)
        return self.cells.columns[places[-1]] if places else empty_column(len(self.cells))

    def with_rows(self, rows: npt.NDArray[np.integer]) -> Table:
        """The table with some of its rows only."""
        return replace(self, cells=self.cells.taken(rows))

    def unused(self) -> list[str]:
        """Heads that name nothing that is read."""
        return [cell for i, cell in enumerate(self.head) if cell and i not in self.columns]


def is_head(cells: Sequence[str], told: Mapping[str, str] | None = None) -> bool:
    """Whether cells are a head row: both parties of a relation, or a company and something about
    it.
    """
    found = set(heads([cell.strip() for cell in cells], told).values())
    return {"source", "target"} <= found or (
        "target" in found and not found.isdisjoint(OF_COMPANIES)
    )


def find_table(rows: Iterable[TextRow], told: Mapping[str, str]) -> Table:
    """The table whose head row stands near the top. Raises NoTable."""
    below = iter(rows)
    top = list(islice(below, HEAD_LINES))
    relations = _head_place(top, told, {"source", "target"})
    place = relations if relations is not None else _head_place(top, told, set())
    if place is None:
        raise NoTable(first_cells([*top, *islice(below, HEAD_LINES)]))
    head = [cell.strip() for cell in top[place].cells]
    columns = heads(head, told)
    cells = gathered(chain(top[place + 1 :], below), len(head))
    return Table(head, columns, _unit(top[:place], head, columns), cells)


def _head_place(lines: Sequence[TextRow], told: Mapping[str, str], needed: set[str]) -> int | None:
    for place, row in enumerate(lines):
        if is_head(row.cells, told):
            found = set(heads([cell.strip() for cell in row.cells], told).values())
            if needed <= found:
                return place
    return None


def _unit(titles: Sequence[TextRow], head: Sequence[str], columns: Mapping[int, str]) -> Decimal:
    """The unit in the head of the amounts, otherwise the one that stands above the table
    (单位：万元).
    """
    for place, name in columns.items():
        if name in _MONEY and (unit := unit_of(head[place])):
            return _UNITS[unit]
    for row in titles:
        printed = printed_unit(" ".join(row.cells))
        if printed != 1:
            return printed
    return Decimal(1)


def first_cells(rows: Sequence[TextRow]) -> str:
    """What the first row reads, for a message."""
    row = next((row.cells for row in rows if any(cell.strip() for cell in row.cells)), [])
    return "、".join(cell.strip()[:_SHOWN] for cell in row[:_CELLS] if cell.strip())
