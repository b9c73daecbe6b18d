"""Pages of an OFD as pages of a small PDF, for pictures of evidence: text, rules and pictures at
their places, in the machine's own font.
"""

from __future__ import annotations

import io
from collections.abc import Set

import cv2
import numpy as np
import pikepdf

from extractors.errors import ReadError
from extractors.formats.image import frames
from extractors.formats.ofd import POINTS, drawn_pages
from extractors.formats.ofd_objects import Drawn, Edges
from extractors.formats.ofd_package import Package
from extractors.formats.plain_pdf import chinese_font, shown

_UNSEEN = ("invisible", "clear", "outside")
_WIDEST, _MOST_PICTURES = 1400, 20  # pixels and pictures of a page
_BASELINE = 0.14  # of a character's box lies below its line


def ofd_as_pdf(data: bytes, wanted: Set[int]) -> bytes:
    """A PDF with the pages `wanted` (from 1) at their numbers; those between are empty.

    Raises what reading an OFD raises.
    """
    with pikepdf.new() as pdf:
        font = chinese_font(pdf)
        for number, drawn, package in drawn_pages(data, wanted):
            while len(pdf.pages) < number - 1:
                pdf.add_blank_page()
            _add(pdf, drawn, package, font)
        if not len(pdf.pages):
            pdf.add_blank_page()
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def _add(pdf: pikepdf.Pdf, drawn: Drawn, package: Package, font: pikepdf.Object) -> None:
    width, height = (
        max(3.0, min(drawn.width * POINTS, 14000.0)),
        max(3.0, min(drawn.height * POINTS, 14000.0)),
    )
    page = pdf.add_blank_page(page_size=(width, height)).obj
    pictures, content = pikepdf.Dictionary(), []
    for number, (box, part) in enumerate(drawn.pictures[:_MOST_PICTURES]):
        if (stream := _picture(pdf, package, part)) is not None:
            pictures[f"/P{number}"] = stream
            left, top, right, bottom = (value * POINTS for value in box)
            content.append(
                b"q %.2f 0 0 %.2f %.2f %.2f cm /P%d Do Q\n"
                % (right - left, bottom - top, left, height - bottom, number)
            )
    content += [_line(height, x, top, x, bottom) for x, top, bottom in drawn.vertical]
    content += [_line(height, left, y, right, y) for y, left, right in drawn.horizontal]
    content += [
        _char(height, char.box, char.text)
        for char in (*drawn.chars, *drawn.notes)
        if char.hidden not in _UNSEEN and char.text.isprintable()
    ]
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font), XObject=pictures)
    page.Contents = pdf.make_stream(b"".join(content))


def _line(height: float, x0: float, top: float, x1: float, bottom: float) -> bytes:
    return b"0.4 w %.2f %.2f m %.2f %.2f l S\n" % (
        x0 * POINTS,
        height - top * POINTS,
        x1 * POINTS,
        height - bottom * POINTS,
    )


def _char(height: float, box: Edges, text: str) -> bytes:
    left, top, _, bottom = (value * POINTS for value in box)
    return shown(text, left, height - bottom + _BASELINE * (bottom - top), bottom - top)


def _picture(pdf: pikepdf.Pdf, package: Package, part: str) -> pikepdf.Object | None:
    try:
        pixels = next(iter(frames(package.read(part), max_pages=1)))
    except (ReadError, StopIteration):
        return None  # a kind of picture that is not read leaves its place empty
    factor = min(1.0, _WIDEST / max(pixels.shape[:2]))
    small = (
        cv2.resize(pixels, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
        if factor < 1
        else pixels
    )
    name = pikepdf.Name
    stream = pdf.make_stream(np.ascontiguousarray(small[:, :, ::-1]).tobytes())
    stream.Type, stream.Subtype, stream.ColorSpace, stream.BitsPerComponent = (
        name.XObject,
        name.Image,
        name.DeviceRGB,
        8,
    )
    stream.Width, stream.Height = int(small.shape[1]), int(small.shape[0])
    return stream
