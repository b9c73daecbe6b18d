"""Notes with a ground of their own laid over figures of a page: a viewer shows the note, a reader
of the page's text what lies below.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence

import pypdfium2 as pdfium
import pypdfium2.raw as c

from extractors.formats.pdf_place import Placer
from extractors.layout.page import Page
from extractors.model import Signal

_OPAQUE = {
    c.FPDF_ANNOT_FREETEXT: "FreeText",
    c.FPDF_ANNOT_STAMP: "Stamp",
    c.FPDF_ANNOT_SQUARE: "Square",
    c.FPDF_ANNOT_REDACT: "Redact",
}
_HIDDEN = 0x2 | 0x20  # flags of a note that is not shown
_MOST = 200


def covering_notes(document: pdfium.PdfDocument, pages: Sequence[Page]) -> Iterator[Signal]:
    """covering_note "old → new" for each note that lies over words with digits; new is empty where
    the note only covers.
    """
    for page in pages:
        source = document[page.number - 1]
        count = c.FPDFPage_GetAnnotCount(source.raw)
        place = Placer.of(source) if count else None
        for index in range(min(count, _MOST)):
            note = c.FPDFPage_GetAnnot(source.raw, index)
            if note and place and (signal := _over(note, page, place)):
                yield signal
            c.FPDFPage_CloseAnnot(note)


def _over(note: object, page: Page, place: Placer) -> Signal | None:
    kind = c.FPDFAnnot_GetSubtype(note)
    if kind not in _OPAQUE or c.FPDFAnnot_GetFlags(note) & _HIDDEN:
        return None
    edges = c.FS_RECTF()
    if not c.FPDFAnnot_GetRect(note, edges):
        return None
    x0, top, x1, bottom = place(edges.left, edges.bottom, edges.right, edges.top)
    under = [
        word
        for word in page.words
        if x0 - 1 <= word.cx <= x1 + 1
        and top - 1 <= word.mid <= bottom + 1
        and any(ch.isdigit() for ch in word.text)
    ]
    text = _contents(note)
    if not under or len(under) > 6 or not _is_filled(note, kind):
        return None
    old = " ".join(word.text for word in under)
    if old == text:
        return None
    return Signal(
        kind="covering_note",
        detail=f"{old} → {text}",
        page=page.number,
        box=page.box(x0, top, x1, bottom),
    )


def _contents(note: object) -> str:
    length = c.FPDFAnnot_GetStringValue(note, b"Contents", None, 0)
    buffer = (ctypes.c_ushort * max(length // 2, 1))()
    c.FPDFAnnot_GetStringValue(note, b"Contents", buffer, length)
    return bytes(buffer).decode("utf-16-le", "replace").rstrip("\0").strip()[:80]


def _is_filled(note: object, kind: int) -> bool:
    """Whether a note has a ground of its own, so that what lies below does not show (ISO 32000-1
    12.5.6.6, 12.5.6.8).
    """
    if kind == c.FPDF_ANNOT_SQUARE:
        return bool(c.FPDFAnnot_HasKey(note, b"IC"))
    return kind != c.FPDF_ANNOT_FREETEXT or bool(c.FPDFAnnot_HasKey(note, b"C"))
