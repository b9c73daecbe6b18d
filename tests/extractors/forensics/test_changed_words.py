"""Changed words: what earlier revisions and covers still hold, and what honest files do."""

from __future__ import annotations

import io

import forge_pdf as forge
import pikepdf
import pytest
from conftest import SHARED, honest_files, read_packet, report_on
from reportlab.lib.colors import white
from reportlab.pdfgen.canvas import Canvas

from extractors.intake.limits import Limits
from extractors.model import Document
from extractors.read import read_file

NAME = "发票1.pdf"


def _read(data: bytes, name: str = NAME) -> Document:
    return read_file(name, data, Limits()).documents[0]


def _painted(data: bytes, old: str, new: str) -> bytes:
    """A white patch over the place of `old` and `new` written on it, saved anew."""
    document = _read(data)
    field = next(f for f in document.fields.values() if f.raw.endswith(old) or f.raw == old)
    whole = pikepdf.open(io.BytesIO(data))
    wide, high = (float(v) for v in whole.pages[0].mediabox[2:])
    box = field.at.box
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(wide, high), invariant=1)
    canvas.setFillColor(white)
    canvas.rect(
        box.left * wide - 1,
        (1 - box.bottom) * high - 1,
        (box.right - box.left) * wide + 2,
        (box.bottom - box.top) * high + 2,
        stroke=0,
        fill=1,
    )
    canvas.setFillColorRGB(0, 0, 0)
    canvas.setFont("Helvetica", 9)
    canvas.drawString(box.left * wide + 3, (1 - box.bottom) * high + 3, new)
    canvas.save()
    over = pikepdf.open(buffer)
    whole.pages[0].add_overlay(over.pages[0])
    out = io.BytesIO()
    whole.save(out)
    return out.getvalue()


def test_what_lies_under_a_cover_is_told_with_its_place() -> None:
    data = honest_files(7, "ruled.pdf")[1][NAME]
    old = _read(data).fields["net_amount"]
    forged = _painted(data, old.raw, "9999999.99")
    signals = [s for s in _read(forged).signals if s.kind == "covered_text"]
    assert (
        len(signals) == 1
        and old.value in signals[0].detail.split(" → ")[0]
        and signals[0].detail.endswith("9999999.99")
    )
    assert signals[0].box.top < (old.at.box.top + old.at.box.bottom) / 2 < signals[0].box.bottom
    report = report_on(read_packet({**honest_files(7, "ruled.pdf")[1], NAME: forged}))
    rules = {f.rule: f for f in report.findings}
    assert rules["FOR07"].severity == "high" and rules["FOR02"].proof, list(rules)
    assert report.score.band == "high" and rules["FOR02"].expected == old.value


def test_an_earlier_revision_is_opened_and_compared() -> None:
    data = honest_files(7, "ruled.pdf")[1][NAME]
    box = _read(data).fields["net_amount"].at.box
    whole = pikepdf.open(io.BytesIO(data))
    wide, high = (float(v) for v in whole.pages[0].mediabox[2:])
    x, y = box.left * wide, (1 - box.bottom) * high
    patch = b"q 1 1 1 rg %d %d 90 14 re f 0 g BT /F1 9 Tf %d %d Td (9999999.99) Tj ET Q" % (
        x - 2,
        y - 2,
        x + 2,
        y + 2,
    )
    kinds = {s.kind for s in _read(forge.appended(data, 0, patch)).signals}
    assert "revised_text" in kinds or "removed_text" in kinds


def test_a_note_added_in_a_second_revision_is_no_change() -> None:
    data = honest_files(7, "ruled.pdf")[1][NAME]
    noted = forge.appended(data, 0, b"BT /F1 9 Tf 60 30 Td (checked) Tj ET")
    assert {s.kind for s in _read(noted).signals if "text" in s.kind} <= {"added_text"}
    report = report_on(read_packet({**honest_files(7, "ruled.pdf")[1], NAME: noted}))
    told = [f for f in report.findings if f.rule.startswith("FOR")]
    assert [(f.rule, f.severity) for f in told] == [("FOR01", "info")]


@pytest.mark.skipif(not (SHARED / "forgeries").exists(), reason="the shared sample is not here")
def test_every_incremental_and_overlay_edit_of_the_sample_gives_back_its_old_value() -> None:
    import json

    truth = json.loads((SHARED / "forgeries" / "truth.json").read_text())
    edits = [x for x in truth if (x.get("edit") or {}).get("how") in ("incremental", "overlay")]
    for x in edits:
        reading = read_file(x["file"], (SHARED / "forgeries" / x["file"]).read_bytes(), Limits())
        told = [
            s
            for d in reading.documents
            for s in d.signals
            if s.kind in ("revised_text", "covered_text")
        ]
        assert any(
            x["edit"]["old"] in s.detail.split(" → ")[0] and s.page == x["edit"]["page"]
            for s in told
        ), x["file"]


@pytest.mark.skipif(not (SHARED / "forgeries").exists(), reason="the shared sample is not here")
def test_honest_text_papers_of_the_sample_show_no_change() -> None:
    import json

    for x in json.loads((SHARED / "forgeries" / "truth.json").read_text())[::3]:
        data = (SHARED / "forgeries" / x["file"]).read_bytes()
        if x["label"] == "honest" and x["file"].endswith(".pdf") and len(data) < 200_000:
            kinds = {
                s.kind for d in read_file(x["file"], data, Limits()).documents for s in d.signals
            }
            assert not kinds & {"revised_text", "covered_text"}, x["file"]


def test_a_figure_in_a_font_of_its_own_is_told() -> None:
    data = honest_files(7, "ruled.pdf")[1][NAME]
    forged = _painted(data, _read(data).fields["net_amount"].raw, "9999999.99")
    told = [s for s in _read(forged).signals if s.kind == "odd_font"]
    assert [s.detail.split(":")[0] for s in told] == ["9999999.99"] and "Helvetica" in told[
        0
    ].detail
    assert not [s for s in _read(data).signals if s.kind == "odd_font"]


@pytest.mark.skipif(not (SHARED / "forgeries").exists(), reason="the shared sample is not here")
def test_every_edit_of_the_sample_that_removed_the_old_text_is_told_by_its_font() -> None:
    import json

    truth = json.loads((SHARED / "forgeries" / "truth.json").read_text())
    for x in (x for x in truth if (x.get("edit") or {}).get("how") == "redact"):
        reading = read_file(x["file"], (SHARED / "forgeries" / x["file"]).read_bytes(), Limits())
        told = [
            s
            for d in reading.documents
            for s in d.signals
            if s.kind == "odd_font" and s.page == x["edit"]["page"]
        ]
        assert [s.detail.split(":")[0] for s in told] == [x["edit"]["new"]], x["file"]


@pytest.mark.skipif(not (SHARED / "real").exists(), reason="the shared sample is not here")
@pytest.mark.parametrize("folder", ["einvoice_pdf", "pdf_signed"])
def test_real_invoices_and_signed_files_show_no_changed_figure(folder: str) -> None:
    from extractors.errors import ReadError
    from verify.changed_text import change_of

    for path in sorted((SHARED / "real" / folder).glob("*.pdf")):
        try:
            documents = read_file(path.name, path.read_bytes(), Limits()).documents
        except ReadError:
            continue  # refused with a reason, which other tests look at
        told = [
            s
            for d in documents
            for s in d.signals
            if s.kind in ("revised_text", "covered_text", "odd_font")
        ]
        assert all(s.kind != "odd_font" and change_of(s).kind == "other" for s in told), path.name
