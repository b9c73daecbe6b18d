"""Page content that a PDF still holds but no longer shows: streams that nothing reaches, that the
cross-reference leaves out, or of which a newer one of the same number stands further on. A
rewrite that collects no garbage leaves them behind without an earlier "%%EOF".
"""

from __future__ import annotations

import hashlib
import io
import re
import zlib
from collections.abc import Iterator, Sequence
from typing import Any

import pikepdf
import pypdfium2 as pdfium

from extractors.formats.pdf_file import PdfFile
from extractors.formats.pdf_streams import UNREAD, inflated
from extractors.model import Signal

_OBJECT = re.compile(rb"(?:^|[\r\n \t>])(\d{1,8})[ \t\r\n]+(\d{1,5})[ \t\r\n]+obj\b")
_FONT = re.compile(rb"/([^\s/\[\]()<>]+)\s+-?[\d.]+\s+Tf\b")
_MOST_STREAMS = 8
_MOST_TRIED = 400
_MOST_BYTES = 2 * 2**20
_MOST_PAGES = 20
_MOST_OBJECTS = 100_000
# Words of a stream, and share of them that a page still shows, from which it was that page's
# content
_LEAST_WORDS = 8
_LEAST_SHARE = 0.6
_NO_CONTENT = {
    "/Length1",
    "/Length3",
    "/FunctionType",
    "/N",
}  # keys of streams that are fonts, functions, profiles


def loose_text(file: PdfFile) -> Iterator[Signal]:
    """loose_text, one a stream that was a page's content and drew figures that no page shows now:
    "30 of 32 words as now; gone 9,850.00".
    """
    try:
        live, unreached, listed = _reach(file.qpdf)
        streams = [
            s
            for s in (*_unreached(unreached), *_raw(file.data, listed))
            if _draws_text(s) and _digest(s) not in live
        ]
        yield from _compared(file, list(dict.fromkeys(streams))[:_MOST_STREAMS])
    except (*UNREAD, pdfium.PdfiumError):
        return


def _draws_text(stream: bytes) -> bool:
    return b"BT" in stream and (b"Tj" in stream or b"TJ" in stream)


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def _reach(pdf: pikepdf.Pdf) -> tuple[set[bytes], list[Any], set[int]]:
    """Digests of live streams, stream objects that the trailer does not reach, numbers that the
    cross-reference lists.
    """
    seen: set[tuple[int, int]] = set()
    live: set[bytes] = set()
    todo: list[Any] = [value for _, value in pdf.trailer.items()]
    while todo and len(seen) < _MOST_OBJECTS:
        item = todo.pop()
        if not isinstance(item, pikepdf.Object) or (item.is_indirect and item.objgen in seen):
            continue
        if item.is_indirect:
            seen.add(item.objgen)
        if isinstance(item, pikepdf.Stream):
            todo += [value for _, value in item.stream_dict.items()]
            if item.get("/Subtype") != "/Image" and not _NO_CONTENT & set(item.stream_dict.keys()):
                live.add(_digest(_decoded(item)))
        elif isinstance(item, pikepdf.Dictionary):
            todo += [value for _, value in item.items()]
        elif isinstance(item, pikepdf.Array):
            todo += list(item)
    every = list(pdf.objects)
    loose = [
        o
        for o in every
        if isinstance(o, pikepdf.Stream)
        and o.objgen not in seen
        and o.get("/Type") not in ("/XRef", "/ObjStm")
    ]
    return live, loose, {o.objgen[0] for o in every if isinstance(o, pikepdf.Object)}


def _decoded(stream: Any) -> bytes:
    return inflated(stream, _MOST_BYTES)


def _unreached(loose: Sequence[Any]) -> Iterator[bytes]:
    for item in loose:
        if item.get("/Subtype") != "/Image" and "/FunctionType" not in item:
            yield _decoded(item)


