"""The parties that the rows of a table name: guarantors in several columns or in one cell, each with
its code, and the debtor.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from extractors.values.party_name import folded_name, is_company
from graphs.kernels.arrays import Ints, Longs
from graphs.registers.distinct import Column, empty_column, paired
from graphs.registers.import_report import SHOWN_CHARACTERS, Notes
from graphs.registers.table import Table
from graphs.resolve.party_code import party_code
from graphs.resolve.same_party import Resolution

_LIST = re.compile(r"[、;；\n]")
_MAY_BE_SEVERAL = re.compile(r"[、;；\n,，]")
_COMMA = re.compile(r"[,，]")
_PERSON = re.compile(r"[\u4e00-\u9fff·]{2,4}")


class PartyNumbers:
    """Every pair of name and code once, with its number."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, str], int] = {}

    @property
    def pairs(self) -> Sequence[tuple[str, str]]:
        return list(self._numbers)

    def number(self, name: str, code: str) -> int:
        return self._numbers.setdefault((name, code), len(self._numbers))


@dataclass(frozen=True, slots=True)
class Ties:
    """Pairs of parties that rows state: the row of each, and the numbers of both parties."""

    row: Longs
    source: Ints
    target: Ints

    def taken(self, ties: Longs) -> Ties:
        """Some of them only."""
        return Ties(self.row[ties], self.source[ties], self.target[ties])


def ties_of(table: Table, numbers: PartyNumbers) -> Ties:
    """Every source of every row beside its target, in the order of the table; a row that lacks one
    of the two has none.
    """
    cells = table.cells
    codes = [cells.columns[place] for place in table.places_of("source_code")]
    rows: list[Longs] = []
    parties: list[Ints] = []
    for order, place in enumerate(table.places_of("source")):
        code = codes[order] if order < len(codes) else empty_column(len(cells))
        row, party = _named_in(cells.columns[place], code, numbers)
        rows.append(row)
        parties.append(party)
    row, party = _in_order(np.concatenate(rows), np.concatenate(parties))
    target = _targets(table, numbers)
    is_whole = target[row] >= 0
    row, party = row[is_whole], party[is_whole]
    return Ties(row, party, target[row])


def _named_in(column: Column[str], codes: Column[str], numbers: PartyNumbers) -> tuple[Longs, Ints]:
    """The rows and party numbers that a column of names gives: one row may name several."""
    cells = paired(column, codes)
    lists: list[list[int]] = []
    for text, code in cells.values:
        names = names_in(text)
        own = zip(names, _codes_of(code, len(names)), strict=True)
        lists.append([numbers.number(name, name_code) for name, name_code in own])
    counts = np.array([len(own) for own in lists], np.int64)
    flat = np.array([number for own in lists for number in own], np.int32)
    starts = np.cumsum(counts) - counts
    sizes = counts[cells.codes]
    row = np.repeat(np.arange(len(sizes)), sizes)
    within = np.arange(len(row)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return row, flat[np.repeat(starts[cells.codes], sizes) + within]


def _in_order(row: Longs, party: Ints) -> tuple[Longs, Ints]:
    """By row, and within a row as its columns come, each party once."""
    most = int(party.max()) + 1 if len(party) else 1
    _, first = np.unique(row * most + party, return_index=True)
    first.sort()
    row, party = row[first], party[first]
    order = np.argsort(row, kind="stable")
    return row[order], party[order]


def _targets(table: Table, numbers: PartyNumbers) -> Ints:
    """The party number of each row's target; -1 where it names none."""
    cells = paired(table.column("target"), table.column("target_code"))
    known = [numbers.number(name, code) if name else -1 for name, code in cells.values]
    return np.array(known, np.int32)[cells.codes]


def names_in(text: str) -> list[str]:
    """The parties that one cell names."""
    if text and not _MAY_BE_SEVERAL.search(text):
        return [text]
    parts = [name for part in _LIST.split(text) if (name := part.strip())]
    names: list[str] = []
    for part in parts:
        names += _between_commas(part)
    return names


def _codes_of(text: str, count: int) -> list[str]:
    """The codes of one cell's names; one code beside several names is told of none of them."""
    codes = [code.strip() for code in _LIST.split(text)] if count > 1 else [text]
    return codes if len(codes) == count else [""] * count


def _between_commas(text: str) -> list[str]:
    """A comma parts names only where each part is a whole one: names of companies may hold a comma."""
    parts = [part.strip() for part in _COMMA.split(text)]
    if len(parts) > 1 and all(is_company(p) or _PERSON.fullmatch(p) for p in parts):
        return parts
    return [text]


def note_codes(pairs: Sequence[tuple[str, str]], parties: Resolution, notes: Notes) -> None:
    """Codes that identify nobody, names under several codes, and their mentions without a code."""
    if not any(code for _, code in pairs):
        return
    codes: dict[str, set[str]] = {}
    for name, code in pairs:
        own = codes.setdefault(folded_name(name), set())
        valid = party_code(code)
        if valid:
            own.add(valid)
        elif code:
            notes.add("code_not_valid", f"{name[:SHOWN_CHARACTERS]} {code[:SHOWN_CHARACTERS]}")
    _note_homonyms(pairs, codes, parties, notes)


def _note_homonyms(
    pairs: Sequence[tuple[str, str]],
    codes: Mapping[str, set[str]],
    parties: Resolution,
    notes: Notes,
) -> None:
    for folded, own in sorted(codes.items()):
        if len(own) > 1 and len(parties.bearing(folded)) > 1:
            notes.add("codes_of_one_name", f"{folded[:SHOWN_CHARACTERS]}: {'、'.join(sorted(own))}")
    for name, code in pairs:
        if len(codes[folded_name(name)]) > 1 and not party_code(code):
            notes.add("homonym_without_code", name[:SHOWN_CHARACTERS])
