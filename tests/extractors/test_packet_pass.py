"""What one document leaves open, another settles, and the value says by whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from extractors.model import (
    WHOLE_PAGE,
    Document,
    Field,
    FileReading,
    Packet,
    Provenance,
    Transaction,
)
from extractors.read import assemble

HOLDER, OTHER = "青岚机电设备有限公司", "北麓钢材贸易有限公司"


def _field(name: str, value: str, confidence: float = 0.99) -> Field:
    at = Provenance(page=1, box=WHOLE_PAGE, method="text")
    return Field(name=name, value=value, raw=value, confidence=confidence, at=at)


def _document(kind: str, sha: str, *fields: Field, **more: object) -> Document:
    own = {f.name: f for f in fields}
    return Document(type=kind, file=f"{kind}.pdf", sha256=sha * 64, pages=(1,), fields=own, **more)  # type: ignore[arg-type]


def _packet(*documents: Document) -> Packet:
    files = [
        FileReading(
            file=d.file,
            sha256=d.sha256,
            size=1,
            kind="pdf",
            page_count=1,
            documents=(d,),
            failures=(),
        )
        for d in documents
    ]
    return assemble("packet", files)


def _statement() -> Document:
    row = Transaction(
        day=date(2025, 12, 1),
        debit=Decimal("45000.00"),
        counterparty_name=OTHER,
        counterparty_account="11050163360000000321",
        serial_number="250713000102",
        page=1,
        box=WHOLE_PAGE,
        confidence=0.99,
    )
    fields = _field("account_name", HOLDER), _field("account_number", "2102013319200088776")
    return _document("bank_statement", "a", *fields, rows=(row,))


def _slip(serial: Field | None = None) -> Document:
    fields = [_field("amount", "45000.00"), _field("date", "2025-12-01")]
    names = (_field("payer_name", OTHER, 0.0), _field("payer_name", HOLDER, 0.0))
    numbers = (_field("serial_number", "0072919647316077"), _field("serial_number", "250713000102"))
    return _document(
        "bank_slip",
        "b",
        *fields,
        *([serial] if serial else []),
        alternatives={"payer_name": names, "serial_number": numbers},
    )


def _only(packet: Packet, kind: str) -> Document:
    (document,) = packet.of_type(kind)
    return document


def test_the_number_that_the_statement_shows_is_the_serial() -> None:
    packet = _packet(_slip(), _statement())
    found = _only(packet, "bank_slip").fields["serial_number"]
    assert found.value == "250713000102"
    assert found.at.method == "packet"
    assert found.at.derived_from == (_only(packet, "bank_statement").id,)


def test_the_holder_pays_what_leaves_the_account() -> None:
    fields = _only(_packet(_slip(), _statement()), "bank_slip").fields
    assert (fields["payer_name"].value, fields["payee_name"].value) == (HOLDER, OTHER)
    assert all(fields[n].at.derived_from for n in ("payer_name", "payee_name"))


def test_a_clear_reading_never_changes() -> None:
    clear = _field("serial_number", "0072919647316077")
    found = _only(_packet(_slip(clear), _statement()), "bank_slip").fields["serial_number"]
    assert found == clear


def test_two_rows_that_fit_settle_nothing() -> None:
    statement = _statement()
    first = replace(statement.rows[0], serial_number="")
    twice = replace(statement, rows=(first, first))
    assert "payer_name" not in _only(_packet(_slip(), twice), "bank_slip").fields


def test_a_name_that_the_packet_bears_is_the_registers_company() -> None:
    names = (_field("company", OTHER, 0.0), _field("company", HOLDER, 0.0))
    register = _document("shareholder_register", "c", alternatives={"company": names})
    packet = _packet(register, _statement())
    found = _only(packet, "shareholder_register").fields["company"]
    assert found.value == HOLDER
    assert found.at.derived_from == (_only(packet, "bank_statement").id,)
