"""The relations of one table as columns: each becomes a `Relation` only where somebody asks for it,
so that a million guarantees take the memory of their numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from typing import overload

import numpy as np
import numpy.typing as npt

from extractors.model import WHOLE_PAGE
from graphs.kernels.arrays import Ints
from graphs.model import EVENTS, Amounts, Ends, PartyGraph, Place, Relation, RelationKind
from graphs.registers.distinct import Column, Flags


@dataclass(frozen=True, slots=True)
class ValueColumns:
    """What each row tells besides its parties."""

    amount: Column[Decimal | None]
    share: Column[Decimal | None]
    start: Column[date | None]
    end: Column[date | None]
    contract: Column[str]
    mode: Column[str]
    replaces: Column[str]

    def taken(self, rows: npt.NDArray[np.integer]) -> ValueColumns:
        """The same columns of some rows only."""
        return ValueColumns(*(getattr(self, column.name).taken(rows) for column in fields(self)))


@dataclass(frozen=True, slots=True)
class PartyNames:
    """The entity of each party that the table names, and how the table writes it."""

    ids: Sequence[str]
    names: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationTable(Sequence[Relation]):
    """Relations in the order of their rows; `source` and `target` are numbers of `parties`."""

    file: str
    parties: PartyNames
    number: Ints  # of each relation's row in the file
    source: Ints
    target: Ints
    kind: Column[RelationKind]
    values: ValueColumns

    def __len__(self) -> int:
        return len(self.number)

    @overload
    def __getitem__(self, index: int) -> Relation: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Relation, ...]: ...
    def __getitem__(self, index: int | slice) -> Relation | tuple[Relation, ...]:
        if isinstance(index, slice):
            return tuple(self._relation(row) for row in range(*index.indices(len(self))))
        if not -len(self) <= index < len(self):
            raise IndexError(index)
        return self._relation(index % len(self))

    def __iter__(self) -> Iterator[Relation]:
        return map(self._relation, range(len(self)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]  # as of every sequence that compares by its items

    def _relation(self, row: int) -> Relation:
        source, target, own = self.source[row], self.target[row], self.values
        names = self.parties.names
        document = f"{self.file}#{self.number[row]}"
        place = Place(
            packet="",
            file=self.file,
            document=document,
            page=int(self.number[row]),
            box=WHOLE_PAGE,
            text=f"{names[source]} → {names[target]}",
            source=names[source],
            target=names[target],
        )
        return Relation(
            kind=self.kind[row],
            source=self.parties.ids[source],
            target=self.parties.ids[target],
            amount=own.amount[row],
            start=own.start[row],
            end=own.end[row],
            places=(place,),
            contract=own.contract[row] or document,
            share=own.share[row],
            mode=own.mode[row],
            replaces=own.replaces[row],
        )

    def taken(self, rows: npt.NDArray[np.integer]) -> RelationTable:
        """Some relations only, in the given order."""
        return replace(
            self,
            number=self.number[rows],
            source=self.source[rows],
            target=self.target[rows],
            kind=self.kind.taken(rows),
            values=self.values.taken(rows),
        )

    def is_kind(self, kinds: Sequence[str]) -> Flags:
        """For each relation whether it is of one of these kinds."""
        return self.kind.is_such(lambda kind: kind in kinds)

    def is_live(self, day: date) -> Flags:
        """For each relation whether its own dates hold on a day; what happened stays true."""
        has_begun = self.values.start.is_such(lambda start: start is None or start <= day)
        goes_on = self.values.end.is_such(lambda end: end is None or day <= end)
        return has_begun & (goes_on | self.is_kind(EVENTS))

    def used(self) -> Ints:
        """Numbers of the parties that some relation names, ascending."""
        is_used = np.zeros(len(self.parties.ids), bool)
        is_used[self.source] = True
        is_used[self.target] = True
        return np.flatnonzero(is_used).astype(np.int32)


@dataclass(frozen=True, eq=False)
class TableGraph(PartyGraph):
    """A graph whose relations are one table."""

    relations: RelationTable

    def of_kind(self, kind: str) -> Sequence[Relation]:
        return self._table_of(kind)

    def _table_of(self, kind: str) -> RelationTable:
        found = self.derived.get(("of_kind", kind))
        if found is None:
            is_such = self.relations.is_kind([kind])
            is_all = bool(is_such.all())
            found = self.relations if is_all else self.relations.taken(np.flatnonzero(is_such))
            self.derived["of_kind", kind] = found
        assert isinstance(found, RelationTable)
        return found

    def ends(self, kind: str) -> Ends:
        own = self._table_of(kind)
        used = own.used().tolist()
        ids = sorted({own.parties.ids[party] for party in used})
        place = dict(zip(ids, range(len(ids)), strict=True))
        numbers = np.zeros(len(own.parties.ids), np.int32)
        numbers[used] = [place[own.parties.ids[party]] for party in used]
        return Ends(tuple(ids), numbers[own.source], numbers[own.target])

    def amounts(self, kind: str) -> Amounts:
        return self._table_of(kind).values.amount

    def sharing_contracts(self, kind: str) -> Sequence[Relation]:
        own = self._table_of(kind)
        codes = own.values.contract.codes.astype(np.int64)
        # A row without a contract's number is a contract of its own, and may name several parties.
        is_unnumbered = ~own.values.contract.is_such(bool)
        key = np.where(is_unnumbered, -1 - own.number.astype(np.int64), codes)
        _, of_row, counts = np.unique(key, return_inverse=True, return_counts=True)
        return own.taken(np.flatnonzero(counts[of_row] > 1))

    def as_of(self, day: date) -> PartyGraph:
        if any(self.relations.values.replaces.values):
            return PartyGraph(self.entities, tuple(self.relations)).as_of(day)
        live = self.relations.taken(np.flatnonzero(self.relations.is_live(day)))
        ids = {live.parties.ids[party] for party in live.used().tolist()}
        return TableGraph({k: v for k, v in self.entities.items() if k in ids}, live)
