"""What every zip is checked for before a member is used, with what Python's zipfile does not check:
its directory, where members lie, their prologs.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Sequence

from extractors.errors import DamagedFile, OverLimit, UnsafeArchive

_PIECE = PROLOG = 1 << 16  # bytes; no honest XML has more before its root element
_LOCAL = 30  # bytes of a local header before its name
_STORED, _DEFLATED = 0, 8
_OPENING = re.compile(r"(?:\s|<\?.*?\?>|<!--.*?-->)*+", re.S)
_DECLARED = re.compile(r"<\?xml[^>]*?encoding\s*=\s*[\"']([\w.:-]+)[\"']")
_PLAIN = (
    "utf-8",
    "utf8",
    "utf-16",
    "us-ascii",
    "ascii",
    "gb2312",
    "gbk",
    "gb18030",
    "big5",
    "iso-8859-1",
    "windows-1252",
)


class _Bounded(io.BytesIO):
    """Bytes that are not given in one piece of more than `most`: zipfile reads a directory whole,
    and makes an object of each of its entries.
    """

    most = 0

    def read(self, size: int | None = -1) -> bytes:
        if size is not None and size > self.most:
            raise OverLimit(f"a directory of {size} bytes")
        return super().read(size)


def open_zip(data: bytes, *, directory: int) -> zipfile.ZipFile:
    """The archive.

    Raises OverLimit where its directory has more than `directory` bytes, DamagedFile where it is
    none.
    """
    source = _Bounded(data)
    source.most = max(directory, _PIECE)
    try:
        return zipfile.ZipFile(source)
    except (
        zipfile.BadZipFile,
        ValueError,
        EOFError,
        NotImplementedError,
        OSError,
        struct.error,
    ) as error:
        raise DamagedFile(f"no zip: {error}") from error


def check_places(infos: Sequence[zipfile.ZipInfo], size: int) -> None:
    """Raises UnsafeArchive where members overlap or reach out of the file: few bytes that unpack to
    many, or two archives in one.
    """
    end = 0
    for info in sorted(infos, key=lambda i: i.header_offset):
        if info.header_offset < end or info.header_offset + info.compress_size > size:
            raise UnsafeArchive("overlapping members")
        end = info.header_offset + _LOCAL + info.compress_size


def check_parts(data: bytes, *, directory: int, most: int) -> None:
    """Checks a package of XML parts (xlsx) as a whole: `most` bytes unpacked, counted and not
    believed, no DOCTYPE in any part.

    Raises OverLimit, UnsafeArchive or DamagedFile.
    """
    with open_zip(data, directory=directory) as archive:
        infos = [i for i in archive.infolist() if not is_folder(i)]
    check_places(infos, len(data))
    if len({each.filename.casefold() for each in infos}) < len(infos):
        raise UnsafeArchive("two parts of one name")  # what is checked would not be what is read
    left = most
    for info in infos:
        start, size = _measured(data, info, left)
        left -= size
        refuse_doctype(start, info.filename)


def is_folder(info: zipfile.ZipInfo) -> bool:
    """Whether a member is a folder; one without a name is none."""
    return info.filename.endswith("/")


def _measured(data: bytes, info: zipfile.ZipInfo, most: int) -> tuple[bytes, int]:
    """The first bytes of a part and its true size."""
    name, extra = struct.unpack_from("<HH", data, info.header_offset + 26)
    at = info.header_offset + _LOCAL + name + extra
    packed = memoryview(data)[at : at + info.compress_size]
    if info.compress_type == _STORED:
        if len(packed) > most:
            raise OverLimit("unpacked size")
        return bytes(packed[:PROLOG]), len(packed)
    if info.compress_type != _DEFLATED:
        raise DamagedFile(f"{info.filename}: compressed as no xlsx is")
    unpack, start, size, rest = zlib.decompressobj(-zlib.MAX_WBITS), b"", 0, bytes(packed)
    try:
        while not unpack.eof and (piece := unpack.decompress(rest, _PIECE)):
            rest = unpack.unconsumed_tail
            start = start or piece
            size += len(piece)
            if size > most:
                raise OverLimit("unpacked size")
    except zlib.error as error:
        raise DamagedFile(f"{info.filename}: {error}") from error
    if size != info.file_size:
        raise DamagedFile(
            f"{info.filename}: {size} bytes, not the {info.file_size} that are declared"
        )
    return start, size


def refuse_doctype(start: bytes, name: str) -> None:
    """Raises UnsafeArchive where the first bytes of a part are XML with a DOCTYPE, in an encoding
    for tricks, or with a prolog without end.
    """
    mark = start[:4]
    wide = mark[:2] in (b"\xff\xfe", b"\xfe\xff") or mark in (
        b"<\x00?\x00",
        b"\x00<\x00?",
        b"<\x00!\x00",
        b"\x00<\x00!",
    )
    if wide:
        text = start.decode(
            "utf-16" if mark[0] > 0xF0 else "utf-16-le" if mark[0] else "utf-16-be", "replace"
        )
    else:
        text = start.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
    if mark in (
        b"\x00\x00\xfe\xff",
        b"\xff\xfe\x00\x00",
        b"Lo\xa7\x94",
        b"\x00\x00\x00<",
        b"<\x00\x00\x00",
    ):
        raise UnsafeArchive(f"{name}: an encoding for tricks")
    if not text.lstrip("\ufeff \t\r\n").startswith("<"):
        return  # no XML
    declared = _DECLARED.match(text.lstrip("\ufeff \t\r\n"))
    if declared and declared[1].lower() not in _PLAIN:
        raise UnsafeArchive(f"{name}: declared as {declared[1]}")
    opening = _OPENING.match(text.lstrip("\ufeff"))
    rest = text.lstrip("\ufeff")[opening.end() if opening else 0 :]
    if rest.startswith("<!") or (len(start) >= PROLOG and not rest) or rest.startswith("<?"):
        raise UnsafeArchive(f"{name}: DOCTYPE")
