"""Digits that are drawn as another digit than the file says: what is copied or read by machine is
not what the eye sees.

Each digit's picture on the rendered page is compared with the ten digits of the fonts that PDFium
carries itself; what a font draws for a digit must be far from its own and near another's before
anything is said.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from functools import cache

import cv2
import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
import pypdfium2.raw as c

from extractors.formats.pdf_place import Placer
from extractors.layout.page import Page
from extractors.model import Signal

_TALL = 20
_WIDE = 18
_SCALE = 3.0  # pixels a point: digits of eight points and more are told apart
_MOST_PIXELS = 60_000_000  # of a page's picture: one of A1 has 36 million
_MOST_PAGES = 12
_LEAST_OF_ONE = 2
_MOST_OF_ONE = 6
_LEAST_DIGITS = 2
# Text render mode; share of a page that a scan covers
_UNPAINTED = 3
_PICTURE = 0.3
# Distance at which a shape is that digit, and by how much its own must be farther
_NEAR = 0.55
_MARGIN = 0.20
# The same for the other half of an exchange, whose first half is sure
_FAIRLY_NEAR = 0.70
_SOME_MARGIN = 0.05

Shape = npt.NDArray[np.float32]
_STANDARD = (
    *(b"Helvetica", b"Times-Roman", b"Courier", b"Helvetica-Bold", b"Times-Bold", b"Courier-Bold"),
    *(
        b"Helvetica-Oblique",
        b"Times-Italic",
        b"Helvetica-BoldOblique",
        b"Times-BoldItalic",
        b"Courier-BoldOblique",
    ),
)


def glyph_differs(document: pdfium.PdfDocument, pages: Sequence[Page]) -> Iterator[Signal]:
    """One signal a font and digit, at its first place: "says 1, draws 9". A page that brings no new
    font or digit is not drawn.

    A font of which one digit alone looks otherwise is an odd design; two that do are another map,
    and so is one digit surely drawn as another that in turn looks more like the first.
    """
    seen: set[tuple[str, str]] = set()
    for page in [
        each
        for each in pages
        if each.picture_share < _PICTURE
        and any(ch.isdigit() for word in each.words for ch in word.text)
    ][:_MOST_PAGES]:
        source = document[page.number - 1]
        textpage = source.get_textpage()
        fresh = {key: places for key, places in _digits(textpage).items() if key not in seen}
        if (
            fresh
            and source.get_rotation() == 0
            and page.width * page.height * _SCALE**2 < _MOST_PIXELS
        ):
            seen |= set(fresh)
            yield from _looked_at(source, textpage, page, fresh)
        textpage.close()


def _digits(textpage: pdfium.PdfTextPage) -> dict[tuple[str, str], list[int]]:
    """For each font and digit of a page the first few places among its characters."""
    found: dict[tuple[str, str], list[int]] = {}
    fonts: dict[int, str | None] = {}  # by text object; None where it is not painted upright
    for index in range(textpage.count_chars()):
        code = c.FPDFText_GetUnicode(textpage.raw, index)
        if not 48 <= code <= 57:
            continue
        obj = c.FPDFText_GetTextObject(textpage.raw, index)
        address = ctypes.addressof(obj.contents) if obj else 0
        if address not in fonts:
            fonts[address] = _font(obj) if obj and _is_plain(textpage, obj, index) else None
        font = fonts[address]
        if font is not None:
            own = found.setdefault((font, chr(code)), [])
            if len(own) < _MOST_OF_ONE:
                own.append(index)
    return found


def _looked_at(
    source: pdfium.PdfPage,
    textpage: pdfium.PdfTextPage,
    page: Page,
    found: dict[tuple[str, str], list[int]],
) -> Iterator[Signal]:
    grey = source.render(scale=_SCALE, grayscale=True).to_numpy()
    grey = np.asarray(grey[..., 0] if grey.ndim == 3 else grey, np.float32)
    place = Placer.of(source)
    drawn: dict[str, dict[str, tuple[str, bool]]] = {}
    first: dict[tuple[str, str], tuple[float, float, float, float]] = {}
    for (font, digit), places in found.items():
        boxes = [place(*textpage.get_charbox(i)) for i in places]
        shapes = [s for each in boxes if (s := _cut(grey, each)) is not None]
        if len(shapes) >= _LEAST_OF_ONE and (other := digit_of(shapes, digit))[0]:
            drawn.setdefault(font, {})[digit] = other
            first[font, digit] = boxes[0]
    for font, digits in drawn.items():
        sure = {d for d, (_, surely) in digits.items() if surely}
        back = {
            other
            for d, (other, _) in digits.items()
            if d in sure and digits.get(other, ("",))[0] == d
        }
        for digit in sorted(sure | back) if len(sure | back) >= _LEAST_DIGITS else ():
            box = page.box(*first[font, digit])
            yield Signal(
                kind="glyph_differs",
                detail=f"says {digit}, draws {digits[digit][0]}",
                page=page.number,
                box=box,
            )


def _font(obj: object) -> str:
    """The base name of a text's font, with the tag of its subset."""
    font = c.FPDFTextObj_GetFont(obj)
    if not font:
        return ""
    buffer = ctypes.create_string_buffer(128)
    c.FPDFFont_GetBaseFontName(font, buffer, 128)
    return buffer.value.decode("utf-8", "replace")


