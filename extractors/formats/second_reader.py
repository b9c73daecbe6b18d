"""pdfplumber as the second reader: the same pages read by other code, for papers whose figures do
not tie.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.formats.pdf_file import PdfFile
from extractors.layout.page import Page, Word
from extractors.progress import step
from extractors.values.glyphs import unified

if TYPE_CHECKING:
    import pdfplumber


def read_again(file: PdfFile, numbers: list[int]) -> list[Page] | None:
    """The named pages (from 1) by pdfplumber, or None where it cannot open the file."""
    try:
        pages = file.plumber.pages
        return [_page(pages[n - 1], n) for n in numbers if n <= len(pages)]
    except Exception:  # noqa: BLE001 - damaged bytes raise what they like in it, and no second reading is an answer too
        return None


def _page(source: pdfplumber.page.Page, number: int) -> Page:
    step()
    words = [
        Word(
            unified(w["text"]), float(w["x0"]), float(w["top"]), float(w["x1"]), float(w["bottom"])
        )
        for w in source.extract_words(x_tolerance_ratio=0.28, keep_blank_chars=False)
    ]
    page = Page(number, float(source.width), float(source.height), words)
    for edge in source.edges:
        if edge["orientation"] == "v":
            page.vertical.append((float(edge["x0"]), float(edge["top"]), float(edge["bottom"])))
        else:
            page.horizontal.append((float(edge["top"]), float(edge["x0"]), float(edge["x1"])))
    source.close()
    return page
