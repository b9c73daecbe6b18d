"""Declaring a document type: what it is called, how it is recognised, its typed fields, and its reader."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Generic, TypeVar

from extractors.layout.labels import Form
from extractors.layout.page import Page
from extractors.model import (
    Document,
    Failure,
    Field,
    Item,
    Line,
    PrintedTotal,
    Shareholder,
    Signal,
    Transaction,
)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Kind(Generic[T]):
    """A kind of value: how its canonical text is read back."""

    name: str
    read: Callable[[str], T]


TEXT: Kind[str] = Kind("text", str)
MONEY: Kind[Decimal] = Kind("money", Decimal)
DATE: Kind[date] = Kind("date", date.fromisoformat)


@dataclass(frozen=True, slots=True)
class Reading(Generic[T]):
    """A typed value with the field that it was read from."""

    value: T
    field: Field


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSpec(Generic[T]):
    """A typed handle to one field of one document type."""

    type_id: str
    name: str
    kind: Kind[T]
    label_zh: str

    def of(self, document: Document) -> Reading[T] | None:
        """The typed value in `document`, or None where it was not read."""
        found = document.fields.get(self.name) if document.type == self.type_id else None
        return Reading(self.kind.read(found.value), found) if found else None


@dataclass(slots=True)
class Parts:
    """What a reader found; becomes a Document."""

    fields: dict[str, Field] = field(default_factory=dict)
    lines: dict[str, Line] = field(default_factory=dict)
    rows: tuple[Transaction, ...] = ()
    totals: tuple[PrintedTotal, ...] = ()
    items: tuple[Item, ...] = ()
    shareholders: tuple[Shareholder, ...] = ()
    parties: dict[str, tuple[Field, ...]] = field(default_factory=dict)
    signals: list[Signal] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)

    def has(self, key: str) -> bool:
        """Whether a required part was read: a field, or rows or lines."""
        return bool(self.fields.get(key) or (key in ("rows", "lines") and getattr(self, key)))

    def put(self, found: Field | None) -> bool:
        """Keeps a field unless one of that name was found before; says whether there is one now."""
        if found is not None:
            self.fields.setdefault(found.name, found)
        return found is not None


Reader = Callable[[Sequence[Page]], Parts]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognise:
    """How a page of this type looks: titles near its top, cues anywhere, and what it never says. Patterns on squeezed text."""

    titles: re.Pattern[str]
    cues: tuple[str, ...]
    never: re.Pattern[str] | None = None
    identity: str = ""  # label key whose value tells one paper from the next
    repeats: bool = False  # several papers may share a page
    continues: bool = False  # pages without a title may follow
    essential: tuple[str, ...] = ()  # patterns that a page without a title must show, all of them
    ends: re.Pattern[str] | None = (
        None  # how a title that is not among `titles` may end all the same
    )
    sheets: bool = True  # whether a sheet without a title may be of this type


@dataclass(slots=True, kw_only=True)
class DocumentType:
    """A declared type of paper."""

    id: str
    title: str
    title_zh: str
    recognise: Recognise
    vocabulary: Mapping[str, Sequence[str]]
    required: tuple[str, ...] = ()
    specs: dict[str, FieldSpec[object]] = field(default_factory=dict)
    read: Reader | None = None

    def field(self, name: str, kind: Kind[T], *, label_zh: str) -> FieldSpec[T]:
        """Declares a field and returns its typed handle."""
        if name in self.specs:
            raise TypeError(f"{self.id}: field {name} is declared twice")
        spec = FieldSpec(type_id=self.id, name=name, kind=kind, label_zh=label_zh)
        self.specs[name] = spec  # type: ignore[assignment]  # a FieldSpec[T] is stored among FieldSpec[object]
        return spec

    def reader(self, function: Reader) -> Reader:
        """Decorator: the function that reads pages of this type."""
        self.read = function
        return function

    def form(self, page: Page) -> Form:
        return Form(page, self.vocabulary)


def document_type(
    *,
    id: str,
    title: str,
    title_zh: str,
    recognise: Recognise,
    vocabulary: Mapping[str, Sequence[str]],
    required: tuple[str, ...] = (),
) -> DocumentType:
    """Declares a type of paper; refuses an incomplete declaration, naming its file."""
    where = sys._getframe(1).f_code.co_filename
    for name, value in (
        ("id", id),
        ("title", title),
        ("title_zh", title_zh),
        ("cues", recognise.cues),
    ):
        if not value:
            raise TypeError(f"{where}: document type without {name}")
    return DocumentType(
        id=id,
        title=title,
        title_zh=title_zh,
        recognise=recognise,
        vocabulary=vocabulary,
        required=required,
    )
