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
    # Letters of a stamp stand between those that it covers: each ink gives words of its own.
    words = [
        *_words(source.filter(lambda part: not _has_colour(part))),
        *_words(source.filter(_has_colour)),
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


def _words(source: pdfplumber.page.Page) -> Iterator[Word]:
    for word in source.extract_words(x_tolerance_ratio=0.28, keep_blank_chars=False):
        yield Word(
            unified(word["text"]),
            float(word["x0"]),
            float(word["top"]),
            float(word["x1"]),
            float(word["bottom"]),
        )


def _has_colour(part: dict[str, Any]) -> bool:
    """Whether a character is printed in colour, as stamps are."""
    ink = part.get("non_stroking_color")
    is_colour = isinstance(ink, tuple) and len(ink) == _RED_GREEN_BLUE and len(set(ink)) > 1
    return part["object_type"] == "char" and is_colour


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
        if not _has_colour(each):
            continue
        red, green, blue = (round(255 * float(part)) for part in each["non_stroking_color"])
        place = (float(each["x0"]), float(each["top"]), float(each["x1"]), float(each["bottom"]))
        yield Run(place, 0, float(each["size"]), red << 16 | green << 8 | blue)
