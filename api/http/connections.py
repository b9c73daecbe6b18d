"""How many connections there may be and how long each may take, so that strangers who send nothing,
or slowly, shut nobody out.

When all places are taken, the connection that has waited longest without a request gives way.
"""

from __future__ import annotations

import asyncio
import resource
from typing import Any, Final

import structlog
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

# A proxy sends a request's head in one piece; a person's browser within one round trip or two.
HEAD_SECONDS: Final = 15.0
# Files of a process that are no connections: database, blobs, logs, pipes of readers.
_OTHER_FILES: Final = 256
_MOST_FILES: Final = 65_536
_MOST_CONNECTIONS: Final = 10_000  # some 200 MB of buffers where each has sent something
_FEWEST_CONNECTIONS: Final = 64
_LOG = structlog.get_logger("huoyan.http")


def raise_file_limit() -> int:
    """Let this process open as many files as the system allows it; return how many."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _MOST_FILES if hard == resource.RLIM_INFINITY else min(hard, _MOST_FILES)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        soft = wanted
    return soft if soft != resource.RLIM_INFINITY else _MOST_FILES


def most_connections(files: int) -> int:
    """Return how many connections a process with so many files may hold; noted in the log."""
    most = max(_FEWEST_CONNECTIONS, min(files - _OTHER_FILES, _MOST_CONNECTIONS))
    _LOG.info("connections", most=most, files=files)
    return most


class BoundedProtocol(HttpToolsProtocol):
    """uvicorn's protocol with a time limit for heads, and a place that is given up under pressure."""

    most: int
    head_seconds: float
    waiting: dict[BoundedProtocol, None]  # without a request under way, the longest first

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._head_timer: asyncio.TimerHandle | None = None
        self.waiting[self] = None
        self._expect_head()
        if len(self.connections) > self.most:
            self._make_room()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        if self._head_timer is None:
            self._expect_head()

    def on_headers_complete(self) -> None:
        self._head_is_there()
        self.waiting.pop(self, None)
        super().on_headers_complete()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if not self.pipeline and not self.transport.is_closing():
            self.waiting[self] = None

    def connection_lost(self, exc: Exception | None) -> None:
        self._head_is_there()
        self.waiting.pop(self, None)
        super().connection_lost(exc)

    def timeout_keep_alive_handler(self) -> None:
        self.transport.abort()  # `close` waits for a reader that may have stopped reading

    def _expect_head(self) -> None:
        self._head_timer = self.loop.call_later(self.head_seconds, self.transport.abort)

    def _head_is_there(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None

    def _make_room(self) -> None:
        longest = next(iter(self.waiting), None)
        if longest is not None:
            self.waiting.pop(longest)
            self.connections.discard(longest)  # now; the loop tells it later that it is lost
            longest.transport.abort()


def bounded_protocol(most: int, head_seconds: float = HEAD_SECONDS) -> type[BoundedProtocol]:
    """Return a protocol for one server; its connections know of each other."""
    members: dict[str, Any] = {"most": most, "head_seconds": head_seconds, "waiting": {}}
    return type("ServerProtocol", (BoundedProtocol,), members)
