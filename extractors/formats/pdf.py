"""PDF to pages with pypdfium2: characters with boxes, words, ruling lines, pictures."""

from __future__ import annotations

import ctypes

import pypdfium2 as pdfium
import pypdfium2.raw as c

from extractors.errors import DamagedFile, EncryptedFile, OverLimit
from extractors.formats.pdf_annotations import shown_values
from extractors.formats.pdf_objects import THIN, PageObjects
from extractors.formats.pdf_place import Placer
from extractors.formats.pdf_stamps import part_stamps
from extractors.formats.pdf_text import read_text, reading_turn
from extractors.layout.page import FontUse, Page, Raw, Run
from extractors.progress import step

PIXELS = 100_000_000  # most pixels of a picture that is decoded


def open_pdf(data: bytes, password: str | None = None) -> pdfium.PdfDocument:
    """The document, or EncryptedFile or DamagedFile."""
    try:
        document = pdfium.PdfDocument(data, password=password)
        len(document)
    except pdfium.PdfiumError as error:
        if "assword" in str(error):
            raise EncryptedFile(str(error)) from error
        raise DamagedFile(str(error)) from error
    if len(document) == 0:
        raise DamagedFile("no pages")
    return document


def read_pdf(
    data: bytes, *, max_pages: int, max_pixels: int = PIXELS, password: str | None = None
) -> Raw:
    """All pages with words and rules.

    Raises EncryptedFile, DamagedFile or OverLimit (pages, pixels of a picture).
    """
    document = open_pdf(data, password)
    try:
        return read_document(document, max_pages=max_pages, max_pixels=max_pixels)
    finally:
        document.close()


def read_document(document: pdfium.PdfDocument, *, max_pages: int, max_pixels: int = PIXELS) -> Raw:
    """The same of a document that is open. Raises DamagedFile or OverLimit (pages)."""
    if len(document) > max_pages:
        raise OverLimit(f"{len(document)} pages, at most {max_pages}")
    pages = []
    for index in range(len(document)):
        step()
        try:
            page = document[index]
            pages.append(read_page(page, index + 1, max_pixels))
            page.close()
        except pdfium.PdfiumError as error:
            raise DamagedFile(f"page {index + 1}: {error}") from error
    return Raw("pdf", pages, {k: v for k, v in document.get_metadata_dict().items() if v})


def read_page(page: pdfium.PdfPage, number: int, max_pixels: int) -> Page:
    """Words, rules and pictures of a page, in the frame in which its text stands upright."""
    left, bottom, right, top = page.get_bbox()
    turn = reading_turn(page)
    width, height = (
        (right - left, top - bottom) if turn in (0, 180) else (top - bottom, right - left)
    )
    walk = PageObjects()
    walk.visit(page)
    if walk.most_pixels > max_pixels:
        raise OverLimit(f"page {number}: a picture of {walk.most_pixels} pixels")
    result = Page(number, width, height, [], turned=(page.get_rotation() - turn) % 360)
    place = Placer(left, bottom, right, top, turn)
    read_text(page, walk, place, result)
    result.words += list(shown_values(page, place, result.words))
    for x0, y0, x1, y1 in walk.strokes:
        px0, py0, px1, py1 = place(x0, y0, x1, y1)
        if px1 - px0 < THIN < py1 - py0:
            result.vertical.append(((px0 + px1) / 2, py0, py1))
        elif py1 - py0 < THIN < px1 - px0:
            result.horizontal.append(((py0 + py1) / 2, px0, px1))
    result.fonts = [_font_use(font, boxes, place) for font, boxes in walk.fonts.values()]
    result.runs = [Run(place(*box), font, size, colour) for box, font, size, colour in walk.runs]
    part_stamps(result)
    area = (right - left) * (top - bottom) or 1.0
    result.pictures = [result.box(*place(*box)) for box in walk.pictures]
    result.picture_share = min(
        1.0, sum(abs((x1 - x0) * (y1 - y0)) for x0, y0, x1, y1 in walk.pictures) / area
    )
    return result


def _font_use(
    font: object, boxes: list[tuple[float, float, float, float]], place: Placer
) -> FontUse:
    length = c.FPDFFont_GetBaseFontName(font, None, 0)
    buffer = ctypes.create_string_buffer(max(length, 1))
    c.FPDFFont_GetBaseFontName(font, buffer, length)
    name = buffer.value.decode("utf-8", "replace")
    return FontUse(
        name, bool(c.FPDFFont_GetIsEmbedded(font)), len(boxes), [place(*b) for b in boxes[:3]]
    )
