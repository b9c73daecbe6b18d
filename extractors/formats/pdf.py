"""PDF to pages with pypdfium2: characters with boxes, words, ruling lines, pictures."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
import pypdfium2.raw as c

from extractors.errors import DamagedFile, EncryptedFile, OverLimit
from extractors.layout.page import FontUse, Page, Raw, Run, Word
from extractors.progress import step

PIXELS = 100_000_000  # most pixels of a picture that is decoded
_INVISIBLE = 3  # text render mode: neither fill nor stroke
_THIN = 1.6  # points: a rule is thinner than this
_SOLID, _MOST_MASKS = (
    250,
    20,
)  # alpha from which nothing shines through; pictures of a page that are looked at for that


def open_pdf(data: bytes, password: str | None = None) -> pdfium.PdfDocument:
    """The document, or EncryptedFile or DamagedFile."""
    try:
        document = pdfium.PdfDocument(data, password=password)
        len(document)
    except pdfium.PdfiumError as error:
        if "assword" in str(error):
            raise EncryptedFile(str(error)) from error
        raise DamagedFile(str(error)) from error
    if len(document) == 0:
        raise DamagedFile("no pages")
    return document


def read_pdf(
    data: bytes, *, max_pages: int, max_pixels: int = PIXELS, password: str | None = None
) -> Raw:
    """All pages with words and rules. Raises EncryptedFile, DamagedFile or OverLimit (pages, pixels of a picture)."""
    document = open_pdf(data, password)
    try:
        return read_document(document, max_pages=max_pages, max_pixels=max_pixels)
    finally:
        document.close()


def read_document(document: pdfium.PdfDocument, *, max_pages: int, max_pixels: int = PIXELS) -> Raw:
    """The same of a document that is open. Raises DamagedFile or OverLimit (pages)."""
    if len(document) > max_pages:
        raise OverLimit(f"{len(document)} pages, at most {max_pages}")
    pages = []
    for index in range(len(document)):
        step()
        try:
            page = document[index]
            pages.append(read_page(page, index + 1, max_pixels))
            page.close()
        except pdfium.PdfiumError as error:
            raise DamagedFile(f"page {index + 1}: {error}") from error
    return Raw("pdf", pages, {k: v for k, v in document.get_metadata_dict().items() if v})


def read_page(page: pdfium.PdfPage, number: int, max_pixels: int) -> Page:
    left, bottom, right, top = page.get_bbox()
    turn = page.get_rotation()
    width, height = (
        (right - left, top - bottom) if turn in (0, 180) else (top - bottom, right - left)
    )
    walk = _Objects()
    walk.visit(page)
    if walk.most_pixels > max_pixels:
        raise OverLimit(f"page {number}: a picture of {walk.most_pixels} pixels")
    result = Page(number, width, height, [])
    place = Placer.of(page)
    _text(page, walk, place, result)
    for x0, y0, x1, y1 in walk.strokes:
        px0, py0, px1, py1 = place(x0, y0, x1, y1)
        if px1 - px0 < _THIN < py1 - py0:
            result.vertical.append(((px0 + px1) / 2, py0, py1))
        elif py1 - py0 < _THIN < px1 - px0:
            result.horizontal.append(((py0 + py1) / 2, px0, px1))
    result.fonts = [_font_use(font, boxes, place) for font, boxes in walk.fonts.values()]
    result.runs = [Run(place(*box), font, size, colour) for box, font, size, colour in walk.runs]
    area = (right - left) * (top - bottom) or 1.0
    result.pictures = [result.box(*place(*box)) for box in walk.pictures]
    result.picture_share = min(
        1.0, sum(abs((x1 - x0) * (y1 - y0)) for x0, y0, x1, y1 in walk.pictures) / area
    )
    return result


def _font_use(
    font: object, boxes: list[tuple[float, float, float, float]], place: Placer
) -> FontUse:
    length = c.FPDFFont_GetBaseFontName(font, None, 0)
    buffer = ctypes.create_string_buffer(max(length, 1))
    c.FPDFFont_GetBaseFontName(font, buffer, length)
    name = buffer.value.decode("utf-8", "replace")
    return FontUse(
        name, bool(c.FPDFFont_GetIsEmbedded(font)), len(boxes), [place(*b) for b in boxes[:3]]
    )


class Placer:
    """Page space (origin bottom left, unrotated) to view space (origin top left, as shown)."""

    def __init__(self, left: float, bottom: float, right: float, top: float, turn: int) -> None:
        self.frame = (left, bottom, right, top)
        self.turn = turn

    @staticmethod
    def of(page: pdfium.PdfPage) -> Placer:
        left, bottom, right, top = page.get_bbox()
        return Placer(left, bottom, right, top, page.get_rotation())

    def __call__(
        self, x0: float, y0: float, x1: float, y1: float
    ) -> tuple[float, float, float, float]:
        left, bottom, right, top = self.frame
        if self.turn == 90:
            return y0 - bottom, x0 - left, y1 - bottom, x1 - left
        if self.turn == 180:
            return right - x1, y0 - bottom, right - x0, y1 - bottom
        if self.turn == 270:
            return top - y1, right - x1, top - y0, right - x0
        return x0 - left, top - y1, x1 - left, top - y0


Mask = npt.NDArray[np.bool_]


def _solid(mask: Mask | None, box: tuple[float, float, float, float], x: float, y: float) -> bool:
    """Whether a picture is opaque around a point: a stroke of a seal over a character leaves it to be read."""
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


class _Objects:
    """One walk over a page's objects, forms included: rules, pictures, and whether some text hides or leans."""

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
        """Notes an opaque shape painted over earlier text: the page does not show what lies under it."""
        x0, y0, x1, y1 = box
        if (
            x1 - x0 >= 4
            and y1 - y0 >= 4
            and any(a < x1 and c_ > x0 and y0 <= (b + d) / 2 <= y1 for a, b, c_, d in self._texts)
        ):
            self.shades.append((len(self._texts), box, self._opaque(picture) if picture else None))

    def _opaque(self, picture: object) -> Mask | None:
        """Where nothing shines through a picture, a pixel about a point of the page; None where that holds all over or cannot be told."""
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
        if c.FPDFTextObj_GetTextRenderMode(obj) == _INVISIBLE:
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
        if count <= 2 or min(x1 - x0, y1 - y0) < _THIN:
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


