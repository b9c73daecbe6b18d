"""Type of a file by its content, never by its name."""

from __future__ import annotations

import re
from collections import Counter

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
_LOOKED_AT = 65536  # bytes of a text that are looked at
_COLUMNS, _ROWS = 5, 2  # a delimited table below a head that is longer than it
# Parts of every text, table or presentation in the OpenDocument formats
_OPEN_DOCUMENT = frozenset({"content.xml", "META-INF/manifest.xml"})
_DIRECTORY = 5 << 19  # bytes; what an OFD of 10,000 parts has


def sniff(data: bytes) -> str:
    """pdf, xlsx, xls, csv, html, zip, ofd, xml, picture/<kind>, or unknown."""
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
    if _is_html_table(data):
        return "html"
    return "csv" if _looks_delimited(data[:_LOOKED_AT]) else "unknown"


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
    if set(names) >= _OPEN_DOCUMENT:
        return "unknown"  # one document, whose parts are no files of the packet
    return "unknown" if any(n.startswith(("word/", "ppt/")) for n in names) else "zip"


def _looks_delimited(data: bytes) -> bool:
    """Several lines of text with about as many delimiters each, whatever stands above and below."""
    text = _text(data)
    if text is None or text.lstrip().startswith(("<", "{", "%")):
        return False
    rows = [line for line in text.splitlines() if line.strip()]
    counts = Counter(len(re.split(r"[,\t;|]", line)) for line in rows)
    wide = {count: lines for count, lines in counts.items() if count >= 3}
    many = sum(wide.values())
    if many >= 2 and many >= 0.5 * len(rows):
        return True
    return sum(lines for count, lines in wide.items() if count >= _COLUMNS) >= _ROWS


def _text(data: bytes) -> str | None:
    if b"\x00" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None
    for encoding in ("utf-8-sig", "gb18030", "utf-16"):
        try:
            return data.decode(encoding, "strict" if len(data) < _LOOKED_AT else "ignore")
        except UnicodeDecodeError:
            continue
    return None


def _is_html_table(data: bytes) -> bool:
    """A table in HTML, as many banks' exports named .xls are."""
    head = data[:_LOOKED_AT].replace(b"\x00", b"").lower()
    return head.lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").startswith(b"<") and b"<table" in head
