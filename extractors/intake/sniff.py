"""Type of a file by its content, never by its name."""

from __future__ import annotations

import re

from extractors.errors import ReadError
from extractors.formats.einvoice_xml import looks_like_xml
from extractors.formats.zip_package import open_zip

_PICTURES = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"BM", "bmp"),
    (b"GIF8", "gif"),
)
_DIRECTORY = 5 << 19  # bytes; what an OFD of 10,000 parts has


def sniff(data: bytes) -> str:
    """pdf, xlsx, xls, csv, zip, ofd, xml, picture/<kind>, or unknown."""
    head = data[:1024]
    for magic, kind in _PICTURES:
        if head.startswith(magic):
            return f"picture/{kind}"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "picture/webp"
    if head[4:12] in (b"ftypheic", b"ftypheif", b"ftypmif1", b"ftypavif") or head[4:8] == b"jP  ":
        return "picture/other"
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return _zip_kind(data)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "xls"
    if (
        b"%PDF-" in head
    ):  # last of the known ones: a stored zip may hold a PDF within its first bytes
        return "pdf"
    if looks_like_xml(head):
        return "xml"
    return "csv" if _looks_delimited(data[:65536]) else "unknown"


def _zip_kind(data: bytes) -> str:
    try:
        with open_zip(data, directory=_DIRECTORY) as archive:
            names = archive.namelist()
    except ReadError:
        return "zip"
    if any(n.startswith("xl/") for n in names) and "[Content_Types].xml" in names:
        return "xlsx"
    if "OFD.xml" in names:
        return "ofd"
    return "unknown" if any(n.startswith(("word/", "ppt/")) for n in names) else "zip"


def _looks_delimited(data: bytes) -> bool:
    """Several lines of text with about as many delimiters each."""
    if b"\x00" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    for encoding in ("utf-8-sig", "gb18030", "utf-16"):
        try:
            text = data.decode(encoding, "strict" if len(data) < 65536 else "ignore")
        except UnicodeDecodeError:
            continue
        rows = [line for line in text.splitlines() if line.strip()]
        wide = [line for line in rows if len(re.split(r"[,\t;|]", line)) >= 3]
        return (
            len(wide) >= 2
            and len(wide) >= 0.5 * len(rows)
            and text.isprintable() is not None
            and not text.lstrip().startswith(("<", "{", "%"))
        )
    return False
