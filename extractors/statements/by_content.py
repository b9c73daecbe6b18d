"""A statement's table found by its rows alone: columns from where words stand, headings above them.

This reading does not need to know any heading. It is taken where its balances follow better than
those of the reading by headings.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.layout.column_edges import column_runs
from extractors.layout.lines import TextLine, cells_of
from extractors.layout.page import Page, Word
from extractors.layout.table import Column, Header
from extractors.statements.dates import looks_dated
from extractors.statements.heads import AMOUNT, SHEET_COLUMN, is_heading_line, page_lines

_FEWEST_PIECES = 3  # pieces of a line that may be a row
_MOST_HEADING_LINES = 3
_CLOSE = 2.6  # heights of a line from a heading to its table, a drawn rule between them
_ABOUT_ROWS = 0.6  # share of the rows that a vertical rule has to pass
_LABEL = re.compile(r"[::]\s*\S")  # a label with its value: the form above the table
_AMOUNT_PIECE = re.compile(r"^[-+¥$(]*\s*[-+]?\d[\d,]*\.\d{2}\D{0,6}$")


@dataclass(frozen=True, slots=True)
class Found:
    """The table of one page: its heading, where there is one, and its columns."""

    page: Page
    header: Header


def is_row(line: TextLine) -> bool:
    """Whether a line may be a row before anything is known of its columns."""
    pieces = [piece for piece in re.split(r"[\t ]", line.text) if piece]
    amounts = sum(_AMOUNT_PIECE.match(piece) is not None for piece in pieces)
    if len(pieces) < _FEWEST_PIECES or not amounts:
        return False
    return amounts >= 2 or looks_dated(line.text)


def tables_by_content(pages: Sequence[Page]) -> list[Found]:
    """Return for each page with rows the table that they make; all pages share their columns."""
    rows = {page.number: [x for x in page_lines(page) if is_row(x)] for page in pages}
    fullest = max(pages, key=lambda page: len(rows[page.number]), default=None)
    if fullest is None or len(rows[fullest.number]) < 2:
        return []
    edges = _edges(pages, fullest, rows)
    found = []
    for page in pages:
        if rows[page.number]:
            found.append(Found(page, _header(page, rows[page.number], edges)))
    return found


def _edges(
    pages: Sequence[Page], fullest: Page, rows: dict[int, list[TextLine]]
) -> list[tuple[float, float]]:
    """Left and right edge of each column."""
    if fullest.is_sheet:
        words = [w for line in rows[fullest.number] for w in line.words]
        last = max(int(w.x0 // SHEET_COLUMN) for w in words)
        return [(i * SHEET_COLUMN, (i + 1) * SHEET_COLUMN) for i in range(last + 1)]
    ruled = _between_rules(fullest, rows[fullest.number])
    if ruled:
        return ruled
    alike = [page for page in pages if abs(page.width - fullest.width) <= 1]
    return column_runs([w for page in alike for line in rows[page.number] for w in line.words])


def _between_rules(page: Page, rows: Sequence[TextLine]) -> list[tuple[float, float]]:
    """Columns between the vertical rules that pass most rows; empty where the table is not ruled."""
    reached: dict[float, int] = {}
    for at, top, bottom in cells_of(page).vertical:
        passed = sum(top - 1 <= row.mid <= bottom + 1 for row in rows)
        reached[round(at)] = reached.get(round(at), 0) + passed
    rules = sorted(at for at, passed in reached.items() if passed >= _ABOUT_ROWS * len(rows))
    if len(rules) <= _FEWEST_PIECES:
        return []
    words = [w for row in rows for w in row.words]
    between = list(pairwise(rules))
    inside = sum(any(a <= w.cx <= b for a, b in between) for w in words)
    return between if inside >= _ABOUT_ROWS * len(words) else []


def _header(page: Page, rows: Sequence[TextLine], edges: Sequence[tuple[float, float]]) -> Header:
    columns = [Column("", left, right, "") for left, right in edges]
    heading = _heading_lines(page, rows[0])
    for line in heading:
        for word in line.words:
            column = max(columns, key=lambda each: _closeness(each, word))
            column.text += word.text
    top = heading[0].top if heading else rows[0].top - 2.0
    bottom = heading[-1].bottom if heading else rows[0].top - 1.0
    header = Header(columns, top, bottom)
    header.separators = [(a.x1 + b.x0) / 2 for a, b in pairwise(columns)]
    header.ruled = page.is_sheet
    return header


def _closeness(column: Column, word: Word) -> float:
    """Points by which a word overlaps a column; negative where it stands beside it."""
    return min(column.x1, word.x1) - max(column.x0, word.x0)


def _heading_lines(page: Page, row: TextLine) -> list[TextLine]:
    """The lines right above the first row that can be its heading, from top to bottom."""
    above = [line for line in page_lines(page) if line.bottom <= row.top + 1 and line is not row]
    found: list[TextLine] = []
    below = row
    for line in reversed(above):
        is_rule = re.search(r"[^\W\d_]", line.text) is None
        if is_rule or (AMOUNT.search(line.text) and not found and not _LABEL.search(line.text)):
            below = line  # a rule of dashes, or a balance brought forward
            continue
        close = page.is_sheet or below.top - line.bottom < _CLOSE * (line.bottom - line.top)
        if not close or len(found) == _MOST_HEADING_LINES or not _may_head(line, found):
            break
        found.append(line)
        below = line
        if page.is_sheet:
            break
    return found[::-1]


def _may_head(line: TextLine, below: Sequence[TextLine]) -> bool:
    if not is_heading_line(line) or _LABEL.search(line.text) or AMOUNT.search(line.text):
        return False
    return line.text.count("\t") >= 2 or (not below and len(line.words) > 1)
