"""Contacts of firms as their own papers tell them: telephone, e-mail, address, account, and marks that a firm's files bear."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.documents import bank_statement, business_licence, shareholder_register
from extractors.documents.declare import FieldSpec
from extractors.model import WHOLE_PAGE, Document
from extractors.values.glyphs import squeeze
from extractors.values.party_name import folded_name
from graphs.file_marks import ISSUED, noted
from graphs.model import Place
from graphs.owner import owner_name

_SURE = 0.85  # a doubtful reading ties nobody
_PHONE = re.compile(r"(?<!\d)(?:\+?86-?)?(1[3-9]\d{9}|0\d{2,3}-?\d{7,8})(?!\d)")  # national lines such as 400… belong to whom they were let
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_LEAST_ADDRESS, _LEAST_ACCOUNT = 8, 9  # characters
_FIELDS: tuple[tuple[str, FieldSpec[str]], ...] = (
    ("address", business_licence.ADDRESS),
    ("address", shareholder_register.ADDRESS),
    ("phone", shareholder_register.PHONE),
    ("email", shareholder_register.EMAIL),
    ("account", bank_statement.ACCOUNT_NUMBER),
)
_MARKS = {"author": "author", "serial": "device", "xmp_id": "file", "file_id": "file"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A contact of a firm: its kind as of an entity, the key under which equal ones are equal, as printed, and where."""

    kind: str
    key: str
    shown: str
    firm: str
    place: Place


def contacts_of(packet: str, document: Document) -> Iterator[Contact]:
    """Contacts that a paper tells of the one firm that it is about. Marks of files count only on papers that a firm makes itself;
    a camera's number on any.
    """
    firm = owner_name(document)
    if not firm:
        return
    for kind, spec in _FIELDS:
        found = spec.of(document)
        if found and found.field.confidence >= _SURE:
            at = found.field.at
            place = Place(packet=packet, file=document.file, document=document.id, page=at.page, box=at.box, text=found.value)
            yield from (Contact(kind=kind, key=k, shown=shown, firm=firm, place=place) for k, shown in keys_of(kind, found.value))
    for note, kind in _MARKS.items():
        text = "".join(c for c in noted(document, note) if c.isprintable())
        if text and (note == "serial" or document.type not in ISSUED):
            page = document.pages[0] if document.pages else 1
            place = Place(packet=packet, file=document.file, document=document.id, page=page, box=WHOLE_PAGE, text=text)
            yield Contact(kind=kind, key=text.casefold(), shown=text, firm=firm, place=place)


def keys_of(kind: str, text: str) -> Iterator[tuple[str, str]]:
    """Key and printed form of each contact of a kind in a text; nothing where the text holds none."""
    plain = squeeze(text)
    if kind == "phone":
        yield from ((m[1].replace("-", ""), m[1]) for m in _PHONE.finditer(plain))
    elif kind == "email":
        yield from ((m[0].casefold(), m[0]) for m in _EMAIL.finditer(plain))
    elif kind == "account" and len(number := re.sub(r"\D", "", plain)) >= _LEAST_ACCOUNT and "*" not in plain:
        yield number, number
    elif kind == "address" and len(plain) >= _LEAST_ADDRESS:
        yield re.sub(r"[,，。、;；\s]", "", folded_name(plain)), text
