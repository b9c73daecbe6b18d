"""What a confined child can be asked to do: read a file, draw a page, its heat maps or crops of it,
tell of its earlier revisions, unpack an archive, read recorded checks.
"""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pypdfium2 as pdfium
from PIL import Image, ImageDraw
from pydantic import TypeAdapter

from extractors.forensics.picture.heat_maps import MAPS, drawn, heat
from extractors.formats.image import Pixels, frames, native_scale, render
from extractors.formats.ofd_picture import ofd_as_pdf
from extractors.formats.pdf import open_pdf
from extractors.intake.archive import Budget, EmptyArchive, members
from extractors.intake.limits import Limits
from extractors.intake.sniff import sniff
from extractors.model import FileReading, ManualCheck
from extractors.pictures.look import Look
from extractors.pictures.quality import SMALLEST
from extractors.read import read_file
from extractors.sandbox.cover import Cover
from extractors.sandbox.covering import draw_over, places_to_cover
from extractors.sandbox.file_revisions import changes_of, revisions_of, state_of
from extractors.sandbox.recorded_checks import read_checks

READING = TypeAdapter(FileReading)
CHECKS = TypeAdapter(list[ManualCheck])
_PIXELS = 1400  # widest crop
_WIDEST = 2400  # widest page
Edges = tuple[float, float, float, float]


def _read(head: Mapping[str, Any], body: bytes, limits: Limits) -> bytes:
    return READING.dump_json(read_file(head["name"], body, limits, head.get("password")))


def _as_saved(head: Mapping[str, Any], body: bytes) -> bytes:
    """The file, or an earlier `revision` that it still holds."""
    return (
        state_of(body, int(head["revision"]), head.get("password"))
        if head.get("revision")
        else body
    )


def _crops(head: Mapping[str, Any], body: bytes, limits: Limits) -> bytes:
    """PNG pictures of boxes [page, left, top, right, bottom], base64 in a JSON list; null where a
    page cannot be drawn.
    """
    boxes = [
        (int(page), (left, top, right, bottom)) for page, left, top, right, bottom in head["boxes"]
    ]
    body, cover = _as_saved(head, body), Cover.of(head)
    kind, wanted = sniff(body), {page for page, _ in boxes}
    if kind.startswith("picture"):
        pages = {
            n: pixels
            for n, pixels in enumerate(
                frames(body, max_pages=limits.pages, max_pixels=limits.pixels), 1
            )
            if n in wanted
        }
        return json.dumps(
            [
                _from_pixels(pages[n], box, places_to_cover(cover, n, None)) if n in pages else None
                for n, box in boxes
            ]
        ).encode()
    document = _opened(kind, body, wanted, head.get("password"))
    return json.dumps([_from_pdf(document, n, box, cover) for n, box in boxes]).encode()


def _heat_maps(head: Mapping[str, Any], body: bytes, limits: Limits) -> bytes:
    """PNG pictures in base64 by kind, of the kinds asked for that are known; an empty object for a
    page that is no picture.
    """
    number, kinds, body = (
        int(head["page"]),
        [k for k in MAPS if k in head["kinds"]],
        _as_saved(head, body),
    )
    kind = sniff(body)
    is_picture = kind.startswith("picture")
    pixels = (
        _frame_at(body, number, limits)
        if is_picture
        else _picture_of(open_pdf(body, head.get("password")), number)
    )
    pixels = _covered(pixels, Cover.of(head), number)
    look = Look(pixels) if pixels is not None and min(pixels.shape[:2]) >= SMALLEST else None
    jpeg = body if kind == "picture/jpeg" else None
    return json.dumps({k: drawn(look, heat(look, k, jpeg)) for k in kinds} if look else {}).encode()


def _covered(pixels: Pixels | None, cover: Cover | None, number: int) -> Pixels | None:
    """The same with places blacked out of which a heat map would show the outlines."""
    places = places_to_cover(cover, number, None)
    if pixels is None or not places:
        return pixels
    pixels = pixels.copy()
    height, width = pixels.shape[:2]
    for left, top, right, bottom in places:
        rows = slice(int(top * height), int(bottom * height) + 1)
        pixels[rows, int(left * width) : int(right * width) + 1] = 0
    return pixels


def _frame_at(body: bytes, number: int, limits: Limits) -> Pixels | None:
    """One frame of a picture."""
    return next(
        (
            p
            for n, p in enumerate(frames(body, max_pages=limits.pages, max_pixels=limits.pixels), 1)
            if n == number
        ),
        None,
    )


def _opened(kind: str, body: bytes, wanted: set[int], password: str | None) -> pdfium.PdfDocument:
    """A PDF, or the wanted pages of an OFD drawn as one."""
    return open_pdf(ofd_as_pdf(body, wanted)) if kind == "ofd" else open_pdf(body, password)


def _picture_of(document: pdfium.PdfDocument, number: int) -> Pixels | None:
    """A page of a PDF at the resolution of its picture; None where no picture is on it."""
    if not 1 <= number <= len(document):
        return None
    scale = native_scale(document[number - 1])
    return render(document[number - 1], 1.0, scale) if scale else None


