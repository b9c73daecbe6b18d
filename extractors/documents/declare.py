"""Declaring a document type: what it is called, how it is recognised, its typed fields, and its
reader.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import IntEnum, StrEnum
from typing import Generic, TypeVar

from extractors.documents.parts import Parts
from extractors.documents.ties import Tie
from extractors.layout.labels import Form
from extractors.layout.page import Page
from extractors.model import Document, Field
from extractors.values.party_name import PartyName

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Kind(Generic[T_co]):
    """A kind of value: how its canonical text is read back."""

    name: str
    read: Callable[[str], T_co]


TEXT: Kind[str] = Kind("text", str)
PARTY: Kind[PartyName] = Kind("text", PartyName)
MONEY: Kind[Decimal] = Kind("money", Decimal)
DATE: Kind[date] = Kind("date", date.fromisoformat)


@dataclass(frozen=True, slots=True)
class Reading(Generic[T_co]):
    """A typed value with the field that it was read from."""

    value: T_co
    field: Field


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSpec(Generic[T_co]):
    """A typed handle to one field of one document type."""

    type_id: str
    name: str
    kind: Kind[T_co]
    label_zh: str

    @property
    def label(self) -> str:
        """The English label: the name as words."""
        return self.name.replace("_", " ")

    def of(self, document: Document) -> Reading[T_co] | None:
        """The typed value in `document`, or None where it was not read."""
        found = document.fields.get(self.name) if document.type == self.type_id else None
        return Reading(self.kind.read(found.value), found) if found else None


Reader = Callable[[Sequence[Page]], Parts]
Splitter = Callable[[Page], list[tuple[str, Page]]]
Ties = Callable[[Parts], Iterator[Tie]]


class Maker(IntEnum):
    """Who makes a document.

    Of two that contradict each other, the lower maker is in doubt first.
    """

    APPLICANT = 0
    PARTIES = 1  # the parties to a deal, or a declaration that an authority received
    INSTITUTION = 2  # a bank, a tax office or a register


class Stated(StrEnum):
    """What a document states about how parties are related."""

    GUARANTEES = "guarantees"  # guarantors and the debtor whose debts they answer for
    HOLDINGS = "holdings"  # shareholders and the company that they own
    REPRESENTATIVE = "representative"  # the person who represents a company
    SALES = "sales"  # seller and buyer


def no_ties(parts: Parts) -> Iterator[Tie]:
    """Yield nothing: the figures of such a document are not tied to each other."""
    return iter(())


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognise:
    """How a page of this type looks: titles near its top, cues anywhere, and what it never says.

    Patterns on squeezed text.
    """

    titles: re.Pattern[str]
    cues: tuple[str, ...]
    never: re.Pattern[str] | None = None
    identity: str = ""  # label key whose value tells one paper from the next
    appendix: re.Pattern[str] | None = (
        None  # head of a page that belongs to a document of this type
    )
    repeats: bool = False  # several papers may share a page
    continues: bool = False  # pages without a title may follow
    essential: tuple[str, ...] = ()  # patterns that a page without a title must show, all of them
    ends: re.Pattern[str] | None = (
        None  # how a title that is not among `titles` may end all the same
    )
    sheets: bool = True  # whether a sheet without a title may be of this type
    shows: Callable[[Page], bool] | None = None  # what stands on the page makes it this type
    # what stands on the page goes for the words of its fields, where its own title names it
    bears: Callable[[Page], bool] | None = None
    proves: Callable[[Page], bool] | None = None  # the same, where no title names another type


@dataclass(slots=True, kw_only=True)
class DocumentType:
    """Everything that is known about one kind of document. Other packages read it from here."""

    id: str
    title: str
    title_zh: str
    recognise: Recognise
    vocabulary: Mapping[str, Sequence[str]]
    made_by: Maker
    owner: str
    """The field that names the company it is about; empty where it is about several companies."""
    required: tuple[str, ...]
    """Fields, `rows` or `lines` without which the document is `partial` and is read again."""
    system_issued: bool
    """Whether an issuer's system makes the file, so that one author or tool serves all customers.
    """
    single_run: bool
    """Whether one run of a program makes all its pages."""
    bears_own_seal: bool
    """Whether the company that it is about stamps it."""
    ties: Ties
    relations: tuple[Stated, ...]
    """What it states about parties, for the graph."""
    specs: dict[str, FieldSpec[object]] = field(default_factory=dict)
    read: Reader | None = None
    split: Splitter | None = None

    def field(self, name: str, kind: Kind[T_co], *, label_zh: str) -> FieldSpec[T_co]:
        """Declare a field and return its typed handle."""
        if name in self.specs:
            raise TypeError(f"{self.id}: field {name} is declared twice")
        spec = FieldSpec(type_id=self.id, name=name, kind=kind, label_zh=label_zh)
        self.specs[name] = spec
        return spec

    def reader(self, function: Reader) -> Reader:
        """Register the function that reads pages of this type; used as a decorator."""
        self.read = function
        return function

    def splitter(self, function: Splitter) -> Splitter:
        """Register the function that cuts a sheet which lists documents of this type, each with its
        identity.
        """
        self.split = function
        return function

    def form(self, page: Page) -> Form:
        """Return the page with this type's labels found on it."""
        return Form(page, self.vocabulary)

    def lacks(self, parts: Parts) -> tuple[str, ...]:
        """Return the required parts that were not read."""
        return tuple(key for key in self.required if not parts.has(key))


def document_type(
    *,
    id: str,
    title: str,
    title_zh: str,
    recognise: Recognise,
    vocabulary: Mapping[str, Sequence[str]],
    made_by: Maker,
    required: tuple[str, ...],
    owner: str = "",
    system_issued: bool = False,
    single_run: bool = False,
    bears_own_seal: bool = False,
    ties: Ties = no_ties,
    relations: tuple[Stated, ...] = (),
) -> DocumentType:
    """Declare a kind of document; raise TypeError that names the file of an incomplete declaration."""
    where = sys._getframe(1).f_code.co_filename
    needed = {
        "id": id,
        "title": title,
        "title_zh": title_zh,
        "cues": recognise.cues,
        "required": required,
    }
    for name, value in needed.items():
        if not value:
            raise TypeError(f"{where}: document type without {name}")
    return DocumentType(
        id=id,
        title=title,
        title_zh=title_zh,
        recognise=recognise,
        vocabulary=vocabulary,
        made_by=made_by,
        owner=owner,
        required=required,
        system_issued=system_issued,
        single_run=single_run,
        bears_own_seal=bears_own_seal,
        ties=ties,
        relations=relations,
    )
