"""Rows of a table of guarantees, loans, shares, invoices or payments as relations, each with its
row.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from extractors.model import WHOLE_PAGE
from extractors.values.party_name import folded_name, is_company
from graphs.model import PartyGraph, Place, Relation, RelationKind
from graphs.registers.cell_values import (
    NO_AMOUNT,
    YUAN,
    Amount,
    is_bare_fraction,
    read_amount,
    read_day,
    read_share,
)
from graphs.registers.columns import COLUMNS, HELD, KINDS, PAID, SOLD, folded_head
from graphs.registers.delimited import TextRow
from graphs.registers.import_report import ImportOptions, Notes
from graphs.registers.table import Table
from graphs.resolve.party_code import party_code
from graphs.resolve.same_party import Mention, Resolution, resolve

LONGEST_CELL = 1_000  # characters of a name or number
_LIST = re.compile(r"[、;；\n]")
_COMMA = re.compile(r"[,，]")
_PERSON = re.compile(r"[\u4e00-\u9fff·]{2,4}")
_TOTAL = re.compile(r"^(?:合计|总计|小计|本页合计|共计|total|sum|subtotal)[:：]?$", re.IGNORECASE)
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+\d{2}")
_THOUSANDS_OR_DECIMALS = re.compile(r"\d{1,3}\.\d{3}")
_TEXTS = ("contract", "mode", "kind", "replaces")


@dataclass(slots=True)
class _Cache:
    """Values of cells already read: ledgers repeat them."""

    read: Callable[[str], tuple[object, str]]
    known: dict[str, tuple[object, str]] = field(default_factory=dict)

    def __call__(self, text: str) -> tuple[object, str]:
        found = self.known.get(text)
        if found is None:
            found = self.known[text] = self.read(text)
        return found


@dataclass(slots=True)
class _Row:
    """One relation as a row states it."""

    number: int
    kind: str
    source: int
    target: int
    amount: Decimal | None
    share: Decimal | None
    start: date | None
    end: date | None
    texts: tuple[str, str, str]  # contract, mode, replaced contract


class _Parties:
    """Every pair of name and code once, with its number."""

    def __init__(self) -> None:
        self.numbers: dict[tuple[str, str], int] = {}

    def number(self, name: str, code: str) -> int:
        key = (name, code)
        found = self.numbers.get(key)
        if found is None:
            found = self.numbers[key] = len(self.numbers)
        return found


class LedgerReader:
    """Reads the rows of one table; what is not read is noted."""

    def __init__(
        self, file: str, sheet: str, table: Table, options: ImportOptions, notes: Notes
    ) -> None:
        self._file, self._sheet = file, sheet
        self._table, self._options, self._notes = table, options, notes
        self._sources = table.places_of("source")
        self._source_codes = table.places_of("source_code")
        # Every row gets an empty cell at its end, which stands for columns that the table has not.
        self._place = dict.fromkeys(COLUMNS, -1)
        self._place |= {name: place for place, name in table.columns.items()}
        self._kind = _kind_of_table(table)
        self._in_fractions = _in_fractions(table, options, notes)
        self._decimal_comma = _has_decimal_comma(table)
        self._parties = _Parties()
        self._amounts: dict[tuple[str, str], Amount] = {}
        self._days = _Cache(read_day)
        self._shares = _Cache(lambda text: read_share(text, self._in_fractions is True))
        self._lists: dict[str, list[str]] = {}

    def graph(self) -> PartyGraph:
        rows = [row for text_row in self._table.rows for row in self._relations_of(text_row)]
        pairs = list(self._parties.numbers)
        targets = {row.target for row in rows} if self._kind == RelationKind.HOLDS_SHARES else set()
        mentions = [
            Mention(name, code, kind="company" if number in targets else "")
            for number, (name, code) in enumerate(pairs)
        ]
        parties = resolve(mentions)
        self._note_codes(pairs, parties)
        ids = [parties.of(name, code) for name, code in pairs]
        names = [name for name, _ in pairs]
        relations = tuple(self._relation(row, ids, names) for row in rows)
        self_made = sum(r.source == r.target for r in relations)
        if self_made:
            self._notes.add("self_guarantee", count=self_made)
        return PartyGraph(parties.entities, relations)

    def _relations_of(self, row: TextRow) -> Iterator[_Row]:
        cells = [cell.strip() for cell in row.cells]
        if not any(cells):
            return
        notes, number = self._notes, row.number
        notes.rows += 1
        if row.is_torn:
            notes.add("unclosed_quote", number)
        width = self._table.width
        if len(cells) > width and any(cells[width:]):
            notes.add("cells_beyond_head", number)
        if max(map(len, cells)) > LONGEST_CELL:
            notes.add("cell_too_long", number)
            return
        cells = [*cells[:width], *[""] * (width + 1 - min(len(cells), width))]
        sources, target = self._sources_of(cells), cells[self._place["target"]]
        if not sources or not target:
            total = any(_TOTAL.match(cell) for cell in cells)
            notes.add("total_row" if total else "party_missing", number)
            return
        kind = self._kind_of_row(cells, number)
        if not kind:
            return
        code = cells[self._place["target_code"]]
        values = self._values(cells, number, kind)
        target_number = self._parties.number(target, code)
        for name, source_code in sources:
            yield _Row(
                number, kind, self._parties.number(name, source_code), target_number, *values
            )

    def _sources_of(self, cells: Sequence[str]) -> list[tuple[str, str]]:
        """Guarantors of a row with their codes: one cell may name several, and several columns one
        each.
        """
        found: list[tuple[str, str]] = []
        for order, place in enumerate(self._sources):
            text = cells[place]
            if not text:
                continue
            names = self._names_in(text)
            codes = self._codes_of(cells, order, len(names))
            found += zip(names, codes, strict=True)
        return found if len(found) == 1 else list(dict.fromkeys(found))

    def _names_in(self, text: str) -> list[str]:
        known = self._lists.get(text)
        if known is None:
            parts = [name for part in _LIST.split(text) if (name := part.strip())]
            known = self._lists[text] = [name for part in parts for name in _between_commas(part)]
        return known

    def _codes_of(self, cells: Sequence[str], order: int, count: int) -> list[str]:
        """The codes of one column's names; one code beside several names is told of none of them."""
        place = self._source_codes[order] if order < len(self._source_codes) else None
        text = cells[place] if place is not None else ""
        codes = [code.strip() for code in _LIST.split(text)] if count > 1 else [text]
        return codes if len(codes) == count else [""] * count

    def _kind_of_row(self, cells: Sequence[str], number: int) -> str:
        told = cells[self._place["kind"]]
        if not told:
            return self._kind
        kind = KINDS.get(told.casefold(), "")
        if not kind:
            self._notes.add("kind_unknown", f"{number}: {told[:20]}")
        return kind

    def _values(
        self, cells: Sequence[str], number: int, kind: str
    ) -> tuple[Decimal | None, Decimal | None, date | None, date | None, tuple[str, str, str]]:
        amount = self._amount(cells, number, kind)
        share = self._share(cells, number)
        start, end = self._day(cells, "start", number), self._day(cells, "end", number)
        if start and end and end < start:
            self._notes.add("dates_reversed", number)
        contract = cells[self._place["contract"]]
        if contract and _SCIENTIFIC.fullmatch(contract):
            self._notes.add("number_mangled", number)
        texts = (contract, cells[self._place["mode"]], cells[self._place["replaces"]])
        return amount, share, start, end, texts

    def _amount(self, cells: Sequence[str], number: int, kind: str) -> Decimal | None:
        text = cells[self._place["amount"]]
        key = (text, cells[self._place["currency"]])
        found = self._amounts.get(key)
        if found is None:
            found = self._amounts[key] = self._read_amount(*key)
        if found.problem:
            self._notes.add(found.problem, f"{number}: {text[:20]}")
        elif found.value is None and kind != "holds_shares":
            self._notes.add("amount_missing", number)
        return found.value

    def _read_amount(self, text: str, currency: str) -> Amount:
        if not text:
            return NO_AMOUNT
        if self._decimal_comma and _THOUSANDS_OR_DECIMALS.fullmatch(text):
            return Amount(None, problem="amount_not_read")
        found = read_amount(text, self._table.unit, currency)
        if found.value is None or found.currency == YUAN:
            return found
        rate = self._options.rates.get(found.currency)
        if rate is None:
            return Amount(None, found.currency, "currency_without_rate")
        return Amount(found.value * rate, YUAN)

    def _share(self, cells: Sequence[str], number: int) -> Decimal | None:
        text = cells[self._place["share"]]
        if not text:
            return None
        if self._in_fractions is None and is_bare_fraction(text):
            self._notes.add("share_unit_unknown", f"{number}: {text[:20]}")
            return None
        value, problem = self._shares(text)
        if problem:
            self._notes.add(problem, f"{number}: {text[:20]}")
        assert value is None or isinstance(value, Decimal)
        return value

    def _day(self, cells: Sequence[str], column: str, number: int) -> date | None:
        text = cells[self._place[column]]
        if not text:
            return None
        day, problem = self._days(text)
        if problem:
            self._notes.add(problem, f"{number}: {text[:20]}")
        assert day is None or isinstance(day, date)
        return day

    def _relation(self, row: _Row, ids: Sequence[str], names: Sequence[str]) -> Relation:
        source, target = names[row.source], names[row.target]
        document = f"{self._file}#{row.number}"
        contract, mode, replaces = row.texts
        return Relation(
            kind=RelationKind(row.kind),
            source=ids[row.source],
            target=ids[row.target],
            amount=row.amount,
            start=row.start,
            end=row.end,
            places=(
                Place(
                    packet="",
                    file=self._file,
                    document=document,
                    page=row.number,
                    box=WHOLE_PAGE,
                    text=f"{self._sheet}{source} → {target}",
                    source=source,
                    target=target,
                ),
            ),
            contract=contract or document,
            share=row.share,
            mode=mode,
            replaces=replaces,
        )

    def _note_codes(self, pairs: Sequence[tuple[str, str]], parties: Resolution) -> None:
        if not any(code for _, code in pairs):
            return
        for name, code in pairs:
            if code and not party_code(code):
                self._notes.add("code_not_valid", f"{name[:20]} {code[:20]}")
        codes: dict[str, set[str]] = {}
        for name, code in pairs:
            own = codes.setdefault(folded_name(name), set())
            if valid := party_code(code):
                own.add(valid)
        for folded, own in sorted(codes.items()):
            if len(own) > 1 and len(parties.bearing(folded)) > 1:
                self._notes.add("codes_of_one_name", f"{folded[:20]}: {'、'.join(sorted(own))}")
        for name, code in pairs:
            if not party_code(code) and len(codes[folded_name(name)]) > 1:
                self._notes.add("homonym_without_code", name[:20])


