"""Generators' marks within a PDF: in its own notes, and in the pictures that its pages show."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import pikepdf

from extractors.forensics.picture.containers import Note, notes_of
from extractors.forensics.picture.generator_marks import generator_marks
from extractors.formats.pdf_file import PdfFile
from extractors.formats.pdf_streams import UNREAD, inflated, inherited
from extractors.layout.page import Page
from extractors.model import Signal

_MOST_PICTURES = 40  # pictures of one file
_MOST_BYTES = 8 * 2**20  # of one picture; its notes stand in front or behind
_MOST_XML = 2**20
# What a document is about, which may well be a generator or its company, is no mark of its making.
_OF_THE_CONTENT = ("/Title", "/Subject", "/Keywords", "/Author")
_XMP_OF_THE_CONTENT = re.compile(rb"<dc:(title|description|subject|creator)\b.*?</dc:\1>", re.S)
_AS_FILES = ("/DCTDecode", "/JPXDecode")  # streams that are picture files, notes included


def generated_parts(file: PdfFile, pages: Sequence[Page]) -> Iterator[Signal]:
    """generated_picture where the file or a page that is a picture bears a mark, generated_inset
    for a picture among text.
    """
    try:
        for mark in generator_marks(_own_notes(file.qpdf)):
            kind = "generated_picture" if mark.is_whole else "part_generated"
            yield Signal(kind=kind, detail=mark.text, page=0)
        yield from _on_pages(file.qpdf, pages)
    except UNREAD:
        return


def _own_notes(pdf: pikepdf.Pdf) -> Iterator[Note]:
    stated = pdf.trailer.get("/Info")
    for key, value in stated.items() if isinstance(stated, pikepdf.Dictionary) else ():
        if isinstance(value, pikepdf.String) and key not in _OF_THE_CONTENT:
            name = "Software" if key in ("/Producer", "/Creator") else key[1:]
            yield Note(name, str(value).encode("utf-8", "replace"))
    meta = pdf.Root.get("/Metadata")
    if isinstance(meta, pikepdf.Stream):
        yield Note("XMP", _XMP_OF_THE_CONTENT.sub(b"", inflated(meta, _MOST_XML)))


def _on_pages(pdf: pikepdf.Pdf, pages: Sequence[Page]) -> Iterator[Signal]:
    shown = {page.number for page in pages if page.is_picture or page.scan is not None}
    seen: set[tuple[int, int]] = set()
    for number, page in enumerate(pdf.pages, 1):
        for picture in _pictures(page.obj):
            if picture.objgen in seen or len(seen) >= _MOST_PICTURES:
                continue
            seen.add(picture.objgen)
            for mark in generator_marks(_notes(picture)):
                kind = "generated_picture" if mark.is_whole else "part_generated"
                kind = kind if number in shown else "generated_inset"
                yield Signal(kind=kind, detail=mark.text, page=number)


def _pictures(page: Any) -> Iterator[Any]:
    resources = inherited(page, "/Resources")
    named = resources.get("/XObject") if isinstance(resources, pikepdf.Dictionary) else None
    for _, item in named.items() if isinstance(named, pikepdf.Dictionary) else ():
        if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image":
            yield item


def _notes(picture: Any) -> Iterator[Note]:
    meta = picture.get("/Metadata")
    if isinstance(meta, pikepdf.Stream):
        yield Note("XMP", inflated(meta, _MOST_XML))
    kind = picture.get("/Filter")
    kinds = [str(key) for key in kind] if isinstance(kind, pikepdf.Array) else [str(kind)]
    if kinds and kinds[-1] in _AS_FILES and len(kinds) == 1:
        yield from notes_of(bytes(picture.read_raw_bytes())[:_MOST_BYTES])
