"""Facts of an application that another application's report may use: one fact a paper, place and
kind.

Kinds: file and page (digests), invoice (code and number; text: the applicant's side), account
(number; text: holder), party (name; text: credit code), code (credit code; text: name), red
(seller, buyer and amount that a red-letter invoice cancels; text: its day), cancelled (number of an
invoice that counts no more; text: the day), contract (number and
creditor; text: guarantor, debtor, amount), contact (telephone or address; text: applicant), author,
serial and file_id (what a file notes of its making; text: digest of the file), sketch (one of the
digests that stand for a paper's figures; text: digest of the file), issuer (bank; text: program
that wrote the statement), figure (applicant, paper, period, line; text: value), seal (description
of a round seal's ring; text: the firm whose paper bears it, and the name read along the ring),
picture (perceptual hash of a photograph; text: digest of the file), check_code (the verification
code of an official proof; text: applicant).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.documents import (
    bank_statement,
    business_licence,
    guarantee_contract,
    invoice,
    shareholder_register,
    social_insurance,
)
from extractors.documents.declare import FieldSpec
from extractors.model import WHOLE_PAGE, Box, Document, Field
from extractors.values.money import money_text
from extractors.values.party_name import folded_name
from graphs.sources.file_marks import noted
from graphs.sources.owner import owner_of
from verify.forensics.producer import figure_sketch, tool_of
from verify.forensics.seals import seals_of
from verify.model import Evidence
from verify.parties.other_firms import YEARLY
from verify.policy import default_policy

_NAMED_CODES: tuple[tuple[FieldSpec[str], FieldSpec[str]], ...] = (
    (business_licence.NAME, business_licence.USCC),
    (invoice.SELLER_NAME, invoice.SELLER_TAX_ID),
    (invoice.BUYER_NAME, invoice.BUYER_TAX_ID),
    (guarantee_contract.GUARANTOR, guarantee_contract.GUARANTOR_CODE),
    (shareholder_register.COMPANY, shareholder_register.USCC),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One fact of one paper of one application."""

    kind: str
    key: str
    packet: str
    applicant: str
    document: str
    type: str
    file: str
    page: int
    box: Box
    text: str

    @property
    def evidence(self) -> Evidence:
        """The place in the other application that says so."""
        return Evidence(
            packet=self.packet,
            file=self.file,
            document=self.document,
            page=self.page,
            box=self.box,
            text=self.text,
        )


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes facts of one paper."""

    packet: str
    applicant: str
    document: Document

    def fact(self, kind: str, key: str, page: int, box: Box, text: str) -> Fact:
        d = self.document
        return Fact(
            kind=kind,
            key=key,
            packet=self.packet,
            applicant=self.applicant,
            document=d.id,
            type=d.type,
            file=d.file,
            page=page,
            box=box,
            text=text,
        )

    def at(self, kind: str, key: str, field: Field, text: str) -> Fact:
        return self.fact(kind, key, field.at.page, field.at.box, text)


def facts_of(packet: str, applicant: str, document: Document) -> list[Fact]:
    """All facts of one paper."""
    make = _Maker(packet, applicant, document)
    first = document.pages[0] if document.pages else 1
    out = [make.fact("file", document.sha256, first, WHOLE_PAGE, document.file)]
    out += [
        make.fact("page", h, p, WHOLE_PAGE, document.type)
        for h, p in zip(document.page_hashes, document.pages, strict=False)
    ]
    for part in (_invoice, _account, _codes, _contract, _contacts, _figures, _making, _check_code):
        out += part(make)
    return out


def _making(make: _Maker) -> Iterator[Fact]:
    document, first = make.document, make.document.pages[0] if make.document.pages else 1
    for kind in ("author", "serial", "file_id"):
        if text := noted(document, kind):
            yield make.fact(kind, text, first, WHOLE_PAGE, document.sha256)
    for signal in document.signals:
        if signal.kind == "picture_sketch":
            yield make.fact("picture", signal.detail, signal.page, WHOLE_PAGE, document.sha256)
    owner = owner_of(document)
    for signal, seal in seals_of(document) if owner else ():
        yield make.fact("seal", seal.ring, signal.page, signal.box, f"{owner}|{seal.name}")
    for digest in figure_sketch(document):
        yield make.fact("sketch", digest, first, WHOLE_PAGE, document.sha256)
    bank = bank_statement.BANK.of(document)
    if bank and document.kind == "pdf" and tool_of(document):
        yield make.fact("issuer", folded_name(bank.value), first, WHOLE_PAGE, tool_of(document))


def _check_code(make: _Maker) -> Iterator[Fact]:
    code = social_insurance.CHECK_CODE.of(make.document)
    if code and code.field.confidence >= default_policy().trust_floor:
        yield make.at("check_code", code.value, code.field, make.applicant)


def invoice_key(document: Document) -> str:
    """Code and number: what makes an invoice one invoice."""
    number, code = invoice.NUMBER.of(document), invoice.CODE.of(document)
    return f"{code.value if code else ''}-{number.value}" if number else ""


def red_key(document: Document) -> str:
    """Seller, buyer and amount without sign: what a red-letter invoice shares with the one that it
    cancels.
    """
    seller, buyer, amount = (
        invoice.SELLER_NAME.of(document),
        invoice.BUYER_NAME.of(document),
        invoice.TOTAL_AMOUNT.of(document),
    )
    return (
        f"{seller.value.key}|{buyer.value.key}|{abs(amount.value):.2f}"
        if seller and buyer and amount
        else ""
    )


def contract_key(document: Document) -> str:
    """Number and creditor: what makes a contract one contract."""
    number, creditor = (
        guarantee_contract.CONTRACT_NUMBER.of(document),
        guarantee_contract.CREDITOR.of(document),
    )
    return (
        f"{folded_name(number.value)}|{folded_name(creditor.value)}" if number and creditor else ""
    )


def figure_key(applicant: str, document: Document, line: str, column: str) -> str:
    """One figure of one paper of one period of one firm; an empty string without a period."""
    end = document.fields.get("period_end")
    return f"{folded_name(applicant)}|{document.type}|{end.value}|{line}|{column}" if end else ""


def _invoice(make: _Maker) -> Iterator[Fact]:
    document = make.document
    number, total = invoice.NUMBER.of(document), invoice.TOTAL_AMOUNT.of(document)
    if number:
        yield make.at(
            "invoice", invoice_key(document), number.field, _side(make.applicant, document)
        )
    yield from _cancelled(make)
    if total and total.value < 0 and red_key(document):
        issued = invoice.ISSUE_DATE.of(document)
        yield make.at(
            "red", red_key(document), total.field, issued.value.isoformat() if issued else ""
        )


def is_void(state: str) -> bool:
    """Whether the state of an invoice in the tax office's list says that it counts no more."""
    return bool(re.search(r"作废|红冲|冲红|冲销", state)) and not re.search(r"部分|未|否", state)


