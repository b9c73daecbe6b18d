"""Tables that list the people of a company, or months with a number of people: wages, insurance."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extractors.documents.parts import Parts
from extractors.layout.columns import Roles, find_header, rows_below
from extractors.layout.labels import Form
from extractors.layout.lines import join_words, lines_of
from extractors.layout.page import Page, Word
from extractors.layout.table import Row
from extractors.model import Field, Provenance, ReadMethod
from extractors.values.glyphs import squeeze, tidy
from extractors.values.money import parse_money
from extractors.values.party_name import is_company
from extractors.values.period import parse_period

_TOTAL = re.compile(r"^(?:\d*)(?:本[页单表])?(?:合计|总计|共计|小计|总额)")
_HEAD_LINES = 6  # lines from the top among which a title names the month
_COUNT = re.compile(r"(\d{1,5})\s*(?:人|名)?")
SURE = 0.95
BY_TITLE = 0.93


@dataclass(frozen=True, slots=True)
class StaffRow:
    """One row: the words of each column that has a role."""

    page: Page
    cells: dict[str, list[Word]]
    is_total: bool

    def text(self, role: str) -> str:
        return join_words(self.cells.get(role, []))

    def amount(self, role: str) -> Decimal | None:
        return parse_money(self.text(role))

    def field(self, name: str, role: str, value: str) -> Field:
        """A field at the cell of a role."""
        words = self.cells[role]
        at = Provenance(page=self.page.number, box=self.page.box_of(words), method=ReadMethod.TEXT)
        return Field(name=name, value=value, raw=self.text(role), confidence=SURE, at=at)


def staff_rows(
    pages: Sequence[Page], roles: Roles, accept: Callable[[set[str]], bool], anchor: str
) -> list[StaffRow]:
    """Rows under the header of each page that has one; a row has an amount or a number in `anchor`."""
    out: list[StaffRow] = []
    for page in pages:
        header = find_header(page, roles, accept)
        if header is None:
            continue
        column_of = {column.role: n for n, column in enumerate(header.columns) if column.role}
        at = column_of[anchor]

        def is_anchor(cells: dict[int, list[Word]], at: int = at) -> bool:
            return bool(re.search(r"\d", join_words(cells.get(at, []))))

        for row in rows_below(page, header, is_anchor):
            if is_anchor(row.cells):
                out.append(_staff_row(page, row, column_of))
    return out


def _staff_row(page: Page, row: Row, column_of: dict[str, int]) -> StaffRow:
    cells = {role: row.cells[n] for role, n in column_of.items() if row.cells.get(n)}
    return StaffRow(page, cells, bool(_TOTAL.match(row.whole)))


def put_company(form: Form, parts: Parts) -> None:
    """Keep the company that a label or a title above the table names."""
    parts.put(form.field("company", _company))
    for line in lines_of(form.page)[:_HEAD_LINES] if "company" not in parts.fields else ():
        match = re.match(r"(.{4,40}?公司)", squeeze(line.text))
        if match and is_company(match[1]):
            at = Provenance(
                page=form.page.number, box=form.page.box_of(line.words), method=ReadMethod.TEXT
            )
            parts.put(
                Field(name="company", value=match[1], raw=line.text, confidence=BY_TITLE, at=at)
            )


def _company(text: str) -> str | None:
    name = tidy(text)
    return name if is_company(name) else None


def put_month(form: Form, parts: Parts) -> None:
    """Keep the last day of the month that a label or the title names."""
    period = form.first("period", parse_period)
    if period:
        day = period[0][1].isoformat()
        at = Provenance(page=period[1].page, box=period[1].box, method=ReadMethod.TEXT)
        parts.put(Field(name="period_end", value=day, raw=period[1].text, confidence=SURE, at=at))
        return
    for line in lines_of(form.page)[:_HEAD_LINES]:
        span = parse_period(line.text)
        if span and (span[1] - span[0]).days <= 31:
            at = Provenance(
                page=form.page.number, box=form.page.box_of(line.words), method=ReadMethod.TEXT
            )
            day = span[1].isoformat()
            parts.put(
                Field(name="period_end", value=day, raw=line.text, confidence=BY_TITLE, at=at)
            )
            return


def count_of(text: str) -> int | None:
    """A number of people, alone or with its unit."""
    match = _COUNT.fullmatch(squeeze(text))
    return int(match[1]) if match else None


def people(rows: Sequence[StaffRow], role: str) -> Iterator[StaffRow]:
    """Rows that name a person."""
    for row in rows:
        name = squeeze(row.text(role))
        if not row.is_total and re.fullmatch(r"[\u4e00-\u9fff·*＊]{2,6}", name):
            yield row
