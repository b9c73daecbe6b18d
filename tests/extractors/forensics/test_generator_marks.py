"""Marks of generators in every place of a picture file that may hold one, and what only looks like
one.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import forge_ofd
import pikepdf
import pytest
from PIL import Image

from extractors.forensics.picture.origin import marks_of_origin
from extractors.intake.limits import Limits
from extractors.read import read_file

GENERATED = b'<x Iptc4xmpExt:DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"/>'
LABEL = '{"AIGC":{"Label":"1","ContentProducer":"001191110000802100433B0001","ProduceID":"7"}}'
JUMBF = (
    b"\0\0\0\x40jumb\0\0\0\x1ejumdc2pa\0\x11\0\x10\x80\0\0\xaa\0\x38\x9b\x71\x03c2pa\0" + GENERATED
)


def _saved(kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (64, 48), "white").save(out, kind, **options)
    return out.getvalue()


def _jpeg(*segments: tuple[int, bytes], behind: bytes = b"") -> bytes:
    plain = _saved("JPEG")
    extra = b"".join(
        b"\xff" + bytes([kind]) + struct.pack(">H", len(body) + 2) + body for kind, body in segments
    )
    return plain[:2] + extra + plain[2:] + behind


def _png(*chunks: tuple[bytes, bytes], after_pixels: bool = False) -> bytes:
    plain = _saved("PNG")
    extra = b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks
    )
    at = plain.index(b"IEND") - 4 if after_pixels else plain.index(b"IDAT") - 4
    return plain[:at] + extra + plain[at:]


def _webp(kind: bytes, body: bytes) -> bytes:
    plain = _saved("WEBP")
    body += b"\0" * (len(body) % 2)
    data = plain + kind + struct.pack("<I", len(body)) + body
    return data[:4] + struct.pack("<I", len(data) - 8) + data[8:]


def _gif_xmp() -> bytes:
    plain = _saved("GIF")
    trailer = b"\x01" + bytes(range(255, -1, -1)) + b"\0"
    return plain[:-1] + b"\x21\xff\x0bXMP DataXMP" + GENERATED + trailer + plain[-1:]


def _boxed(brand: bytes, kind: bytes, body: bytes) -> bytes:
    head = struct.pack(">I", 16) + b"ftyp" + brand + b"\0\0\0\0"
    return head + struct.pack(">I", len(body) + 8) + kind + body


def _exif(tag: int, text: str | bytes) -> bytes:
    exif = Image.Exif()
    if tag == 0x9286:
        exif.get_ifd(0x8769)[tag] = text
    else:
        exif[tag] = text
    return exif.tobytes()


THUMBNAIL = (0xE1, b"Exif\0\0II*\0\x08\0\0\0\0\0\0\0\0\0" + _saved("JPEG"))
XMP = b"http://ns.adobe.com/xap/1.0/\0"
WHOLE = {
    "jpeg xmp": _jpeg((0xE1, XMP + GENERATED)),
    "jpeg after a thumbnail": _jpeg(THUMBNAIL, (0xE1, XMP + GENERATED)),
    "jpeg xmp utf-16": _jpeg((0xE1, XMP + GENERATED.decode().encode("utf-16"))),
    "jpeg comment": _jpeg((0xFE, b"Made with Google AI")),
    "jpeg manifest": _jpeg((0xEB, b"JP\0\1\0\0\0\1" + JUMBF)),
    "jpeg manifest in parts": _jpeg(
        (0xEB, b"JP\0\1\0\0\0\1" + JUMBF[:90]), (0xEB, b"JP\0\1\0\0\0\2" + JUMBF[:8] + JUMBF[90:])
    ),
    "jpeg label": _jpeg((0xE1, XMP + b"<x TC260:AIGC='" + LABEL.encode() + b"'/>")),
    "jpeg escaped label": _jpeg((0xE1, XMP + LABEL.replace('"', "&quot;").encode())),
    "jpeg behind the picture": _jpeg(behind=LABEL.encode()),
    "jpeg software": _saved("JPEG", exif=_exif(0x0131, "豆包".encode())),
    "jpeg user comment": _saved(
        "JPEG", exif=_exif(0x9286, b"UNICODE\0" + "Steps: 20, Sampler: Euler a".encode("utf-16-be"))
    ),
    "png text": _png((b"tEXt", b"AIGC\0" + LABEL.encode())),
    "png packed text": _png(
        (b"zTXt", b"parameters\0\0" + zlib.compress(b"Steps: 30, Sampler: DDIM"))
    ),
    "png text after the pixels": _png(
        (b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + GENERATED), after_pixels=True
    ),
    "png packed itxt": _png((b"iTXt", b"note\0\1\0\0\0" + zlib.compress("通义万相".encode()))),
    "png workflow": _png((b"tEXt", b'prompt\0{"3": {"class_type": "KSampler"}}')),
    "png manifest": _png((b"caBX", JUMBF)),
    "png exif": _png((b"eXIf", _exif(0x0131, "Midjourney").removeprefix(b"Exif\0\0"))),
    "png key of a generator": _png((b"tEXt", b"invokeai_metadata\0{}")),
    "webp xmp": _webp(b"XMP ", GENERATED),
    "webp exif": _webp(b"EXIF", _exif(0x0131, "ComfyUI").removeprefix(b"Exif\0\0")),
    "webp manifest": _webp(b"C2PA", JUMBF),
    "tiff software": _saved("TIFF", tiffinfo={305: "Adobe Firefly"}),
    "tiff xmp": _saved("TIFF", tiffinfo={700: GENERATED}),
}
WHOLE |= {
    "gif comment": _saved("GIF", comment=LABEL.encode()),
    "gif xmp": _gif_xmp(),
    "gif behind the picture": _saved("GIF") + LABEL.encode(),
    "heif xmp": _boxed(b"heic", b"mdat", b"pixels <x:xmpmeta>" + GENERATED + b"</x:xmpmeta>"),
    "heif exif": _boxed(b"heic", b"mdat", b"pixels" + _exif(0x0131, "Midjourney")),
    "avif manifest": _boxed(b"avif", b"uuid", b"\xd8" * 16 + JUMBF),
    "jpeg 2000 xmp": _boxed(b"jp2 ", b"uuid", b"\xbe" * 16 + GENERATED),
}
PART = {
    "composite": _jpeg((0xE1, XMP + GENERATED.replace(b"/trained", b"/compositeWithTrained"))),
    "may be generated": _png((b"tEXt", b"AIGC\0" + LABEL.replace('"1"', '"2"').encode())),
    "edited": _jpeg((0xFE, b"Edited with Google AI")),
}
NONE = {
    "plain jpeg": _jpeg(),
    "plain png": _png(),
    "camera": _saved("JPEG", exif=_exif(0x0131, "HUAWEI P40 11.0.0.168")),
    "photo of a bun shop": _saved("JPEG", exif=_exif(0x010E, "豆包店门头照片".encode())),
    "digital capture": _jpeg(
        (0xE1, XMP + GENERATED.replace(b"trainedAlgorithmicMedia", b"digitalCapture"))
    ),
    "plain gif": _saved("GIF", comment=b"scanned"),
    "plain heif": _boxed(b"heic", b"mdat", b"pixels" + _exif(0x0131, "HUAWEI P40")),
    "cut gif": _gif_xmp()[:60],
    "cut in a segment": _jpeg((0xE1, XMP + GENERATED))[:40],
    "cut in a chunk": _png((b"tEXt", b"AIGC\0" + LABEL.encode()))[:30],
}


def _kinds(data: bytes) -> set[str]:
    return {s.kind for s in marks_of_origin(data)} - {"content_credentials"}


@pytest.mark.parametrize("name", WHOLE)
def test_a_mark_is_found_wherever_it_stands(name: str) -> None:
    assert _kinds(WHOLE[name]) == {"generated_picture"}


@pytest.mark.parametrize("name", PART)
def test_a_part_or_a_possibility_is_told_as_such(name: str) -> None:
    assert _kinds(PART[name]) == {"part_generated"}


@pytest.mark.parametrize("name", NONE)
def test_what_no_generator_made_bears_no_mark(name: str) -> None:
    assert _kinds(NONE[name]) == set()


def _pdf(picture: bytes, info: dict[str, str], share: float = 1.0) -> bytes:
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(640, 480))
    stream = pdf.make_stream(
        picture,
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=64,
        Height=48,
        ColorSpace=pikepdf.Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=pikepdf.Name.DCTDecode,
    )
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    page.obj.Resources = pikepdf.Dictionary(
        XObject=pikepdf.Dictionary(P=stream), Font=pikepdf.Dictionary(F=font)
    )
    lines = b" ".join(b"(Line %d of a letter) Tj 0 -14 Td" % n for n in range(20))
    text = b"" if share == 1.0 else b"BT /F 10 Tf 60 400 Td " + lines + b" ET"
    size = b"%d 0 0 %d 0 0 cm" % (640 * share, 480 * share)
    page.obj.Contents = pdf.make_stream(b"q " + size + b" /P Do Q " + text)
    for key, value in info.items():
        pdf.docinfo[f"/{key}"] = value
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def _pdf_kinds(data: bytes) -> set[str]:
    documents = read_file("a.pdf", data, Limits()).documents
    return {s.kind for d in documents for s in d.signals if "generated" in s.kind}


def test_pictures_within_a_pdf_and_its_own_notes() -> None:
    marked, plain = WHOLE["jpeg xmp"], NONE["plain jpeg"]
    assert _pdf_kinds(_pdf(marked, {})) == {"generated_picture"}
    assert _pdf_kinds(_pdf(plain, {"AIGC": LABEL})) == {"generated_picture"}
    assert _pdf_kinds(_pdf(plain, {"Title": "ChatGPT 服务采购合同"})) == set()


def test_a_generated_logo_does_not_make_a_letter_generated() -> None:
    assert _pdf_kinds(_pdf(WHOLE["jpeg xmp"], {}, share=0.1)) == {"generated_inset"}


def _ofd(entry: str, extra: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(forge_ofd.make(3)["plain"])) as old,
        zipfile.ZipFile(out, "w") as new,
    ):
        for name in old.namelist():
            body = old.read(name)
            if name == "OFD.xml":
                body = body.replace(b"</ofd:DocInfo>", entry.encode() + b"</ofd:DocInfo>")
            new.writestr(name, body)
        for name, body in extra.items():
            new.writestr(name, body)
    return out.getvalue()


@pytest.mark.parametrize(
    ("entry", "extra", "kind"),
    [
        ("", {}, None),
        ("<ofd:Title>ChatGPT 采购合同</ofd:Title>", {}, None),
        (f'<ofd:CustomDatas><ofd:CustomData Name="AIGC">{LABEL}</ofd:CustomData></ofd:CustomDatas>', {}, "generated_picture"),
        ("", {"Doc_0/Res/logo.png": WHOLE["png text"]}, "generated_inset"),
    ],
    ids=["plain", "its title", "label among its own entries", "picture"],
)  # fmt: skip
def test_an_ofd_tells_its_marks(entry: str, extra: dict[str, bytes], kind: str | None) -> None:
    documents = read_file("a.ofd", _ofd(entry, extra), Limits()).documents
    found = {s.kind for d in documents for s in d.signals if "generated" in s.kind}
    assert found == ({kind} if kind else set())
