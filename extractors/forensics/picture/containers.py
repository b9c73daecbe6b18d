"""The notes that picture files carry beside their pixels, wherever they stand: every segment, chunk
and tag, and what follows the picture.

JPEG: ITU-T T.81 B.1, Exif and XMP in APP1, JUMBF in APP11 (ISO 19566-5). PNG: ISO 15948 chapter 11,
chunks before and after the pixels. WebP: RIFF chunks. TIFF: tags of all directories. GIF: comments
and applications (GIF89a 24, 26). HEIF, AVIF, JPEG 2000: boxes (ISO 14496-12 4.2), with the Exif and
XMP items that stand among the pixels. Damaged containers give what stands before the damage.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_MOST_NOTE = 1 << 20  # bytes of one note; a generator's workflow takes some hundred thousand
_MOST_NOTES = 400  # notes of one file
_MOST_TAGS = 512  # tags of one directory
_DEEPEST = 4  # directories within directories

_SOI = 0xD8
_EOI = 0xD9
_SOS = 0xDA
_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})  # markers without a length
_PNG_HEAD = b"\x89PNG\r\n\x1a\n"
_PNG_PIXELS = frozenset({b"IDAT", b"fdAT", b"PLTE", b"iCCP"})
_WEBP_PIXELS = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"})
_TIFF_HEADS = (b"II*\0", b"MM\0*")
_BOX_HEADS = (b"ftyp", b"jP  ")
_BOXES_WITHIN = frozenset({b"meta", b"moov", b"udta", b"uinf", b"jp2h"})
_XMP_ITEM = re.compile(rb"<x:xmpmeta\b.{0,1048576}?</x:xmpmeta>", re.S)
_EXIF_ITEM = re.compile(rb"Exif\0\0(?=II\*\0|MM\0\*)")
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 13: 4, 129: 1}  # bytes of a value by its TIFF type
_DIRECTORIES = (0x8769, 0x8825, 0x014A)  # Exif, GPS, SubIFDs
_TAG_NAMES = {
    0x010E: "ImageDescription",
    0x010F: "Make",
    0x0110: "Model",
    0x0131: "Software",
    0x013B: "Artist",
    0x013C: "HostComputer",
    0x02BC: "XMP",
    0x83BB: "IPTC",
    0x9286: "UserComment",
    0x9C9B: "XPTitle",
    0x9C9C: "XPComment",
    0x9C9D: "XPAuthor",
    0x9C9E: "XPKeywords",
    0x9C9F: "XPSubject",
    0xA433: "LensMake",
}


@dataclass(frozen=True, slots=True)
class Note:
    """A note of a picture file: its key (a chunk's keyword, a tag's name, a segment's kind) and its
    bytes.
    """

    key: str
    raw: bytes


def notes_of(data: bytes) -> Iterator[Note]:
    """All notes of a picture file, in the order of the file."""
    parse = _parser(data)
    if parse is None:
        return
    count = 0
    try:
        for note in parse(data):
            yield Note(note.key, note.raw[:_MOST_NOTE])
            count += 1
            if count >= _MOST_NOTES:
                return
    except (struct.error, IndexError, ValueError):
        return  # damaged: reading the pixels says so elsewhere


def _parser(data: bytes) -> Callable[[bytes], Iterator[Note]] | None:
    if data[:2] == b"\xff\xd8":
        return _jpeg
    if data.startswith(_PNG_HEAD):
        return _png
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return _webp
    if data[:4] == b"GIF8":
        return _gif
    if data[4:8] in _BOX_HEADS:
        return _boxes
    return _tiff if data.startswith(_TIFF_HEADS) else None


def _jpeg(data: bytes) -> Iterator[Note]:
    """Notes of all segments, manifests put together from their parts, and what follows the picture."""
    manifest = bytearray()
    for kind, body in _segments(data):
        if kind == 0xEB and body[:2] == b"JP":
            manifest += body[16:] if manifest else body[8:]  # each part repeats the box's head
        elif kind == _EOI and body:
            yield Note("after the picture", body)
        elif 0xE1 <= kind <= 0xEF or kind == 0xFE:
            yield from _segment(kind, body)
    if manifest:
        yield Note("C2PA", bytes(manifest))


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Marker and body of each segment, those between scans too; with the end marker, what follows
    it.
    """
    at = 2
    while (at := data.find(b"\xff", at)) >= 0 and at + 2 <= len(data):
        kind = data[at + 1]
        if kind == _EOI:
            yield kind, data[at + 2 :]
            return
        if kind in (0x00, 0xFF, _SOI) or kind in _ALONE:
            at += 1 if kind == 0xFF else 2
            continue
        size = struct.unpack_from(">H", data, at + 2)[0]
        yield kind, data[at + 4 : at + 2 + size]
        at += 2 + max(size, 2)
        if kind == _SOS:
            at = _end_of_scan(data, at)


def _segment(kind: int, body: bytes) -> Iterator[Note]:
    if body.startswith(b"Exif\0\0"):
        yield from _tiff(body[6:])
    elif kind == 0xFE:
        yield Note("Comment", body)
    else:
        yield Note(f"APP{kind - 0xE0}", body)


def _end_of_scan(data: bytes, at: int) -> int:
    """The next marker after a scan's pixels, in which stuffed bytes and restart marks stand."""
    while (at := data.find(b"\xff", at)) >= 0:
        if at + 1 >= len(data) or (data[at + 1] not in (0, 0xFF) and data[at + 1] not in _ALONE):
            return at
        at += 1
    return len(data)


def _png(data: bytes) -> Iterator[Note]:
    at = len(_PNG_HEAD)
    while at + 8 <= len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        body = data[at + 8 : at + 8 + size]
        at += 12 + size
        if kind == b"IEND":
            break
        if kind not in _PNG_PIXELS:
            yield from _chunk(kind, body)
    if at < len(data):
        yield Note("after the picture", data[at:])


def _chunk(kind: bytes, body: bytes) -> Iterator[Note]:
    keyword, _, rest = body.partition(b"\0")
    key = keyword[:80].decode("latin-1")
    if kind == b"tEXt":
        yield Note(key, rest)
    elif kind == b"zTXt":
        yield Note(key, _inflated(rest[1:]))
    elif kind == b"iTXt":
        packed, tail = rest[:1] == b"\1", rest[2:]
        text = tail.split(b"\0", 2)[-1]
        yield Note(key, _inflated(text) if packed else text)
    elif kind == b"eXIf":
        yield from _tiff(body)
    elif kind == b"caBX":
        yield Note("C2PA", body)
    else:
        yield Note(kind.decode("latin-1"), body)


def _inflated(raw: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(raw, _MOST_NOTE)
    except zlib.error:
        return b""


def _webp(data: bytes) -> Iterator[Note]:
    at = 12
    while at + 8 <= len(data):
        kind, size = struct.unpack_from("<4sI", data, at)
        body = data[at + 8 : at + 8 + size]
        at += 8 + size + size % 2
        if kind == b"EXIF":
            yield from _tiff(body.removeprefix(b"Exif\0\0"))
        elif kind not in _WEBP_PIXELS:
            yield Note(kind.decode("latin-1").strip(), body)


def _gif(data: bytes) -> Iterator[Note]:
    """Comments and applications between the frames, and what follows the last one."""
    at = 13 + _colours(data[10])
    while at < len(data):
        kind, at = data[at], at + 1
        if kind == 0x21:
            label, at = data[at], at + 1
            parts, at = _blocks(data, at)
            if label == 0xFE:
                yield Note("Comment", b"".join(parts))
            elif label == 0xFF and parts:
                yield Note(parts[0].decode("latin-1"), _application(data, parts, at))
        elif kind == 0x2C:
            at += 9 + _colours(data[at + 8]) + 1
            _, at = _blocks(data, at)
        else:
            if data[at:]:
                yield Note("after the picture", data[at:])
            return


def _application(data: bytes, parts: list[bytes], end: int) -> bytes:
    """An application's data; XMP stands there unpacked, so that its letters are taken for sizes."""
    if parts[0] == b"XMP DataXMP":
        start = data.rfind(b"XMP DataXMP", 0, end)
        return data[start + len(parts[0]) : end]
    return b"".join(parts[1:])


def _colours(flags: int) -> int:
    """Bytes of a table of colours."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _blocks(data: bytes, at: int) -> tuple[list[bytes], int]:
    """Blocks up to the empty one, and the place behind it."""
    parts = []
    while at < len(data) and data[at]:
        parts.append(data[at + 1 : at + 1 + data[at]])
        at += 1 + data[at]
    return parts, at + 1


def _boxes(data: bytes, start: int = 0, end: int | None = None, depth: int = 0) -> Iterator[Note]:
    """Boxes of their own kind ("uuid", "xml "), and the items that stand among the pixels."""
    at, end = start, len(data) if end is None else end
    while at + 8 <= end:
        size, kind = struct.unpack_from(">I4s", data, at)
        head = 8
        if size == 1:
            size, head = struct.unpack_from(">Q", data, at + 8)[0], 16
        stop = end if size == 0 else min(end, at + size)
        if kind in _BOXES_WITHIN and depth < _DEEPEST:
            skipped = 4 if kind == b"meta" else 0  # its version stands before the boxes
            yield from _boxes(data, at + head + skipped, stop, depth + 1)
        elif kind in (b"uuid", b"xml ", b"jumb"):
            yield Note(kind.decode("latin-1").strip(), data[at + head : stop])
        elif kind in (b"mdat", b"idat"):
            yield from _items(data[at + head : stop])
        if stop <= at:
            return
        at = stop


def _items(body: bytes) -> Iterator[Note]:
    for found in _XMP_ITEM.finditer(body):
        yield Note("XMP", found[0])
    for found in _EXIF_ITEM.finditer(body):
        yield from _tiff(body[found.end() :])


def _tiff(data: bytes) -> Iterator[Note]:
    """Texts of all directories, of the Exif block as of a TIFF file."""
    if not data.startswith(_TIFF_HEADS):
        return
    order = "<" if data[:2] == b"II" else ">"
    todo, seen = [(struct.unpack_from(order + "I", data, 4)[0], 0)], set[int]()
    while todo:
        place, depth = todo.pop(0)
        if place in seen or depth > _DEEPEST or not 0 < place < len(data) - 2:
            continue
        seen.add(place)
        count = min(struct.unpack_from(order + "H", data, place)[0], _MOST_TAGS)
        for number in range(count):
            entry = place + 2 + 12 * number
            tag, kind, length = struct.unpack_from(order + "HHI", data, entry)
            size = _SIZES.get(kind, 0) * length
            at = entry + 8 if size <= 4 else struct.unpack_from(order + "I", data, entry + 8)[0]
            value = data[at : at + size]
            if tag in _DIRECTORIES and len(value) >= 4:
                todo.append((struct.unpack_from(order + "I", value)[0], depth + 1))
            elif kind in (1, 2, 7, 129) and size > 4:
                yield Note(_TAG_NAMES.get(tag, f"tag {tag}"), value)
        following = place + 2 + 12 * count
        if following + 4 <= len(data):
            todo.append((struct.unpack_from(order + "I", data, following)[0], depth))
