"""The tables of a statement over all its pages, each with the roles of its columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.layout.column_edges import part_columns
from extractors.layout.lines import join_words, lines_of
from extractors.layout.page import Page, Word
from extractors.layout.table import Header
from extractors.layout.table_rows import split_cells
from extractors.layouts.declare import Role
from extractors.statements.by_content import tables_by_content
from extractors.statements.column_choice import Roles
from extractors.statements.dates import Span
from extractors.statements.heads import is_dated_amount, table_heads
from extractors.statements.roles import choose_roles, is_row_like

_SAMPLE = 240  # rows from which the roles of columns are chosen
_FEWEST_LINKS = 3  # balances that have to follow for a proof
_FOLLOWS = 0.9  # share of them that has to
_ALIKE = 2.0  # points by which the same heading may stand elsewhere on another page


@dataclass(slots=True)
class Segment:
    """One table on one page: its heading and how far down it goes."""

    page: Page
    header: Header
    until: float = float("inf")
    repeated: bool = False  # the page has no heading of its own: the table goes on


@dataclass(slots=True)
class Table:
    """Segments with the same headings, read with the same roles."""

    segments: list[Segment] = field(default_factory=list)
    roles: Roles = field(default_factory=Roles)

    @property
    def headings(self) -> list[str]:
        """The texts of its heading, from the first page that has one."""
        named = (s for s in self.segments if any(c.text for c in s.header.columns))
        return [c.text for c in next(named, self.segments[0]).header.columns]


def tables_of(pages: Sequence[Page], span: Span | None = None) -> list[Table]:
    """Every table of a statement in the order printed.

    Pages without a heading continue the last.
    """
    named = _read(_grouped(_segments(pages)), span)
    if named and all(_proved(table) for table in named):
        return named
    placed = _read(_by_content(pages), span, parted=True)
    return placed if _proves_more(placed, named) else named


def _read(tables: Sequence[Table], span: Span | None, *, parted: bool = False) -> list[Table]:
    """Tables with the roles of their columns; `parted` where their columns are settled already."""
    found = []
    for table in tables:
        if not parted:
            _share_edges(table)
        lines = _sample(table)
        if not lines:
            continue
        table.roles = choose_roles(table.headings, lines, span)
        if not parted:
            _put_roles(table)
        if is_statement(table.roles):
            found.append(table)
    return found


def _proved(table: Table) -> bool:
    """Whether the balances of a table follow from each other."""
    fit = table.roles.fit
    return fit is not None and fit.compared >= _FEWEST_LINKS and fit.share >= _FOLLOWS


def _proves_more(placed: Sequence[Table], named: Sequence[Table]) -> bool:
    """Whether a reading by place alone is proved by balances that the one by headings lacks."""
    if not placed or not all(_proved(table) for table in placed):
        return False
    return _agreed(placed) > _agreed(named)


def _agreed(tables: Sequence[Table]) -> int:
    return sum(table.roles.fit.agreed for table in tables if table.roles.fit is not None)


def is_statement(roles: Roles) -> bool:
    """Whether columns make a statement: a day and money that moves."""
    dated = bool(roles.columns.keys() & {Role.DATE, Role.MONTH})
    return dated and roles.money


def _segments(pages: Sequence[Page]) -> list[Segment]:
    found: list[Segment] = []
    for page in pages:
        heads = table_heads(page)
        if not heads and found:
            heads = [_continued(found[-1].header)]
            found += [Segment(page, heads[0], repeated=True)]
            continue
        for index, head in enumerate(heads):
            until = heads[index + 1].top if index + 1 < len(heads) else float("inf")
            found.append(Segment(page, head, until))
    return found


def _by_content(pages: Sequence[Page]) -> list[Table]:
    """The one table whose columns all pages share."""
    segments = [Segment(found.page, found.header) for found in tables_by_content(pages)]
    return [Table(segments)] if segments else []


def _continued(header: Header) -> Header:
    return Header(header.columns, -2.0, -1.0, header.separators, header.ruled)


def _grouped(segments: Sequence[Segment]) -> list[Table]:
    tables: list[Table] = []
    for segment in segments:
        last = tables[-1] if tables else None
        texts = [c.text for c in segment.header.columns]
        if last is not None and (segment.repeated or texts == last.headings):
            last.segments.append(segment)
        else:
            tables.append(Table([segment]))
    return tables


def _share_edges(table: Table) -> None:
    """Part unruled columns by the rows alone, on every page as on the page with the most rows.

    A page of few rows says little about where its columns part, and sums below the last row stand
    where they like.
    """
    counts = {id(s): _part(s) for s in table.segments}
    fullest = max(table.segments, key=lambda s: counts[id(s)])
    for segment in table.segments:
        if segment is not fullest and _stands_alike(segment.header, fullest.header):
            segment.header.separators = fullest.header.separators


def _part(segment: Segment) -> int:
    """Part a segment's columns down to its last row; return the number of lines that may be rows."""
    page, header = segment.page, segment.header
    below = [x for x in lines_of(page) if header.bottom - 1 < x.mid < segment.until]
    rows = [x for x in below if is_dated_amount(x)]
    if rows and not page.is_sheet and not segment.repeated:
        part_columns(page, header, rows[-1].bottom + 1)
    return len(rows)


def _stands_alike(one: Header, other: Header) -> bool:
    """The same header at the same place of two unruled pages."""
    pairs = list(zip(one.columns, other.columns, strict=False))
    alike = all(abs(a.x0 - b.x0) <= _ALIKE and abs(a.x1 - b.x1) <= _ALIKE for a, b in pairs)
    unruled = not one.ruled and not other.ruled
    return alike and unruled and len(one.columns) == len(other.columns)


def body_lines(segment: Segment) -> list[dict[int, list[Word]]]:
    """The lines below a heading, each cut into cells by column."""
    page, header = segment.page, segment.header
    lines = [x for x in lines_of(page) if header.bottom - 1 < x.mid < segment.until]
    return [split_cells(line.words, header) for line in lines]


def _sample(table: Table) -> list[list[str]]:
    """Cells of lines that may be rows, from the first pages on."""
    count = len(table.segments[0].header.columns)
    found: list[list[str]] = []
    for segment in table.segments:
        for cells in body_lines(segment):
            texts = [join_words(cells.get(i, [])) for i in range(count)]
            if is_row_like(texts):
                found.append(texts)
            if len(found) >= _SAMPLE:
                return found
    return found


def _put_roles(table: Table) -> None:
    """Give the columns their roles, and part unruled columns again now that they are known."""
    changed = False
    for segment in table.segments:
        for index, column in enumerate(segment.header.columns):
            role = table.roles.role_of(index)
            changed = changed or (role is not None and column.role != role)
            column.role = role or ""
    if changed:
        _share_edges(table)
