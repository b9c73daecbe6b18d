"""A table found among rows: its head row, the unit it is printed in, its data rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extractors.values.money import UNITS, printed_unit
from graphs.registers.columns import OF_COMPANIES, heads, unit_of
from graphs.registers.delimited import HEAD_LINES, TextRow

_SHOWN, _CELLS = 20, 12  # characters of a cell and cells of a head row that an error tells
_MONEY = ("amount", "net_assets")
_UNITS = UNITS | {"千万元": Decimal(10_000_000)}


@dataclass(frozen=True, slots=True)
class Table:
    """Rows below a head row; `columns` maps places of cells to what they are."""

    head: Sequence[str]
    columns: Mapping[int, str]
    unit: Decimal
    rows: Sequence[TextRow]

    @property
    def tells_companies(self) -> bool:
        """Whether it tells about companies one by one and not about pairs."""
        return "source" not in self.columns.values()

    @property
    def width(self) -> int:
        return len(self.head)

    def places_of(self, column: str) -> list[int]:
        return [place for place, name in sorted(self.columns.items()) if name == column]

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


def find_table(rows: Iterable[TextRow], told: Mapping[str, str]) -> Table | None:
    """The table whose head row stands near the top; None where there is none."""
    lines = rows if isinstance(rows, list) else list(rows)
    relations = _head_place(lines, told, {"source", "target"})
    place = relations if relations is not None else _head_place(lines, told, set())
    if place is None:
        return None
    head = [cell.strip() for cell in lines[place].cells]
    columns = heads(head, told)
    return Table(head, columns, _unit(lines[:place], head, columns), lines[place + 1 :])


def _head_place(lines: Sequence[TextRow], told: Mapping[str, str], needed: set[str]) -> int | None:
    for place, row in enumerate(lines[:HEAD_LINES]):
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
