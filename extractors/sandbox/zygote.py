"""A small process that has the readers loaded and forks one confined child a file. Run as a module
by the sandbox.

Frames on sockets: 4-byte length of a JSON head, the head, then `size` bytes of body.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import struct
import sys
import tempfile
import time
from typing import IO, Any

from extractors.errors import ReaderDied, ReadError
from extractors.intake.limits import Limits
from extractors.sandbox.confine import BACKGROUND, adopt_orphans, end_with_parent, has_kernel_tools
from extractors.sandbox.supervisor import in_child

JOBS = "HUOYAN_JOBS"  # names the folder that the folders of jobs are made in, where it is in sight
FOREGROUND = "--foreground"  # the first socket's server keeps the priority of what answers people
_LONGEST_HEAD = 1 << 20


def send(stream: IO[bytes], head: dict[str, Any], body: bytes = b"") -> None:
    text = json.dumps(head | {"size": len(body)}).encode()
    stream.write(struct.pack(">I", len(text)) + text + body)
    stream.flush()


def receive(stream: IO[bytes], most: int) -> tuple[dict[str, Any], bytes] | None:
    """Next frame, or None at the end.

    Raises ValueError for a frame over `most` bytes or cut short.
    """
    raw = stream.read(4)
    if len(raw) < 4:
        return None
    (length,) = struct.unpack(">I", raw)
    if length > _LONGEST_HEAD:
        raise ValueError("head too long")
    head = json.loads(stream.read(length))
    size = head["size"]
    if not 0 <= size <= most:
        raise ValueError("body too long")
    body = stream.read(size)
    if len(body) != size:
        raise ValueError("body cut short")
    return head, body


def main() -> None:
    """Serves requests on the sockets named as arguments, one server a socket, until they close.

    The readers are loaded once, then forked. The last server of several also loads the language
    reader for contracts, while the others are at work; with --contracts all have it. --level=N is
    the isolation that each child must reach.
    """
    end_with_parent()
    _load_readers()
    sockets = [int(a) for a in sys.argv[1:] if not a.startswith("--")]
    ahead = "--contracts" in sys.argv
    level = next((int(a.removeprefix("--level=")) for a in sys.argv if a.startswith("--level=")), 1)
    if ahead:
        _load_language()
    last = sockets[-1]
    first = sockets[0] if FOREGROUND in sys.argv else None
    while sockets:
        number = sockets.pop(0)
        if os.fork() == 0:
            end_with_parent()
            if number != first:
                os.nice(BACKGROUND)
            for other in sockets:
                os.close(other)
            if number == last and not ahead:
                _load_language()
            _serve(number, level, language=number == last or ahead)
            os._exit(0)
        os.close(number)
    with contextlib.suppress(ChildProcessError):
        while True:
            os.wait()  # it serves nothing itself: whatever ends one server ends no other


def _load_readers() -> None:
    """Load what every reader needs before the first fork, so that children start at once."""
    import extractors.read  # noqa: F401
    from extractors.documents.registry import document_types
    from extractors.forensics.pdf.glyph_differs import standard_digits
    from extractors.forensics.pdf.signed_bytes import trust_list

    document_types()
    standard_digits()
    trust_list()
    has_kernel_tools()


def _load_language() -> None:
    from extractors.documents.contract_language import parties_in

    parties_in("保证人：甲")


def _serve(number: int, level: int, *, language: bool) -> None:
    """Answers requests of one socket. A server without the language reader sends contracts back."""
    from extractors.documents import contract_language

    contract_language.allowed = language
    adopt_orphans()
    with (
        socket.socket(fileno=number) as both,
        both.makefile("rb") as incoming,
        both.makefile("wb") as outgoing,
    ):
        send(outgoing, {"status": "ready"})
        while (frame := receive(incoming, 2**31)) is not None:
            head, body = frame
            status, answer = _answer(head, body, level)
            send(outgoing, {"status": status}, answer)


def _answer(head: dict[str, Any], body: bytes, level: int) -> tuple[str, bytes]:
    """Status and answer of one request.

    A file with pictures is read anew by a child that may use the engines, loaded here once.
    """
    from extractors.engines import installed
    from extractors.sandbox.handlers import ANSWERS

    limits = Limits(**head["limits"])
    started = time.monotonic()

    def work() -> bytes:
        return ANSWERS[head["do"]](head, body, limits)

    installed.allowed = False
    needed = installed.NeedsEngines.code
    status, answer = (
        (needed, b"") if body[:2] in _PICTURE_STARTS else in_child(work, limits, level=level)
    )
    if status != needed:
        return status, answer
    left = limits.seconds - (
        time.monotonic() - started
    )  # what it takes to load the engines, once, is not the file's
    installed.allowed = True
    with contextlib.suppress(ReadError):  # where there are no engines the child says so
        installed.engines()
    jobs = os.environ.get(JOBS, "")
    with tempfile.TemporaryDirectory(
        prefix="huoyan-", dir=jobs if os.path.isdir(jobs) else None, ignore_cleanup_errors=True
    ) as job:
        status, answer = in_child(work, limits, job, level=level, seconds=left)
    return (status, answer) if status != needed else (ReaderDied.code, b"")


_PICTURE_STARTS = (
    b"\xff\xd8",
    b"\x89P",
    b"II",
    b"MM",
    b"BM",
    b"RI",
    b"GI",
)  # saves a first child that would only say that it cannot


if __name__ == "__main__":
    main()
