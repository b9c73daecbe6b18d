"""Key figures and names that the page draws otherwise than its text says; and honest pages, for
which no engine is asked.
"""

from __future__ import annotations

import io
import random

import forge_pdf as forge
import pikepdf
import pytest
from conftest import honest_files, read_packet, report_on
from firm import make_firm
from other_layouts import invoice

from extractors.forensics.pdf import text_and_drawing
from extractors.intake.limits import Limits
from extractors.model import Document
from extractors.read import read_file

FIRM, FILES = honest_files(7, "ruled.pdf")
STATEMENT, INVOICE = FILES["流水_ruled.pdf"], FILES["发票1.pdf"]


def _read(data: bytes) -> Document:
    return read_file("a.pdf", data, Limits()).documents[0]


def _told(data: bytes) -> list[str]:
    return [s.detail for s in _read(data).signals if s.kind == "text_differs"]


def test_a_name_that_lies_is_told_with_the_name_that_is_shown() -> None:
    forged = forge.lying_name(STATEMENT, FIRM.name, random.Random(2))
    told = _told(forged)
    assert any(
        detail.endswith(f"draws {FIRM.name}") and FIRM.name not in detail.split(", draws ")[0]
        for detail in told
    )
    findings = [f for f in report_on(read_packet({"a.pdf": forged})).findings if f.rule == "FOR09"]
    assert any(FIRM.name in f.message.zh and f.severity == "high" for f in findings)


def test_honest_papers_ask_no_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> None:
        raise AssertionError("an honest paper was read by an engine")

    monkeypatch.setattr(text_and_drawing, "engines", none)
    for name, data in FILES.items():
        if name.endswith(".pdf"):
            assert not _told(data), name


def test_a_figure_without_ink_is_told() -> None:
    pdf = pikepdf.open(io.BytesIO(INVOICE))
    page = pdf.pages[0]
    page.contents_add(pdf.make_stream(b"1 1 1 rg"), prepend=True)
    body = b"\n".join(s.read_bytes() for s in page.obj.Contents)
    page.obj.Contents = pdf.make_stream(body.replace(b"0 0 0 rg", b"1 1 1 rg"))
    assert any(detail.endswith("draws nothing") for detail in _told(forge.saved(pdf)))


def test_a_picture_of_another_figure_is_read_and_a_seal_is_not() -> None:
    spot = next(s for s in forge.figures(INVOICE, 7) if s.text.startswith("¥"))
    forged = forge.pictured_over(INVOICE, spot, "¥8" + spot.text[2:])
    assert any(detail.startswith(f"says {spot.text}, draws ¥8") for detail in _told(forged))
    sealed, plain = _read(forge.sealed_over(INVOICE, spot)), _read(INVOICE)
    assert not [
        s for s in sealed.signals if s.kind in ("text_differs", "hidden_amounts", "invisible_text")
    ]
    assert {k: f.value for k, f in sealed.fields.items()} == {
        k: f.value for k, f in plain.fields.items()
    }


def test_a_seal_across_the_digits_is_not_told() -> None:
    """Its letters hide two digits of the only figure, so that an engine reads others there."""
    firm = make_firm(521)
    dice = random.Random("picture of another figure over one | a seal over a figure521")
    data = invoice(firm.sales[dice.randrange(len(firm.sales))])
    for spot in [s for s in forge.figures(data, 7) if s.text.startswith("¥")]:
        assert not _told(forge.sealed_over(data, spot)), spot.text
