"""The relations of one table as columns: each becomes a `Relation` only where somebody asks for it,
so that a million guarantees take the memory of their numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Generic, TypeVar, overload

import numpy as np
import numpy.typing as npt

from extractors.model import WHOLE_PAGE
from graphs.model import EVENTS, Amounts, Ends, PartyGraph, Place, Relation, RelationKind

Ints = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Column(Generic[Value]):
    """Distinct values, and which one each relation has."""

    values: Sequence[Value]
    codes: Ints

    def __getitem__(self, row: int) -> Value:
        return self.values[int(self.codes[row])]

    def is_such(self, test: Callable[[Value], bool]) -> Flags:
        """For each relation whether its value passes a test."""
        passed = np.fromiter((test(value) for value in self.values), bool, len(self.values))
        return np.asarray(passed[self.codes], bool)

    def taken(self, rows: npt.NDArray[np.integer]) -> Column[Value]:
        return Column(self.values, self.codes[rows])


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
    amount: Column[Decimal | None]
    share: Column[Decimal | None]
    start: Column[date | None]
    end: Column[date | None]
    contract: Column[str]
    mode: Column[str]
    replaces: Column[str]

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
        source, target = self.source[row], self.target[row]
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
            amount=self.amount[row],
            start=self.start[row],
            end=self.end[row],
            places=(place,),
            contract=self.contract[row] or document,
            share=self.share[row],
            mode=self.mode[row],
            replaces=self.replaces[row],
        )

    def taken(self, rows: npt.NDArray[np.integer]) -> RelationTable:
        """Some relations only, in the given order."""
        columns = ("kind", "amount", "share", "start", "end", "contract", "mode", "replaces")
        return replace(
            self,
            number=self.number[rows],
            source=self.source[rows],
            target=self.target[rows],
            **{name: getattr(self, name).taken(rows) for name in columns},
        )

    def is_kind(self, kinds: Sequence[str]) -> Flags:
        """For each relation whether it is of one of these kinds."""
        return self.kind.is_such(lambda kind: kind in kinds)

    def is_live(self, day: date) -> Flags:
        """For each relation whether its own dates hold on a day; what happened stays true."""
        has_begun = self.start.is_such(lambda start: start is None or start <= day)
        goes_on = self.end.is_such(lambda end: end is None or day <= end)
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
        return self._table_of(kind).amount

    def sharing_contracts(self, kind: str) -> Sequence[Relation]:
        own = self._table_of(kind)
        codes = own.contract.codes.astype(np.int64)
        # A row without a contract's number is a contract of its own, and may name several parties.
        is_unnumbered = ~own.contract.is_such(bool)
        key = np.where(is_unnumbered, -1 - own.number.astype(np.int64), codes)
        _, of_row, counts = np.unique(key, return_inverse=True, return_counts=True)
        return own.taken(np.flatnonzero(counts[of_row] > 1))

    def as_of(self, day: date) -> PartyGraph:
        if any(self.relations.replaces.values):
            return PartyGraph(self.entities, tuple(self.relations)).as_of(day)
        live = self.relations.taken(np.flatnonzero(self.relations.is_live(day)))
        ids = {live.parties.ids[party] for party in live.used().tolist()}
        return TableGraph({k: v for k, v in self.entities.items() if k in ids}, live)
