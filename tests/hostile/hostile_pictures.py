"""Hostile pictures: floods announced in a header, thousands of frames, notes larger than the
picture, loops of directories, cut and mixed data.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator

from PIL import Image

Case = tuple[str, str, bytes]


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(
    width: int, height: int, depth: int = 8, colour: int = 0, data: bytes = b"", before: bytes = b""
) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + before
        + chunk(b"IDAT", data or zlib.compress(bytes(99)))
        + chunk(b"IEND", b"")
    )


def saved(kind: str, size: tuple[int, int] = (300, 300), **options: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "white").save(out, kind, **options)
    return out.getvalue()


def png_files() -> Iterator[tuple[str, bytes]]:
    rows = zlib.compress(bytes((50_000 // 8 + 1) * 50_000), 9)
    yield "50000_by_50000_of_one_bit", png(50_000, 50_000, 1, data=rows)
    yield "2_31_by_2_31", png(2**31 - 1, 2**31 - 1)
    yield "2_31_by_1", png(2**31 - 1, 1)
    yield "nothing_by_nothing", png(0, 0)
    yield "99_megapixels", png(9_900, 9_900, 8, data=zlib.compress(bytes(9_901 * 9_900), 9))
    yield "less_data_than_said", png(4_000, 4_000)
    yield "more_data_than_said", png(400, 400, data=zlib.compress(bytes(64 << 20), 9))
    yield "depth_of_99", png(400, 400, 99)
    yield (
        "text_of_64_mb",
        png(400, 400, before=chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(64 << 20), 9))),
    )
    yield "10000_texts", png(400, 400, before=chunk(b"tEXt", b"a\0b") * 10_000)
    yield (
        "profile_of_64_mb",
        png(400, 400, before=chunk(b"iCCP", b"a\0\0" + zlib.compress(bytes(64 << 20), 9))),
    )
    yield "chunk_of_2_31", b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 2**31 - 1) + b"IHDR"
    yield (
        "moving_of_2_31_frames",
        png(400, 400, before=chunk(b"acTL", struct.pack(">II", 2**31 - 1, 0))),
    )
    yield "wrong_sums", png(400, 400).replace(b"IDAT", b"IDAT", 1)[:-20] + bytes(20)


def jpeg_files() -> Iterator[tuple[str, bytes]]:
    plain = saved("JPEG")
    at = plain.find(b"\xff\xc0")
    yield "65535_by_65535", plain[: at + 5] + b"\xff\xff\xff\xff" + plain[at + 9 :]
    yield "65535_by_1", plain[: at + 5] + b"\x00\x01\xff\xff" + plain[at + 9 :]
    yield "nothing_by_nothing", plain[: at + 5] + bytes(4) + plain[at + 9 :]
    yield "255_components", plain[: at + 9] + b"\xff" + plain[at + 10 :]
    notes = (
        b"Exif\0\0MM\0*\0\0\0\x08"
        + struct.pack(">H", 5000)
        + struct.pack(">HHII", 0x9286, 7, 2**31 - 1, 8) * 5000
    )
    yield (
        "notes_that_point_at_themselves",
        plain[:2]
        + b"\xff\xe1"
        + struct.pack(">H", len(notes) + 2 & 0xFFFF)
        + notes[:65533]
        + plain[2:],
    )
    ring = (
        b"Exif\0\0MM\0*\0\0\0\x08\0\x01"
        + struct.pack(">HHII", 0x8769, 4, 1, 8)
        + struct.pack(">I", 8)
    )
    yield (
        "notes_in_a_ring",
        plain[:2] + b"\xff\xe1" + struct.pack(">H", len(ring) + 2) + ring + plain[2:],
    )
    profile = b"ICC_PROFILE\0\1\xff" + bytes(65_000)
    yield (
        "255_profiles",
        plain[:2] + (b"\xff\xe2" + struct.pack(">H", len(profile) + 2) + profile) * 255 + plain[2:],
    )
    yield "100000_markers", plain[:2] + b"\xff\xfe\x00\x02" * 100_000 + plain[2:]
    yield (
        "200_scans",
        saved("JPEG", (1000, 1000), progressive=True)[:-2]
        + saved("JPEG", (1000, 1000), progressive=True)[620:-2] * 20,
    )
    yield "cut", plain[: len(plain) // 2]
    yield "head_alone", b"\xff\xd8\xff\xe0"
    yield (
        "thumbnail_of_itself",
        plain[:2]
        + b"\xff\xe1"
        + struct.pack(">H", min(len(plain) + 8, 65_000))
        + b"Exif\0\0"
        + plain
        + plain[2:],
    )


def tiff(entries: list[tuple[int, int, int, int]], following: int = 0, data: bytes = b"") -> bytes:
    fields = b"".join(struct.pack("<HHII", *e) for e in sorted(entries))
    return (
        b"II*\0"
        + struct.pack("<IH", 8, len(entries))
        + fields
        + struct.pack("<I", following)
        + data
    )


def _frame(width: int, height: int, bits: int = 8) -> list[tuple[int, int, int, int]]:
    return [
        (256, 4, 1, width),
        (257, 4, 1, height),
        (258, 3, 1, bits),
        (259, 3, 1, 1),
        (262, 3, 1, 1),
        (273, 4, 1, 200),
        (277, 3, 1, 1),
        (278, 4, 1, height),
        (279, 4, 1, 99),
    ]


def tiff_files() -> Iterator[tuple[str, bytes]]:
    one = _frame(2, 2)
    step = 2 + 12 * len(one) + 4
    fields = struct.pack("<H", len(one)) + b"".join(struct.pack("<HHII", *e) for e in one)
    yield (
        "10000_frames",
        b"II*\0"
        + struct.pack("<I", 8)
        + b"".join(
            fields + struct.pack("<I", 8 + step * (n + 1) if n < 9_999 else 0)
            for n in range(10_000)
        ),
    )
    yield "frames_in_a_ring", tiff(_frame(400, 400), following=8, data=bytes(999))
    yield "frame_beyond_the_end", tiff(_frame(400, 400), following=2**31, data=bytes(999))
    yield "2_31_by_2_31", tiff(_frame(2**31, 2**31), data=bytes(999))
    yield "50000_by_50000", tiff(_frame(50_000, 50_000), data=bytes(999))
    yield "65535_bits", tiff(_frame(400, 400, 65_535), data=bytes(999))
    yield (
        "strips_of_2_31",
        tiff(
            [
                *_frame(400, 400)[:5],
                (273, 4, 2**31 - 1, 8),
                (277, 3, 1, 1),
                (278, 4, 1, 1),
                (279, 4, 2**31 - 1, 8),
            ],
            data=bytes(999),
        ),
    )
    yield (
        "fields_65535",
        b"II*\0\x08\0\0\0\xff\xff" + struct.pack("<HHII", 270, 2, 2**31, 8) * 65_535,
    )
    yield "text_of_2_31", tiff([*_frame(400, 400), (270, 2, 2**31 - 1, 8)], data=bytes(999))
    yield "nothing", tiff([])
    packed = zlib.compress(bytes(64 << 20), 9)
    yield (
        "more_data_than_said",
        tiff(
            [
                (256, 4, 1, 400),
                (257, 4, 1, 400),
                (258, 3, 1, 8),
                (259, 3, 1, 8),
                (262, 3, 1, 1),
                (273, 4, 1, 122),
                (277, 3, 1, 1),
                (278, 4, 1, 400),
                (279, 4, 1, len(packed)),
            ],
            data=packed,
        ),
    )


def webp_files() -> Iterator[tuple[str, bytes]]:
    def riff(body: bytes, size: int | None = None) -> bytes:
        return b"RIFF" + struct.pack("<I", len(body) + 4 if size is None else size) + b"WEBP" + body

    plain = saved("WEBP")
    yield "canvas_of_2_48", riff(b"VP8X" + struct.pack("<I", 10) + b"\x02\0\0\0" + b"\xff" * 6)
    yield (
        "lossless_of_16384",
        riff(b"VP8L" + struct.pack("<I", 9) + b"\x2f" + b"\xff\xff\xff\x0f" + bytes(4)),
    )
    yield "size_of_2_32", riff(plain[12:], 2**32 - 1)
    yield "size_of_nothing", riff(plain[12:], 0)
    yield "cut", plain[: len(plain) // 2]
    frames = [Image.new("RGB", (99, 99), (n % 256, 0, 0)) for n in range(300)]
    out = io.BytesIO()
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:])
    yield "300_frames", out.getvalue()
    yield "chunk_of_2_32", riff(b"VP8 " + b"\xff\xff\xff\xff" + bytes(99))


def other_pictures() -> Iterator[tuple[str, bytes]]:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script><image href="http://127.0.0.1:9/x"/></svg>'
    yield "svg", svg
    yield (
        "svg_with_entity",
        b'<!DOCTYPE svg [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
        + svg.replace(b"alert(1)", b"&e;"),
    )
    yield "svg_named_png", b"\x89PNG\r\n\x1a\n" + svg
    yield "svg_in_gif", b"GIF89a" + svg
    yield (
        "bmp_of_2_31",
        b"BM"
        + struct.pack(
            "<IHHIIiiHHIIiiII", 99, 0, 0, 54, 40, 2**31 - 1, 2**31 - 1, 1, 24, 0, 0, 0, 0, 0, 0
        )
        + bytes(99),
    )
    yield (
        "bmp_negative",
        b"BM"
        + struct.pack("<IHHIIiiHHIIiiII", 99, 0, 0, 54, 40, -5, -(2**31), 1, 24, 0, 0, 0, 0, 0, 0)
        + bytes(99),
    )
    yield (
        "bmp_run_length",
        b"BM"
        + struct.pack("<IHHIIiiHHIIiiII", 99, 0, 0, 54, 40, 9_000, 9_000, 1, 8, 1, 0, 0, 0, 0, 0)
        + b"\xff\xff" * 9,
    )
    yield (
        "gif_of_65535",
        b"GIF89a"
        + struct.pack("<HHBBB", 65_535, 65_535, 0x80, 0, 0)
        + bytes(6)
        + b","
        + struct.pack("<HHHHB", 0, 0, 65_535, 65_535, 0)
        + b"\x08\x01\xff\0;",
    )
    yield (
        "gif_of_100000_frames",
        b"GIF89a"
        + struct.pack("<HHBBB", 9, 9, 0x80, 0, 0)
        + bytes(6)
        + (b"," + struct.pack("<HHHHB", 0, 0, 9, 9, 0) + b"\x02\x02\x44\x01\0") * 100_000
        + b";",
    )
    yield "heic", b"\0\0\0\x18ftypheic" + b"\xff" * 99
    yield "avif", b"\0\0\0\x18ftypavif" + b"\xff" * 99
    yield "jpeg_2000", b"\0\0\0\x0cjP  \r\n\x87\n" + b"\xff" * 99
    yield (
        "postscript",
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(/etc/passwd) (r) file 99 string readstring pop ==\n",
    )
    yield "icon", b"\0\0\x01\0\xff\xff" + b"\xff" * 99
    yield (
        "photoshop",
        b"8BPS\0\x01" + bytes(6) + struct.pack(">HIIHH", 3, 2**31 - 1, 2**31 - 1, 8, 3),
    )


FAMILIES = {
    "png": png_files,
    "jpeg": jpeg_files,
    "tiff": tiff_files,
    "webp": webp_files,
    "picture": other_pictures,
}


def hostile_pictures() -> Iterator[Case]:
    for family, made in FAMILIES.items():
        for name, data in made():
            yield family, name, data