def _text(page: pdfium.PdfPage, walk: _Objects, place: Placer, result: Page) -> None:
    textpage = page.get_textpage()
    count = textpage.count_chars()
    if count > 0:
        boxes = _boxes(textpage.raw, count)
        codes = _codes(textpage, count)
        if walk.hidden or walk.leaning or walk.shades:
            keep, hidden, covered = _visible(textpage.raw, boxes, walk)
            result.invisible = _joined(codes, hidden)
            if covered.any():
                result.covered = _words(codes[covered], boxes[covered], place, Page(0, 0, 0, []))
            boxes, codes = boxes[keep], codes[keep]
        result.words = _words(codes, boxes, place, result)
    textpage.close()


def _joined(codes: npt.NDArray[np.uint32], which: npt.NDArray[np.bool_]) -> str:
    """The chosen characters, with a space wherever others stand between them."""
    at = np.flatnonzero(which)
    gaps = np.diff(at, prepend=at[:1]) > 1
    return "".join(
        (" " if gap else "") + chr(code)
        for code, gap in zip(codes[at].tolist(), gaps.tolist(), strict=True)
        if code
    )


def _codes(textpage: pdfium.PdfTextPage, count: int) -> npt.NDArray[np.uint32]:
    buffer = (ctypes.c_ushort * (count + 1))()
    written = c.FPDFText_GetText(textpage.raw, 0, count, buffer)
    units = np.frombuffer(bytes(buffer), dtype=np.uint16)[: max(written - 1, 0)]
    if len(units) == count and not np.any((units >= 0xD800) & (units < 0xE000)):
        return units.astype(np.uint32)
    return np.array([c.FPDFText_GetUnicode(textpage.raw, i) for i in range(count)], dtype=np.uint32)


def _boxes(raw: object, count: int) -> npt.NDArray[np.float32]:
    """Loose boxes (left, top, right, bottom in page space), one row a character."""
    out = np.zeros((count, 4), dtype=np.float32)
    get = c.FPDFText_GetLooseCharBox
    rects = (c.FS_RECTF * count).from_address(
        out.ctypes.data
    )  # FS_RECTF is four floats: left, top, right, bottom
    for index in range(count):
        get(raw, index, rects[index])
    return out


