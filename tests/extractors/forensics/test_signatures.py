"""Signatures of PDF and OFD: intact, followed by what a signature allows, changed, or taken out."""

from __future__ import annotations

from functools import cache

import forge_bare_signed as bare
import forge_ofd
import forge_signed
import pytest
from conftest import SHARED
from cryptography.hazmat.primitives import hashes

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
    "stamped": {"noted"},
    "covered": {"drawn_over"},
    "outlined": {"noted"},
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


def _kinds(data: bytes) -> set[str]:
    return {s.kind.removeprefix("signature_") for s in pdf_signatures(PdfFile(data))}


@pytest.mark.parametrize("method", [hashes.SHA1(), hashes.SHA256()], ids=["sha1", "sha256"])
def test_bare_rsa_values_are_verified(method: hashes.HashAlgorithm) -> None:
    data = bare.bare_rsa(method)
    assert _kinds(data) == {"intact"}
    assert _kinds(bare.flipped(data)) == {"broken"}
    assert _kinds(bare.other_value(data)) == {"unfit"}
    assert _kinds(forge_signed.rewritten(data)) == {"rewritten"}


@pytest.mark.parametrize("chinese", [False, True], ids=["pkcs7", "gmt0010"])
def test_sm2_signed_data_are_verified(chinese: bool) -> None:
    data = bare.sm2(chinese)
    assert _kinds(data) == {"intact"}
    assert _kinds(bare.flipped(data)) == {"broken"}


def test_an_sm2_value_without_attributes_states_no_digest_of_its_own() -> None:
    data = bare.sm2(chinese=True, attributes=False)
    assert _kinds(data) == {"intact"} and _kinds(bare.flipped(data)) == {"unfit"}


@pytest.mark.parametrize("name", sorted(bare.hollowed(b"")))
def test_a_hollowed_field_is_told_as_what_was_taken_away(name: str) -> None:
    whole = bare.bare_rsa(hashes.SHA1())
    wanted = "empty" if name in ("value_wiped", "value_one_zero") else "hollow"
    assert _kinds(bare.hollowed(whole)[name]) == {wanted}


def test_a_field_emptied_in_a_later_revision_is_no_field_signed_again() -> None:
    kinds = _kinds(bare.emptied_later(_pdf_cases()["signed"]))
    assert "removed" in kinds and "replaced" not in kinds and "hollow" in kinds


def test_a_lost_last_line_end_is_told_from_a_file_that_was_cut() -> None:
    whole = _pdf_cases()["signed"]
    assert whole.endswith(b"\n")
    assert _kinds(whole[:-1]) == {"lost_line_end"}
    assert _kinds(whole[:-4]) == {"cut_short"}


def test_an_algorithm_that_is_not_known_is_no_change() -> None:
    data = bare.sm2(chinese=False)
    known, unknown = "2a811ccf5501822d", "2a811ccf5501822e"  # a curve that is not SM2
    assert _kinds(data.replace(known.encode(), unknown.encode())) == {"unknown_algorithm"}


def test_pages_are_compared_once_however_many_sign(monkeypatch: pytest.MonkeyPatch) -> None:
    from extractors.forensics.pdf import after_signing

    data, asked = forge_signed.plain(7), []
    for number in range(6):
        data = forge_signed.signed(data, number, f"Sig{number}")
    compare = after_signing._compared
    monkeypatch.setattr(
        after_signing, "_compared", lambda *given: (asked.append(1), compare(*given))[1]
    )
    told = pdf_signatures(PdfFile(data))
    assert [s.kind for s in told].count("signature_intact") == 1
    assert [s.kind for s in told].count("signature_extended") == 5 and len(asked) == 1


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
