"""A small process that has the readers loaded and forks one confined child a file. Run as a module by the sandbox.

Frames on sockets: 4-byte length of a JSON head, the head, then `size` bytes of body.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import socket
import struct
import sys
import tempfile
import time
from typing import IO, Any

from extractors.errors import ReadError
from extractors.intake.confine import confine
from extractors.intake.limits import Limits


def send(stream: IO[bytes], head: dict[str, Any], body: bytes = b"") -> None:
    text = json.dumps(head | {"size": len(body)}).encode()
    stream.write(struct.pack(">I", len(text)) + text + body)
    stream.flush()


def receive(stream: IO[bytes], most: int) -> tuple[dict[str, Any], bytes] | None:
    """Next frame, or None at the end. Raises ValueError for a frame over `most` bytes or cut short."""
    raw = stream.read(4)
    if len(raw) < 4:
        return None
    (length,) = struct.unpack(">I", raw)
    if length > 65536:
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

    The readers are loaded once, then forked. The last server of several also loads the language reader for contracts,
    while the others are at work; with --contracts all have it.
    """
    import extractors.read  # noqa: F401 - loaded before the first fork, so that children start at once
    from extractors.documents.registry import document_types
    from extractors.forensics.glyph_differs import standard_digits
    from extractors.forensics.signed_bytes import trust_list

    document_types()
    standard_digits()
    trust_list()
    sockets = [int(a) for a in sys.argv[1:] if a != "--contracts"]
    ahead = "--contracts" in sys.argv
    if ahead:
        _load_language()
    for index, number in enumerate(sockets[1:], 1):
        if os.fork() == 0:
            for other in sockets:
                if other != number:
                    os.close(other)
            if index == len(sockets) - 1 and not ahead:
                _load_language()
            _serve(number, language=index == len(sockets) - 1 or ahead)
            os._exit(0)
        os.close(number)
    _serve(sockets[0], language=ahead or len(sockets) == 1)


def _load_language() -> None:
    from extractors.documents.contract_parties import parties_in

    parties_in("保证人：甲")


def _serve(number: int, *, language: bool) -> None:
    """Answers requests of one socket. A server without the language reader sends contracts back."""
    from extractors.documents import contract_parties

    contract_parties.allowed = language
    with socket.socket(fileno=number) as both, both.makefile("rb") as incoming, both.makefile("wb") as outgoing:
        send(outgoing, {"status": "ready"})
        while (frame := receive(incoming, 2**31)) is not None:
            head, body = frame
            status, answer = _answer(head, body)
            send(outgoing, {"status": status}, answer)


def _answer(head: dict[str, Any], body: bytes) -> tuple[str, bytes]:
    """Status and answer of one request. A file with pictures is read anew by a child that may use the engines, loaded here once."""
    from extractors.engines import installed
    from extractors.intake.answers import ANSWERS

    limits = Limits(**head["limits"])

    def work() -> bytes:
        return ANSWERS[head["do"]](head, body, limits)

    installed.allowed = False
    status, answer = ("needs_engines", b"") if body[:2] in _PICTURE_STARTS else _in_child(work, limits)
    if status != installed.NeedsEngines.code:
        return status, answer
    installed.allowed = True
    with contextlib.suppress(ReadError):  # where there are no engines the child says so
        installed.engines()
    with tempfile.TemporaryDirectory(prefix="huoyan-", ignore_cleanup_errors=True) as job:
        return _in_child(work, limits, job)


_PICTURE_STARTS = (b"\xff\xd8", b"\x89P", b"II", b"MM", b"BM", b"RI", b"GI")  # saves a first child that would only say that it cannot


def _in_child(work: Any, limits: Limits, job: str = "") -> tuple[str, bytes]:
    """Runs `work` in a confined child; its answer, or why there is none (error code and nothing else)."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _child(work, limits, writing, job)
    os.close(writing)
    chunks, total, status = [], 0, "ok"
    deadline = time.monotonic() + limits.seconds
    while True:
        ready, _, _ = select.select([reading], [], [], max(0.0, deadline - time.monotonic()))
        chunk = os.read(reading, 1 << 20) if ready else b""
        total += len(chunk)
        if not ready or total > limits.answer_bytes:
            status = "out_of_time" if not ready else "over_limit"
            os.kill(child, signal.SIGKILL)  # Tesseract, if it runs, ends by itself: its picture is small and its time limited
            break
        if not chunk:
            break
        chunks.append(chunk)
    os.close(reading)
    _, code = os.waitpid(child, 0)
    answer = b"".join(chunks)
    if status != "ok":
        return status, b""
    if code != 0 or answer[:1] not in (b"+", b"-"):
        return "reader_died", b""
    return ("ok", answer[1:]) if answer[:1] == b"+" else (answer[1:].decode("ascii", "replace"), b"")


def _child(work: Any, limits: Limits, writing: int, job: str) -> None:
    """Never returns: gives up rights, works, writes + and the answer or - and an error code, and ends."""
    code = 1
    with contextlib.suppress(BaseException):  # nothing of the parent may run in the child, whatever happens here
        sys.stdin.close()
        with open(os.devnull, "wb") as nothing:
            os.dup2(nothing.fileno(), 1)
        tempfile.tempdir = job or None
        confine(limits, job)
        try:
            answer = b"+" + work()
        except ReadError as error:
            answer = b"-" + error.code.encode()
        except MemoryError:
            answer = b"-over_limit"
        view = memoryview(answer)
        while view:
            view = view[os.write(writing, view) :]
        code = 0
    os._exit(code)


if __name__ == "__main__":
    main()
