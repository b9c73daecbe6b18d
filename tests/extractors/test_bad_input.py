"""Bad files: each a typed failure that says what to do, and the rest of the packet is still read."""

from __future__ import annotations

import io
import os
import resource
import struct
import zipfile
import zlib
from pathlib import Path

import cv2
import numpy as np
import pytest
from conftest import honest_files

from extractors.engines.installed import engines
from extractors.errors import OverLimit, ReadError, UnsafeArchive
from extractors.intake.archive import Budget, members
from extractors.intake.limits import Limits
from extractors.read import read_file
from extractors.sandbox.parent import Sandbox


def _pages(count: int) -> bytes:
    import pikepdf

    pdf = pikepdf.new()
    for _ in range(count):
        pdf.add_blank_page(page_size=(200, 200))
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def _encrypted(password: str) -> bytes:
    import pikepdf

    pdf = pikepdf.open(io.BytesIO(honest_files(7, "ruled.pdf")[1]["利润表.pdf"]))
    out = io.BytesIO()
    pdf.save(out, encryption=pikepdf.Encryption(owner="o", user=password))
    return out.getvalue()


def _png() -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(b"\0\0"))
        + chunk(b"IEND", b"")
    )


BAD = {
    "empty_file": b"",
    "unsupported_file": b"\x7fELF" + bytes(range(256)),
    "damaged_file": b"%PDF-1.7\n" + b"rubbish" * 50,
    "over_limit": _pages(2000),
    "encrypted_file": _encrypted("secret"),
    "picture_too_small": _png(),
    "unknown_paper": b"a,b,c\n1,2,3\n4,5,6\n",
}


@pytest.mark.parametrize("code", sorted(BAD))
def test_each_bad_file_is_a_typed_failure(code: str) -> None:
    reading = read_file("f", BAD[code], Limits())
    (document,) = reading.documents
    assert [f.code for f in document.failures] == [code]
    assert document.status in ("unreadable", "unsupported")
    assert document.failures[0].zh and document.failures[0].en


def test_a_password_opens_an_encrypted_file() -> None:
    reading = read_file("f", _encrypted("secret"), Limits(), "secret")
    assert reading.documents[0].type == "income_statement"


