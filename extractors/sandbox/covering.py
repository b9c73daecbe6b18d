"""Numbers of persons covered on a page that is drawn: black over all but their last characters.

Which numbers and patterns, the asker says. Where a page has text, each character that is covered is
found in it. What is not found there, on a scan or where the text says something else than the
picture, is covered at the place where it was read: a field's cell but for its end, of a row of a
statement the whole, since the row's numbers have no places of their own.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

import pypdfium2 as pdfium
import pypdfium2.raw as c
from PIL import Image, ImageDraw

from extractors.sandbox.cover import Cover, Edges, Mark

_LEFT_OPEN: Final = 4  # characters of a number, by which two are told apart
_UNIT: Final = 10_000  # of the device to which places on a page are mapped
_COLOUR: Final = (40, 40, 40)
_PIXEL_EDGE: Final = 1  # glyphs stand out of their boxes by as much


def places_to_cover(cover: Cover | None, number: int, page: pdfium.PdfPage | None) -> list[Edges]:
    """Return the places to cover on a page, as fractions of it; of a picture by `page` None."""
    if cover is None:
        return []
    marks = [mark for mark in cover.marks if mark.page == number]
    if page is None:
        return [_where_read(mark) for mark in marks]
    text, raw = _text_of(page)
    spans = [m.span(2) for pattern in cover.patterns for m in re.finditer(pattern, text)]
    places: list[Edges] = []
    for mark in marks:
        found = list(_spans(mark.number, text))
        spans += found
        if not found:
            places.append(_where_read(mark))
    chars = sorted({index for start, end in spans for index in range(start, end)})
    return places + [place for index in chars if (place := _place_of(page, raw, index))]


def draw_over(
    picture: Image.Image, places: Sequence[Edges], frame: Edges = (0.0, 0.0, 1.0, 1.0)
) -> None:
    """Cover places of a page on its picture, or on that of a frame cut from it."""
    across = picture.width / max(frame[2] - frame[0], 1e-6)
    down = picture.height / max(frame[3] - frame[1], 1e-6)
    brush = ImageDraw.Draw(picture)
    for left, top, right, bottom in places:
        edges = (
            (left - frame[0]) * across - _PIXEL_EDGE,
            (top - frame[1]) * down - _PIXEL_EDGE,
            (right - frame[0]) * across + _PIXEL_EDGE,
            (bottom - frame[1]) * down + _PIXEL_EDGE,
        )
        brush.rectangle(edges, fill=_COLOUR)


def _where_read(mark: Mark) -> Edges:
    left, top, right, bottom = mark.box
    if mark.is_row or len(mark.number) <= _LEFT_OPEN:
        return mark.box
    share = 1 - _LEFT_OPEN / len(mark.number)
    return (left, top, left + (right - left) * share, bottom)


def _spans(number: str, text: str) -> Iterator[tuple[int, int]]:
    """Where a number stands in a text, spaces within it or not, but for its last characters."""
    signs = [re.escape(sign) for sign in number if not sign.isspace()]
    covered, open_end = signs[:-_LEFT_OPEN], signs[-_LEFT_OPEN:]
    if not covered:
        covered, open_end = signs, []
    pattern = "(" + r"\s*".join(covered) + ")" + "".join(r"\s*" + sign for sign in open_end)
    for match in re.finditer(pattern, text):
        yield match.span(1)


def _text_of(page: pdfium.PdfPage) -> tuple[str, object]:
    """Return a page's text, one sign for each of pdfium's characters, and its text page."""
    textpage = page.get_textpage()
    count = textpage.count_chars()
    codes = (c.FPDFText_GetUnicode(textpage.raw, index) for index in range(count))
    return "".join(chr(code) if 0 < code < 0x110000 else " " for code in codes), textpage


def _place_of(page: pdfium.PdfPage, textpage: Any, index: int) -> Edges | None:
    """Return the place of a character on the page as it is drawn, whichever way it is turned."""
    rect = c.FS_RECTF()
    if not c.FPDFText_GetLooseCharBox(textpage.raw, index, rect):
        return None
    first = _drawn_at(page, rect.left, rect.top)
    second = _drawn_at(page, rect.right, rect.bottom)
    return (
        min(first[0], second[0]),
        min(first[1], second[1]),
        max(first[0], second[0]),
        max(first[1], second[1]),
    )


def _drawn_at(page: pdfium.PdfPage, across: float, up: float) -> tuple[float, float]:
    x, y = ctypes.c_int(), ctypes.c_int()
    c.FPDF_PageToDevice(page.raw, 0, 0, _UNIT, _UNIT, 0, across, up, x, y)
    return x.value / _UNIT, y.value / _UNIT
