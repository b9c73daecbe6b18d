"""What a confined child can be asked to do: read a file, or cut pictures out of its pages."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pypdfium2 as pdfium
from PIL import Image, ImageDraw
from pydantic import TypeAdapter

from extractors.formats.image import Pixels, frames
from extractors.formats.ofd_picture import ofd_as_pdf
from extractors.formats.pdf import open_pdf
from extractors.intake.limits import Limits
from extractors.intake.sniff import sniff
from extractors.model import FileReading
from extractors.read import read_file

READING = TypeAdapter(FileReading)
_PIXELS = 1400  # widest crop
Edges = tuple[float, float, float, float]


def _read(head: Mapping[str, Any], body: bytes, limits: Limits) -> bytes:
    return READING.dump_json(read_file(head["name"], body, limits, head.get("password")))


def _crops(head: Mapping[str, Any], body: bytes, limits: Limits) -> bytes:
    """PNG pictures of boxes [page, left, top, right, bottom], base64 in a JSON list; null where a page cannot be drawn."""
    boxes = [(int(page), (left, top, right, bottom)) for page, left, top, right, bottom in head["boxes"]]
    kind, wanted = sniff(body), {page for page, _ in boxes}
    if kind.startswith("picture"):
        pages = {n: pixels for n, pixels in enumerate(frames(body, max_pages=limits.pages), 1) if n in wanted}
        return json.dumps([_from_pixels(pages[n], box) if n in pages else None for n, box in boxes]).encode()
    document = open_pdf(ofd_as_pdf(body, wanted)) if kind == "ofd" else open_pdf(body, head.get("password"))
    return json.dumps([_from_pdf(document, n, box) for n, box in boxes]).encode()


def _frame(box: Edges, height: float) -> Edges:
    """A box with some of what stands around it."""
    left, top, right, bottom = box
    across, down = 0.06, max(0.02, 30 / height)
    return max(0.0, left - across), max(0.0, top - down), min(1.0, right + across), min(1.0, bottom + down)


def _from_pixels(pixels: Pixels, box: Edges) -> str:
    height, width = pixels.shape[:2]
    frame = _frame(box, height / 2.5)
    cut = pixels[int(frame[1] * height) : int(frame[3] * height) + 1, int(frame[0] * width) : int(frame[2] * width) + 1, ::-1]
    picture = Image.fromarray(np.ascontiguousarray(cut))
    scale = min(1.0, _PIXELS / picture.width)
    picture = picture.resize((max(1, round(picture.width * scale)), max(1, round(picture.height * scale))))
    return _marked(picture, box, frame, width * scale, height * scale)


def _from_pdf(document: pdfium.PdfDocument, number: int, box: Edges) -> str | None:
    if not 1 <= number <= len(document):
        return None
    page = document[number - 1]
    width, height = page.get_size()
    frame = _frame(box, height)
    scale = min(2.0, _PIXELS / max(1.0, (frame[2] - frame[0]) * width))
    crop = (frame[0] * width, (1 - frame[3]) * height, (1 - frame[2]) * width, frame[1] * height)
    picture = page.render(scale=scale, crop=crop).to_pil().convert("RGB")
    page.close()
    return _marked(picture, box, frame, width * scale, height * scale)


def _marked(picture: Image.Image, box: Edges, frame: Edges, width: float, height: float) -> str:
    """The picture of a frame with the box drawn on it, as PNG in base64. `width` and `height` of the whole page, in its pixels."""
    left, top, right, bottom = box
    edge = [(left - frame[0]) * width - 3, (top - frame[1]) * height - 3, (right - frame[0]) * width + 3, (bottom - frame[1]) * height + 3]
    ImageDraw.Draw(picture).rectangle(edge, outline=(214, 69, 65), width=2)
    buffer = io.BytesIO()
    picture.quantize(64).save(buffer, "PNG", optimize=True)
    return base64.b64encode(buffer.getvalue()).decode()


ANSWERS: Mapping[str, Callable[[Mapping[str, Any], bytes, Limits], bytes]] = {"read": _read, "crops": _crops}