def _frame(box: Edges, height: float) -> Edges:
    """A box with some of what stands around it."""
    left, top, right, bottom = box
    across, down = 0.06, max(0.02, 30 / height)
    return (
        max(0.0, left - across),
        max(0.0, top - down),
        min(1.0, right + across),
        min(1.0, bottom + down),
    )


def _from_pixels(pixels: Pixels, box: Edges, covered: Sequence[Edges]) -> str:
    height, width = pixels.shape[:2]
    frame = _frame(box, height / 2.5)
    cut = pixels[
        int(frame[1] * height) : int(frame[3] * height) + 1,
        int(frame[0] * width) : int(frame[2] * width) + 1,
        ::-1,
    ]
    picture = Image.fromarray(np.ascontiguousarray(cut))
    draw_over(picture, covered, frame)
    scale = min(1.0, _PIXELS / picture.width)
    picture = picture.resize(
        (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    )
    return _marked(picture, box, frame, width * scale, height * scale)


def _from_pdf(
    document: pdfium.PdfDocument, number: int, box: Edges, cover: Cover | None
) -> str | None:
    if not 1 <= number <= len(document):
        return None
    page = document[number - 1]
    width, height = page.get_size()
    frame = _frame(box, height)
    scale = min(2.0, _PIXELS / max(1.0, (frame[2] - frame[0]) * width))
    crop = (frame[0] * width, (1 - frame[3]) * height, (1 - frame[2]) * width, frame[1] * height)
    picture = page.render(scale=scale, crop=crop).to_pil().convert("RGB")
    draw_over(picture, places_to_cover(cover, number, page), frame)
    page.close()
    return _marked(picture, box, frame, width * scale, height * scale)


def _marked(picture: Image.Image, box: Edges, frame: Edges, width: float, height: float) -> str:
    """The picture of a frame with the box drawn on it, as PNG in base64.

    `width` and `height` of the whole page, in its pixels.
    """
    left, top, right, bottom = box
    edge = [
        (left - frame[0]) * width - 3,
        (top - frame[1]) * height - 3,
        (right - frame[0]) * width + 3,
        (bottom - frame[1]) * height + 3,
    ]
    ImageDraw.Draw(picture).rectangle(edge, outline=(214, 69, 65), width=2)
    buffer = io.BytesIO()
    picture.quantize(64).save(buffer, "PNG", optimize=True)
    return base64.b64encode(buffer.getvalue()).decode()


def _page(head: Mapping[str, Any], body: bytes, limits: Limits) -> bytes:
    """One page as PNG, `width` pixels wide at most; nothing where there is no such page."""
    number, width = int(head["page"]), min(int(head["width"]), _WIDEST)
    body = _as_saved(head, body)
    kind = sniff(body)
    if kind.startswith("picture"):
        pixels = _frame_at(body, number, limits)
        if pixels is None:
            return b""
        picture = Image.fromarray(np.ascontiguousarray(pixels[:, :, ::-1]))
        draw_over(picture, places_to_cover(Cover.of(head), number, None))
        picture.thumbnail((width, 4 * width))
    else:
        document = _opened(kind, body, {number}, head.get("password"))
        if not 1 <= number <= len(document):
            return b""
        page = document[number - 1]
        picture = (
            page.render(scale=min(6.0, width / max(1.0, page.get_width()))).to_pil().convert("RGB")
        )
        draw_over(picture, places_to_cover(Cover.of(head), number, page))
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()


def _revisions(head: Mapping[str, Any], body: bytes, limits: Limits) -> bytes:
    return revisions_of(body, head.get("password")).model_dump_json().encode()


def _changes(head: Mapping[str, Any], body: bytes, limits: Limits) -> bytes:
    return (
        changes_of(body, int(head["revision"]), int(head["page"]), head.get("password"))
        .model_dump_json()
        .encode()
    )


def _unpack(head: Mapping[str, Any], body: bytes, limits: Limits) -> bytes:
    """A JSON line of [name, size] of each file inside, then their bytes; the line null where the
    file is no archive.
    """
    if sniff(body) != "zip":
        return b"null\n"
    budget = Budget(limits)
    budget.members, budget.bytes = head["members"], head["bytes"]
    inside = list(members(head["name"], body, limits, budget, 1, head.get("password")))
    if not inside:
        raise EmptyArchive
    return b"\n".join(
        [
            json.dumps([[name, len(each)] for name, each in inside]).encode(),
            b"".join(each for _, each in inside),
        ]
    )


def _checks(head: Mapping[str, Any], body: bytes, limits: Limits) -> bytes:
    return CHECKS.dump_json(read_checks(body))


ANSWERS: Mapping[str, Callable[[Mapping[str, Any], bytes, Limits], bytes]] = {
    "read": _read,
    "crops": _crops,
    "page": _page,
    "heat_maps": _heat_maps,
    "revisions": _revisions,
    "changes": _changes,
    "unpack": _unpack,
    "checks": _checks,
}
