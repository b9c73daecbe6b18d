"""One PDF opened by two independent programs, PDFium and qpdf: pages and figures that each sees.

Only files of odd build are looked at twice: a header that is not at the start, several
cross-references beside the increments that PDFium follows, bytes after the end. Text is taken by
one program from both, so that what differs is the file and not the taking.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence

import pypdfium2 as pdfium

from extractors.formats.pdf_file import PdfFile
from extractors.formats.pdf_streams import UNREAD
from extractors.layout.page import Page
from extractors.model import Signal

_FIGURE = re.compile(r"\d[\d,]*\.\d{2}")
_LARGEST = 20 * 2**20
_MOST_PAGES = 40


def two_papers(file: PdfFile, pages: Sequence[Page]) -> Iterator[Signal]:
    """two_papers where the two differ: "pages 2 / 1" or "figures 22,600.00 / 226,000.00"."""
    if len(file.data) > _LARGEST or len(pages) > _MOST_PAGES or not _odd(file.data):
        return
    try:
        count, out = len(file.qpdf.pages), io.BytesIO()
        file.qpdf.save(out)
        again = pdfium.PdfDocument(out.getvalue())
    except (*UNREAD, pdfium.PdfiumError):
        return  # a file that one of them cannot open is damaged, which reading says
    try:
        if count != len(pages):
            yield Signal(kind="two_papers", detail=f"pages {len(pages)} / {count}")
        first, second = (
            _figures(pages),
            Counter(
                _FIGURE.findall(
                    "\n".join(again[n].get_textpage().get_text_range() for n in range(len(again)))
                )
            ),
        )
        only = sorted((first - second).elements())[:3], sorted((second - first).elements())[:3]
        if only[0] and only[1]:
            yield Signal(
                kind="two_papers", detail=f"figures {' '.join(only[0])} / {' '.join(only[1])}"
            )
    except pdfium.PdfiumError:
        return
    finally:
        again.close()


def _odd(data: bytes) -> bool:
    ends = data.count(b"%%EOF")
    tail = data[data.rfind(b"%%EOF") + 5 :].strip(b"\r\n \0") if ends else b"x"
    return (
        not data.startswith(b"%PDF-")
        or ends != 1
        or data.count(b"startxref") > 1
        or bool(tail)
        or data.count(b"%PDF-") > 1
    )


def _figures(pages: Sequence[Page]) -> Counter[str]:
    return Counter(
        f
        for page in pages
        for word in [*page.words, *page.covered]
        for f in _FIGURE.findall(word.text)
    )
