"""One page that another program wrote, and pages that one program wrote, stamped or marked."""

from __future__ import annotations

import io
import random

import forge_pdf as forge
import pikepdf
from conftest import honest_files, read_packet, report_on

from extractors.forensics.pdf.page_writer import page_hands
from extractors.formats.pdf_file import PdfFile
from extractors.model import Signal

DATA = honest_files(7, "ruled.pdf")[1]["流水_ruled.pdf"]


def _told(data: bytes) -> list[Signal]:
    with PdfFile(data) as file:
        return list(page_hands(file))


def test_a_page_that_an_editor_rewrote_is_told_wherever_it_stands() -> None:
    for page in (0, 2, 4):
        spot = next(s for s in forge.figures(DATA) if s.page == page)
        forged = forge.same_font(DATA, spot, "9" + spot.text[1:])
        (told,) = _told(forged)
        assert (
            told.page == page + 1
            and "shows TJ, others Tj" in told.detail
            and told.detail.endswith("the same fonts")
        )
        (finding,) = [
            f for f in report_on(read_packet({"a.pdf": forged})).findings if f.rule == "FOR13"
        ]
        assert finding.severity == "medium" and "其他页" in finding.message.zh


def test_stamps_notes_and_saving_anew_leave_pages_in_one_hand() -> None:
    spot = next(s for s in forge.figures(DATA) if s.page == 2)
    saved = forge.saved(pikepdf.open(io.BytesIO(DATA)))
    for honest in (
        DATA,
        saved,
        forge.reprinted(DATA, spot),
        forge.margin_note(DATA, random.Random(1)),
        forge.sealed_over(DATA, spot),
    ):
        assert not _told(honest)
