"""Print and QR code of an invoice complete each other; where they differ both are kept for the
rules.
"""

from __future__ import annotations

from decimal import Decimal

import pytest
from conftest import read_packet, report_on
from invoice_prints import Ink, Sheet, digital, legacy, pdf

from extractors.documents.invoice_code import parse_code
from extractors.model import Document

DIGITAL_CODE = "01,32,,25332000000123456789,211.00,20251208,,74AE"
LEGACY_CODE = "01,10,033002000211,83089600,168.31,20200723,16197833567414507415,0816,"


def coded(sheet: Sheet, text: str) -> bytes:
    sheet.code = text
    return pdf(sheet)


def read(data: bytes) -> Document:
    (document,) = read_packet({"a.pdf": data}).documents
    return document


def rules_hit(data: bytes) -> set[str]:
    return {f.rule for f in report_on(read_packet({"a.pdf": data})).findings}


@pytest.mark.parametrize(
    ("text", "number", "amount", "total"),
    [
        (DIGITAL_CODE, "25332000000123456789", "211.00", True),
        (LEGACY_CODE, "83089600", "168.31", False),
        (
            "01,04,4200161350,00015045,165106.00,20160501,48114255542168294433,DBFE,",
            "00015045",
            "165106.00",
            False,
        ),
        ("01,01,1200154130,03630024,94339.62,20160621,,9335,", "03630024", "94339.62", False),
        (
            "01,31,,25332000000123456789,-5650,20251208,,74AE,",
            "25332000000123456789",
            "-5650",
            True,
        ),
    ],
)
def test_codes_of_every_kind(text: str, number: str, amount: str, total: bool) -> None:
    code = parse_code(text)
    assert code is not None
    assert (code.number, code.amount, code.holds_total) == (number, Decimal(amount), total)


@pytest.mark.parametrize(
    "text", ["", "https://example.com/a,b,c,d,e,f", "01,32,,12,1.00,20250101,,"]
)
def test_other_codes_are_no_invoice(text: str) -> None:
    assert parse_code(text) is None


def test_the_code_gives_what_the_print_lacks() -> None:
    data = coded(digital(number="", day=""), DIGITAL_CODE)
    document = read(data)
    assert document.status == "read"
    number, day = document.fields["number"], document.fields["issue_date"]
    assert (number.value, number.at.method) == ("25332000000123456789", "qr")
    assert (day.value, day.at.method) == ("2025-12-08", "qr")
    assert "IDE09" not in rules_hit(data)


def test_print_and_code_that_agree() -> None:
    assert "IDE09" not in rules_hit(coded(digital(), DIGITAL_CODE))
    assert "IDE09" not in rules_hit(coded(legacy(), LEGACY_CODE))


def test_print_and_code_that_differ_stay_apart() -> None:
    raised = coded(digital(total="¥2110.00"), DIGITAL_CODE)
    assert read(raised).fields["total_amount"].value == "2110.00"
    assert "IDE09" in rules_hit(raised)
    other = coded(digital(number="25332000000123456700"), DIGITAL_CODE)
    assert read(other).fields["number"].value == "25332000000123456700"
    assert "IDE09" in rules_hit(other)


def test_a_total_from_the_code_is_not_compared_with_the_printed_net() -> None:
    sheet = digital(total="", words="")
    sheet.inks = [i for i in sheet.inks if i.text not in ("（小写）", "价税合计（大写）")]
    data = coded(sheet, DIGITAL_CODE)
    assert read(data).fields["total_amount"].at.method == "qr"
    assert "IDE09" not in rules_hit(data)


def test_a_code_of_another_invoice_completes_nothing() -> None:
    sheet = digital(day="")
    sheet.add(Ink(30, 30, "下载次数：1"))
    document = read(coded(sheet, DIGITAL_CODE.replace("456789", "456700")))
    assert "issue_date" not in document.fields
