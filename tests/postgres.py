"""The one place that gives tests a PostgreSQL: the machine's where it lets us in, else a server of
one's own, stopped when the tests end.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path

import psycopg
import pytest
from free_port import free_port

# A closed port makes the tests start a server of their own even where the machine has one.
_MACHINE = f"127.0.0.1:{os.environ.get('HUOYAN_TEST_POSTGRES_PORT', '5432')}"
_DEBIAN = Path("/usr/lib/postgresql")
_UNTIL_TESTS_END = ExitStack()


class Server:
    """A PostgreSQL of one's own in a folder of its own, which can be stopped as if its machine had
    failed.
    """

    def __init__(self, programs: Path) -> None:
        self._programs = programs
        # PostgreSQL refuses to run as root.
        self._who: dict[str, str | list[int]] = (
            {"user": "postgres", "group": "postgres", "extra_groups": []}
            if os.geteuid() == 0
            else {}
        )
        self._folder = Path(tempfile.mkdtemp(prefix="huoyan-postgres-"))
        if self._who:
            shutil.chown(self._folder, "postgres", "postgres")
        made = [
            str(programs / "initdb"),
            "-D",
            "data",
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        ]
        subprocess.run(made, cwd=self._folder, check=True, capture_output=True, **self._who)  # type: ignore[call-overload]
        self.address = f"127.0.0.1:{free_port()}"
        self.start()

    def start(self) -> None:
        """Starts it on its port and waits until it answers."""
        options = {
            "listen_addresses": "127.0.0.1",
            "port": self.address.rpartition(":")[2],
            "unix_socket_directories": "",
            "max_connections": "200",
        }
        command = [
            str(self._programs / "postgres"),
            "-D",
            "data",
            *(f"--{name}={value}" for name, value in options.items()),
        ]
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                command, cwd=self._folder, stdout=log, stderr=log, **self._who
            )  # type: ignore[call-overload]
        end = time.monotonic() + 60
        while not _answers(self.address):
            assert self._process.poll() is None and time.monotonic() < end, (
                self._folder / "log"
            ).read_text("utf-8")
            time.sleep(0.05)

    def fail(self) -> None:
        """Ends it at once (immediate shutdown): what it had not made durable is lost, and it
        recovers at its next start.
        """
        self._process.send_signal(signal.SIGQUIT)
        self._process.wait(60)

    def close(self) -> None:
        """Ends it and removes its folder."""
        if self._process.poll() is None:
            self.fail()
        shutil.rmtree(self._folder, ignore_errors=True)


@contextmanager
def own_server() -> Iterator[Server]:
    """A server that a test may stop and start."""
    programs = max(_DEBIAN.glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]), default=None)
    if programs is None:
        pytest.skip("no PostgreSQL on this machine: `make test` installs it")
    server = Server(programs.parent)
    try:
        yield server
    finally:
        server.close()


@contextmanager
def own_database(address: str = "") -> Iterator[str]:
    """The address of a database of one's own, owned by a role that row-level security binds since
    it is no superuser.
    """
    address, name = address or _any_server(), f"huoyan_{uuid.uuid4().hex[:12]}"
    with _administrator(address) as admin:
        admin.execute(f"create role {name} login nosuperuser")
        admin.execute(f"create database {name} owner {name}")
    try:
        yield f"postgresql://{name}@{address}/{name}"
    finally:
        with _administrator(address) as admin:
            admin.execute(f"drop database {name} with (force)")
            admin.execute(f"drop role {name}")


@cache
def _any_server() -> str:
    return _MACHINE if _answers(_MACHINE) else _UNTIL_TESTS_END.enter_context(own_server()).address


def pytest_sessionfinish() -> None:
    """Stops the server that the tests of this process started; each process of pytest-xdist has its
    own.
    """
    _UNTIL_TESTS_END.close()


def _administrator(address: str) -> psycopg.Connection:
    return psycopg.connect(
        f"postgresql://postgres@{address}/postgres", autocommit=True, connect_timeout=3
    )


def _answers(address: str) -> bool:
    try:
        _administrator(address).close()
    except psycopg.OperationalError:
        return False
    return True
