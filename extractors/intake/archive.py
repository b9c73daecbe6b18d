"""zip files to members, with the checks that Python's zipfile does not make."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator

from extractors.errors import DamagedFile, EncryptedFile, OverLimit, ReadError, UnsafeArchive
from extractors.formats.zip_package import check_places, is_folder, open_zip
from extractors.intake.file_name import clean_name
from extractors.intake.limits import Limits
from extractors.intake.sniff import sniff

# A member that unpacks to more than this times its size is a bomb; real papers stay below 30
_RATIO = 200
ZIP_START = b"PK"
_ENTRY = 1024  # bytes of an archive's directory for each member that may be in it
_NAMELESS = "member"  # what a member without a name is called


class EmptyArchive(ReadError):
    code = "empty_archive"
    zh = "压缩包内没有文件。请重新打包后上传。"
    en = "There is no file in the archive. Pack it again and upload it."


class Budget:
    """What a packet may still unpack, shared by all its archives."""

    def __init__(self, limits: Limits) -> None:
        self.members = limits.members
        self.bytes = limits.packet_bytes

    def take(self, size: int) -> None:
        self.members -= 1
        self.bytes -= size
        if self.members < 0 or self.bytes < 0:
            raise OverLimit("archive members or unpacked size")


def members(
    name: str,
    data: bytes,
    limits: Limits,
    budget: Budget,
    depth: int = 1,
    password: str | None = None,
) -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of each file inside, archives within archives opened to `limits.depth`; names
    hold the folders and archives in which a file lies.

    Raises UnsafeArchive (paths out of the archive, links, overlapping members), OverLimit,
    EncryptedFile or DamagedFile.
    """
    if depth > limits.depth:
        raise OverLimit(f"archives nested deeper than {limits.depth}")
    with open_zip(data, directory=limits.members * _ENTRY) as archive:
        infos = [i for i in archive.infolist() if not is_folder(i)]
        _check(infos, limits, len(data))
        for info in infos:
            path = _path(info)
            if is_clutter(posixpath.basename(path)):
                continue
            body = _unpack(archive, info, limits, budget, password)
            shown = clean_name(path, otherwise=_NAMELESS)
            if sniff(body) != "zip":
                yield shown, body
                continue
            for inner, each in members(shown, body, limits, budget, depth + 1, password):
                yield clean_name(f"{shown}/{inner}"), each


def _check(infos: list[zipfile.ZipInfo], limits: Limits, size: int) -> None:
    if len(infos) > limits.members:
        raise OverLimit(f"{len(infos)} members, at most {limits.members}")
    check_places(infos, size)
    for info in infos:
        if (info.external_attr >> 16) & 0o170000 not in (0, 0o100000):
            raise UnsafeArchive(f"{info.filename} is no plain file")
        for path in (info.orig_filename.replace("\\", "/"), _path(info)):
            if (
                path.startswith("/")
                or ":" in path.split("/")[0]
                or ".." in path.split("/")
                or "\x00" in path
            ):
                raise UnsafeArchive(info.filename)
        if info.file_size > limits.file_bytes:
            raise OverLimit(f"{info.filename} unpacks to {info.file_size} bytes")
        if info.file_size > 2**20 and info.file_size > _RATIO * max(info.compress_size, 1):
            raise OverLimit(
                f"{info.filename} unpacks "
                f"{info.file_size // max(info.compress_size, 1)} times its size"
            )
    if sum(i.file_size for i in infos) > limits.packet_bytes:
        raise OverLimit("unpacked size")


def _path(info: zipfile.ZipInfo) -> str:
    """The path with forward slashes; names from Chinese Windows are GB 18030 without the UTF-8
    flag.
    """
    name = info.filename
    if not info.flag_bits & 0x800:
        try:
            name = name.encode("cp437").decode("gb18030")
        except (UnicodeEncodeError, UnicodeDecodeError):
            name = info.filename
    return name.replace("\\", "/")


def is_clutter(name: str) -> bool:
    """Whether a file is one that systems and programs leave beside papers."""
    return bool(re.match(r"\.|~\$|Thumbs\.db$|desktop\.ini$|__MACOSX", name))


def _unpack(
    archive: zipfile.ZipFile,
    info: zipfile.ZipInfo,
    limits: Limits,
    budget: Budget,
    password: str | None,
) -> bytes:
    """Bytes of a member, counted while they are read: the declared size is not believed."""
    most = min(limits.file_bytes, budget.bytes) + 1
    try:
        with archive.open(info, pwd=password.encode() if password else None) as stream:
            body = stream.read(most)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, ValueError) as error:
        raise DamagedFile(str(error)) from error
    except RuntimeError as error:  # after NotImplementedError, which is one
        raise EncryptedFile(str(error)) from error
    except Exception as error:  # zlib.error and lzma's errors have no common base
        raise DamagedFile(str(error)) from error
    if len(body) >= most:
        raise OverLimit(info.filename)
    budget.take(len(body))
    return body
