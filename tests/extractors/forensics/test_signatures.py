"""Signatures of PDF and OFD: intact, followed by what a signature allows, changed, or taken out."""

from __future__ import annotations

from functools import cache

import forge_ofd
import forge_signed
import pytest
from conftest import SHARED

from extractors.errors import ReadError
from extractors.forensics.ofd.signatures import ofd_signatures
from extractors.forensics.ofd.sm2 import G, N, sm2_holds, sm3, times
from extractors.forensics.pdf.signatures import pdf_signatures
from extractors.formats.ofd_package import Package
from extractors.formats.pdf_file import PdfFile

PDF = {
    "plain": set(),
    "signed": {"intact"},
    "signed_newline": {"intact"},
    "sha1": {"intact"},
    "twice": {"intact", "extended"},
    "filled": {"extended"},
    "annotated": {"annotated"},
    "certified": {"intact"},
    "stamped": {"drawn_over"},
    "certified_annotated": {"forbidden_change"},
    "changed": {"changed_pages"},
    "changed_signed": {"changed_pages", "intact"},
    "flipped": {"broken"},
    "unsigned_v": {"removed"},
    "unsigned_field": {"removed", "flag_left"},
    "rewritten": {"rewritten"},
}
OFD = {
    "plain": set(),
    "signed": {"intact"},
    "edited": {"changed_pages"},
    "redone": {"broken"},
    "flipped": {"broken"},
    "part_uncovered": {"intact", "uncovered"},
}


@cache
def _pdf_cases() -> dict[str, bytes]:
    return forge_signed.cases(7)


@pytest.mark.parametrize("name", PDF)
def test_pdf(name: str) -> None:
    assert {
        s.kind.removeprefix("signature_") for s in pdf_signatures(PdfFile(_pdf_cases()[name]))
    } == PDF[name]


def test_who_signed_is_told_with_who_vouches_for_it() -> None:
    (told,) = pdf_signatures(PdfFile(_pdf_cases()["signed"]))
    assert "signer Common Name: Test Signer" in told.detail and "issuer itself" in told.detail


@pytest.mark.parametrize("name", OFD)
def test_ofd(name: str) -> None:
    assert {
        s.kind.removeprefix("signature_") for s in ofd_signatures(Package(forge_ofd.make(7)[name]))
    } == OFD[name]


def test_sm3_and_sm2_agree_with_the_standard() -> None:
    assert (
        sm3(b"abc").hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    )  # GB/T 32905 A.1
    key = times(12345, G)
    assert key is not None and times(N, G) is None and not sm2_holds(key, b"abc", 1, 1)


@pytest.mark.skipif(not (SHARED / "real").exists(), reason="the shared sample is not here")
def test_real_signed_files_that_were_changed_are_found_and_honest_ones_are_not() -> None:
    weighty = {
        "partial",
        "form_changed",
        "changed_other",
        "changed_pages",
        "broken",
        "removed",
        "forbidden_change",
        "rewritten",
        "drawn_over",
    }
    found = {}
    for path in sorted((SHARED / "real" / "pdf_signed").glob("*.pdf")):
        try:
            file = PdfFile(path.read_bytes())
        except ReadError:
            continue  # a kind of encryption that PDFium does not know
        kinds = {s.kind.removeprefix("signature_") for s in pdf_signatures(file)}
        if kinds & weighty:
            found[path.stem] = kinds
    assert all("sneaky" in n or "gap" in n or "byterange" in n for n in found), found
    assert len(found) == 5


@pytest.mark.skipif(not (SHARED / "real").exists(), reason="the shared sample is not here")
def test_real_seals_hold() -> None:
    folder = SHARED / "real" / "ofd"
    assert {s.kind for s in ofd_signatures(Package((folder / "keyword2.ofd").read_bytes()))} == {
        "signature_intact"
    }
    assert {s.kind for s in ofd_signatures(Package((folder / "keyword.ofd").read_bytes()))} == {
        "signature_changed_pages"
    }
