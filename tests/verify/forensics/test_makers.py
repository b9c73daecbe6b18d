"""Names of programs as files state them, and what those programs are for."""

from __future__ import annotations

import pytest

from extractors.model import Document, Signal
from verify.forensics.makers import TITLES, Maker, maker_of, makers_of

NAMES = {
    "Adobe Photoshop 24.0 (Windows)": "design",
    "Adobe Illustrator CC 2015 (Windows)": "design",
    "Adobe InDesign 15.1 (Macintosh)": "design",
    "Canva": "design",
    "Scribus 1.5.5": "design",
    "Foxit PhantomPDF 10.1": "pdf_editor",
    "PDFescape Desktop": "pdf_editor",
    "Wondershare PDFelement": "pdf_editor",
    "Master PDF Editor": "pdf_editor",
    "迅捷PDF编辑器": "pdf_editor",
    "Microsoft® Word 2013": "word_processor",
    "Writer": "word_processor",
    "WPS 文字": "word_processor",
    "LaTeX with hyperref package": "word_processor",
    "Microsoft® PowerPoint® 2019": "presentation",
    "Draw": "drawing",
    "Microsoft® Visio® 2019": "drawing",
    "Microsoft® Excel® 2019": "spreadsheet",
    "Calc": "spreadsheet",
    "iLovePDF": "online_tool",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/156": "browser",
    "Skia/PDF m125": "browser",
    "wkhtmltopdf 0.12.6": "browser",
    "jsPDF 2.5.1": "script",
    "ReportLab PDF Library - www.reportlab.com": "script",
    "PyMuPDF 1.24": "script",
    "img2pdf 0.4.1": "script",
    "Microsoft: Print To PDF": "remade",
    "Adobe Acrobat Pro DC 21.1.20149": "remade",
    "Acrobat Distiller 8.1.0 (Windows)": "remade",
    "Mac OS X 10.7.5 Quartz PDFContext": "remade",
    "GPL Ghostscript 9.06": "remade",
    "cairo 1.16.0 (https://cairographics.org)": "remade",
    "QPDF library": "remade",
    "LibreOffice 7.4": "remade",
    "WPS PDF": "remade",
    "扫描全能王": "phone",
    "Canon iR-ADV C3530": "scanner",
    "KONICA MINOLTA bizhub C308": "scanner",
    "ABBYY FineReader 15": "scanner",
    "e-Invoice Platform": "invoice_platform",
    "BankReport": "issuer",
    "Adobe LiveCycle Designer 11.0": "issuer",
    "iText 2.1.7 by 1T3XT": "library",
    "Apache PDFBox 2.0.24": "library",
    "Aspose.PDF for Java 20.6": "library",
    "PDFsharp 1.50": "library",
    "A program of 2031": "unknown",
}


@pytest.mark.parametrize("name", NAMES)
def test_a_name_says_what_its_program_is_for(name: str) -> None:
    assert maker_of(name) == NAMES[name]


def test_the_oddest_program_comes_first() -> None:
    stated = ("metadata_creator", "e-Invoice Platform"), ("metadata_producer", "Foxit PhantomPDF")
    document = Document(
        type="invoice",
        file="a.pdf",
        sha256="0" * 64,
        pages=(1,),
        kind="pdf",
        status="read",
        signals=tuple(Signal(kind=kind, detail=name) for kind, name in stated),
    )
    assert [one.maker for one in makers_of(document)] == ["pdf_editor", "invoice_platform"]


def test_every_kind_of_program_has_a_title() -> None:
    assert set(TITLES) == set(Maker)
