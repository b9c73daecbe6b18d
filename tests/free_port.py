"""A port of this machine for a test's own server."""

from __future__ import annotations

import socket


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
