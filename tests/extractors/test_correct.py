"""Corrections find their document and field again, also when a better reader moved every box."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extractors.correct import corrected, index_of
from extractors.model import Box, Correction, Document, Field, Packet, Provenance
from extractors.read import numbered

DIGEST = "ab" * 32


def slip(top: float, serial: str) -> Document:
    at = Provenance(page=2, box=Box(0.1, top, 0.4, top + 0.02), method="ocr")
    field = Field(name="serial_number", value=serial, raw=serial, confidence=0.7, at=at)
    return Document(
        type="bank_slip",
        file="slips.pdf",
        sha256=DIGEST,
        pages=(2,),
        fields={"serial_number": field},
    )


def packet_of(*documents: Document) -> Packet:
    return Packet(id="p", documents=numbered(documents), files=())


def correction(document: str, value: str = "9001", field: str = "serial_number") -> Correction:
    return Correction(
        document=document, field=field, old="", value=value, by="usr_1", reason="misread"
    )


def test_documents_of_one_page_have_ids_of_their_own() -> None:
    packet = packet_of(slip(0.1, "1"), slip(0.5, "2"))
    assert [d.id for d in packet.documents] == [f"{DIGEST[:12]}-2-2-1", f"{DIGEST[:12]}-2-2-2"]


def test_a_correction_stays_at_its_document_when_every_box_moves() -> None:
    before = packet_of(slip(0.1, "1"), slip(0.5, "2"))
    made = correction(before.documents[1].id)
    after = corrected(packet_of(slip(0.13, "I"), slip(0.54, "Z")), [made])
    assert [d.fields["serial_number"].value for d in after.documents] == ["I", "9001"]
    assert after.failures == ()


def test_equal_files_have_ids_of_their_own() -> None:
    first, twin = slip(0.1, "1"), replace(slip(0.1, "1"), file="again.pdf")
    ids = [d.id for d in packet_of(first, twin).documents]
    assert len(set(ids)) == 2


@pytest.mark.parametrize(("height", "place"), [("0.100", 0), ("0.500", 1), ("0.480", 1)])
def test_an_id_of_version_01_is_placed_by_its_height(height: str, place: int) -> None:
    documents = packet_of(slip(0.1, "1"), slip(0.5, "2")).documents
    assert index_of(documents, f"{DIGEST[:12]}-117-{height}-2-bank_slip") == place
    assert index_of(documents, f"{DIGEST[:12]}-117-{height}-2-invoice") is None


@pytest.mark.parametrize(
    "made", [correction("cc" * 6 + "-1-1-1"), correction(f"{DIGEST[:12]}-2-2-1", field="amount")]
)
def test_a_correction_without_a_place_is_a_failure_of_the_packet(made: Correction) -> None:
    after = corrected(packet_of(slip(0.1, "1")), [made])
    assert [f.code for f in after.failures] == ["correction_lost"]
    assert made.value in after.failures[0].zh
    assert made.value in after.failures[0].en