def _raw(data: bytes, listed: set[int]) -> Iterator[bytes]:
    """Streams in the body by "n g obj" alone: numbers that the cross-reference does not list, and
    all but the last of a number written twice.
    """
    places: dict[int, list[int]] = {}
    for match in _OBJECT.finditer(data):
        places.setdefault(int(match[1]), []).append(match.end())
    starts = [
        start
        for number, at in places.items()
        for start in (at[:-1] if number in listed else at)[-8:]
    ]
    for start in starts[:_MOST_TRIED]:
        yield _stream_at(data, start)


def _stream_at(data: bytes, start: int) -> bytes:
    """The stream of an object at a place, inflated; nothing where it is no plain or deflated
    stream.
    """
    head = data[start : start + 2000]
    begin, ends = head.find(b"stream"), head.find(b"endobj")
    if (
        begin < 0
        or (0 <= ends < begin)
        or any(word in head[:begin] for word in (b"/Image", b"/ObjStm", b"/XRef", b" obj"))
    ):
        return b""
    at = start + begin + 6
    at += 2 if data[at : at + 2] == b"\r\n" else 1
    end = data.find(b"endstream", at)
    body = data[at : end if end > 0 else at + _MOST_BYTES][:_MOST_BYTES]
    if b"/Fl" not in head[:begin]:
        return body
    try:
        return zlib.decompressobj().decompress(body, _MOST_BYTES)
    except zlib.error:
        return b""


def _compared(file: PdfFile, streams: Sequence[bytes]) -> Iterator[Signal]:
    """Each loose stream drawn on the page that it fits best, and the words that no page shows now."""
    if not streams:
        return
    now = _words(file.document)
    shown = {word for page in now for word in page}
    for stream in streams:
        page, words = _best(file.qpdf, stream, now)
        same = sum(word in now[page] for word in words) if words else 0
        gone = sorted(
            {
                word
                for word in words
                if word not in shown and any(character.isdigit() for character in word)
            }
        )
        if gone and len(words) >= _LEAST_WORDS and same >= _LEAST_SHARE * len(words):
            yield Signal(
                kind="loose_text",
                detail=f"{same} of {len(words)} words as now; gone {' '.join(gone[:8])}",
                page=page + 1,
            )


def _words(document: pdfium.PdfDocument) -> list[list[str]]:
    return [
        document[n].get_textpage().get_text_bounded().split()
        for n in range(min(len(document), _MOST_PAGES))
    ]


def _best(pdf: pikepdf.Pdf, stream: bytes, now: Sequence[Sequence[str]]) -> tuple[int, list[str]]:
    """The page whose fonts the stream names and whose words it shares most, with the stream's words
    there.
    """
    fonts = {f.decode("latin-1") for f in _FONT.findall(stream)}
    best: tuple[int, int, list[str]] = (-1, 0, [])
    for number, page in enumerate(pdf.pages[: len(now)]):
        have = (
            page.resources.get("/Font") if isinstance(page.resources, pikepdf.Dictionary) else None
        )
        if fonts and not fonts & {
            str(key)[1:] for key in (have.keys() if isinstance(have, pikepdf.Dictionary) else ())
        }:
            continue
        words = _drawn(pdf, number, stream)
        best = max(
            best, (sum(word in now[number] for word in words), number, words), key=lambda b: b[0]
        )
    return best[1], best[2]


def _drawn(pdf: pikepdf.Pdf, number: int, content: bytes) -> list[str]:
    """Words of a stream drawn with a page's fonts; its pictures are left behind."""
    source, out = pdf.pages[number], io.BytesIO()
    with pikepdf.new() as alone:
        fonts = source.resources.get("/Font")
        page = alone.add_blank_page(page_size=(595, 842)).obj
        page.MediaBox = list(source.mediabox)
        if isinstance(fonts, pikepdf.Dictionary):
            page.Resources = pikepdf.Dictionary(
                Font=alone.copy_foreign(fonts if fonts.is_indirect else pdf.make_indirect(fonts))
            )
        page.Contents = alone.make_stream(content)
        alone.save(out)
    drawn = pdfium.PdfDocument(out.getvalue())
    try:
        return _words(drawn)[0]
    finally:
        drawn.close()
