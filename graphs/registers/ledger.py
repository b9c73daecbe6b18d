"""A table of guarantees, loans, shares, invoices or payments as relations, each with its row."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np

from graphs.model import PartyGraph, RelationKind
from graphs.registers.columns import HELD, KINDS, PAID, SOLD, folded_head
from graphs.registers.distinct import Column
from graphs.registers.import_report import SHOWN_CHARACTERS, ImportOptions, Notes
from graphs.registers.relation_table import PartyNames, RelationTable, TableGraph
from graphs.registers.table import Table
from graphs.registers.table_parties import PartyNumbers, Ties, note_codes, ties_of
from graphs.registers.table_values import ValueReader, shares_are_fractions
from graphs.resolve.same_party import Mention, Resolution, resolve

LONGEST_CELL = 1_000  # characters of a name or number
_TOTAL = re.compile(r"^(?:合计|总计|小计|本页合计|共计|total|sum|subtotal)[:：]?$", re.IGNORECASE)


def ledger_graph(file: str, table: Table, options: ImportOptions, notes: Notes) -> PartyGraph:
    """The relations of a table's rows; names are resolved over the whole table, and what is not
    read is noted.
    """
    notes.rows += len(table.cells)
    in_fractions = shares_are_fractions(table, options, notes)
    _note_rows(table, notes)
    table = table.with_rows(np.flatnonzero(table.cells.longest <= LONGEST_CELL))
    numbers = PartyNumbers()
    ties = ties_of(table, numbers)
    _note_missing_parties(table, ties, notes)
    told = _kind_of_table(table)
    kind = _kinds(table, told)
    ties = _of_known_kinds(table, ties, kind, notes)
    rows, row_of_tie = np.unique(ties.row, return_inverse=True)
    values = ValueReader(table.with_rows(rows), options, notes, in_fractions)
    columns = values.read(kind.taken(rows))
    named, ties = _in_use(numbers, ties)
    parties = _resolved(named, ties, told == RelationKind.HOLDS_SHARES)
    note_codes(named, parties, notes)
    ids = parties.mentioned
    _note_self_made(ids, ties, notes)
    relations = RelationTable(
        file=file,
        parties=PartyNames(ids, [name for name, _ in named]),
        number=table.cells.numbers[ties.row],
        source=ties.source,
        target=ties.target,
        kind=Column([RelationKind(each or told) for each in kind.values], kind.codes[ties.row]),
        values=columns.taken(row_of_tie),
    )
    return TableGraph(parties.entities, relations)


def _note_rows(table: Table, notes: Notes) -> None:
    """Rows that are torn, hold more than the head names, or are left out for a cell too long."""
    cells = table.cells
    notes.add_all("unclosed_quote", cells.numbers[cells.is_torn].tolist())
    notes.add_all("cells_beyond_head", cells.numbers[cells.has_more].tolist())
    notes.add_all("cell_too_long", cells.numbers[cells.longest > LONGEST_CELL].tolist())


def _note_missing_parties(table: Table, ties: Ties, notes: Notes) -> None:
    """Rows that tie nobody: totals, and those that lack one of the two parties."""
    is_missing = np.ones(len(table.cells), bool)
    is_missing[ties.row] = False
    is_total = np.zeros(len(table.cells), bool)
    for column in table.cells.columns:
        is_total |= column.is_such(_TOTAL.match)
    notes.add_all("total_row", table.cells.numbers[is_missing & is_total].tolist())
    notes.add_all("party_missing", table.cells.numbers[is_missing & ~is_total].tolist())


def _kinds(table: Table, own: str) -> Column[str]:
    """What each row states; empty where its own cell names no kind that is known."""
    column = table.column("kind")
    kinds = [KINDS.get(text.casefold(), "") if text else own for text in column.values]
    return Column(kinds, column.codes)


def _of_known_kinds(table: Table, ties: Ties, kind: Column[str], notes: Notes) -> Ties:
    is_known = kind.is_such(bool)[ties.row]
    unknown = np.unique(ties.row[~is_known]).tolist()
    numbers, told = table.cells.numbers, table.column("kind")
    notes.add_all("kind_unknown", [f"{numbers[r]}: {told[r][:SHOWN_CHARACTERS]}" for r in unknown])
    return ties.taken(np.flatnonzero(is_known))


def _in_use(numbers: PartyNumbers, ties: Ties) -> tuple[Sequence[tuple[str, str]], Ties]:
    """Name and code of the parties that some relation ties, numbered in that order."""
    used = np.unique(np.concatenate((ties.source, ties.target)))
    pairs = numbers.pairs
    place = np.zeros(len(pairs), np.int32)
    place[used] = np.arange(len(used), dtype=np.int32)
    named = [pairs[party] for party in used.tolist()]
    return named, Ties(ties.row, place[ties.source], place[ties.target])


def _resolved(named: Sequence[tuple[str, str]], ties: Ties, are_held: bool) -> Resolution:
    """The parties of a table; whoever is held is a company."""
    held = set(ties.target.tolist()) if are_held else set()
    mentions = (
        Mention(name, code, kind="company" if number in held else "")
        for number, (name, code) in enumerate(named)
    )
    return resolve(mentions)


def _note_self_made(ids: Sequence[str], ties: Ties, notes: Notes) -> None:
    """Relations of a party with itself, under one spelling or two."""
    first: dict[str, int] = {}
    entity = np.array([first.setdefault(each, len(first)) for each in ids], np.int64)
    count = int((entity[ties.source] == entity[ties.target]).sum()) if len(ids) else 0
    if count:
        notes.add("self_guarantee", count=count)


def _kind_of_table(table: Table) -> str:
    """What a row states where it does not say so itself: by the head of its first party, or a
    column of shares.
    """
    if "share" in table.columns.values():
        return RelationKind.HOLDS_SHARES
    head = folded_head(table.head[table.places_of("source")[0]])
    for words, kind in (
        (HELD, RelationKind.HOLDS_SHARES),
        (PAID, RelationKind.PAYS),
        (SOLD, RelationKind.INVOICES),
    ):
        if head in {folded_head(word) for word in words}:
            return kind
    return RelationKind.GUARANTEES


def columns_read(table: Table) -> Mapping[str, str]:
    """Heads as printed and what each was read as."""
    return {table.head[place]: name for place, name in sorted(table.columns.items())}
