"""Strangers who open connections and send nothing, or slowly, shut nobody out."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection

import httpx
import pytest
import uvicorn
from free_port import free_port
from running_service import Service

from api.http import middleware
from api.http.connections import bounded_protocol, most_connections, raise_file_limit

MOST = 20


@contextmanager
def listening(service: Service, head_seconds: float) -> Iterator[int]:
    port = free_port()
    config = uvicorn.Config(
        service.client.app,
        host="127.0.0.1",
        port=port,
        lifespan="off",
        log_config=None,
        http=bounded_protocol(MOST, head_seconds),
        limit_concurrency=MOST + 1,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield port
    server.should_exit = True
    thread.join(20)


def _connected(port: int, text: bytes = b"") -> socket.socket:
    made = socket.create_connection(("127.0.0.1", port), timeout=30)
    made.sendall(text)
    return made


def _is_closed(connection: socket.socket) -> bool:
    try:
        return connection.recv(1) == b""
    except ConnectionResetError:
        return True


def test_more_idle_connections_than_places_keep_nobody_out(service: Service) -> None:
    with listening(service, head_seconds=600) as port:
        idle = [_connected(port) for _ in range(4 * MOST)]
        idle += [_connected(port, b"GET /health HTTP/1.1\r\nHost: a\r\n") for _ in range(MOST)]
        for _ in range(3):
            assert httpx.get(f"http://127.0.0.1:{port}/health", timeout=30).status_code == 200
        assert _is_closed(idle[0]), "who has waited longest gives way"
        for each in idle:
            each.close()


def test_those_who_are_answered_keep_their_connection(service: Service) -> None:
    with (
        listening(service, head_seconds=600) as port,
        closing(HTTPConnection("127.0.0.1", port, timeout=30)) as own,
    ):
        places = set()
        for _ in range(3):
            own.request("GET", "/health")
            places.add(own.sock.getsockname())
            assert own.getresponse().read()
        assert len(places) == 1


def test_a_head_that_does_not_come_ends_the_connection(service: Service) -> None:
    with listening(service, head_seconds=0.3) as port:
        for begun in (b"", b"GET /health HTTP/1.1\r\nHost:"):
            with closing(_connected(port, begun)) as slow:
                assert _is_closed(slow)
        with closing(_connected(port)) as own:
            own.sendall(b"HEAD /health HTTP/1.1\r\nHost: a\r\n\r\n")
            assert b"200 OK" in own.recv(65536)
            own.sendall(b"GET /hea")
            assert _is_closed(own), "nor the head of a later request"


def test_a_body_that_does_not_come_is_answered(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(middleware, "BODY_SECONDS", 0.3)
    head = b"POST /v1/session HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
    body = b"Content-Length: 100\r\n\r\n{"
    with (
        listening(service, head_seconds=600) as port,
        closing(_connected(port, head + body)) as slow,
    ):
        assert b" 408 " in slow.recv(65536)


def test_a_process_opens_as_many_files_as_it_may() -> None:
    assert raise_file_limit() >= 256
    assert most_connections(1024) == 768
    assert most_connections(100) == 64
