"""The parent's side of reading in confined processes: a few zygotes, one request at a time each."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import queue
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from extractors.errors import ReaderDied, by_code
from extractors.intake.confine import TRUST_LIST, level
from extractors.intake.limits import Limits
from extractors.intake.zygote import receive, send
from extractors.model import Box, Document, Failure, FileReading

if TYPE_CHECKING:
    from pydantic import TypeAdapter


@cache
def _readings() -> TypeAdapter[FileReading]:
    """The schema that an answer must fit; built while the readers start."""
    from pydantic import TypeAdapter

    return TypeAdapter(FileReading)


# The engines take and give back large blocks all the time: kept by the process, they are not asked of the kernel anew for each line.
_MEMORY = {"MALLOC_ARENA_MAX": "2", "MALLOC_MMAP_THRESHOLD_": str(2**26), "MALLOC_TRIM_THRESHOLD_": str(2**28)}
_PNG = "iVBORw0KGgo"  # how a PNG begins, in base64


class _Server:
    """This side of one serving process."""

    def __init__(self, connection: socket.socket, *, language: bool) -> None:
        self.language = language
        self._connection = connection
        self._incoming, self._outgoing = connection.makefile("rb"), connection.makefile("wb")
        self._greeted = False

    def loaded(self) -> bool:
        """Whether it has said that it is ready."""
        return self._greeted or bool(select.select([self._connection], [], [], 0)[0])

    def _greet(self) -> None:
        if not self._greeted and receive(self._incoming, 0) is None:
            raise ValueError("the reader did not start")
        self._greeted = True

    def ask(self, head: dict[str, Any], body: bytes, most: int) -> tuple[str, bytes]:
        """Status and answer. Raises OSError or ValueError when the server is gone or answers nonsense."""
        self._greet()
        send(self._outgoing, head, body)
        frame = receive(self._incoming, most)
        if frame is None:
            raise ValueError("the reader ended")
        return str(frame[0]["status"]), frame[1]

    def close(self) -> None:
        for each in (self._incoming, self._outgoing, self._connection):
            with contextlib.suppress(OSError):
                each.close()


class Sandbox:
    """Reads files in confined children. A context manager; thread-safe. `contracts` loads the language reader ahead."""

    def __init__(self, limits: Limits | None = None, jobs: int = 2, *, contracts: bool = False) -> None:
        self.limits = limits or Limits()
        self.jobs = max(1, jobs)
        self._contracts = contracts
        self._groups: list[subprocess.Popen[bytes]] = []
        self._plain: queue.SimpleQueue[_Server] = queue.SimpleQueue()
        self._language: queue.SimpleQueue[_Server] = queue.SimpleQueue()
        for server in self._start(self.jobs):
            self._home(server).put(server)

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    @property
    def level(self) -> int:
        """Isolation level in force: 0 limits only, 1 with Landlock and seccomp."""
        return level()

    def close(self) -> None:
        for group in self._groups:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(group.pid, signal.SIGKILL)
            group.wait()
        self._groups.clear()

    def _start(self, count: int) -> list[_Server]:
        """A process that serves on `count` sockets; the last one reads contracts."""
        pairs = [socket.socketpair() for _ in range(count)]
        root = str(Path(__file__).resolve().parents[2])
        environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": root, "LANG": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
        environment |= {"OMP_THREAD_LIMIT": "1", **_MEMORY}
        environment |= {k: v for k, v in os.environ.items() if (k.startswith("OPENBLAS_") or k == TRUST_LIST) and k not in environment}
        numbers = [theirs.fileno() for _, theirs in pairs]
        arguments = [*(str(n) for n in numbers), *(["--contracts"] if self._contracts else [])]
        command = [sys.executable, "-m", "extractors.intake.zygote", *arguments]
        nothing = subprocess.DEVNULL
        self._groups.append(
            subprocess.Popen(command, stdin=nothing, stdout=nothing, stderr=nothing, env=environment, pass_fds=numbers, start_new_session=True)
        )
        for _, theirs in pairs:
            theirs.close()
        return [_Server(mine, language=self._contracts or n == count - 1) for n, (mine, _) in enumerate(pairs)]

    def _home(self, server: _Server) -> queue.SimpleQueue[_Server]:
        return self._language if server.language and self.jobs > 1 and not self._contracts else self._plain

    def _ask(self, head: dict[str, Any], body: bytes, *, contract: bool = False) -> tuple[str, bytes]:
        """Asks the next free server; what it sends back as a contract goes to the one that reads those."""
        server = self._language.get() if contract else self._free()
        try:
            status, answer = server.ask(head | {"limits": asdict(self.limits)}, body, self.limits.answer_bytes)
        except (OSError, ValueError, KeyError):
            server.close()
            (server,) = self._start(1)
            status, answer = ReaderDied.code, b""
        finally:
            self._home(server).put(server)
        if status == "needs_language":
            return self._ask(head, body, contract=True)
        return status, answer

    def _free(self) -> _Server:
        """A server that is idle; the one that reads contracts only once it has loaded what it needs for them."""
        while True:
            with contextlib.suppress(queue.Empty):
                return self._plain.get(timeout=0.01)
            with contextlib.suppress(queue.Empty):
                server = self._language.get_nowait()
                if server.loaded():
                    return server
                self._language.put(server)

    def read(self, name: str, data: bytes, password: str | None = None) -> FileReading:
        """The reading of one file; what goes wrong is a failure in it."""
        status, answer = self._ask({"do": "read", "name": name, "password": password}, data)
        if status == "ok":
            try:
                return _readings().validate_json(answer)
            except ValueError:  # pydantic's ValidationError is one
                status = ReaderDied.code
        return unread(name, data, status)

    def read_all(self, files: Iterable[tuple[str, bytes]], password: str | None = None) -> list[FileReading]:
        """Readings in the order of `files`, `jobs` at a time."""
        with ThreadPoolExecutor(self.jobs) as pool:
            return list(pool.map(lambda f: self.read(f[0], f[1], password), files))

    def crops(self, data: bytes, boxes: Sequence[tuple[int, Box]], password: str | None = None) -> list[str | None]:
        """PNG pictures (base64) of page boxes, with the box drawn; None for a page that cannot be drawn."""
        wanted = [[page, b.left, b.top, b.right, b.bottom] for page, b in boxes]
        status, answer = self._ask({"do": "crops", "boxes": wanted, "password": password}, data)
        if status != "ok":
            return [None] * len(boxes)
        found = json.loads(answer)
        return [c if isinstance(c, str) else None for c in found] if isinstance(found, list) and len(found) == len(boxes) else [None] * len(boxes)

    def heat_maps(self, data: bytes, page: int, kinds: Sequence[str], password: str | None = None) -> dict[str, str]:
        """PNG pictures (base64) by kind (compression, noise, sharpness) of a page that is a picture; kinds that cannot be drawn are left out."""
        status, answer = self._ask({"do": "heat_maps", "page": page, "kinds": list(kinds), "password": password}, data)
        found = json.loads(answer) if status == "ok" else {}
        return {k: v for k, v in found.items() if k in kinds and isinstance(v, str) and v.startswith(_PNG)} if isinstance(found, dict) else {}


def unread(name: str, data: bytes, code: str) -> FileReading:
    """The reading of a file that could not be read, with the stable code of why."""
    error = by_code(code)
    sha = hashlib.sha256(data).hexdigest()
    failure = Failure(code=code, zh=error.zh, en=error.en, file=name)
    document = Document(type="unknown", file=name, sha256=sha, pages=(1,), status="unreadable", failures=(failure,))
    return FileReading(file=name, sha256=sha, size=len(data), kind="unknown", page_count=0, documents=(document,), failures=(failure,))
