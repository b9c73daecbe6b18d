"""What a confined child can be asked to do: read a file, or cut pictures out of its pages."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping
from typing import Any

import pypdfium2 as pdfium
from pydantic import TypeAdapter

from extractors.formats.pdf import open_pdf
from extractors.intake.limits import Limits
from extractors.model import FileReading
from extractors.read import read_file

READING = TypeAdapter(FileReading)
_PIXELS = 1400  # widest crop


def _read(head: Mapping[str, Any], body: bytes, limits: Limits) -> bytes:
    return READING.dump_json(read_file(head["name"], body, limits, head.get("password")))


def _crops(head: Mapping[str, Any], body: bytes, limits: Limits) -> bytes:
    """PNG pictures of boxes [page, left, top, right, bottom], base64 in a JSON list; null where a page cannot be drawn."""
    document = open_pdf(body, head.get("password"))
    out: list[str | None] = []
    for page, left, top, right, bottom in head["boxes"]:
        out.append(_crop(document, int(page), (left, top, right, bottom)))
    return json.dumps(out).encode()


def _crop(document: pdfium.PdfDocument, number: int, box: tuple[float, float, float, float]) -> str | None:
    import base64

    from PIL import ImageDraw

    if not 1 <= number <= len(document):
        return None
    page = document[number - 1]
    width, height = page.get_size()
    left, top, right, bottom = box
    margin_x, margin_y = 0.06, max(0.02, 30 / height)
    frame = (max(0.0, left - margin_x), max(0.0, top - margin_y), min(1.0, right + margin_x), min(1.0, bottom + margin_y))
    scale = min(2.0, _PIXELS / max(1.0, (frame[2] - frame[0]) * width))
    crop = (frame[0] * width, (1 - frame[3]) * height, (1 - frame[2]) * width, frame[1] * height)
    picture = page.render(scale=scale, crop=crop).to_pil().convert("RGB")
    drawing = ImageDraw.Draw(picture)
    edge = [
        (left - frame[0]) * width * scale - 3,
        (top - frame[1]) * height * scale - 3,
        (right - frame[0]) * width * scale + 3,
        (bottom - frame[1]) * height * scale + 3,
    ]
    drawing.rectangle(edge, outline=(214, 69, 65), width=2)
    buffer = io.BytesIO()
    picture.quantize(64).save(buffer, "PNG", optimize=True)
    page.close()
    return base64.b64encode(buffer.getvalue()).decode()


ANSWERS: Mapping[str, Callable[[Mapping[str, Any], bytes, Limits], bytes]] = {"read": _read, "crops": _crops}
