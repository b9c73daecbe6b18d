"""The characters of a PDF page with their boxes, joined to words."""

from __future__ import annotations

import ctypes
import re

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
import pypdfium2.raw as c

from extractors.formats.pdf_objects import INVISIBLE, Mask, PageObjects
from extractors.formats.pdf_place import Placer
from extractors.layout.page import Page, Word
from extractors.values.glyphs import unified

SAMPLED = 400  # characters of a page whose direction is looked at
FEWEST = 12  # characters that settle a page's direction
AGREED = 0.8  # share of them that run one way
# An amount with cents and two characters that are no unit of it
_AMOUNT_AND_NAME = re.compile(
    r"[¥￥]?-?(?:\d{1,3}(?:,\d{3})+|\d+)\.\d\d(?=[\u4e00-\u9fff]{2})(?![元圆万亿角分整折倍个吨件台人以及至或])"
)
LEAN = 0.09  # radians by which upright text may lean


def reading_turn(page: pdfium.PdfPage) -> int:
    """Degrees by which the page must be turned clockwise so that its text stands upright; as the
    page itself says where text does not tell.
    """
    declared = int(page.get_rotation())
    textpage = page.get_textpage()
    try:
        count = min(textpage.count_chars(), SAMPLED)
        angles = [
            c.FPDFText_GetCharAngle(textpage.raw, index)
            for index in range(count)
            if c.FPDFText_GetUnicode(textpage.raw, index) > ord(" ")
        ]
    finally:
        textpage.close()
    quarters = [round(angle / (np.pi / 2)) % 4 for angle in angles if angle >= 0]
    if len(quarters) < FEWEST:
        return declared
    usual = max(set(quarters), key=quarters.count)
    if quarters.count(usual) < AGREED * len(quarters):
        return declared
    return int((360 - 90 * usual) % 360)


def read_text(page: pdfium.PdfPage, walk: PageObjects, place: Placer, result: Page) -> None:
    textpage = page.get_textpage()
    count = textpage.count_chars()
    if count > 0:
        boxes = _boxes(textpage.raw, count)
        codes = _codes(textpage, count)
        if walk.hidden or walk.leaning or walk.shades or place.turn:
            keep, hidden, covered = _visible(textpage.raw, boxes, walk, place.turn)
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
    raw: object, boxes: npt.NDArray[np.float32], walk: PageObjects, turn: int
) -> tuple[Mask, Mask, Mask]:
    """Which characters are shown upright, which the page does not show at all, and which of these
    lie under something opaque.
    """
    keep = np.ones(len(boxes), dtype=bool)
    hidden, covered = np.zeros(len(boxes), dtype=bool), np.zeros(len(boxes), dtype=bool)
    middle = np.column_stack(
        ((boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2)
    ).tolist()
    for index, (x, y) in enumerate(middle):
        if walk.hidden or walk.shades:
            obj = c.FPDFText_GetTextObject(raw, index)
            unpainted = obj and c.FPDFTextObj_GetTextRenderMode(obj) == INVISIBLE
            if obj and (unpainted or walk.shaded(ctypes.addressof(obj.contents), x, y)):
                keep[index], hidden[index], covered[index] = False, True, not unpainted
                continue
        if (walk.leaning or turn) and _leans(c.FPDFText_GetCharAngle(raw, index), turn):
            keep[index] = False
    return keep, hidden, covered


def _leans(angle: float, turn: int) -> bool:
    """Whether a character's direction (clockwise, in page space) is not that in which the page is
    read.
    """
    off = (angle + np.radians(turn)) % (2 * np.pi)
    return bool(LEAN < off < 2 * np.pi - LEAN)


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
        page.invisible += "".join(chr(value) for value in codes[at[~inside]])
        at, x0, y0, x1, y1 = at[inside], x0[inside], y0[inside], x1[inside], y1[inside]
        if not len(at):
            return []
    text = unified(codes[at].astype("<u4").tobytes().decode("utf-32-le", "replace"))
    starts = np.flatnonzero(_breaks(at, x0, y0, x1, y1, place.turn))
    starts = _split_after_amounts(starts, text)
    ends = np.append(starts[1:], len(at))
    left, low = np.minimum.reduceat(x0, starts), np.minimum.reduceat(y0, starts)
    right, high = np.maximum.reduceat(x1, starts), np.maximum.reduceat(y1, starts)
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


def _split_after_amounts(starts: npt.NDArray[np.intp], text: str) -> npt.NDArray[np.intp]:
    """More starts of words: where a word is an amount and the words of the next cell.

    Programs that draw a page anew set wider digits, so that an amount that ends at its column's
    edge touches the name beside it.
    """
    ends = np.append(starts[1:], len(text)).tolist()
    more: list[int] = []
    for start, end in zip(starts.tolist(), ends, strict=True):
        found = _AMOUNT_AND_NAME.match(text, start, end)
        if found:
            more.append(found.end())
    return np.sort(np.concatenate((starts, np.array(more, dtype=np.intp)))) if more else starts


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
