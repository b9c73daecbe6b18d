"""An OFD file (GB/T 33190) as named parts and their XML.

Nothing is unpacked to disk, no entity is resolved, every size is bounded.
"""

from __future__ import annotations

import posixpath
import re
import struct

# The builder alone; parsing is expat's, below, with every DOCTYPE refused
import xml.etree.ElementTree as ET
import zipfile
import zlib
from pyexpat import ExpatError, ParserCreate

from extractors.errors import DamagedFile, EncryptedFile, OverLimit, UnsafeArchive
from extractors.formats.zip_package import PROLOG, check_places, is_folder, open_zip, refuse_doctype

_MOST_PARTS, _LARGEST_PART, _MOST_BYTES, _MOST_NODES = 10_000, 32 << 20, 256 << 20, 400_000
_DECLARED = re.compile(rb"^\s*<\?xml[^>]*?encoding\s*=\s*[\"']([\w.-]+)[\"']")
_DEEPEST = 200
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    RuntimeError,
    NotImplementedError,
    EOFError,
    OSError,
    ValueError,
    struct.error,
)
# Encodings that documents come in; others would let one reader see markup where another sees text.
_ENCODINGS = {
    **dict.fromkeys(("utf-8", "utf8", "us-ascii", "ascii"), "utf-8"),
    **dict.fromkeys(("gb2312", "gbk", "gb18030"), "gb18030"),
    **{
        name: name for name in ("utf-8-sig", "utf-16", "utf-16le", "utf-16be", "big5", "iso-8859-1")
    },
}


def parse_xml(data: bytes, name: str) -> ET.Element:
    """A tree of names without their prefixes, which real files leave undeclared.

    Raises DamagedFile, UnsafeArchive for a DOCTYPE, OverLimit for too many elements.
    """
    builder, left, depth = ET.TreeBuilder(), [_MOST_NODES], [0]

    def start(tag: str, attributes: dict[str, str]) -> None:
        left[0] -= 1
        depth[0] += 1
        if left[0] < 0 or depth[0] > _DEEPEST:
            raise OverLimit(f"{name}: too many elements")
        builder.start(
            tag.rpartition(":")[2],
            {key.rpartition(":")[2]: value for key, value in attributes.items()},
        )

    def end(tag: str) -> None:
        depth[0] -= 1
        builder.end(tag.rpartition(":")[2])

    def refuse(*_: object) -> None:
        raise UnsafeArchive(f"{name}: DOCTYPE")

    parser = ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = (
        start,
        end,
        builder.data,
    )
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refuse
    try:
        parser.Parse(_text(data).encode("utf-8", "replace"), True)
        return builder.close()
    except (ExpatError, AssertionError) as error:
        raise DamagedFile(f"{name}: {error}") from error


def _text(data: bytes) -> str:
    """XML decoded by its mark or declaration; expat itself knows no Chinese encoding."""
    declared = _DECLARED.match(data[:200])
    encoding = declared[1].decode().lower() if declared else "utf-8"
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encoding = "utf-16"
    elif data[:3] == b"\xef\xbb\xbf":
        encoding = "utf-8-sig"
    try:
        return data.decode(_ENCODINGS[encoding])
    except (LookupError, UnicodeError):
        return data.decode("gb18030", "replace")


def child(node: ET.Element | None, name: str) -> ET.Element | None:
    return None if node is None else node.find(name)


def text_of(node: ET.Element | None, name: str) -> str:
    return (node.findtext(name) or "").strip() if node is not None else ""


class Package:
    """Parts of the zip by name, found whatever their case, slashes or base.

    Raises DamagedFile, EncryptedFile, OverLimit, UnsafeArchive.
    """

    def __init__(self, data: bytes) -> None:
        self._zip = open_zip(data, directory=_MOST_PARTS * 256)
        infos = [i for i in self._zip.infolist() if not is_folder(i)]
        check_places(infos, len(data))
        if (
            len(infos) > _MOST_PARTS
            or sum(each.file_size for each in infos) > _MOST_BYTES
            or any(each.file_size > _LARGEST_PART for each in infos)
        ):
            raise OverLimit("parts of the OFD")
        if any(each.flag_bits & 1 for each in infos):
            raise EncryptedFile("a part is encrypted")
        self.parts: dict[str, zipfile.ZipInfo] = {}
        for info in infos:
            name = _clean(_name(info))
            if ".." in name.split("/") or name in self.parts:
                raise UnsafeArchive(
                    f"{name!r} twice or outside"
                )  # what is checked would not be what is shown
            self.parts[name] = info
        self._folded = {n.casefold(): n for n in reversed(list(self.parts))}
        self._spent = 0
        if self.find("Encryptions.xml"):
            raise EncryptedFile("GM/T 0099")

    def count_anew(self) -> None:
        """Begins the count of unpacked bytes again: each that looks at the package may read it
        whole once.
        """
        self._spent = 0

    def refuse_doctypes(self) -> None:
        """Raises UnsafeArchive where any part has a DOCTYPE, whether it is read or not."""
        for name, info in self.parts.items():
            refuse_doctype(self._start(info), name)

    def _start(self, info: zipfile.ZipInfo) -> bytes:
        try:
            with self._zip.open(info) as stream:
                return stream.read(PROLOG)
        except _BROKEN as error:
            raise DamagedFile(f"{info.filename}: {error}") from error

    def find(self, name: str) -> str | None:
        name = _clean(name)
        return name if name in self.parts else self._folded.get(name.casefold())

    def resolve(self, base: str, where: str | None) -> str | None:
        """A part named in the part (or folder with a last slash) `base`: absolute, else beside it,
        above it, or at the root.
        """
        where = (where or "").strip().replace("\\", "/")
        if not where:
            return None
        if where.startswith("/"):
            return self.find(where)
        folder = posixpath.dirname(base)
        while True:
            if found := self.find(posixpath.join(folder, where)):
                return found
            if not folder:
                return None
            folder = posixpath.dirname(folder)

    def read(self, name: str) -> bytes:
        try:
            with self._zip.open(self.parts[name]) as stream:
                data = stream.read(_LARGEST_PART + 1)
        except _BROKEN as error:
            raise DamagedFile(f"{name}: {error}") from error
        self._spent += len(data)
        if len(data) > _LARGEST_PART or self._spent > _MOST_BYTES:
            raise OverLimit(name)
        return data

    def xml(self, name: str) -> ET.Element:
        return parse_xml(self.read(name), name)


def _name(info: zipfile.ZipInfo) -> str:
    """A part's name; without the mark of UTF-8 it may be UTF-8 or GBK all the same."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")


def _clean(name: str) -> str:
    return posixpath.normpath(name.replace("\\", "/").lstrip("/").strip() or ".")
