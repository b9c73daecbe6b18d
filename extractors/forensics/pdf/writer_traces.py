"""Which program's manner a PDF's bytes and pages show, whatever its notes say.

A file's own manner tells who wrote it last as a whole; its pages' manner tells who drew them, and
outlives programs that only pack a file anew.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pikepdf

from extractors.forensics.pdf.writer_profiles import FILES, PAGES, Writer
from extractors.formats.pdf_file import PdfFile
from extractors.formats.pdf_streams import UNREAD, inflated, inherited
from extractors.model import Signal

_MARK = re.compile(rb"%PDF-\d\.\d[\r\n ]+(%[^\r\n]{2,40})")
_TRAILER = re.compile(rb"trailer\s*<<(.{0,2000}?)>>\s*(?:startxref|\d)", re.S)
_KEY = re.compile(rb"/(Size|Root|Info|ID)\b")
_MOST_PAGES = 40
_MOST_BYTES = 400  # of a page's content: its manner shows where it begins
_MOST_HEAD = 2048  # bytes within which a linearised file says so (ISO 32000-1 annex F)
_MAIN = 0.8  # share of pages that one program must have drawn to be said to have drawn them all


def writer_traces(file: PdfFile) -> Iterator[Signal]:
    """file_writer and pages_writer, each with the program's id."""
    if writer := _file_writer(file.data):
        yield Signal(kind="file_writer", detail=writer.value)
    try:
        pages = [page.obj for page in file.qpdf.pages[:_MOST_PAGES]]
        drawn = Counter(_page_writer(page) for page in pages)
    except UNREAD:
        return
    known = [(writer, count) for writer, count in drawn.most_common() if writer is not None]
    if known and known[0][1] >= _MAIN * drawn.total():
        yield Signal(kind="pages_writer", detail=known[0][0].value)


def _file_writer(data: bytes) -> Writer | None:
    """By the bytes below the header, and the order of keys in the trailer where it is readable."""
    marked = _MARK.match(data)
    if marked is None or _was_updated(data):
        return None
    keys = _trailer_keys(data)
    for profile in FILES:
        if marked[1].startswith(profile.mark) and keys in ("", profile.trailer or keys):
            return profile.writer
    return None


def _was_updated(data: bytes) -> bool:
    """Whether a later program appended to the file, and may have set its own name."""
    ends = data.count(b"%%EOF")
    return ends > (2 if b"/Linearized" in data[:_MOST_HEAD] else 1)


def _trailer_keys(data: bytes) -> str:
    """Keys of the first trailer, which the file's first writer left, in their order."""
    trailer = _TRAILER.search(data)
    if trailer is None:
        return ""
    return " ".join(key.decode() for key in dict.fromkeys(_KEY.findall(trailer[1])))


def _page_writer(page: Any) -> Writer | None:
    content = page.get("/Contents")
    first = content[0] if isinstance(content, pikepdf.Array) and len(content) else content
    if not isinstance(first, pikepdf.Stream):
        return None
    start, names = inflated(first, _MOST_BYTES), _font_names(page)
    for profile in PAGES:
        named = bool(names) and all(profile.fonts.fullmatch(name) for name in names)
        if named and profile.content.match(start):
            return profile.writer
    return None


def _font_names(page: Any) -> list[str]:
    resources = inherited(page, "/Resources")
    fonts = resources.get("/Font") if isinstance(resources, pikepdf.Dictionary) else None
    return list(fonts.keys()) if isinstance(fonts, pikepdf.Dictionary) else []
