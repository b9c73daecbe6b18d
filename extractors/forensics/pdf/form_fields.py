"""Signature dictionaries of a PDF and the form fields that hold them (ISO 32000-1 12.7.4.5 and
12.8).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf

_HEX = re.compile(rb"<[0-9A-Fa-f\s\x00]*>")
_MOST_FIELDS = 5000


@dataclass(frozen=True, slots=True)
class Held:
    """A signature: the field that holds it (empty where none does), the byte ranges that it covers,
    its type, encoding and contents.
    """

    name: str
    ranges: tuple[int, ...]
    encoding: str
    kind: str
    contents: bytes
    permissions: int | None  # DocMDP: 1 no changes, 2 forms, 3 forms and notes
    said: str  # who and when, as the dictionary states them
    certificates: tuple[bytes, ...] = ()  # /Cert, where no CMS structure carries them

    @property
    def lacks(self) -> tuple[str, ...]:
        """What a signature needs and this one has not: its value, its byte range."""
        missing = [] if self.contents.strip(b"\0") else ["Contents"]
        # A signed file has at least one byte before the value and one behind it.
        if not any(self.ranges) or min(self.ranges) < 0 or len(self.ranges) % 2:
            missing.append("ByteRange")
        return tuple(missing)

    @property
    def is_placeholder(self) -> bool:
        """Whether the dictionary is as a signing program prepares it: a range, and zeros where the
        value goes.
        """
        return self.lacks == ("Contents",) and bool(self.contents)


def signatures_of(pdf: pikepdf.Pdf) -> list[Held]:
    """Those that fields hold first, then those that nothing holds; usage rights of forms are none."""
    held: dict[tuple[int, int], str] = {}
    out: list[Held] = []
    for name, value in fields_of(pdf):
        if isinstance(value, pikepdf.Dictionary):
            held[value.objgen] = name
            out.append(_held(name, value))
    rights = pdf.Root.get("/Perms")
    known = (
        {v.objgen for _, v in rights.items() if isinstance(v, pikepdf.Dictionary)}
        if isinstance(rights, pikepdf.Dictionary)
        else set()
    )
    for item in pdf.objects:
        if (
            isinstance(item, pikepdf.Dictionary)
            and "/ByteRange" in item
            and "/Contents" in item
            and item.objgen not in {*held, *known}
        ):
            out.append(_held("", item))
    return out


def fields_of(pdf: pikepdf.Pdf) -> Iterator[tuple[str, Any]]:
    """Name and value of each signature field (None: not signed), with what it inherits."""
    form = pdf.Root.get("/AcroForm")
    fields = form.get("/Fields") if isinstance(form, pikepdf.Dictionary) else None
    todo: list[tuple[Any, str, str]] = (
        [(field, "", "") for field in fields] if isinstance(fields, pikepdf.Array) else []
    )
    seen: set[tuple[int, int]] = set()
    while todo and len(seen) < _MOST_FIELDS:
        item, above, kind = todo.pop()
        if not isinstance(item, pikepdf.Dictionary) or (item.is_indirect and item.objgen in seen):
            continue
        seen.add(item.objgen if item.is_indirect else (-len(seen) - 1, 0))
        kind = str(item.get("/FT", kind))
        name = ".".join(p for p in (above, str(item.get("/T", ""))) if p)
        kids = item.get("/Kids")
        if isinstance(kids, pikepdf.Array) and "/V" not in item:
            todo += [(kid, name, kind) for kid in kids]
        if kind == "/Sig" and ("/V" in item or "/T" in item):
            yield name or "?", item.get("/V")


def _held(name: str, value: Any) -> Held:
    return Held(
        name,
        _ranges(value.get("/ByteRange")),
        _text_of(value.get("/SubFilter")),
        _text_of(value.get("/Type")) or "/Sig",
        _bytes(value.get("/Contents")),
        _permissions(value),
        " ".join(_text_of(value.get(key)) for key in ("/Name", "/M")).strip(),
        _certificates(value.get("/Cert")),
    )


def _ranges(stated: Any) -> tuple[int, ...]:
    """Byte ranges as stated; empty where they are no list of whole numbers."""
    if not isinstance(stated, pikepdf.Array):
        return ()
    try:
        return tuple(int(number) for number in stated)
    except (TypeError, ValueError):
        return ()


def _text_of(item: Any) -> str:
    return str(item) if isinstance(item, str | pikepdf.String | pikepdf.Name) else ""


def _bytes(item: Any) -> bytes:
    return bytes(item) if isinstance(item, pikepdf.String) else b""


def _certificates(item: Any) -> tuple[bytes, ...]:
    """/Cert is one byte string or a list of them, the signer's first."""
    found = list(item) if isinstance(item, pikepdf.Array) else [item]
    return tuple(raw for raw in map(_bytes, found) if raw)


def _permissions(value: Any) -> int | None:
    references = value.get("/Reference")
    for reference in references if isinstance(references, pikepdf.Array) else ():
        if (
            isinstance(reference, pikepdf.Dictionary)
            and reference.get("/TransformMethod") == "/DocMDP"
        ):
            terms = reference.get("/TransformParams")
            return int(terms.get("/P", 2)) if isinstance(terms, pikepdf.Dictionary) else 2
    return None


def gap_of(data: bytes, ranges: Sequence[int]) -> bytes | None:
    """The hexadecimal string that byte ranges leave out, where that is all that they leave out from
    the start to their end.

    The end may lie past the end of the file: a file that lost its last bytes still holds its
    signature.
    """
    if (
        len(ranges) != 4
        or ranges[0] != 0
        or min(ranges) < 0
        or not ranges[1] < ranges[2] < len(data)
    ):
        return None
    gap = data[ranges[1] : ranges[2]]
    return gap if _HEX.fullmatch(gap) else None


def bytes_of_gap(gap: bytes) -> bytes:
    """The bytes that a gap's hexadecimal digits spell, never decrypted, whatever the dictionary
    says of itself.
    """
    digits = re.sub(rb"[<>\s\x00]", b"", gap).decode()
    return bytes.fromhex(digits + "0" * (len(digits) % 2))
