"""The parent's side of reading in confined processes: a few zygotes, one request at a time each."""

from __future__ import annotations

import hashlib
import json
import os
import queue
import subprocess
import sys
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Any

from pydantic import TypeAdapter, ValidationError

from extractors.errors import ReaderDied, by_code
from extractors.intake.confine import level
from extractors.intake.limits import Limits
from extractors.intake.zygote import receive, send
from extractors.model import Box, Document, Failure, FileReading

_READING = TypeAdapter(FileReading)


class Sandbox:
    """Reads files in confined children. A context manager; thread-safe. `contracts` loads the language reader ahead."""

    def __init__(self, limits: Limits | None = None, jobs: int = 2, *, contracts: bool = False) -> None:
        self.limits = limits or Limits()
        self.jobs = max(1, jobs)
        self._arguments = ["--contracts"] if contracts else []
        self._idle: queue.SimpleQueue[subprocess.Popen[bytes]] = queue.SimpleQueue()
        self._all: list[subprocess.Popen[bytes]] = []
        for _ in range(self.jobs):
            self._idle.put(self._start())

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    @property
    def level(self) -> int:
        """Isolation level in force: 0 limits only, 1 with Landlock and seccomp."""
        return level()

    def close(self) -> None:
        for process in self._all:
            process.kill()
        for process in self._all:
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream:
                    stream.close()

    def _start(self) -> subprocess.Popen[bytes]:
        root = str(Path(__file__).resolve().parents[2])
        environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": root, "LANG": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
        environment |= {k: v for k, v in os.environ.items() if k.startswith("OPENBLAS_") and k not in environment}
        process = subprocess.Popen(
            [sys.executable, "-m", "extractors.intake.zygote", *self._arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            start_new_session=True,
        )
        self._all.append(process)
        return process

    def _ask(self, head: dict[str, Any], body: bytes) -> tuple[str, bytes]:
        process = self._idle.get()
        try:
            assert process.stdin and process.stdout
            send(process.stdin, head | {"limits": asdict(self.limits)}, body)
            frame = receive(process.stdout, self.limits.answer_bytes)
            if frame is None:
                raise ValueError("the reader ended")
            return str(frame[0]["status"]), frame[1]
        except (OSError, ValueError, KeyError):
            process.kill()
            process = self._start()
            return ReaderDied.code, b""
        finally:
            self._idle.put(process)

    def read(self, name: str, data: bytes, password: str | None = None) -> FileReading:
        """The reading of one file; what goes wrong is a failure in it."""
        status, answer = self._ask({"do": "read", "name": name, "password": password}, data)
        if status == "ok":
            try:
                return _READING.validate_json(answer)
            except ValidationError:
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


def unread(name: str, data: bytes, code: str) -> FileReading:
    """The reading of a file that could not be read, with the stable code of why."""
    error = by_code(code)
    sha = hashlib.sha256(data).hexdigest()
    failure = Failure(code=code, zh=error.zh, en=error.en, file=name)
    document = Document(type="unknown", file=name, sha256=sha, pages=(1,), status="unreadable", failures=(failure,))
    return FileReading(file=name, sha256=sha, size=len(data), kind="unknown", page_count=0, documents=(document,), failures=(failure,))