def test_a_file_cut_anywhere_never_raises() -> None:
    whole = honest_files(7, "ruled.pdf")[1]["发票1.pdf"]
    for cut in range(1, len(whole), max(1, len(whole) // 25)):
        assert read_file("f", whole[:cut], Limits()).documents


def _zip(entries: dict[str, bytes], kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", kind) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return out.getvalue()


def _open(data: bytes) -> list[tuple[str, bytes]]:
    limits = Limits()
    return list(members("z.zip", data, limits, Budget(limits)))


@pytest.mark.parametrize(
    "name", ["../x.pdf", "/etc/x.pdf", "a/../../x.pdf", "C:/x.pdf", "..\\x.pdf"]
)
def test_paths_out_of_an_archive_are_refused(name: str) -> None:
    with pytest.raises(UnsafeArchive):
        _open(_zip({name: b"x"}))


def test_bombs_are_refused() -> None:
    with pytest.raises(OverLimit):
        _open(_zip({"zeros.csv": bytes(24 * 2**20)}))
    with pytest.raises(OverLimit):
        _open(_zip({f"{n}.csv": b"x" for n in range(1001)}))
    nested = _zip({"f.csv": b"a,b\n1,2"})
    for n in range(5):
        nested = _zip({f"{n}.zip": nested})
    with pytest.raises(OverLimit):
        _open(nested)


def test_overlapping_members_are_refused() -> None:
    data = bytearray(_zip({"a.csv": b"a" * 100, "b.csv": b"b" * 100}, zipfile.ZIP_STORED))
    second = data.rfind(b"PK\x01\x02")
    data[second + 42 : second + 46] = struct.pack("<I", 0)
    with pytest.raises(ReadError):
        _open(bytes(data))


def test_names_from_chinese_windows() -> None:
    name = "流水.csv".encode("gb18030")
    data = _zip({"abcd.csv": b"x"}).replace(
        b"abcd.csv", name
    )  # as long, and without the UTF-8 flag
    assert _open(data) == [("流水.csv", b"x")]


def test_the_sandbox_reads_good_files_beside_bad_ones() -> None:
    files = honest_files(7, "ruled.pdf")[1]
    with Sandbox(jobs=2) as sandbox:
        readings = sandbox.read_all(
            [("bad.pdf", BAD["damaged_file"]), ("good.pdf", files["利润表.pdf"]), ("empty", b"")]
        )
    assert [r.documents[0].status for r in readings] == ["unreadable", "read", "unreadable"]


def test_a_reader_that_takes_too_long_is_stopped() -> None:
    with Sandbox(Limits(seconds=0), jobs=1) as sandbox:
        reading = sandbox.read("f.pdf", honest_files(7, "ruled.pdf")[1]["流水_ruled.pdf"])
        assert reading.documents[0].failures[0].code in ("out_of_time", "reader_died")


def test_a_confined_process_reaches_nothing() -> None:
    import socket

    from extractors.sandbox.confine import confine, has_kernel_tools

    if not has_kernel_tools():
        pytest.skip("this machine has no Landlock or seccomp")
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:  # which never goes on as a second runner of tests
        try:
            os.closerange(
                3, writing
            )  # those that run tests hold many files, of which a confined process may have few
            os.closerange(writing + 1, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
            confine(Limits())
            results = []
            for attempt in (
                lambda: open("/etc/passwd"),
                lambda: open("/tmp/x", "w"),
                socket.socket,
                lambda: os.execv("/bin/true", ["true"]),
            ):
                try:
                    attempt()
                    results.append("reached")
                except OSError:
                    results.append("refused")
        except BaseException as error:  # noqa: BLE001 - told to the parent
            results = [repr(error)]
        os.write(writing, ",".join(results).encode())
        os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    assert os.read(reading, 200).decode() == "refused,refused,refused,refused"


def test_a_process_that_may_run_tesseract_reaches_nothing_else(tmp_path: Path) -> None:
    import socket

    from extractors.sandbox.confine import has_kernel_tools
    from extractors.sandbox.supervisor import in_child

    if not has_kernel_tools():
        pytest.skip("this machine has no Landlock or seccomp")
    cells = engines().cells
    assert cells is not None
    picture = np.full((60, 300, 3), 255, np.uint8)
    cv2.putText(picture, "12,345.67", (20, 45), cv2.FONT_HERSHEY_SIMPLEX, 1.4, (0, 0, 0), 3)

    def work() -> bytes:
        results = cells.amounts([picture])
        tries = (
            lambda: open("/etc/passwd"),
            lambda: open("/tmp/x", "w"),
            socket.socket,
            lambda: os.execv("/bin/true", ["true"]),
            lambda: os.listdir("/"),
        )
        for attempt in tries:
            try:
                attempt()
                results.append("reached")
            except OSError:
                results.append("refused")
        return " ".join(results).encode()

    status, answer = in_child(work, Limits(), str(tmp_path), level=1)
    assert (status, answer.decode()) == ("ok", "12,345.67 " + " ".join(["refused"] * 5))
    assert not list(tmp_path.iterdir())


def test_a_process_with_many_open_files_still_confines_its_children(tmp_path: Path) -> None:
    from contextlib import ExitStack

    from extractors.sandbox.confine import has_kernel_tools
    from extractors.sandbox.supervisor import in_child

    with ExitStack() as opened:
        for _ in range(100):
            opened.enter_context(open(os.devnull))
        answer = in_child(lambda: b"read", Limits(), str(tmp_path), level=int(has_kernel_tools()))
    assert answer == ("ok", b"read")


def test_damaged_pictures_never_raise() -> None:
    import random

    from soak import damaged, pictures

    rng = random.Random(6)
    files = pictures()
    for n in range(48):
        assert read_file("f", damaged(files[n % len(files)], rng), Limits()).documents


def test_a_picture_too_large_to_decode_is_refused_from_its_header() -> None:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    flood = (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", 50000, 50000, 1, 0, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(bytes(99)))
    )
    assert [f.code for f in read_file("f", flood, Limits()).failures] == ["over_limit"]


def test_damaged_files_never_raise() -> None:
    import random

    from soak import damaged

    rng = random.Random(5)
    files = list(honest_files(7, "ruled.pdf")[1].values())
    for _ in range(120):
        assert read_file("f", damaged(rng.choice(files), rng), Limits()).documents


def test_a_page_without_any_size_is_told_and_nothing_breaks() -> None:
    import pikepdf

    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(200, 200))
    pdf.pages[0].obj.MediaBox = pikepdf.Array([0, 0, 0, 0])
    pdf.pages[0].obj.CropBox = pikepdf.Array([10, 10, 10, 10])
    out = io.BytesIO()
    pdf.save(out)
    for document in read_file("empty.pdf", out.getvalue(), Limits()).documents:
        assert document.status in ("unreadable", "unsupported") and document.failures
