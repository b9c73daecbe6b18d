"""Pictures of the places that findings point to, drawn in the sandbox."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from extractors.model import Box
from extractors.sandbox.cover import Cover
from extractors.sandbox.parent import Sandbox

SHOWN = 3  # pictures of a finding's places in doubt, and as many of what they were set against
_WHOLE = (
    0.9  # of a page's height: a box that tall is the page itself, of which a picture tells nothing
)
_MOST_PIXELS = 20_000_000  # above which a page is drawn smaller, for memory
NONE: Mapping[str, str] = MappingProxyType({})  # no file is locked
NOTHING: Mapping[str, Cover] = MappingProxyType({})  # nothing is covered
_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def place_key(place: Mapping[str, Any]) -> str:
    """What a place's picture is kept under: document, page and box."""
    return "|".join([place["document"], str(place["page"]), *(f"{v:.4f}" for v in place["box"])])


def crops_of(
    report: Mapping[str, Any],
    data: Mapping[str, bytes],
    sandbox: Sandbox,
    passwords: Mapping[str, str] = NONE,
    covers: Mapping[str, Cover] = NOTHING,
) -> dict[str, bytes]:
    """PNG pictures of a report's evidence by `place_key`; `data` holds the files' bytes by SHA-256,
    `passwords` what opens those that are locked, `covers` what is covered in each.

    What cannot be drawn is left out.
    """
    drawable = {
        file["sha256"]
        for file in report["inputs"]["files"]
        if file["kind"] in ("pdf", "ofd") or file["kind"].startswith("picture")
    }
    file_of = {document["id"]: document["sha256"] for document in report["documents"]}
    wanted: dict[str, dict[str, Mapping[str, Any]]] = {}
    for finding in report["findings"]:
        for place in (*finding["evidence"][:SHOWN], *finding["against"][:SHOWN]):
            sha = file_of.get(place["document"], "")
            if sha in drawable and sha in data and place["box"][3] - place["box"][1] < _WHOLE:
                wanted.setdefault(sha, {})[place_key(place)] = place
    found: dict[str, bytes] = {}
    for sha, places in sorted(wanted.items()):
        found |= _drawn(data[sha], places, sandbox, passwords.get(sha), covers.get(sha))
    return found


def _drawn(
    body: bytes,
    places: Mapping[str, Mapping[str, Any]],
    sandbox: Sandbox,
    password: str | None,
    cover: Cover | None,
) -> dict[str, bytes]:
    boxes: Sequence[tuple[int, Box]] = [
        (place["page"], Box(*place["box"])) for place in places.values()
    ]
    pictures = zip(places, sandbox.crops(body, boxes, password, cover=cover), strict=True)
    return {key: png for key, text in pictures if text and (png := png_of(text))}


def png_of(text: str) -> bytes | None:
    """The PNG of a base64 text, None for anything else or one of too many pixels: it comes from a
    process that opened a stranger's file.
    """
    try:
        body = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    if not body.startswith(_SIGNATURE) or body[12:16] != b"IHDR" or len(body) < 33:
        return None
    width, height = int.from_bytes(body[16:20]), int.from_bytes(body[20:24])
    return body if 0 < width * height <= _MOST_PIXELS else None
