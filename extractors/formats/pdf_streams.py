"""Streams and inherited entries of a PDF, unpacked within bounds."""

from __future__ import annotations

import base64
import zlib
from typing import Any

import pikepdf

# What pikepdf raises on objects that are not what they should be.
UNREAD = (
    pikepdf.PdfError,
    pikepdf.PasswordError,
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
    OverflowError,
    RecursionError,
    IndexError,
)


def inflated(stream: Any, most: int) -> bytes:
    """The first `most` bytes of a stream that is plain or deflated once, as bytes or in letters;
    empty for encodings that unpack without a bound.
    """
    kind = stream.get("/Filter")
    kinds = (
        [str(key) for key in kind]
        if isinstance(kind, pikepdf.Array)
        else []
        if kind is None
        else [str(kind)]
    )
    if kinds not in ([], ["/FlateDecode"], ["/ASCII85Decode", "/FlateDecode"]) or stream.get(
        "/DecodeParms"
    ) not in (None, pikepdf.Dictionary()):
        return b""
    try:
        raw = bytes(stream.read_raw_bytes())
        if len(kinds) == 2:
            raw = base64.a85decode(raw.strip().removeprefix(b"<~").removesuffix(b"~>"))
        return zlib.decompressobj().decompress(raw, most) if kinds else raw[:most]
    except (pikepdf.PdfError, TypeError, ValueError, zlib.error):
        return b""


def inherited(page: Any, key: str) -> Any:
    """A page's entry, its own or that of the nearest node above it that has one."""
    node, depth = page, 0
    while isinstance(node, pikepdf.Dictionary) and key not in node and depth < 50:
        node, depth = node.get("/Parent"), depth + 1
    return node.get(key) if isinstance(node, pikepdf.Dictionary) else None
