"""HTTP to addresses that users typed: the name is looked up once, checked, and that very address is
connected to.

Host header and TLS name stay those of the URL. Redirects are not followed, proxies of the
environment are not used, the answer's body is capped, and the whole exchange has one deadline,
however slowly the other side answers.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

import httpcore

from api.outbound.addresses import Reach, Refused, Resolver, resolved, system_resolver, target

SECONDS = 15.0  # for which one outside call may hold a thread
MOST = 64 * 1024  # bytes of an outside answer that are read; the rest cannot matter


class NotSent(Exception):
    """No answer. `reason` is a stable code: refused address, timeout, connection, tls."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A status and the first bytes of the body."""

    status: int
    body: bytes


class Connector(Protocol):
    """What sends. Tests have one of their own, so that nothing leaves the machine."""

    def request(
        self,
        method: str,
        url: str,
        reach: Reach,
        headers: dict[str, str],
        content: bytes = b"",
        most: int = MOST,
    ) -> Answer:
        """Sends, and returns the answer. Raises NotSent."""
        ...


class GuardedConnector:
    """The service's own connector."""

    def __init__(
        self,
        resolver: Resolver = system_resolver,
        backend: httpcore.NetworkBackend | None = None,
        seconds: float = SECONDS,
    ) -> None:
        self._resolver, self._backend, self._seconds = (
            resolver,
            backend or httpcore.SyncBackend(),
            seconds,
        )
        self._tls = ssl.create_default_context()

    def request(
        self,
        method: str,
        url: str,
        reach: Reach,
        headers: dict[str, str],
        content: bytes = b"",
        most: int = MOST,
    ) -> Answer:
        try:
            aim = target(url, reach)
            guarded = _Guarded(
                self._backend, self._resolver, reach, time.monotonic() + self._seconds
            )
            place = httpcore.URL(scheme=aim.scheme, host=aim.host, port=aim.port, target=aim.path)
            timeouts = {
                "timeout": dict.fromkeys(("connect", "read", "write", "pool"), self._seconds)
            }
            with (
                httpcore.ConnectionPool(ssl_context=self._tls, network_backend=guarded) as pool,
                pool.stream(
                    method,
                    place,
                    headers=list(headers.items()),
                    content=content,
                    extensions=timeouts,
                ) as answer,
            ):
                return Answer(status=answer.status, body=_first(answer, most))
        except Refused as error:
            raise NotSent(error.reason) from error
        except (httpcore.TimeoutException, TimeoutError) as error:
            raise NotSent("timeout") from error
        except (httpcore.NetworkError, httpcore.ProtocolError, OSError, ValueError) as error:
            raise NotSent("tls" if "SSL" in str(error) else "connection") from error


def _first(answer: httpcore.Response, most: int) -> bytes:
    body = bytearray()
    for part in answer.iter_stream():
        body += part
        if len(body) >= most:
            break
    return bytes(body[:most])


class _Guarded(httpcore.NetworkBackend):
    """Connects to checked addresses alone."""

    def __init__(
        self, backend: httpcore.NetworkBackend, resolver: Resolver, reach: Reach, deadline: float
    ) -> None:
        self._backend, self._resolver, self._reach, self._deadline = (
            backend,
            resolver,
            reach,
            deadline,
        )

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        address = resolved(host, port, self._reach, self._resolver)
        stream = self._backend.connect_tcp(
            address, port, _left(self._deadline), local_address, socket_options
        )
        return _Hurried(stream, self._deadline)


class _Hurried(httpcore.NetworkStream):
    """A stream whose every act must end by one deadline, so that a byte now and then does not keep
    it open.
    """

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(self._deadline))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(self._deadline))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        return _Hurried(
            self._stream.start_tls(ssl_context, server_hostname, _left(self._deadline)),
            self._deadline,
        )

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout
    return left
