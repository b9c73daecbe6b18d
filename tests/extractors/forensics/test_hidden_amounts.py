"""Hidden text: what a scanner adds is silent, what a forger adds is not."""

from __future__ import annotations

import io

import pikepdf
import pypdfium2 as pdfium
import pytest
from conftest import honest_files, read_packet, report_on
from reportlab.pdfgen.canvas import Canvas

from extractors.intake.limits import Limits
from extractors.read import read_file


def _with_layer(data: bytes, lines: list[str]) -> bytes:
    """The first page with invisible lines of text over it."""
    whole = pikepdf.open(io.BytesIO(data))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(842, 595), invariant=1)
    layer = canvas.beginText(60, 400)
    layer.setTextRenderMode(3)
    for line in lines:
        layer.textLine(line)
    canvas.drawText(layer)
    canvas.save()
    over = pikepdf.open(buffer)
    whole.pages[0].add_overlay(over.pages[0])
    out = io.BytesIO()
    whole.save(out)
    return out.getvalue()


def _kinds(data: bytes) -> set[str]:
    return {s.kind for d in read_file("发票.pdf", data, Limits()).documents for s in d.signals}


def test_a_layer_with_other_amounts_is_told() -> None:
    data = _with_layer(
        honest_files(7, "ruled.pdf")[1]["发票1.pdf"], ["Total 9,876,543.21", "Net 8,740,303.73"]
    )
    assert "hidden_amounts" in _kinds(data)
    files = {**honest_files(7, "ruled.pdf")[1], "发票1.pdf": data}
    found = [f for f in report_on(read_packet(files)).findings if f.rule == "FOR08"]
    assert (
        len(found) == 1 and found[0].severity == "high" and found[0].evidence[0].file == "发票1.pdf"
    )


@pytest.mark.parametrize("name", ["发票1.pdf", "回单.pdf", "流水_ruled.pdf", "增值税申报表.pdf"])
def test_a_layer_that_repeats_the_page_is_silent(name: str) -> None:
    """As scanners and archives write it: the page's own text, without separators between words."""
    data = honest_files(7, "ruled.pdf")[1][name]
    page = pdfium.PdfDocument(data)[0].get_textpage()
    words = [w for w in page.get_text_range().split() if w.isascii()]
    assert "hidden_amounts" not in _kinds(
        _with_layer(data, [" ".join(words[i : i + 8]) for i in range(0, len(words), 8)])
    )