def _is_plain(textpage: pdfium.PdfTextPage, obj: object, index: int) -> bool:
    """Whether a text is painted, and a character of it upright."""
    painted = c.FPDFTextObj_GetTextRenderMode(obj) != _UNPAINTED
    return bool(painted) and abs(c.FPDFText_GetCharAngle(textpage.raw, index)) < 0.05


def _cut(grey: Shape, box: tuple[float, float, float, float]) -> Shape | None:
    left, top, right, bottom = (value * _SCALE for value in box)
    cell = grey[max(0, int(top) - 1) : int(bottom) + 2, max(0, int(left) - 1) : int(right) + 2]
    return shape_of(cell) if cell.size else None


def shape_of(cell: Shape) -> Shape | None:
    """A digit's ink brought to one height, its proportions kept; None where nothing stands out."""
    if cell.shape[0] < 8 or cell.shape[1] < 3 or float(np.ptp(cell)) < 60:
        return None
    ink = (float(np.percentile(cell, 95)) - cell) / float(np.ptp(cell))
    rows, columns = np.flatnonzero((ink > 0.4).any(axis=1)), np.flatnonzero((ink > 0.4).any(axis=0))
    if len(rows) < 6 or len(columns) < 1:
        return None
    piece = np.clip(ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1], 0, 1)
    wide = min(_WIDE - 2, max(2, round(piece.shape[1] * (_TALL - 2) / piece.shape[0])))
    small = cv2.resize(piece, (wide, _TALL - 2), interpolation=cv2.INTER_AREA)
    frame = np.zeros((_TALL, _WIDE), np.float32)
    at = (_WIDE - wide) // 2
    frame[1:-1, at : at + wide] = small
    return np.asarray(cv2.GaussianBlur(frame, (0, 0), 1.2), np.float32)


@cache
def standard_digits() -> dict[str, Shape]:
    """The ten digits in the standard fonts, stacked by digit."""
    out: dict[str, Shape] = {}
    document = pdfium.PdfDocument.new()
    for digit in "0123456789":
        shapes = []
        for name in _STANDARD:
            page = document.new_page(40, 40)
            text = c.FPDFPageObj_NewTextObj(document.raw, name, 24.0)
            units = (ctypes.c_ushort * 2)(ord(digit), 0)
            c.FPDFText_SetText(text, units)
            c.FPDFPageObj_Transform(text, 1, 0, 0, 1, 8, 8)
            c.FPDFPage_InsertObject(page.raw, text)
            c.FPDFPage_GenerateContent(page.raw)
            pixels = page.render(scale=_SCALE, grayscale=True).to_numpy()
            shape = shape_of(np.asarray(pixels[..., 0] if pixels.ndim == 3 else pixels, np.float32))
            if shape is not None:
                shapes.append(shape)
            page.close()
        out[digit] = np.stack(shapes)
    document.close()
    return out


def digit_of(shapes: Sequence[Shape], digit: str) -> tuple[str, bool]:
    """The digit that all the shapes are where it is another than stated, and whether surely; else
    nothing.
    """
    distances = {
        d: float(np.median([_distance(shape, known) for shape in shapes]))
        for d, known in standard_digits().items()
    }
    best = min(distances, key=lambda d: distances[d])
    margin = distances[digit] - distances[best]
    if best == digit or distances[best] >= _FAIRLY_NEAR or margin <= _SOME_MARGIN:
        return "", False
    return best, distances[best] < _NEAR and margin > _MARGIN


def distance_to(shape: Shape, digit: str) -> float:
    """Of a shape from what a digit looks like."""
    return _distance(shape, standard_digits()[digit])


def _distance(shape: Shape, known: Shape) -> float:
    """To the nearest of a digit's shapes, in spreads of its own ink."""
    return float(np.sqrt(np.mean((known - shape) ** 2, axis=(1, 2))).min()) / max(
        float(shape.std()), 0.05
    )
