"""One confined process that reads files, as its parent sees it: a request, then an answer of
bounded size.
"""

from __future__ import annotations

import contextlib
import select
import socket
from dataclasses import asdict
from typing import Any

from extractors.intake.limits import Limits
from extractors.sandbox.zygote import receive, send

START_SECONDS = 120  # for a reader to load its models, on a busy machine
SPARE_SECONDS = 60  # beyond a file's own time, for a reader to answer


class ReaderProcess:
    """The parent's side of one process that reads files."""

    def __init__(
        self, connection: socket.socket, *, language: bool, foreground: bool = False
    ) -> None:
        self.language, self.foreground = language, foreground
        self._connection = connection
        connection.settimeout(START_SECONDS)
        self._incoming, self._outgoing = connection.makefile("rb"), connection.makefile("wb")
        self._greeted = False

    def loaded(self) -> bool:
        """Whether it has said that it is ready."""
        return self._greeted or bool(select.select([self._connection], [], [], 0)[0])

    def _greet(self) -> None:
        if not self._greeted and receive(self._incoming, 0) is None:
            raise ValueError("the reader did not start")
        self._greeted = True

    def ask(self, head: dict[str, Any], body: bytes, limits: Limits) -> tuple[str, bytes]:
        """Status and answer.

        Raises OSError or ValueError when the server is gone, says nothing for too long or answers
        nonsense.
        """
        self._greet()
        self._connection.settimeout(limits.seconds + SPARE_SECONDS)
        send(self._outgoing, head | {"limits": asdict(limits)}, body)
        frame = receive(self._incoming, limits.answer_bytes)
        if frame is None:
            raise ValueError("the reader ended")
        return str(frame[0]["status"]), frame[1]

    def close(self) -> None:
        for each in (self._incoming, self._outgoing, self._connection):
            with contextlib.suppress(OSError):
                each.close()
