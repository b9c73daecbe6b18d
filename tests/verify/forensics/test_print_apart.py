"""Print that stands apart on pictures, of documents that are known and of those that are not."""

from __future__ import annotations

import pytest
from conftest import report_on

from extractors.model import Document, Packet, Signal


def _severities(kind: str, *seen: str) -> list[str]:
    document = Document(
        type="unknown",
        file="a.jpg",
        sha256="0" * 64,
        pages=(1,),
        kind=kind,
        status="read",
        signals=tuple(Signal(kind=one, detail="92,603.44: 3.1") for one in seen),
    )
    report = report_on(Packet(id="packet", documents=(document,), files=()))
    return [f.severity for f in report.findings if f.rule == "PIC02"]


@pytest.mark.parametrize(
    ("seen", "told"),
    [
        (("sharper_print",), []),
        (("sharper_print", "other_shape"), ["low"]),
        (("sharper_print", "other_shape", "other_ground"), ["medium"]),
    ],
)
def test_a_picture_of_an_unknown_document_asks(seen: tuple[str, ...], told: list[str]) -> None:
    assert _severities("picture/jpeg", *seen) == told


def test_a_text_file_has_no_print_on_a_picture() -> None:
    assert _severities("pdf", "sharper_print", "other_shape") == []
