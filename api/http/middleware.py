"""What stands around every request: an id, safe headers, a bound on the body, figures and one line
of log without personal data.
"""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING
from uuid import uuid4

import structlog
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import TooLong, TooSlow
from api.http.body_limits import most_bytes

if TYPE_CHECKING:
    from api.parts import Parts

_SAFE = {
    "Content-Security-Policy": "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cache-Control": "no-store",
}
# A request without a body, or a small one, comes at once; a large one may come over a slow line.
BODY_SECONDS = 30.0
_SLOWEST_BYTES = 8 * 1024  # a second
# For a reader to take a part of a stream; events of packets say every 15 s that they are there.
_TAKE_SECONDS = 60.0
_LOG = structlog.get_logger("huoyan.http")


class Around:
    """ASGI middleware; `scope["state"]` gets the request's id."""

    def __init__(self, app: ASGIApp, wiring: Parts) -> None:
        self._app, self._w = app, wiring

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, request_id = time.perf_counter(), uuid4().hex
        scope.setdefault("state", {})["request_id"] = request_id
        told = {"status": 500}

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                told["status"] = message["status"]
                headers = MutableHeaders(scope=message)
                headers["X-Request-Id"] = request_id
                for name, value in _SAFE.items():
                    headers.setdefault(name, value)
            if message.get("more_body", False):
                await asyncio.wait_for(send(message), _TAKE_SECONDS)
            else:
                await send(message)

        try:
            await self._app(scope, _bounded(scope, receive, self._most_bytes(scope)), answer)
        finally:
            self._note(scope, told["status"], time.perf_counter() - started, request_id)

    def _most_bytes(self, scope: Scope) -> int:
        return most_bytes(scope["method"], scope["path"], self._w.limits)

    def _note(self, scope: Scope, status: int, seconds: float, request_id: str) -> None:
        route = getattr(scope.get("route"), "path", "other")
        method = (
            scope["method"]
            if scope["method"] in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
            else "other"
        )
        self._w.metrics.requests.labels(method, route, str(status)).observe(seconds)
        _LOG.info(
            "request",
            method=method,
            route=route,
            status=status,
            ms=round(seconds * 1000, 1),
            request_id=request_id,
        )


def _bounded(scope: Scope, receive: Receive, most: int) -> Receive:
    """The body, which is neither longer than `most` bytes nor slower than a slow line."""
    taken, is_whole = 0, False
    started = time.monotonic()

    async def bounded() -> Message:
        nonlocal taken, is_whole
        length = dict(scope["headers"]).get(b"content-length", b"0")
        if length.isdigit() and int(length) > most:
            raise TooLong
        if is_whole:
            return await receive()  # which tells when the client goes away
        allowed = started + BODY_SECONDS + taken / _SLOWEST_BYTES - time.monotonic()
        try:
            message = await asyncio.wait_for(receive(), max(allowed, 0))
        except TimeoutError as error:
            raise TooSlow from error
        taken += len(message.get("body", b""))
        is_whole = not message.get("more_body", False)
        if taken > most:
            raise TooLong
        return message

    return bounded
