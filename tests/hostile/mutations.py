"""Own valid samples of every format, and seeded damage to them: bytes flipped, cut, repeated,
removed, numbers and lengths exchanged, two files joined.
"""

from __future__ import annotations

import io
import random
import re
from collections.abc import Iterator
from functools import cache

import numpy as np
from PIL import Image

from extractors.intake.limits import Limits
from extractors.sandbox.supervisor import in_child

_AT_ONCE = 20  # files that one child reads: what ends it is looked for one by one
_ODD_NUMBERS = (b"0", b"-1", b"65535", b"2147483647", b"4294967296", b"99999999999999999999")


@cache
def samples() -> dict[str, bytes]:
    """A small file by format."""
    from degrade import page_picture
    from firm import make_firm
    from hostile_packages import CSV, ofd_parts, workbook, zipped
    from make_packets import honest

    papers = honest(make_firm(1), "ruled.pdf")
    text = next(data for name, data in sorted(papers.items()) if name.startswith("利润表"))
    page = Image.fromarray(np.ascontiguousarray(page_picture(text, dpi=40)))
    out = {
        "pdf": text,
        "xlsx": zipped(list(workbook().items())),
        "ofd": zipped(list(ofd_parts().items())),
        "csv": CSV * 20,
    }
    out["zip"] = zipped([("a.csv", CSV * 20), ("b.pdf", text)])
    out["xml"] = (
        b"<?xml version='1.0'?><eInvoice><InvoiceNo>1</InvoiceNo><IssueDate>2025-01-01</IssueDate><TaxTotalAmount>1</TaxTotalAmount></eInvoice>"
    )
    for kind in ("JPEG", "PNG", "TIFF", "WEBP", "BMP", "GIF"):
        buffer = io.BytesIO()
        page.save(buffer, kind)
        out[kind.lower()] = buffer.getvalue()
    return out


def damaged(data: bytes, rng: random.Random, other: bytes) -> bytes:
    """One of eight kinds of damage."""
    body, kind = bytearray(data), rng.randrange(8)
    a, b = sorted(rng.randrange(len(body)) for _ in range(2))
    if kind == 0:
        for _ in range(rng.randrange(1, 30)):
            body[rng.randrange(len(body))] = rng.randrange(256)
    elif kind == 1:
        for _ in range(rng.randrange(1, 8)):
            body[rng.randrange(len(body))] ^= 1 << rng.randrange(8)
    elif kind == 2:
        return bytes(body[:a])
    elif kind == 3:
        return bytes(body[:b] + body[a:])
    elif kind == 4:
        return bytes(body[:a] + body[b:])
    elif kind == 5:
        numbers = list(re.finditer(rb"\d+", data)) or [re.match(rb"", data)]
        chosen = rng.choice(numbers)
        assert chosen is not None
        return data[: chosen.start()] + rng.choice(_ODD_NUMBERS) + data[chosen.end() :]
    elif kind == 6:
        body[a : a + 4] = rng.choice(
            (b"\xff\xff\xff\xff", b"\0\0\0\0", b"\x7f\xff\xff\xff", b"\xff\xff\xff\x7f")
        )
    else:
        return bytes(body[:a]) + other[rng.randrange(len(other)) :]
    return bytes(body)


def mutations(count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """(format, damaged file), each format in turn."""
    rng, files = random.Random(seed), samples()
    names = sorted(files)
    for number in range(count):
        name = names[number % len(names)]
        yield name, damaged(files[name], rng, files[rng.choice(names)])


def _read(batch: list[bytes]) -> bytes:
    from extractors.errors import ReadError
    from extractors.intake.archive import Budget, members
    from extractors.intake.sniff import sniff
    from extractors.read import read_file

    for data in batch:
        limits = Limits()
        if sniff(data) == "zip":
            try:
                list(members("z.zip", data, limits, Budget(limits)))
            except ReadError:
                continue
        assert read_file("f", data, limits).documents
    return b"read"


def fuzz(count: int, seed: int, job: str) -> tuple[int, list[tuple[str, str, bytes]]]:
    """Reads damaged files in confined children, many a child.

    Number read, and (format, status, file) of each that a child did not answer for.
    """
    from extractors.engines.installed import engines

    engines()
    wrong: list[tuple[str, str, bytes]] = []
    files = list(mutations(count, seed))
    for start in range(0, count, _AT_ONCE):
        batch = files[start : start + _AT_ONCE]
        if in_child(lambda batch=batch: _read([d for _, d in batch]), Limits(), job)[0] != "ok":
            for name, data in batch:
                status, _ = in_child(lambda data=data: _read([data]), Limits(), job)
                wrong += [(name, status, data)] if status != "ok" else []
    return count, wrong
