"""Members of archives keep the folders in which they lie; what is one document stays one."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from extractors.intake.archive import Budget, members
from extractors.intake.limits import Limits
from extractors.intake.sniff import sniff


def _zip(files: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, body in files.items():
            archive.writestr(zipfile.ZipInfo(name), body)
    return buffer.getvalue()


def _names(data: bytes) -> list[str]:
    return [name for name, _ in members("a.zip", data, Limits(), Budget(Limits()))]


def test_two_papers_of_one_name_are_told_apart_by_their_folders() -> None:
    data = _zip({"甲公司/流水.pdf": b"1", "乙公司/流水.pdf": b"2", "材料/__MACOSX": b"3"})
    assert _names(data) == ["甲公司/流水.pdf", "乙公司/流水.pdf"]


def test_archives_within_archives_are_named_too() -> None:
    inner = _zip({"2025/对账单.pdf": b"1"})
    assert _names(_zip({"银行/包.zip": inner})) == ["银行/包.zip/2025/对账单.pdf"]


def test_a_member_without_a_name_is_read() -> None:
    named = _zip({"a": b"12345"})
    # Both heads say that the name has no letters, and the letter is gone: an offset tells where.
    local, central = named.index(b"PK\x03\x04"), named.index(b"PK\x01\x02")
    body = bytearray(named)
    body[local + 26 : local + 28] = body[central + 28 : central + 30] = b"\0\0"
    del body[central + 46], body[local + 30]
    end = body.index(b"PK\x05\x06")
    size, start = end - (central - 1), central - 1
    body[end + 12 : end + 20] = size.to_bytes(4, "little") + start.to_bytes(4, "little")
    assert _names(bytes(body)) == ["member"]


def test_an_open_document_table_is_one_file() -> None:
    parts = {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}
    parts |= {"content.xml": b"<a/>", "META-INF/manifest.xml": b"<a/>"}
    assert sniff(_zip(parts)) == "unknown"
    assert _names(_zip({"表/账.ods": _zip(parts)})) == ["表/账.ods"]
