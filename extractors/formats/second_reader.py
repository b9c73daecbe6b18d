"""pdfplumber as the second reader: the same pages read by other code, for papers whose figures do
not tie.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from extractors.formats.pdf_file import PdfFile
from extractors.formats.pdf_text import LEAN
from extractors.layout.page import Page, Run, Word
from extractors.progress import step
from extractors.values.glyphs import unified

if TYPE_CHECKING:
    import pdfplumber

_RED_GREEN_BLUE = 3  # parts of a colour in that space; grey and print colours are no stamp's


def read_again(file: PdfFile, numbers: list[int]) -> list[Page] | None:
    """The named pages (from 1) by pdfplumber, or None where it cannot open the file."""
    try:
        pages = file.plumber.pages
        return [_page(pages[number - 1], number) for number in numbers if number <= len(pages)]
    except Exception:  # noqa: BLE001 - damaged bytes raise what they like in it, and no second reading is an answer too
        return None


def _page(source: pdfplumber.page.Page, number: int) -> Page:
    step()
    source = source.filter(_stands_upright)
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
    page.runs = list(_coloured(source.chars))
    for edge in source.edges:
        if edge["orientation"] == "v":
            page.vertical.append((float(edge["x0"]), float(edge["top"]), float(edge["bottom"])))
        else:
            page.horizontal.append((float(edge["top"]), float(edge["x0"]), float(edge["x1"])))
    source.close()
    return page


def _stands_upright(part: dict[str, Any]) -> bool:
    """Whether a character stands upright; those of a watermark lean."""
    matrix = part.get("matrix")
    if part["object_type"] != "char" or matrix is None:
        return True
    across, lean = matrix[0], matrix[1]
    return bool(abs(lean) <= LEAN * math.hypot(across, lean))


def _coloured(characters: Sequence[dict[str, Any]]) -> Iterator[Run]:
    """Characters in colour as runs, so that a stamp is known by its ink."""
    for each in characters:
        ink = each.get("non_stroking_color")
        if not isinstance(ink, tuple) or len(ink) != _RED_GREEN_BLUE or len(set(ink)) == 1:
            continue
        red, green, blue = (round(255 * float(part)) for part in ink)
        place = (float(each["x0"]), float(each["top"]), float(each["x1"]), float(each["bottom"]))
        yield Run(place, 0, float(each["size"]), red << 16 | green << 8 | blue)
