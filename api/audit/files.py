"""An audit chain and its checkpoints as files, a JSON object a line, in one spelling alone: a
changed byte is seen even where JSON would read the same.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from api.audit.verify import Link, Signed, Verdict, verify

FORM = "huoyan.checkpoints/1"
_Row = TypeVar("_Row", Link, Signed)
_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class NotReadable(ValueError):
    """A line is not as an export writes it. `line` is counted from 1."""

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line}")
        self.line = line


@dataclass(frozen=True, slots=True)
class Kept:
    """The content of a file of checkpoints: the key that signed them (hex), and they."""

    key: str
    checkpoints: tuple[Signed, ...]


def line_of(row: Link | Signed) -> bytes:
    """The one spelling of a row."""
    return _line({name: getattr(row, name) for name in type(row).__slots__})


def checkpoints_file(public: str, checkpoints: Iterable[Signed]) -> Iterator[bytes]:
    """Lines of a file of checkpoints: the key first."""
    yield _line({"form": FORM, "key": public})
    yield from (line_of(checkpoint) for checkpoint in checkpoints)


def read_links(body: bytes) -> Iterator[Link]:
    """Rows of an exported chain. Raises NotReadable at the first line that was changed."""
    yield from _rows(body, Link, 1)


def read_checkpoints(body: bytes) -> Kept:
    """Checkpoints and the key that they say signed them; whether it is the service's own is the
    reader's to compare. Raises NotReadable.
    """
    head, _, rest = body.partition(b"\n")
    try:
        told = json.loads(head)
        if _line(told) != head + b"\n" or set(told) != {"form", "key"} or told["form"] != FORM:
            raise NotReadable(1)
        public_key(told["key"])
    except (ValueError, TypeError, RecursionError) as error:
        raise NotReadable(1) from error
    return Kept(told["key"], tuple(_rows(rest, Signed, 2)))


def verify_files(chain: bytes, checkpoints: bytes | None, key: str = "") -> Verdict:
    """Verifies an exported chain offline against its checkpoints.

    `key` in hex, where the reader knows it, must be the one that signed.
    """
    kept = Kept("", ())
    if checkpoints is not None:
        try:
            kept = read_checkpoints(checkpoints)
        except NotReadable as error:
            return Verdict(rows=0, code="bad_checkpoint", first_bad=error.line)
        if key and kept.key != key.lower():
            return Verdict(rows=0, code="bad_checkpoint", first_bad=1)
    try:
        links = read_links(chain)
        first = next(links, None)
        org = kept.checkpoints[0].org if kept.checkpoints else first.org if first else ""
        return verify(
            itertools.chain([first] if first else [], links),
            kept.checkpoints,
            public_key(kept.key) if kept.key else None,
            org,
        )
    except NotReadable as error:
        return Verdict(rows=error.line - 1, code="not_readable", first_bad=error.line)


def public_key(text: str) -> Ed25519PublicKey:
    """A key from its hex. Raises ValueError."""
    return Ed25519PublicKey.from_public_bytes(bytes.fromhex(text))


def _line(row: dict[str, Any]) -> bytes:
    return _ENCODE(row).encode() + b"\n"


def _rows(body: bytes, kind: type[_Row], number: int) -> Iterator[_Row]:
    for at, line in enumerate(_lines(body), start=number):
        yield _row(line, kind, at)


def _lines(body: bytes) -> Iterator[bytes]:
    start = 0
    while start < len(body):
        end = body.find(b"\n", start) + 1 or len(body)
        yield body[start:end]
        start = end


def _row(line: bytes, kind: type[_Row], number: int) -> _Row:
    try:
        told = json.loads(line)
        row = kind(**told)
        right = (
            all(
                type(getattr(row, name)) is (int if name == "seq" else str)
                for name in kind.__slots__
            )
            and line_of(row) == line
        )
    except (ValueError, TypeError, RecursionError) as error:
        raise NotReadable(number) from error
    if not right:
        raise NotReadable(number)
    return row