def _cancelled(make: _Maker) -> Iterator[Fact]:
    """The number of an invoice that this one cancels, or of this one where its state says so."""
    document = make.document
    issued = invoice.ISSUE_DATE.of(document)
    day = issued.value.isoformat() if issued else ""
    if cancels := invoice.CANCELS.of(document):
        yield make.at("cancelled", cancels.value, cancels.field, day)
    number, state = invoice.NUMBER.of(document), invoice.STATE.of(document)
    if number and state and is_void(state.value):
        yield make.at("cancelled", number.value, state.field, day)


def _side(applicant: str, document: Document) -> str:
    """seller, buyer or neither: the applicant's side on an invoice."""
    for side, spec in (("seller", invoice.SELLER_NAME), ("buyer", invoice.BUYER_NAME)):
        name = spec.of(document)
        if name and applicant and name.value.key == folded_name(applicant):
            return side
    return "neither"


def _account(make: _Maker) -> Iterator[Fact]:
    account, holder = (
        bank_statement.ACCOUNT_NUMBER.of(make.document),
        bank_statement.ACCOUNT_NAME.of(make.document),
    )
    if account and holder:
        yield make.at("account", account.value, account.field, holder.value)


def _codes(make: _Maker) -> Iterator[Fact]:
    for name_spec, code_spec in _NAMED_CODES:
        name, code = name_spec.of(make.document), code_spec.of(make.document)
        if (
            name
            and code
            and len(code.value) == 18
            and min(name.field.confidence, code.field.confidence) >= default_policy().trust_floor
        ):
            yield make.at("party", folded_name(name.value), code.field, code.value)
            yield make.at("code", code.value, name.field, name.value)


def _contract(make: _Maker) -> Iterator[Fact]:
    key = contract_key(make.document)
    guarantor, debtor = (
        guarantee_contract.GUARANTOR.of(make.document),
        guarantee_contract.DEBTOR.of(make.document),
    )
    amount = guarantee_contract.AMOUNT.of(make.document)
    if key and guarantor and debtor and amount:
        text = "|".join((guarantor.value, debtor.value, money_text(amount.value)))
        yield make.at("contract", key, guarantor.field, text)


def _contacts(make: _Maker) -> Iterator[Fact]:
    for name_spec, spec in (
        (business_licence.NAME, business_licence.ADDRESS),
        (shareholder_register.COMPANY, shareholder_register.ADDRESS),
        (shareholder_register.COMPANY, shareholder_register.PHONE),
    ):
        name, found = name_spec.of(make.document), spec.of(make.document)
        own = name is None or name.value.key == folded_name(make.applicant)
        if (
            found
            and own
            and len(found.value) >= 7
            and found.field.confidence >= default_policy().trust_floor
        ):
            yield make.at("contact", folded_name(found.value), found.field, make.applicant)


def _figures(make: _Maker) -> Iterator[Fact]:
    company = make.document.fields.get("company")
    owner = company.value if company else make.applicant
    if make.document.type not in {kind.id for kind in YEARLY} or not owner:
        return
    for name, line in make.document.lines.items():
        for column, amount in line.columns.items():
            key = figure_key(owner, make.document, name, column)
            if key and amount.confidence >= default_policy().trust_floor:
                yield make.fact(
                    "figure", key, amount.at.page, amount.at.box, money_text(amount.value)
                )
