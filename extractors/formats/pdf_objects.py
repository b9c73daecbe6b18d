"""The objects that a PDF page draws, in drawing order: texts, rules, pictures, and what lies over
what.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
import pypdfium2.raw as c

Mask = npt.NDArray[np.bool_]


def _solid(mask: Mask | None, box: tuple[float, float, float, float], x: float, y: float) -> bool:
    """Whether a picture is opaque around a point: a stroke of a seal over a character leaves it to
    be read.
    """
    if mask is None:
        return True
    height, width = mask.shape
    across, down = width / max(box[2] - box[0], 1e-3), height / max(box[3] - box[1], 1e-3)
    row, column = (box[3] - y) * down, (x - box[0]) * across
    part = mask[
        max(0, int(row - 3 * down)) : int(row + 3 * down) + 1,
        max(0, int(column - 3 * across)) : int(column + 3 * across) + 1,
    ]
    return bool(part.mean() > 0.9) if part.size else True


INVISIBLE = 3  # text render mode: neither fill nor stroke
THIN = 1.6  # points: a rule is thinner than this
_SOLID = 250  # alpha from which nothing shines through
_MOST_MASKS = 20  # pictures of a page whose transparency is looked at


class PageObjects:
    """One walk over a page's objects, forms included: rules, pictures, and whether some text hides
    or leans.
    """

    def __init__(self) -> None:
        self.strokes: list[tuple[float, float, float, float]] = []
        self.pictures: list[tuple[float, float, float, float]] = []
        self.most_pixels = 0  # of one picture, as the file declares it
        self.hidden = False
        self.leaning = False
        self.order: dict[int, int] = {}
        self.shades: list[
            tuple[int, tuple[float, float, float, float], Mask | None]
        ] = []  # texts before it, place, how opaque by pixel
        self._page: pdfium.PdfPage | None = None
        self.fonts: dict[int, tuple[object, list[tuple[float, float, float, float]]]] = {}
        self.runs: list[tuple[tuple[float, float, float, float], int, float, int]] = []
        self._texts: list[tuple[float, float, float, float]] = []
        self._bounds = tuple(ctypes.c_float() for _ in range(4))
        self._ink = tuple(ctypes.c_uint() for _ in range(4))
        self._matrix = c.FS_MATRIX()

    def visit(self, page: pdfium.PdfPage) -> None:
        self._page = page
        for index in range(c.FPDFPage_CountObjects(page.raw)):
            self._one(c.FPDFPage_GetObject(page.raw, index), None, 0)

    def _one(self, obj: object, outer: c.FS_MATRIX | None, depth: int) -> None:
        kind = c.FPDFPageObj_GetType(obj)
        if kind == c.FPDF_PAGEOBJ_TEXT:
            self._text_object(obj, outer)
        elif kind == c.FPDF_PAGEOBJ_PATH:
            self._path(obj, outer)
        elif kind == c.FPDF_PAGEOBJ_IMAGE:
            self.pictures.append(self._box(obj, outer))
            wide, high = self._ink[:2]
            if c.FPDFImageObj_GetImagePixelSize(obj, wide, high):
                self.most_pixels = max(self.most_pixels, wide.value * high.value)
            if self._texts and not c.FPDFPageObj_HasTransparency(obj):
                self._cover(self.pictures[-1], obj)
        elif kind == c.FPDF_PAGEOBJ_FORM and depth < 6:
            c.FPDFPageObj_GetMatrix(obj, self._matrix)
            inner = _compose(self._matrix, outer)
            for index in range(c.FPDFFormObj_CountObjects(obj)):
                self._one(c.FPDFFormObj_GetObject(obj, index), inner, depth + 1)

    def _cover(self, box: tuple[float, float, float, float], picture: object = None) -> None:
        """Notes an opaque shape painted over earlier text: the page does not show what lies under
        it.
        """
        x0, y0, x1, y1 = box
        if (
            x1 - x0 >= 4
            and y1 - y0 >= 4
            and any(a < x1 and c_ > x0 and y0 <= (b + d) / 2 <= y1 for a, b, c_, d in self._texts)
        ):
            self.shades.append((len(self._texts), box, self._opaque(picture) if picture else None))

    def _opaque(self, picture: object) -> Mask | None:
        """Where nothing shines through a picture, a pixel about a point of the page; None where
        that holds all over or cannot be told.
        """
        assert self._page is not None
        bitmap = (
            c.FPDFImageObj_GetRenderedBitmap(self._page.pdf.raw, self._page.raw, picture)
            if len(self.shades) < _MOST_MASKS
            else None
        )
        if not bitmap:
            return None
        height, wide = c.FPDFBitmap_GetHeight(bitmap), c.FPDFBitmap_GetStride(bitmap)
        mask = None
        if c.FPDFBitmap_GetFormat(bitmap) == c.FPDFBitmap_BGRA:
            buffer = (ctypes.c_ubyte * (wide * height)).from_address(
                ctypes.cast(c.FPDFBitmap_GetBuffer(bitmap), ctypes.c_void_p).value or 0
            )
            mask = (
                np.frombuffer(buffer, np.uint8).reshape(height, wide // 4, 4)[
                    :, : c.FPDFBitmap_GetWidth(bitmap), 3
                ]
                >= _SOLID
            )
        c.FPDFBitmap_Destroy(bitmap)
        return mask if mask is not None and not mask.all() else None

    def shaded(self, address: int, x: float, y: float) -> bool:
        """Whether a later opaque shape lies over the point of a text object."""
        place = self.order.get(address, 1 << 30)
        return any(
            place < at and b[0] <= x <= b[2] and b[1] <= y <= b[3] and _solid(mask, b, x, y)
            for at, b, mask in self.shades
        )

    def _fills(self, obj: object) -> bool:
        """Whether a path is filled with a colour that nothing shines through."""
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        if not c.FPDFPath_GetDrawMode(obj, fill, stroke) or not fill.value:
            return False
        red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
        return (
            bool(c.FPDFPageObj_GetFillColor(obj, red, green, blue, alpha))
            and alpha.value >= 250
            and not c.FPDFPageObj_HasTransparency(obj)
        )

    def _text_object(self, obj: object, outer: c.FS_MATRIX | None) -> None:
        self.order[ctypes.addressof(obj.contents)] = len(self._texts)  # type: ignore[attr-defined]  # a ctypes pointer
        self._texts.append(self._box(obj, outer))
        font = c.FPDFTextObj_GetFont(obj)
        if font:
            address = ctypes.addressof(font.contents)
            self.fonts.setdefault(address, (font, []))[1].append(self._texts[-1])
            self.runs.append((self._texts[-1], address, self._size(obj), self._colour(obj)))
        if c.FPDFTextObj_GetTextRenderMode(obj) == INVISIBLE:
            self.hidden = True
        c.FPDFPageObj_GetMatrix(obj, self._matrix)
        if abs(self._matrix.b) > 1e-3 or abs(self._matrix.c) > abs(self._matrix.d) * 0.5:
            self.leaning = True

    def _size(self, obj: object) -> float:
        """Height of the type in points, as the page scales it."""
        size = self._bounds[0]
        c.FPDFTextObj_GetFontSize(obj, size)
        c.FPDFPageObj_GetMatrix(obj, self._matrix)
        return round(size.value * float(np.hypot(self._matrix.c, self._matrix.d)), 2)

    def _colour(self, obj: object) -> int:
        r, g, b, a = self._ink
        return (
            r.value << 16 | g.value << 8 | b.value
            if c.FPDFPageObj_GetFillColor(obj, r, g, b, a)
            else 0
        )

    def _box(self, obj: object, outer: c.FS_MATRIX | None) -> tuple[float, float, float, float]:
        b = self._bounds
        c.FPDFPageObj_GetBounds(obj, *b)
        return _through(outer, b[0].value, b[1].value, b[2].value, b[3].value)

    def _path(self, obj: object, outer: c.FS_MATRIX | None) -> None:
        count = c.FPDFPath_CountSegments(obj)
        x0, y0, x1, y1 = self._box(obj, outer)
        if self._texts and min(x1 - x0, y1 - y0) > 4 and self._fills(obj):
            self._cover((x0, y0, x1, y1))
        if count <= 2 or min(x1 - x0, y1 - y0) < THIN:
            self.strokes.append((x0, y0, x1, y1))
            return
        if count > 4000:
            return
        c.FPDFPageObj_GetMatrix(obj, self._matrix)
        matrix = _compose(self._matrix, outer)
        self.strokes.extend(_segments(obj, count, matrix))


def _compose(inner: c.FS_MATRIX, outer: c.FS_MATRIX | None) -> c.FS_MATRIX:
    if outer is None:
        return c.FS_MATRIX(inner.a, inner.b, inner.c, inner.d, inner.e, inner.f)
    i, o = inner, outer
    return c.FS_MATRIX(
        i.a * o.a + i.b * o.c,
        i.a * o.b + i.b * o.d,
        i.c * o.a + i.d * o.c,
        i.c * o.b + i.d * o.d,
        i.e * o.a + i.f * o.c + o.e,
        i.e * o.b + i.f * o.d + o.f,
    )


def _through(
    m: c.FS_MATRIX | None, x0: float, y0: float, x1: float, y1: float
) -> tuple[float, float, float, float]:
    if m is None:
        return x0, y0, x1, y1
    xs = (m.a * x0 + m.c * y0 + m.e, m.a * x1 + m.c * y1 + m.e)
    ys = (m.b * x0 + m.d * y0 + m.f, m.b * x1 + m.d * y1 + m.f)
    return min(xs), min(ys), max(xs), max(ys)


def _segments(
    obj: object, count: int, matrix: c.FS_MATRIX
) -> Iterator[tuple[float, float, float, float]]:
    """Straight pieces of a path with several, for grids drawn in one stroke and for rectangles."""
    x, y, previous, start = ctypes.c_float(), ctypes.c_float(), (0.0, 0.0), (0.0, 0.0)
    for index in range(count):
        segment = c.FPDFPath_GetPathSegment(obj, index)
        c.FPDFPathSegment_GetPoint(segment, x, y)
        kind, point = c.FPDFPathSegment_GetType(segment), (x.value, y.value)
        if kind == c.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == c.FPDF_SEGMENT_LINETO:
            yield _through(matrix, *previous, *point)
        if c.FPDFPathSegment_GetClose(segment):
            yield _through(matrix, *point, *start)
        previous = point
