"""OFD and invoice data: read, compared, and refused where they are built to harm."""

from __future__ import annotations

import io
import zipfile

import forge_ofd
import other_layouts
import pytest
from conftest import SHARED, read_packet, report_on
from firm import make_firm

from extractors.documents.invoice_data import invoice_data
from extractors.intake.limits import Limits
from extractors.read import read_file


def _fields(data: bytes, name: str = "a.ofd") -> dict[str, str]:
    (document,) = read_file(name, data, Limits()).documents
    return {k: f.value for k, f in document.fields.items()}


def test_an_invoice_is_read_from_its_ofd() -> None:
    found = _fields(forge_ofd.make(7)["signed"])
    assert (
        found["seller_name"] == "测试乙有限公司"
        and found["buyer_name"] == "测试甲有限公司"
        and len(found["number"]) == 20
    )
    assert float(found["net_amount"]) + float(found["tax_amount"]) == pytest.approx(
        float(found["total_amount"])
    )


def test_data_and_page_of_one_invoice() -> None:
    sale = make_firm(7).sales[4]
    data = forge_ofd.invoice_xml(sale)
    assert invoice_data(data).fields["total_amount"].value == f"{sale.net + sale.tax:.2f}"
    agree = report_on(read_packet({"a.pdf": other_layouts.invoice(sale), "a.xml": data}))
    assert not [f for f in agree.findings if f.rule in ("FOR12", "DUP01")]
    differ = report_on(
        read_packet(
            {"a.pdf": other_layouts.invoice(sale, total=(sale.net + sale.tax) * 10), "a.xml": data}
        )
    )
    (told,) = [f for f in differ.findings if f.rule == "FOR12"]
    assert (
        told.severity == "high"
        and told.evidence[0].file == "a.pdf"
        and told.against[0].file == "a.xml"
    )


def _packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return out.getvalue()


def _parts(**changes: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(forge_ofd.make(7)["plain"])) as archive:
        parts = {n: archive.read(n) for n in archive.namelist()}
    return parts | {n: b for n, b in changes.items()}


PAGE = "Doc_0/Pages/Page_0/Content.xml"
BOMB = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bb">]><Page>&b;</Page>'
HARMFUL = {
    "doctype": (_parts() | {PAGE: BOMB}, "unsafe_archive"),
    "doctype in utf-16": (
        _parts()
        | {
            PAGE: BOMB.decode()
            .replace('version="1.0"', 'version="1.0" encoding="utf-16"')
            .encode("utf-16")
        },
        "unsafe_archive",
    ),
    "page missing": ({n: b for n, b in _parts().items() if n != PAGE}, "damaged_file"),
    "page cut short": (_parts() | {PAGE: _parts()[PAGE][:300]}, "damaged_file"),
    "outside the package": (_parts() | {"../../x.xml": b"<a/>"}, "unsafe_archive"),
    "encrypted": (_parts() | {"Encryptions.xml": b"<a/>"}, "encrypted_file"),
    "endless elements": (
        _parts()
        | {
            PAGE: b"<Page><Content><Layer>"
            + b"<PageBlock/>" * 500_000
            + b"</Layer></Content></Page>"
        },
        "over_limit",
    ),
}


@pytest.mark.parametrize("name", HARMFUL)
def test_harmful_packages_are_refused_with_a_reason(name: str) -> None:
    parts, code = HARMFUL[name]
    reading = read_file("a.ofd", _packed(parts), Limits())
    assert [f.code for f in reading.failures] == [code] and reading.documents[
        0
    ].status == "unreadable"


def test_repeats_without_end_cost_nothing() -> None:
    page = _parts()[PAGE].replace(b'DeltaX="g ', b'DeltaX="g 999999999')
    assert read_file("a.ofd", _packed(_parts() | {PAGE: page}), Limits()).documents


@pytest.mark.parametrize("value", ["NaN", "1E+999999999", "9" * 40, "-", ""])
def test_odd_numbers_are_left_out(value: str) -> None:
    data = forge_ofd.invoice_xml(make_firm(7).sales[4]).decode()
    odd = (
        data.replace("<Quan>", f"<Quan>{value}</Quan><X>")
        .replace("</Quan>", "</X>", 1)
        .replace("<TaxRate>0.13", f"<TaxRate>{value}")
    )
    assert read_file("a.xml", odd.encode(), Limits()).documents


def test_xml_nested_without_end_is_refused() -> None:
    assert [
        f.code for f in read_file("a.xml", b"<EInvoice>" + b"<a>" * 5_000, Limits()).failures
    ] == ["over_limit"]


def test_a_signature_part_that_was_taken_away_is_told() -> None:
    with zipfile.ZipFile(io.BytesIO(forge_ofd.make(7)["edited"])) as archive:
        parts = {n: archive.read(n) for n in archive.namelist()}
    gone = {n: b for n, b in parts.items() if not n.endswith("Sign_0/Signature.xml")}
    (document,) = read_file("a.ofd", _packed(gone), Limits()).documents
    assert "signature_removed" in {s.kind for s in document.signals}
    cut = parts | {"Doc_0/Signs/Sign_0/Signature.xml": b"<a"}
    (document,) = read_file("a.ofd", _packed(cut), Limits()).documents
    assert "signature_unread" in {s.kind for s in document.signals}


def test_xml_that_is_no_invoice_is_refused() -> None:
    for body, code in (
        (b'<?xml version="1.0"?><html/>', "unsupported_file"),
        (b'<?xml version="1.0"?><EInvoice>', "damaged_file"),
        (BOMB, "unsafe_archive"),
    ):
        assert [f.code for f in read_file("a.xml", body, Limits()).failures] == [code]


@pytest.mark.skipif(not (SHARED / "real").exists(), reason="the shared sample is not here")
def test_every_real_ofd_and_invoice_is_answered() -> None:
    for folder in ("ofd", "einvoice_xml"):
        for path in sorted((SHARED / "real" / folder).glob("*.*")):
            assert read_file(path.name, path.read_bytes(), Limits()).documents, path.name
    found = _fields((SHARED / "real/einvoice_xml/EN16931_Einfach.cii.xml").read_bytes(), "a.xml")
    assert (found["number"], found["total_amount"], found["issue_date"]) == (
        "471102",
        "529.87",
        "2018-03-05",
    )
