"""Whether the name that a file gives its maker fits the manner in which it is written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from extractors.forensics.pdf.writer_profiles import Writer
from extractors.model import Document
from verify.forensics.makers import Maker, maker_of


@dataclass(frozen=True, slots=True)
class _Known:
    """A program's title, the names that it and the programs built on it write into files, and
    whether it always writes one of them.
    """

    title: str
    names: re.Pattern[str]
    always_signs: bool = True


def _named(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.I)


# Libraries are left out of those that always sign: their users may set any name.
_KNOWN = {
    Writer.SKIA: _Known(
        "Chromium (Skia)",
        _named(r"skia|chrom|edge|mozilla|puppeteer|playwright|electron|android|google"),
    ),
    Writer.LIBREOFFICE: _Known(
        "LibreOffice", _named(r"office|^writer|^calc|^draw|^impress|collabora")
    ),
    Writer.CAIRO: _Known(
        "cairo",
        _named(r"cairo|poppler|inkscape|evince|gtk|gnome|webkit|firefox|rsvg|gimp|mozilla|\bR\b"),
    ),
    Writer.GHOSTSCRIPT: _Known(
        "Ghostscript",
        _named(
            r"ghostscript|scribus|creator|cutepdf|primopdf|bullzip|dopdf|pdf24|cups|imagemagick|freepdf|pstopdf|dvips|easypdf"
        ),
    ),
    Writer.QT: _Known("Qt (wkhtmltopdf)", _named(r"\bqt\b|wkhtml|calibre|okular|kde|qgis")),
    Writer.WORD: _Known("Microsoft Word", _named(r"microsoft|office|word|excel|powerpoint|wps")),
    Writer.QUARTZ: _Known("macOS Quartz", _named(r"quartz|mac ?os|ios|apple|iphone|ipad")),
    Writer.JSPDF: _Known("jsPDF", _named(r"jspdf")),
    Writer.WEASYPRINT: _Known("WeasyPrint", _named(r"weasyprint"), always_signs=False),
    Writer.REPORTLAB: _Known("ReportLab", _named(r"reportlab|xhtml2pdf"), always_signs=False),
}
_PRINT_DRIVER = re.compile(r"print to pdf", re.I)
# Programs that make every page themselves: none of another's pages can stand under their names.
_MAKE_ALL_PAGES = (Maker.WORD_PROCESSOR, Maker.SPREADSHEET, Maker.SCANNER, Maker.PHONE)


class Mismatch(StrEnum):
    """What does not fit the name."""

    NAME_CHANGED = "name_changed"
    PAGES_OF_ANOTHER = "pages_of_another"
    PAGES_TAKEN_OVER = "pages_taken_over"


@dataclass(frozen=True, slots=True)
class Doubt:
    """The program that a file names, the one whose manner it shows, and what follows."""

    mismatch: Mismatch
    claimed: str
    shown: str


def build_doubt(document: Document) -> Doubt | None:
    """Where a file's manner and the name in its notes exclude each other; None where they fit, or
    where too little is known.
    """
    told = {s.kind: s.detail for s in document.signals}
    claimed = told.get("metadata_producer", "").strip()
    stated = " ".join((claimed, told.get("metadata_creator", "")))
    if not claimed:
        return None
    file_writer, pages_writer = told.get("file_writer"), told.get("pages_writer")
    if _is_other(file_writer, stated):
        return Doubt(Mismatch.NAME_CHANGED, claimed, _KNOWN[Writer(str(file_writer))].title)
    if _is_driver(claimed) and _contradicts(pages_writer, stated):
        return Doubt(Mismatch.PAGES_OF_ANOTHER, claimed, _KNOWN[Writer(str(pages_writer))].title)
    if not _is_other(pages_writer, stated):
        return None
    shown = _KNOWN[Writer(str(pages_writer))].title
    if maker_of(claimed) in _MAKE_ALL_PAGES:
        return Doubt(Mismatch.PAGES_OF_ANOTHER, claimed, shown)
    if maker_of(claimed) is Maker.ISSUER:
        return Doubt(Mismatch.PAGES_TAKEN_OVER, claimed, shown)
    return None


def _is_driver(claimed: str) -> bool:
    return bool(_PRINT_DRIVER.search(claimed))


def _is_other(writer: str | None, stated: str) -> bool:
    """Whether a program that always signs is shown, and no name of its family is stated."""
    known = _KNOWN.get(Writer(writer)) if writer else None
    return known is not None and known.always_signs and not known.names.search(stated)


def _contradicts(writer: str | None, stated: str) -> bool:
    known = _KNOWN.get(Writer(writer)) if writer else None
    return known is not None and not known.names.search(stated)
