"""Amounts, shares, days and texts of a table's rows, each distinct text read once."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal

import numpy as np

from graphs.model import RelationKind
from graphs.registers.cell_values import (
    NO_AMOUNT,
    YUAN,
    Amount,
    is_bare_fraction,
    read_amount,
    read_day,
    read_share,
)
from graphs.registers.distinct import Column, Flags, Value, paired
from graphs.registers.import_report import SHOWN_CHARACTERS, SHOWN_ROWS, ImportOptions, Notes
from graphs.registers.relation_table import ValueColumns
from graphs.registers.table import Table

_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+\d{2}")
_THOUSANDS_OR_DECIMALS = re.compile(r"\d{1,3}\.\d{3}")
_DECIMAL_COMMA = re.compile(r"[\d.]*\d,\d{1,2}")
# How far the fractions of one company may miss 1: registers round them to two places.
_ROUNDED = Decimal("0.01")
_LAST_DAY = 10**7  # an ordinal after every day that a calendar holds
Read = tuple[Value | None, str]  # the value, and the code of what is wrong with the text


class ValueReader:
    """Reads the values of a table's rows; what is not read is noted with its row."""

    def __init__(
        self, table: Table, options: ImportOptions, notes: Notes, in_fractions: bool | None
    ) -> None:
        self._table, self._options, self._notes = table, options, notes
        self._in_fractions = in_fractions
        self._has_decimal_comma = _has_decimal_comma(table)

    def read(self, kind: Column[str]) -> ValueColumns:
        """`kind` of each row: a holding needs no amount."""
        columns = ValueColumns(
            amount=self._amounts(kind),
            share=self._read("share", self._share),
            start=self._read("start", read_day),
            end=self._read("end", read_day),
            contract=self._texts("contract"),
            mode=self._texts("mode"),
            replaces=self._texts("replaces"),
        )
        self._note_reversed(columns)
        is_mangled = self._table.column("contract").is_such(_SCIENTIFIC.fullmatch)
        self._note("number_mangled", is_mangled)
        return columns

    def _texts(self, name: str) -> Column[str]:
        return self._table.column(name)

    def _read(self, name: str, read: Callable[[str], Read[Value]]) -> Column[Value | None]:
        column = self._table.column(name)
        found: list[Read[Value]] = [read(text) if text else (None, "") for text in column.values]
        self._note_problems(column, [problem for _, problem in found])
        return Column([value for value, _ in found], column.codes)

    def _share(self, text: str) -> Read[Decimal]:
        if self._in_fractions is None and is_bare_fraction(text):
            return None, "share_unit_unknown"
        return read_share(text, self._in_fractions is True)

    def _amounts(self, kind: Column[str]) -> Column[Decimal | None]:
        """An amount is told by its own cell and by that of its currency."""
        cells = paired(self._table.column("amount"), self._table.column("currency"))
        found = [self._amount(text, currency) for text, currency in cells.values]
        texts = Column([text for text, _ in cells.values], cells.codes)
        self._note_problems(texts, [amount.problem for amount in found])
        amounts = Column(found, cells.codes)
        is_missing = amounts.is_such(lambda amount: amount.value is None and not amount.problem)
        needs_one = kind.is_such(lambda each: each != RelationKind.HOLDS_SHARES)
        self._note("amount_missing", is_missing & needs_one)
        return Column([amount.value for amount in found], cells.codes)

    def _amount(self, text: str, currency: str) -> Amount:
        if not text:
            return NO_AMOUNT
        if self._has_decimal_comma and _THOUSANDS_OR_DECIMALS.fullmatch(text):
            return Amount(None, problem="amount_not_read")
        found = read_amount(text, self._table.unit, currency)
        if found.value is None or found.currency == YUAN:
            return found
        rate = self._options.rates.get(found.currency)
        if rate is None:
            return Amount(None, found.currency, "currency_without_rate")
        return Amount(found.value * rate, YUAN)

    def _note_reversed(self, columns: ValueColumns) -> None:
        """Rows that end before they begin."""
        starts = np.array([day.toordinal() if day else 0 for day in columns.start.values])
        ends = np.array([day.toordinal() if day else _LAST_DAY for day in columns.end.values])
        is_reversed = ends[columns.end.codes] < starts[columns.start.codes]
        self._note("dates_reversed", is_reversed)

    def _note(self, code: str, is_such: Flags) -> None:
        self._notes.add_all(code, self._table.cells.numbers[is_such].tolist())

    def _note_problems(self, column: Column[str], problems: Sequence[str]) -> None:
        """A note for each row whose text has a problem: its number and the text."""
        of_text = np.array(problems, object)
        for problem in sorted(set(problems) - {""}):
            rows = np.flatnonzero((of_text == problem)[column.codes])
            numbers = self._table.cells.numbers[rows].tolist()
            texts = [column[row][:SHOWN_CHARACTERS] for row in rows[:SHOWN_ROWS].tolist()]
            first = [f"{number}: {text}" for number, text in zip(numbers, texts, strict=False)]
            self._notes.add_all(problem, [*first, *numbers[len(first) :]])


def shares_are_fractions(table: Table, options: ImportOptions, notes: Notes) -> bool | None:
    """Whether shares are fractions of 1; None where nothing tells.

    They are where all are at most 1 and those of some company make 1.
    """
    if options.share_unit:
        return options.share_unit == "fraction"
    places = table.places_of("share")
    if not places or "%" in table.head[places[0]] or "％" in table.head[places[0]]:
        return False
    shares, companies = table.column("share"), table.column("target")
    told = [text for text in shares.values if text not in ("", "0", "-")]
    if not all(is_bare_fraction(text) for text in told):
        return False
    value = [Decimal(text) if is_bare_fraction(text) else Decimal(0) for text in shares.values]
    totals: dict[int, Decimal] = {}
    for share, company in zip(shares.codes.tolist(), companies.codes.tolist(), strict=True):
        totals[company] = totals.get(company, Decimal(0)) + value[share]
    if any(abs(total - 1) <= _ROUNDED for total in totals.values()):
        notes.add("share_as_fraction")
        return True
    return None if told else False


def _has_decimal_comma(table: Table) -> bool:
    """Whether some amount is written with a decimal comma (1.234,56), so that 1.234 may be a
    thousand.
    """
    return any(_DECIMAL_COMMA.fullmatch(text) for text in table.column("amount").values)