def _visible(
    raw: object, boxes: npt.NDArray[np.float32], walk: _Objects
) -> tuple[Mask, Mask, Mask]:
    """Which characters are shown upright, which the page does not show at all, and which of these lie under something opaque."""
    keep = np.ones(len(boxes), dtype=bool)
    hidden, covered = np.zeros(len(boxes), dtype=bool), np.zeros(len(boxes), dtype=bool)
    middle = np.column_stack(
        ((boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2)
    ).tolist()
    for index, (x, y) in enumerate(middle):
        if walk.hidden or walk.shades:
            obj = c.FPDFText_GetTextObject(raw, index)
            unpainted = obj and c.FPDFTextObj_GetTextRenderMode(obj) == _INVISIBLE
            if obj and (unpainted or walk.shaded(ctypes.addressof(obj.contents), x, y)):
                keep[index], hidden[index], covered[index] = False, True, not unpainted
                continue
        if (
            walk.leaning
            and 0.09 < (c.FPDFText_GetCharAngle(raw, index) % (2 * np.pi)) < 2 * np.pi - 0.09
        ):
            keep[index] = False
    return keep, hidden, covered


def _words(
    codes: npt.NDArray[np.uint32], boxes: npt.NDArray[np.float32], place: Placer, page: Page
) -> list[Word]:
    solid = (
        (codes > 32)
        & (codes != 0xA0)
        & (codes != 0x3000)
        & (codes != 0xFFFE)
        & (codes != 0xFFFF)
        & (codes < 0x110000)
    )
    solid &= ((codes < 0x2000) | (codes > 0x200F)) & (codes != 0x7F)
    if not solid.any():
        return []
    at = np.flatnonzero(solid)
    x0, y1, x1, y0 = boxes[at, 0], boxes[at, 1], boxes[at, 2], boxes[at, 3]
    inside = (
        (x1 > place.frame[0])
        & (x0 < place.frame[2])
        & (y1 > place.frame[1])
        & (y0 < place.frame[3])
    )
    if not inside.all():
        page.invisible += "".join(chr(v) for v in codes[at[~inside]])
        at, x0, y0, x1, y1 = at[inside], x0[inside], y0[inside], x1[inside], y1[inside]
        if not len(at):
            return []
    starts = np.flatnonzero(_breaks(at, x0, y0, x1, y1, place.turn))
    ends = np.append(starts[1:], len(at))
    left, low = np.minimum.reduceat(x0, starts), np.minimum.reduceat(y0, starts)
    right, high = np.maximum.reduceat(x1, starts), np.maximum.reduceat(y1, starts)
    text = codes[at].astype("<u4").tobytes().decode("utf-32-le", "replace")
    rows = zip(
        starts.tolist(),
        ends.tolist(),
        left.tolist(),
        low.tolist(),
        right.tolist(),
        high.tolist(),
        strict=True,
    )
    return [Word(text[a:b], *place(wx0, wy0, wx1, wy1)) for a, b, wx0, wy0, wx1, wy1 in rows]


def _breaks(
    at: npt.NDArray[np.intp],
    x0: npt.NDArray[np.float32],
    y0: npt.NDArray[np.float32],
    x1: npt.NDArray[np.float32],
    y1: npt.NDArray[np.float32],
    turn: int,
) -> npt.NDArray[np.bool_]:
    """True where a word starts: after white space, a gap, a jump back, or on another line."""
    if turn in (90, 270):
        x0, y0, x1, y1 = y0, x0, y1, x1
    size = np.maximum(y1 - y0, 1.0)
    small = np.minimum(size[1:], size[:-1])
    gap = x0[1:] - x1[:-1] if turn in (0, 90) else x0[:-1] - x1[1:]
    drift = np.abs((y0[1:] + y1[1:]) - (y0[:-1] + y1[:-1])) / 2
    cut = (np.diff(at) > 1) | (gap > 0.28 * small) | (gap < -0.6 * small) | (drift > 0.45 * small)
    return np.concatenate(([True], cut))
