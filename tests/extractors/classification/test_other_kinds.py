"""Documents of other kinds are never read as a declared type, whatever their wording, order and
form.
"""

from __future__ import annotations

import io
import random

import pikepdf
import pytest
from conftest import honest_files, read_packet
from firm import make_firm
from other_documents import OTHER_DOCUMENTS, other_document

from extractors.intake.limits import Limits
from extractors.model import Document
from extractors.read import read_file

FIRM = make_firm(5)


def _read(data: bytes) -> tuple[Document, ...]:
    return read_file("a.pdf", data, Limits()).documents


def _joined(*bodies: bytes) -> bytes:
    pdf, out = pikepdf.new(), io.BytesIO()
    for body in bodies:
        pdf.pages.extend(pikepdf.open(io.BytesIO(body)).pages)
    pdf.save(out)
    return out.getvalue()


@pytest.mark.parametrize("kind", OTHER_DOCUMENTS)
def test_a_document_of_another_kind_is_unknown_and_says_what_it_looks_like(kind: str) -> None:
    for seed in range(3):
        for document in _read(other_document(kind, FIRM, random.Random(seed))):
            assert document.type == "unknown"
            assert document.status == "unsupported"
            assert document.looks_like is not None
            assert document.looks_like.because_zh and document.looks_like.because_en
            assert document.looks_like.zh in document.failures[0].zh


@pytest.mark.parametrize("kind", OTHER_DOCUMENTS)
def test_without_its_title_it_is_not_read_as_a_declared_type_either(kind: str) -> None:
    data = other_document(kind, FIRM, random.Random(1), titled=False)
    assert [d.type for d in _read(data) if d.status == "read"] == []


def test_a_bag_in_one_file_keeps_every_document_apart() -> None:
    """Thirty documents of other kinds and one licence between them: the licence is read, and
    nothing else.
    """
    dice = random.Random(3)
    kinds = list(OTHER_DOCUMENTS)
    dice.shuffle(kinds)
    others = [other_document(kind, FIRM, dice) for kind in kinds[:30]]
    licence = honest_files(7, "ruled.pdf")[1]["营业执照.pdf"]
    documents = _read(_joined(*others[:15], licence, *others[15:]))
    known = [d for d in documents if d.type != "unknown"]
    assert [(d.type, d.status, d.pages) for d in known] == [("business_licence", "read", (16,))]
    assert sum(len(d.pages) for d in documents) == 31


def test_the_kind_is_named_by_an_identifier_that_programs_can_read() -> None:
    (document,) = _read(other_document("audit_report", FIRM, random.Random(2)))
    assert document.looks_like is not None
    assert (document.looks_like.kind, document.looks_like.en) == ("audit_report", "audit report")


def test_the_declared_types_of_an_honest_packet_are_read_beside_it() -> None:
    files = honest_files(7, "ruled.pdf")[1]
    packet = read_packet({"其他.pdf": other_document("receipt", FIRM, random.Random(4)), **files})
    assert [d.type for d in packet.documents if d.type == "unknown"] == ["unknown"]
