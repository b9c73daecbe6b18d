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
        return [_page(pages[number - 1], number) for number in numbers if number <= len(pages)]
    except Exception:  # noqa: BLE001 - damaged bytes raise what they like in it, and no second reading is an answer too
        return None


def _page(source: pdfplumber.page.Page, number: int) -> Page:
    step()
    words = [
        Word(
            unified(word["text"]),
            float(word["x0"]),
            float(word["top"]),
            float(word["x1"]),
            float(word["bottom"]),
        )
        for word in source.extract_words(x_tolerance_ratio=0.28, keep_blank_chars=False)
    ]
    page = Page(number, float(source.width), float(source.height), words)
    for edge in source.edges:
        if edge["orientation"] == "v":
            page.vertical.append((float(edge["x0"]), float(edge["top"]), float(edge["bottom"])))
        else:
            page.horizontal.append((float(edge["top"]), float(edge["x0"]), float(edge["x1"])))
    source.close()
    return page
