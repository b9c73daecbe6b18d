"""What a PDF page shows beside its content: values typed into its form, and notes of text."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

import pypdfium2 as pdfium
import pypdfium2.raw as c

from extractors.formats.pdf_place import Placer
from extractors.layout.page import Word
from extractors.values.glyphs import unified

MOST_NOTES = 500  # annotations of a page that are looked at
TALLEST = 14.0  # points: a line of type in a field that is higher than one
_HIDDEN = 1 << 1 | 1 << 5  # annotation flags: hidden, not viewed (ISO 32000-1 table 165)
_TEXT_OF = {c.FPDF_ANNOT_WIDGET: b"V", c.FPDF_ANNOT_FREETEXT: b"Contents"}


def shown_values(page: pdfium.PdfPage, place: Placer, words: list[Word]) -> Iterator[Word]:
    """Values of form fields and notes of text as words, where the page's own text does not stand
    there already.
    """
    for index in range(min(c.FPDFPage_GetAnnotCount(page.raw), MOST_NOTES)):
        note = c.FPDFPage_GetAnnot(page.raw, index)
        if not note:
            continue
        try:
            word = _word(note, place)
        finally:
            c.FPDFPage_CloseAnnot(note)
        if word is not None and not any(_meet(word, other) for other in words):
            yield word


def _word(note: object, place: Placer) -> Word | None:
    key = _TEXT_OF.get(c.FPDFAnnot_GetSubtype(note))
    if key is None or c.FPDFAnnot_GetFlags(note) & _HIDDEN:
        return None
    text = unified(" ".join(_string(note, key).split()))
    edges = c.FS_RECTF()
    if not text or text == "Off" or not c.FPDFAnnot_GetRect(note, edges):
        return None
    x0, top, x1, bottom = place(edges.left, edges.bottom, edges.right, edges.top)
    middle, height = (top + bottom) / 2, min(bottom - top, TALLEST)
    wide = sum(0.5 if ch.isascii() else 1.0 for ch in text) * height
    return Word(text, x0, middle - height / 2, min(x1, x0 + max(wide, 1.0)), middle + height / 2)


def _string(note: object, key: bytes) -> str:
    length = c.FPDFAnnot_GetStringValue(note, key, None, 0)
    buffer = (ctypes.c_ushort * (length // 2 + 1))()
    c.FPDFAnnot_GetStringValue(note, key, buffer, length)
    return bytes(buffer)[: max(length - 2, 0)].decode("utf-16-le", "replace")


def _meet(word: Word, other: Word) -> bool:
    across = min(word.x1, other.x1) - max(word.x0, other.x0)
    down = min(word.bottom, other.bottom) - max(word.top, other.top)
    return across > 0 and down > 0.3 * min(word.height, other.height)
