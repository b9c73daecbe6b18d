"""Whether annotations that came after signing lie over words of the signed pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf
import pypdfium2 as pdfium

from extractors.forensics.pdf.object_digest import Digest
from extractors.formats.pdf import open_pdf
from extractors.formats.pdf_streams import UNREAD, inherited

# Notes of viewers that hide nothing below
NOTES = frozenset(
    {"/Text", "/Popup", "/Highlight", "/Underline", "/StrikeOut", "/Squiggly", "/Link", "/Caret"}
)
Edges = tuple[float, float, float, float]
# Strokes leave what lies below to be read; a closed shape only where it has no ground of its own.
_STROKES = frozenset({"/Ink", "/Line", "/PolyLine"})
_QUIET = NOTES | _STROKES
_AMOUNT = re.compile(r"\d[\d,]*\.\d{2}")
_SHAPES = frozenset({"/Circle", "/Square", "/Polygon"})
_MOST_NOTES = 200


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an annotation lies, and whether it is a signature's own picture, which people set over
    lines, names and dates.
    """

    page: int
    edges: Edges
    is_signed: bool


def cover_words(before: bytes, old: pikepdf.Pdf, new: pikepdf.Pdf, password: str) -> bool:
    """Whether any annotation that only the later file has lies over text of the signed revision,
    or a signature's picture over an amount.

    Widgets of other fields are looked at elsewhere; what cannot be measured counts as covering.
    """
    places = list(_places(old, new))
    if not places:
        return False
    document = open_pdf(before, password or None)
    try:
        return any(_is_over_words(document, place) for place in places)
    finally:
        document.close()


def _places(old: pikepdf.Pdf, new: pikepdf.Pdf) -> Iterator[_Place]:
    known = {digest for _, digest in Digest(old).notes()}
    digests = Digest(new)
    for number, page in enumerate(new.pages):
        notes = page.obj.get("/Annots")
        for note in list(notes)[:_MOST_NOTES] if isinstance(notes, pikepdf.Array) else ():
            if not isinstance(note, pikepdf.Dictionary) or _lets_through(note):
                continue
            if digests.of_note(note) not in known:
                yield _Place(number, _edges(note), inherited(note, "/V") is not None)


def _lets_through(note: Any) -> bool:
    kind = str(note.get("/Subtype", ""))
    if kind == "/Widget":
        return inherited(note, "/FT") != "/Sig" or "/AP" not in note
    is_outline = kind in _SHAPES and "/IC" not in note
    return kind in _QUIET or is_outline


def _edges(note: Any) -> Edges:
    left, bottom, right, top = (float(edge) for edge in note.Rect)
    return min(left, right), min(bottom, top), max(left, right), max(bottom, top)


def _is_over_words(document: pdfium.PdfDocument, place: _Place) -> bool:
    try:
        text = document[place.page].get_textpage().get_text_bounded(*place.edges)
    except (pdfium.PdfiumError, *UNREAD):
        return True
    return bool(_AMOUNT.search(text) if place.is_signed else text.strip())
