"""A table's columns, header and rows, as places on a page before any meaning is read."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.layout.lines import join_words
from extractors.layout.page import Page, Word
from extractors.values.glyphs import squeeze


@dataclass(slots=True)
class Column:
    role: str
    x0: float
    x1: float
    text: str


@dataclass(slots=True)
class Header:
    """Columns from left to right with the separators between them; `top` and `bottom` of the header
    itself.
    """

    columns: list[Column]
    top: float
    bottom: float
    separators: list[float] = field(default_factory=list)
    ruled: bool = False

    @property
    def roles(self) -> set[str]:
        return {column.role for column in self.columns if column.role}


@dataclass(slots=True)
class Row:
    """One row: words by column index."""

    page: Page
    cells: dict[int, list[Word]]
    lead: dict[int, list[Word]] | None = None  # cells of the line that anchors it, if several

    @property
    def words(self) -> list[Word]:
        return [word for cell in self.cells.values() for word in cell]

    def text(self, index: int) -> str:
        return join_words(self.cells.get(index, []))

    def lead_text(self, index: int) -> str:
        """The cell's text on the row's own line, without what wraps above or below it."""
        cells = self.cells if self.lead is None else self.lead
        return join_words(cells.get(index, []))

    @property
    def whole(self) -> str:
        return "".join(squeeze(join_words(self.cells[i])) for i in sorted(self.cells))
