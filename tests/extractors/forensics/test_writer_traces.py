"""Programs known by the manner in which they write, and names in a file that do not fit it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import forge_pdf as forge
import html_papers
import outside_tools as tools
import pytest
from conftest import read_packet, report_on
from firm import make_firm
from statement_layouts import LAYOUTS

from extractors.forensics.pdf.writer_traces import writer_traces
from extractors.formats.pdf_file import PdfFile
from verify.model import Finding

FIRM = make_firm(7)
DATA = LAYOUTS["ruled.pdf"](replace(FIRM, rows=FIRM.rows[:20]))
Sent = Callable[[bytes], bytes]
WAYS: dict[str, Sent] = {
    "ghostscript": tools.ghostscript,
    "cairo": tools.cairo,
    "draw": lambda data: tools.draw(data, {}),
    "chromium": lambda data: tools.browser_print(html_papers.statement(FIRM, 20)),
}
WRITERS = {"draw": "libreoffice", "chromium": "skia"}


def _told(data: bytes) -> dict[str, str]:
    with PdfFile(data) as file:
        return {signal.kind: signal.detail for signal in writer_traces(file)}


def _sent(way: str) -> bytes:
    if tools.missing(way):
        pytest.skip(f"{way} is not installed")
    return WAYS[way](DATA)


def _findings(data: bytes) -> list[Finding]:
    return [f for f in report_on(read_packet({"a.pdf": data})).findings if f.rule == "FOR22"]


@pytest.mark.parametrize("way", WAYS)
def test_a_program_is_known_by_its_manner_and_pages_outlive_a_new_name(way: str) -> None:
    made = _sent(way)
    writer = WRITERS.get(way, way)
    assert _told(made) == {"file_writer": writer, "pages_writer": writer}
    assert not _findings(made)
    renamed = forge.noted_as(made, Producer="Microsoft: Print To PDF", Creator="")
    assert _told(renamed) == {"file_writer": "qpdf", "pages_writer": writer}
    (finding,) = _findings(renamed)
    assert finding.severity == "medium" and "Print To PDF" in finding.message.zh


def test_a_name_changed_in_place_is_told() -> None:
    made = _sent("cairo")
    at = made.index(b"(cairo")
    end = made.index(b")", at)
    renamed = made[:at] + b"(iText 2.1.7".ljust(end - at) + made[end:]
    (finding,) = _findings(renamed)
    assert finding.severity == "medium" and finding.observed == "cairo"


def test_saving_anew_keeps_a_librarys_name_and_is_no_doubt() -> None:
    assert _told(DATA) == {"file_writer": "reportlab", "pages_writer": "reportlab"}
    saved = forge.noted_as(DATA, Producer="iText 2.1.7")
    assert _told(saved) == {"file_writer": "qpdf", "pages_writer": "reportlab"}
    assert not _findings(saved)


@pytest.mark.parametrize(
    ("name", "writer"), [("qpdf", tools.qpdf), ("mutool", tools.mutool)], ids=["qpdf", "mutool"]
)
def test_programs_that_only_pack_keep_pages_and_name(name: str, writer: Sent) -> None:
    if tools.missing(name):
        pytest.skip(f"{name} is not installed")
    saved = writer(DATA)
    assert _told(saved)["pages_writer"] == "reportlab"
    assert not _findings(saved)
