"""Official forms as named lines with amounts, the printed unit applied.

Three things are kept apart: an amount, zero among them; a dash, which says that nothing can stand
there; and a blank, which is no amount. A line that the form prints without figures is kept with no
amounts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from extractors.documents.form_columns import Heading, heading_of
from extractors.documents.form_guess import IN_DOUBT, Guess
from extractors.documents.form_names import FormNames, NamedEntry, named_entries
from extractors.documents.parts import Parts
from extractors.errors import ReadError, as_failure
from extractors.layout.figures import amount_in
from extractors.layout.form_grid import FormGrid, form_grid
from extractors.layout.lines import lines_of
from extractors.layout.page import Page, Word
from extractors.model import Amount, Failure, Line, Provenance, ReadMethod
from extractors.values.glyphs import squeeze
from extractors.values.money import parse_money, printed_unit


class ColumnsUnclear(ReadError):
    """What a column of figures means was not found out."""

    code = "columns_unclear"
    zh = "该页有金额列的含义未能确认，该列未采用。请人工核对，或提供带表头的完整表页。"
    en = (
        "What a column of figures on this page means is unclear, and it was left out. "
        "Check the page by eye, or ask for the whole page with its heading."
    )


class LineWithoutName(ReadError):
    """Figures stand in a row whose name was not read."""

    code = "line_without_name"
    zh = "表中有一行金额未读到项目名称，未采用。请人工核对该行。"
    en = "A row of figures has no name that could be read and was left out. Check that row by eye."


class FormIncomplete(ReadError):
    """A form does not yield what it is for."""

    code = "form_incomplete"
    zh = "该表主要项目未读到。请人工核对，或重新提供清晰、完整的表页。"
    en = (
        "Main lines of this form were not read. Check them by eye, or ask for a clear and "
        "complete copy."
    )


Roles = Callable[[Sequence[Heading | None]], list[str]]
# A field or line that a form must yield, and what to call it in both languages.
Wanted = tuple[str, str, str]
_HEAD_LINES = 12  # lines of a page among which its unit is printed
_ALONE = re.compile(r"[(]?(?:人民币)?(?:[百千万亿]+元)[)]?")
_SURE = 0.99  # an amount that stands in its row and column


@dataclass(slots=True)
class _Table:
    """The roles of the columns of one block, kept for the pages that follow."""

    roles: list[list[str]]


def read_lines(
    pages: Sequence[Page],
    parts: Parts,
    names: FormNames,
    roles: Roles,
    *,
    adds: bool = False,
    guess: Guess | None = None,
) -> None:
    """Fill `parts.lines`; pages without a heading go on with the columns of the page before.

    `adds`: the form splits a figure over columns (goods and services) that are added up.
    `guess` names columns above which nothing is understood; what they hold stays in doubt.
    """
    unit = page_unit(pages)
    table: _Table | None = None
    for page in pages:
        grid = form_grid(page)
        if grid is None:
            continue
        table = _roles_of(grid, roles, table)
        if table is None or (adds and _leaves_out(grid, table)):
            parts.failures.append(columns_unclear(page))
            _read_in_doubt(grid, guess, names, unit, parts)
            continue
        once = table if adds else _Table([_once(own) for own in table.roles])
        if _leaves_out(grid, table) or once.roles != table.roles:
            parts.failures.append(columns_unclear(page))
        table = once
        _read_grid(grid, table, names, unit, parts)


def _read_in_doubt(
    grid: FormGrid, guess: Guess | None, names: FormNames, unit: Decimal, parts: Parts
) -> None:
    """Read a page by the likeliest meaning of its columns; every amount stays in doubt."""
    likely = guess(grid) if guess is not None else None
    if likely is None:
        return
    sure = parts.lines
    parts.lines = {}
    _read_grid(grid, _Table(likely), names, unit, parts)
    doubted = parts.lines
    parts.lines = sure
    for name, line in doubted.items():
        columns = {
            role: replace(amount, confidence=IN_DOUBT) for role, amount in line.columns.items()
        }
        parts.lines.setdefault(name, replace(line, columns=columns))


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


def page_unit(pages: Sequence[Page]) -> Decimal:
    """The unit that a form's head prints; the unit of a single line (资产总额（万元）) is that
    line's alone.
    """
    for page in pages:
        for line in lines_of(page)[:_HEAD_LINES]:
            text = squeeze(line.text)
            is_head = "单位" in text or _ALONE.fullmatch(text) or text.isascii()
            unit = printed_unit(line.text) if is_head else Decimal(1)
            if unit != 1:
                return unit
    return Decimal(1)


def _roles_of(grid: FormGrid, roles: Roles, before: _Table | None) -> _Table | None:
    """The roles of each block's columns: by their headings, else as on the page before; None where
    unclear.
    """
    headings = [heading_of(band.heading) for band in grid.bands]
    if any(headings):
        found = _Table([roles([headings[i] for i in block.bands]) for block in grid.blocks])
        return None if _look_alike(grid, found) else found
    if before is None or len(before.roles) != len(grid.blocks):
        return None
    fits = [len(r) == len(block.bands) for r, block in zip(before.roles, grid.blocks, strict=True)]
    return before if all(fits) else None


def _look_alike(grid: FormGrid, table: _Table) -> bool:
    """Whether two columns of a block have one heading: then a heading was read for a column that is
    not its own.
    """
    for block, roles in zip(grid.blocks, table.roles, strict=True):
        texts = [
            tuple(grid.bands[i].heading) for i, role in zip(block.bands, roles, strict=True) if role
        ]
        if len(set(texts)) < len(texts):
            return True
    return False


def _leaves_out(grid: FormGrid, table: _Table) -> bool:
    """Whether a column of figures has no meaning, so that what it says is lost."""
    for block, roles in zip(grid.blocks, table.roles, strict=True):
        for index, role in zip(block.bands, roles, strict=True):
            band = grid.bands[index]
            if not role and heading_of(band.heading) is None and len(band.words) >= _FEWEST_FIGURES:
                return True
    return False


_FEWEST_FIGURES = 3  # figures below each other that are a column, and not a stray number


def _once(roles: Sequence[str]) -> list[str]:
    """Each role for the first column that has it."""
    return [role if role not in roles[:at] else "" for at, role in enumerate(roles)]


def columns_unclear(page: Page) -> Failure:
    """Say that the columns of a page were not understood."""
    return as_failure(ColumnsUnclear(), page.number)


def line_without_name(page: Page) -> Failure:
    """Say that figures stand in a row whose name was not read."""
    return as_failure(LineWithoutName(), page.number)


def _put(
    each: NamedEntry, roles: dict[int, str], unit: Decimal, parts: Parts, place: _Place
) -> None:
    """Add one line. Rows without a figure count only where the form's own lines name them."""
    own = printed_unit(each.text)
    columns, dashes = _columns(each, roles, own if own != 1 else unit)
    if not columns and not each.is_known:
        return
    if not each.name or parse_money(each.name) is not None:
        if columns:
            parts.failures.append(line_without_name(each.entry.row.page))
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
    """The line's name, after that of its section where the name is taken; empty where the line
    stands twice.
    """
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
        at=Provenance(page=page.number, box=page.box_of(words), method=ReadMethod.TABLE),
    )


def lacking(parts: Parts, wanted: Sequence[Wanted]) -> Iterator[tuple[str, str]]:
    """The parts that a form must yield and that were not read, with their names in both languages."""
    for key, zh, en in wanted:
        if key not in parts.fields and not parts.lines.get(key, _NO_LINE).columns:
            yield zh, en


_NO_LINE = Line(name="", columns={})


def say_lacking(pages: Sequence[Page], parts: Parts, wanted: Sequence[Wanted]) -> None:
    """Record what the form must yield and did not, so that it counts as partly read."""
    missing = list(lacking(parts, wanted))
    if not missing:
        return
    zh = "、".join(name for name, _ in missing)
    en = ", ".join(name for _, name in missing)
    parts.failures.append(
        Failure(
            code=FormIncomplete.code,
            zh=f"该表未读到：{zh}。请人工核对，或重新提供清晰、完整的表页。",
            en=(
                f"Not read on this form: {en}. Check it by eye, or ask for a clear and "
                "complete copy."
            ),
            page=pages[0].number,
        )
    )
