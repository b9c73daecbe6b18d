"""Contacts of firms as papers tell them: telephone, e-mail, address, account, and marks that a
firm's own files bear.

A paper tells the contacts of the firm that it is about; invoices and contracts also of their two
sides, slips and statements the account of whom the money came from or went to. Banks' own accounts
and telephones are nobody's contact here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.documents import (
    bank_slip,
    bank_statement,
    business_licence,
    guarantee_contract,
    invoice,
    shareholder_register,
)
from extractors.documents.declare import FieldSpec
from extractors.model import WHOLE_PAGE, Box, Document, Transaction
from extractors.values.party_name import is_company
from graphs.model import Place
from graphs.sources.contact_keys import keys_of
from graphs.sources.file_marks import names_its_system, noted
from graphs.sources.owner import owner_name

_FIELDS: tuple[tuple[str, FieldSpec[str]], ...] = (
    ("address", business_licence.ADDRESS),
    ("address", shareholder_register.ADDRESS),
    ("phone", shareholder_register.PHONE),
    ("email", shareholder_register.EMAIL),
    ("account", bank_statement.ACCOUNT_NUMBER),
)
_SIDES: tuple[tuple[FieldSpec[str], tuple[tuple[str, FieldSpec[str]], ...]], ...] = (
    (
        invoice.SELLER_NAME,
        (
            ("address", invoice.SELLER_ADDRESS),
            ("phone", invoice.SELLER_PHONE),
            ("account", invoice.SELLER_ACCOUNT),
        ),
    ),
    (
        invoice.BUYER_NAME,
        (
            ("address", invoice.BUYER_ADDRESS),
            ("phone", invoice.BUYER_PHONE),
            ("account", invoice.BUYER_ACCOUNT),
        ),
    ),
    (
        guarantee_contract.GUARANTOR,
        (
            ("address", guarantee_contract.GUARANTOR_ADDRESS),
            ("phone", guarantee_contract.GUARANTOR_PHONE),
            ("email", guarantee_contract.GUARANTOR_EMAIL),
            ("account", guarantee_contract.GUARANTOR_ACCOUNT),
        ),
    ),
    (
        guarantee_contract.DEBTOR,
        (
            ("address", guarantee_contract.DEBTOR_ADDRESS),
            ("phone", guarantee_contract.DEBTOR_PHONE),
            ("email", guarantee_contract.DEBTOR_EMAIL),
            ("account", guarantee_contract.DEBTOR_ACCOUNT),
        ),
    ),
)
_SLIP = (
    (bank_slip.PAYER_NAME, bank_slip.PAYER_ACCOUNT),
    (bank_slip.PAYEE_NAME, bank_slip.PAYEE_ACCOUNT),
)
_KEEPS_MONEY = re.compile(
    r"银行|信用社|支行|分行|营业部|税务局|国库|财政|清算|待报解|备付金"
)  # their accounts are passed through by all
_MARKS = {"author": "author", "serial": "device", "xmp_id": "file", "file_id": "file"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A contact of a firm: its kind as of an entity, the key under which equal ones are equal, as
    printed, and where.
    """

    kind: str
    key: str
    shown: str
    firm: str
    place: Place


def contacts_of(
    packet: str, document: Document, *, floor: float, counterparties: bool = True
) -> Iterator[Contact]:
    """Contacts that a paper tells. Marks of files count only on papers that a firm makes itself; a
    camera's number on any. `counterparties` adds the accounts of firms on the other side of
    payments. What was read less surely than `floor` ties nobody.
    """
    make = _Maker(packet, document, floor)
    yield from _of_owner(make)
    for name, told in _SIDES:
        firm = name.of(document)
        if firm and firm.field.confidence >= floor and is_company(firm.value):
            yield from (c for kind, spec in told for c in make.of_field(kind, spec, firm.value))
    if counterparties and document.type == bank_slip.BANK_SLIP.id:
        yield from _of_slip(make)
    if counterparties and document.type == bank_statement.BANK_STATEMENT.id:
        yield from _of_rows(make)


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes contacts of one paper."""

    packet: str
    document: Document
    floor: float

    def at(
        self, kind: str, key: str, shown: str, firm: str, page: int, box: Box, text: str
    ) -> Contact:
        place = Place(
            packet=self.packet,
            file=self.document.file,
            document=self.document.id,
            page=page,
            box=box,
            text=text,
        )
        return Contact(kind=kind, key=key, shown=shown, firm=firm, place=place)

    def of_field(self, kind: str, spec: FieldSpec[str], firm: str) -> Iterator[Contact]:
        found = spec.of(self.document)
        if found and found.field.confidence >= self.floor:
            at = found.field.at
            yield from (
                self.at(kind, key, shown, firm, at.page, at.box, found.value)
                for key, shown in keys_of(kind, found.value)
            )


def _of_owner(make: _Maker) -> Iterator[Contact]:
    document, firm = make.document, owner_name(make.document)
    if not firm:
        return
    for kind, spec in _FIELDS:
        yield from make.of_field(kind, spec, firm)
    for note, kind in _MARKS.items():
        text = "".join(c for c in noted(document, note) if c.isprintable())
        if text and (note == "serial" or not names_its_system(document)):
            page = document.pages[0] if document.pages else 1
            yield make.at(kind, text.casefold(), text, firm, page, WHOLE_PAGE, text)


def _of_slip(make: _Maker) -> Iterator[Contact]:
    numbers = [found.value for _, spec in _SLIP if (found := spec.of(make.document))]
    for name, spec in _SLIP:
        firm = name.of(make.document)
        if (
            firm
            and firm.field.confidence >= make.floor
            and _is_other(firm.value)
            and len(set(numbers)) == len(numbers)
        ):
            yield from make.of_field("account", spec, firm.value)


def _of_rows(make: _Maker) -> Iterator[Contact]:
    """The accounts of a statement's counterparties, each once. A number beside several names is
    that of a clearing house or payment service, and the statement's own number beside another's
    name a slip of the bank's form: neither is the named firm's.
    """
    own = bank_statement.ACCOUNT_NUMBER.of(make.document)
    named: dict[str, dict[str, Transaction]] = {}
    for row in make.document.rows:
        if row.counterparty_account and row.counterparty_name and row.confidence >= make.floor:
            named.setdefault(row.counterparty_account, {}).setdefault(row.counterparty_key, row)
    for number, rows in named.items():
        row = next(iter(rows.values()))
        if (
            len(rows) == 1
            and _is_other(row.counterparty_name)
            and (own is None or number != own.value)
        ):
            for key, shown in keys_of("account", number):
                yield make.at(
                    "account", key, shown, row.counterparty_name, row.page, row.box, number
                )


def _is_other(name: str) -> bool:
    """Whether money came from or went to a firm, and not to a bank or an office that holds money of
    many.
    """
    return is_company(name) and not _KEEPS_MONEY.search(name)