def _between_commas(text: str) -> list[str]:
    """A comma parts names only where each part is a whole one: names of companies may hold a comma."""
    parts = [part.strip() for part in _COMMA.split(text)]
    if len(parts) > 1 and all(is_company(p) or _PERSON.fullmatch(p) for p in parts):
        return parts
    return [text]


def _kind_of_table(table: Table) -> str:
    """What a row states where it does not say so itself: by the head of its first party, or a
    column of shares.
    """
    if "share" in table.columns.values():
        return "holds_shares"
    head = folded_head(table.head[table.places_of("source")[0]])
    for words, kind in ((HELD, "holds_shares"), (PAID, "pays"), (SOLD, "invoices")):
        if head in {folded_head(word) for word in words}:
            return kind
    return "guarantees"


def _in_fractions(table: Table, options: ImportOptions, notes: Notes) -> bool | None:
    """Whether shares are fractions of 1; None where nothing tells.

    They are where all are at most 1 and those of some company make 1.
    """
    if options.share_unit:
        return options.share_unit == "fraction"
    places = table.places_of("share")
    if not places or "%" in table.head[places[0]] or "％" in table.head[places[0]]:
        return False
    target = table.places_of("target")[0]
    totals: dict[str, Decimal] = {}
    for row in table.rows:
        text = row.cells[places[0]].strip() if places[0] < len(row.cells) else ""
        if not text or text in ("0", "-"):
            continue
        if not is_bare_fraction(text):
            return False
        company = row.cells[target].strip() if target < len(row.cells) else ""
        totals[company] = totals.get(company, Decimal(0)) + Decimal(text)
    if any(abs(total - 1) <= Decimal("0.01") for total in totals.values()):
        notes.add("share_as_fraction")
        return True
    return None if totals else False


def _has_decimal_comma(table: Table) -> bool:
    """Whether some amount is written with a decimal comma (1.234,56), so that 1.234 may be a
    thousand.
    """
    places = table.places_of("amount")
    pattern = re.compile(r"[\d.]*\d,\d{1,2}")
    return any(
        place < len(row.cells) and pattern.fullmatch(row.cells[place].strip())
        for place in places
        for row in table.rows
    )


def columns_read(table: Table) -> Mapping[str, str]:
    """Heads as printed and what each was read as."""
    return {table.head[place]: name for place, name in sorted(table.columns.items())}
