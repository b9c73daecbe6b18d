"""Bytes of one file to pages with words: text taken as it stands, pictures read by the engines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pypdfium2 as pdfium

from extractors.engines.installed import engines
from extractors.errors import (
    PictureNotRead,
    PictureTooSmall,
    PictureUnreadable,
    ReadError,
    UnsupportedFile,
)
from extractors.forensics.ofd.generated import generated_parts
from extractors.forensics.ofd.signatures import ofd_signatures
from extractors.forensics.pdf.observe_pdf import pdf_making
from extractors.forensics.pdf.page_mismatch import stitched
from extractors.forensics.picture.exact_glyphs import drawn_by_program
from extractors.forensics.picture.observe_print import altered_print
from extractors.forensics.picture.origin import picture_notes, picture_origin
from extractors.forensics.picture.perceptual_hash import picture_sketch
from extractors.forensics.picture.screen import screen_signs
from extractors.forensics.picture.seals_on_page import seals_on_page
from extractors.formats.image import Pixels, frames, is_drawn, native_scale, render
from extractors.formats.ofd import read_ofd
from extractors.formats.ofd_package import Package
from extractors.formats.opened_file import OpenedFile
from extractors.formats.pdf import read_document
from extractors.formats.pdf_file import PdfFile
from extractors.formats.qr import qr_codes_of_page
from extractors.formats.spreadsheet import read_csv, read_html, read_workbook
from extractors.formats.text_layer import (
    reads_alike,
    seems_garbled,
    set_mislabelled_text_aside,
    set_unmapped_text_aside,
    text_set_aside,
)
from extractors.intake.limits import Limits
from extractors.layout.page import Page, Raw, Scan
from extractors.model import Box, Failure, Signal
from extractors.pictures.look import Look
from extractors.pictures.papers import read_papers, unread_page
from extractors.progress import step

_INSET = (
    0.1,
    0.9,
)  # share of a page of text that a picture on it covers: less is a logo or a seal, more the page's ground


def decode(file: OpenedFile, limits: Limits) -> Raw:
    """All pages of a file of a sniffed kind.

    Raises ReadError where the file as a whole cannot be read.
    """
    kind, data = file.kind, file.data
    if kind == "pdf":
        return _read_pdf(file.pdf, limits)
    if kind == "ofd":
        return _read_ofd(file.package, limits)
    if kind in ("xlsx", "xls"):
        return read_workbook(data, kind, max_cells=limits.cells, max_bytes=limits.packet_bytes)
    if kind == "csv":
        return read_csv(data, max_cells=limits.cells)
    if kind == "html":
        return read_html(data, max_cells=limits.cells)
    if kind.startswith("picture") and kind != "picture/other":
        raw = Raw(kind, [], dict(picture_notes(data)))
        for number, pixels in enumerate(
            frames(data, max_pages=limits.pages, max_pixels=limits.pixels), 1
        ):
            look = Look(pixels)
            raw.signals += (
                [*picture_origin(data, pixels), *screen_signs(look, raw.notes)]
                if number == 1
                else []
            )
            raw.pages += _pages(look, number, raw.signals, data if kind == "picture/jpeg" else None)
            raw.signals += drawn_by_program(look, number)
        return raw
    raise UnsupportedFile(kind)


def _read_pdf(file: PdfFile, limits: Limits) -> Raw:
    """Pages of a PDF, each from its text or, where that is missing or cannot be believed, from its
    picture.
    """
    raw = read_document(file.document, max_pages=limits.pages, max_pixels=limits.pixels)
    set_unmapped_text_aside(file, raw)
    raw.signals += pdf_making(file, raw)
    set_mislabelled_text_aside(raw)
    raw = _read_pictures(raw, file.document)
    raw.signals += stitched(raw.pages)
    return raw


def _read_ofd(package: Package, limits: Limits) -> Raw:
    """Pages of an OFD; a page that is a picture alone is read as one."""
    raw, scans = read_ofd(package, max_pages=limits.pages)
    raw.signals += [replace(signature, page=0) for signature in ofd_signatures(package)]
    raw.signals += generated_parts(package, has_scans=bool(scans))
    pages: list[Page] = []
    for page in raw.pages:
        if page.number in scans:
            try:
                pixels = next(
                    iter(frames(scans[page.number], max_pages=1, max_pixels=limits.pixels))
                )
                pages += _pages(Look(pixels), page.number, raw.signals)
                continue
            except (
                ReadError
            ):  # a kind of picture that cannot be read, or no engines: the page stays unread
                pass
        pages.append(page)
    raw.pages = pages
    return raw


def _pages(look: Look, number: int, signals: list[Signal], jpeg: bytes | None = None) -> list[Page]:
    """The papers on a picture; what is observed of their print is added to `signals`."""
    import cv2

    ready = engines()
    step()
    try:
        pages = read_papers(look, number, ready)
        for page in pages:
            signals += altered_print(look, page, jpeg)
        if (
            len(pages) == 1
        ):  # on a picture of several papers a page's number does not say whose a seal is
            signals += [*seals_on_page(look, number, ready), *picture_sketch(look, number, pages)]
        return pages
    except (PictureTooSmall, cv2.error) as error:
        why = error if isinstance(error, PictureTooSmall) else PictureUnreadable(str(error))
        return [unread_page(number, Failure(code=why.code, zh=why.zh, en=why.en, page=number))]


def _read_pictures(raw: Raw, document: pdfium.PdfDocument) -> Raw:
    """Reads the pages of a PDF that are pictures, and pictures of papers set on pages of text."""
    if not any(_needs_picture(page) for page in raw.pages):
        return raw
    for page in raw.pages:
        if _few_words(page) and not page.is_picture and is_drawn(document[page.number - 1]):
            page.picture_share = (
                1.0  # its text is drawn as curves: no characters, and no picture either
            )
    pages: list[Page] = []
    for page in raw.pages:
        source = document[page.number - 1]
        try:
            if page.is_picture:
                pages += _picture_page(page, source, raw)
                continue
            if seems_garbled(page):
                pages += _believed(page, _pages(Look(render(source, 0.0)), page.number, []), raw)
                continue
            if _insets(page):
                _add_insets(page, render(source, 0.0))
        except PictureNotRead:  # no engines here: the page stays unread, the others are not lost
            pass
        except PictureTooSmall as why:
            pages.append(
                unread_page(
                    page.number, Failure(code=why.code, zh=why.zh, en=why.en, page=page.number)
                )
            )
            continue
        pages.append(page)
    raw.pages = pages
    return raw


def _picture_page(page: Page, source: pdfium.PdfPage, raw: Raw) -> list[Page]:
    """The papers on a page that is a picture."""
    scale = native_scale(source)
    look = Look(render(source, page.picture_share, scale))
    found = _pages(look, page.number, raw.signals)
    if scale > 0 and not page.runs:  # pixels of the file's own, and no text that was set aside
        raw.signals += drawn_by_program(look, page.number)
    found[0].invisible = page.invisible
    return found


def _needs_picture(page: Page) -> bool:
    return page.is_picture or _few_words(page) or bool(_insets(page)) or seems_garbled(page)


def _believed(page: Page, drawn: list[Page], raw: Raw) -> list[Page]:
    """The text layer of a page where the page's picture reads alike, else the picture's reading."""
    if (
        not drawn
        or any(each.scan and each.scan.failures for each in drawn)
        or reads_alike(page, drawn)
    ):
        return [page]
    raw.signals.append(text_set_aside(page.number, "the page draws other characters than its text"))
    return drawn


def _few_words(page: Page) -> bool:
    return sum(len(word.text) for word in page.words) < 20


def _insets(page: Page) -> list[Box]:
    """Pictures on a page of text that may hold a paper of their own: neither a logo nor the page's
    ground, and without text over them.
    """
    if page.scan is not None or page.is_picture or page.is_sheet or page.turned:
        return []
    out = []
    for box in page.pictures:
        area = (box.right - box.left) * (box.bottom - box.top)
        over = [
            word
            for word in page.words
            if box.left < word.cx / page.width < box.right
            and box.top < word.mid / page.height < box.bottom
        ]
        if _INSET[0] < area < _INSET[1] and not over:
            out.append(box)
    return out


def _add_insets(page: Page, pixels: Pixels) -> None:
    """Adds the words of pictures on a page of text to the page, in its own points."""
    height, width = pixels.shape[:2]
    scan = Scan(np.diag([1 / page.width, 1 / page.height, 1.0]), [])
    for box in _insets(page):
        left, top, right, bottom = (
            round(value)
            for value in (
                box.left * width,
                box.top * height,
                box.right * width,
                box.bottom * height,
            )
        )
        for found in _pages(
            Look(np.ascontiguousarray(pixels[top:bottom, left:right])), page.number, []
        ):
            for word in found.words:
                at = found.box(word.x0, word.top, word.x1, word.bottom)
                word.x0, word.x1 = (
                    (box.left + value * (box.right - box.left)) * page.width
                    for value in (at.left, at.right)
                )
                word.top, word.bottom = (
                    (box.top + value * (box.bottom - box.top)) * page.height
                    for value in (at.top, at.bottom)
                )
                page.words.append(word)
            scan.lines += found.scan.lines if found.scan else []
    if scan.lines:
        page.scan = scan


def codes_of(page: Page, file: OpenedFile) -> Iterable[tuple[str, Box]]:
    """QR codes of a page: those seen on its picture, else those of the rendered PDF page."""
    if page.scan is not None and page.scan.codes:
        return page.scan.codes
    if file.kind != "pdf" or page.scan is not None:
        return []
    return qr_codes_of_page(file.pdf.document[page.number - 1])
