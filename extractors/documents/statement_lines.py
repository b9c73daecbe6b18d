"""Official forms as named lines with amounts, the printed unit applied.

Three things are kept apart: an amount, zero among them; a dash, which says that nothing can stand there; and a
blank, which is no amount. A line that the form prints without figures is kept with no amounts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from extractors.documents.form_columns import Heading, heading_of
from extractors.documents.form_names import FormNames, NamedEntry, named_entries
from extractors.documents.parts import Parts
from extractors.layout.form_grid import FormGrid, amount_in, form_grid
from extractors.layout.lines import lines_of
from extractors.layout.page import Page, Word
from extractors.model import Amount, Failure, Line, Provenance
from extractors.values.money import parse_money, printed_unit

Roles = Callable[[Sequence[Heading | None]], list[str]]
_HEAD_LINES = 12  # lines of a page among which its unit is printed
_SURE = 0.99  # an amount that stands in its row and column


@dataclass(slots=True)
class _Table:
    """The roles of the columns of one block, kept for the pages that follow."""

    roles: list[list[str]]


def read_lines(pages: Sequence[Page], parts: Parts, names: FormNames, roles: Roles) -> None:
    """Fill `parts.lines`; pages without a heading go on with the columns of the page before."""
    unit = _unit(pages)
    table: _Table | None = None
    for page in pages:
        grid = form_grid(page)
        if grid is None:
            continue
        table = _roles_of(grid, roles, table)
        if table is None:
            continue
        _read_grid(grid, table, names, unit, parts)


@dataclass(slots=True)
class _Place:
    """Where in the form the reading is: the line before, and the numbered line above."""

    previous: str = ""
    section: str = ""


def _read_grid(
    grid: FormGrid, table: _Table, names: FormNames, unit: Decimal, parts: Parts
) -> None:
    place = _Place()
    for each in named_entries(list(grid.entries()), names):
        if each.text and not each.entry.cells and names.is_heading(each.text):
            continue
        block = each.entry.block
        roles = dict(zip(grid.blocks[block].bands, table.roles[block], strict=True))
        _put(each, roles, unit, parts, place)


def _unit(pages: Sequence[Page]) -> Decimal:
    for page in pages:
        for line in lines_of(page)[:_HEAD_LINES]:
            unit = printed_unit(line.text)
            if unit != 1:
                return unit
    return Decimal(1)


def _roles_of(grid: FormGrid, roles: Roles, before: _Table | None) -> _Table | None:
    """The roles of each block's columns: by their headings, else as on the page before."""
    headings = [heading_of(band.heading) for band in grid.bands]
    if any(headings):
        return _Table([roles([headings[i] for i in block.bands]) for block in grid.blocks])
    if before is None or len(before.roles) != len(grid.blocks):
        return None
    fits = [len(r) == len(b.bands) for r, b in zip(before.roles, grid.blocks, strict=True)]
    return before if all(fits) else None


def _put(
    each: NamedEntry, roles: dict[int, str], unit: Decimal, parts: Parts, place: _Place
) -> None:
    """Add one line. Rows without a figure count only where the form's own lines name them."""
    columns, dashes = _columns(each, roles, unit)
    if not columns and not each.is_known:
        return
    if not each.name or parse_money(each.name) is not None:
        if columns:
            parts.failures.append(_nameless(each))
        return
    within = place.previous if each.is_part else ""
    line = Line(name=each.name, columns=columns, dashes=dashes, within=within)
    name = _free_name(line, parts, place.section)
    if name:
        parts.lines[name] = replace(line, name=name)
    if not each.is_part:
        place.previous = each.name
    if each.is_numbered:
        place.section = each.name


def _free_name(line: Line, parts: Parts, section: str) -> str:
    """The line's name, after that of its section where the name is taken; empty where the line stands twice."""
    there = parts.lines.get(line.name)
    if there is None or not there.columns:
        return line.name
    longer = f"{section}：{line.name}"
    if not section or longer in parts.lines or _repeats(there, line):
        return ""
    return longer


def _repeats(there: Line, line: Line) -> bool:
    """Whether a line says what the line of its name said before."""
    return all(
        column in there.columns and there.columns[column].value == amount.value
        for column, amount in line.columns.items()
    )


def _columns(
    each: NamedEntry, roles: dict[int, str], unit: Decimal
) -> tuple[dict[str, Amount], tuple[str, ...]]:
    """Amounts by role, columns of one role added up; and the roles under which only dashes stand."""
    figures: dict[str, list[list[Word]]] = {}
    dashes: set[str] = set()
    for band, words in sorted(each.entry.cells.items()):
        role = roles.get(band, "")
        if not role:
            continue
        text, is_dash = amount_in(words)
        if is_dash:
            dashes.add(role)
        elif parse_money(text) is not None:
            figures.setdefault(role, []).append(words)
    columns = {role: _amount(each, cells, unit) for role, cells in figures.items()}
    return columns, tuple(sorted(dashes - set(columns)))


def _amount(each: NamedEntry, cells: list[list[Word]], unit: Decimal) -> Amount:
    """The sum of the cells that say something; a lone zero where they all are zero."""
    values = [value for words in cells if (value := parse_money(amount_in(words)[0])) is not None]
    telling = [words for words, value in zip(cells, values, strict=True) if value] or cells[:1]
    page = each.entry.row.page
    words = [word for cell in telling for word in cell]
    return Amount(
        value=sum(values[1:], values[0]) * unit,
        raw=" + ".join(amount_in(cell)[0] for cell in telling),
        confidence=_SURE,
        at=Provenance(page=page.number, box=page.box_of(words), method="table"),
    )


def _nameless(each: NamedEntry) -> Failure:
    page = each.entry.row.page.number
    return Failure(
        code="line_without_name",
        zh="表中有一行金额未读到项目名称，未采用。请人工核对该行。",
        en="A row of figures has no name that could be read and was left out. Check that row by eye.",
        page=page,
    )


def lacking(parts: Parts, wanted: Sequence[tuple[str, str, str]]) -> Iterator[tuple[str, str]]:
    """The parts that a form must yield and that were not read, with their names in both languages."""
    for key, zh, en in wanted:
        if key not in parts.fields and not parts.lines.get(key, _NO_LINE).columns:
            yield zh, en


_NO_LINE = Line(name="", columns={})


def say_lacking(
    pages: Sequence[Page], parts: Parts, wanted: Sequence[tuple[str, str, str]]
) -> None:
    """Record what the form must yield and did not, so that it counts as partly read."""
    missing = list(lacking(parts, wanted))
    if not missing:
        return
    zh = "、".join(name for name, _ in missing)
    en = ", ".join(name for _, name in missing)
    parts.failures.append(
        Failure(
            code="form_incomplete",
            zh=f"该表未读到：{zh}。请人工核对，或重新提供清晰、完整的表页。",
            en=f"Not read on this form: {en}. Check it by eye, or ask for a clear and complete copy.",
            page=pages[0].number,
        )
    )
