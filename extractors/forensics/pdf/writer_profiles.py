"""How programs write PDF files: what their bytes show whatever name stands in the notes.

Each profile was learned from files made with the program itself: Ghostscript 10, qpdf 11, mutool and
PyMuPDF, cairo 1.16 (by poppler and librsvg), LibreOffice 7.4, Chromium, Qt 5 (wkhtmltopdf), ReportLab,
WeasyPrint, iText 2.1.7, PDFBox 2, FOP 2.8, PDFium, jsPDF, PDFKit, pdf-lib, fpdf2, pypdf; Word and
Quartz from public files.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Writer(StrEnum):
    """A program, or a family that shares one way to write files."""

    SKIA = "skia"
    LIBREOFFICE = "libreoffice"
    CAIRO = "cairo"
    GHOSTSCRIPT = "ghostscript"
    QT = "qt"
    WORD = "word"
    QUARTZ = "quartz"
    JSPDF = "jspdf"
    PDFKIT = "pdfkit"
    PDF_LIB = "pdf_lib"
    FPDF = "fpdf"
    WEASYPRINT = "weasyprint"
    REPORTLAB = "reportlab"
    FOP = "fop"
    PDFBOX = "pdfbox"
    PDFIUM = "pdfium"
    MUPDF = "mupdf"
    QPDF = "qpdf"


@dataclass(frozen=True, slots=True)
class FileProfile:
    """The four or more odd bytes that a program puts below the header, and the keys of its trailer
    in its order.
    """

    writer: Writer
    mark: bytes
    trailer: str


@dataclass(frozen=True, slots=True)
class PageProfile:
    """How a program begins a page's content, and how it names fonts there."""

    writer: Writer
    content: re.Pattern[bytes]
    fonts: re.Pattern[str]


FILES = (
    FileProfile(Writer.SKIA, b"%\xd3\xeb\xe9\xe1", "Size Root Info"),
    FileProfile(Writer.LIBREOFFICE, b"%\xc3\xa4\xc3\xbc\xc3\xb6\xc3\x9f", "Size Root Info ID"),
    FileProfile(Writer.CAIRO, b"%\xb5\xed\xae\xfb", "Size Root Info"),
    FileProfile(Writer.GHOSTSCRIPT, b"%\xc7\xec\x8f\xa2", "Size Root Info ID"),
    FileProfile(Writer.QT, b"%\xc3\xa2\xc3\xa3", "Size Info Root"),
    FileProfile(Writer.WORD, b"%\xb5\xb5\xb5\xb5", "Size Root Info ID"),
    FileProfile(Writer.QUARTZ, b"%\xc4\xe5\xf2\xe5\xeb\xa7\xf3\xa0\xd0\xc4\xc6", "Size Root Info ID"),
    FileProfile(Writer.JSPDF, b"%\xba\xdf\xac\xe0", "Size Root Info ID"),
    FileProfile(Writer.PDFKIT, b"%\xff\xff\xff\xff", "Size Root Info ID"),
    FileProfile(Writer.PDF_LIB, b"%\x81\x81\x81\x81", ""),
    FileProfile(Writer.FPDF, b"%\xe9\xeb\xf1\xbf", "Size Root Info ID"),
    FileProfile(Writer.WEASYPRINT, b"%\xf0\x9f\x96\xa4", ""),
    FileProfile(Writer.REPORTLAB, b"%\x93\x8c\x8b\x9e", "ID Info Root Size"),
    FileProfile(Writer.FOP, b"%\xaa\xab\xac\xad", "Root Info ID Size"),
    FileProfile(Writer.PDFBOX, b"%\xf6\xe4\xfc\xdf", ""),
    FileProfile(Writer.PDFIUM, b"%\xa1\xb3\xc5\xd7", ""),
    FileProfile(Writer.MUPDF, b"%\xc2\xb5\xc2\xb6", ""),
    FileProfile(Writer.QPDF, b"%\xbf\xf7\xa2\xfe", ""),
)  # fmt: skip

_F = re.compile(r"/F\d+")
PAGES = (
    PageProfile(Writer.SKIA, re.compile(rb"\.\d+ 0 0 -\.\d+ [\d.]+ [\d.]+ cm\nq\n"), _F),
    PageProfile(Writer.LIBREOFFICE, re.compile(rb"0\.1 w\nq 0 -?[\d.]+ [\d.]+ [\d.]+ re\nW\* n"), _F),
    PageProfile(Writer.CAIRO, re.compile(rb"1 0 0 -1 0 [\d.]+ cm\nq\n"), re.compile(r"/f-\d+-\d+")),
    PageProfile(Writer.GHOSTSCRIPT, re.compile(rb"q 0\.1 0 0 0\.1 0 0 cm\n"), re.compile(r"/R\d+")),
    PageProfile(Writer.QT, re.compile(rb"/GSa gs /CSp cs /CSp CS"), _F),
    PageProfile(Writer.QUARTZ, re.compile(rb"q Q q [\d. ]+ re W n"), re.compile(r"/TT?\d+")),
    PageProfile(Writer.WORD, re.compile(rb"(?:/\w+ ?<<[^>]{0,80}>> ?BDC ?){1,3} ?q\r?\n"), _F),
    PageProfile(Writer.JSPDF, re.compile(rb"[\d.]+ w\n0 G\n"), _F),
    PageProfile(Writer.WEASYPRINT, re.compile(rb"1 0 0 -1 0 [\d.]+ cm\nq\n0?\.75 0 0 0?\.75 "), re.compile(r"/[A-Z]{6}")),
    PageProfile(Writer.REPORTLAB, re.compile(rb"1 0 0 1 0 0 cm  BT /F1 12 Tf 14\.4 TL ET"), re.compile(r"/F\d+(?:\+\d+)?")),
)  # fmt: skip
