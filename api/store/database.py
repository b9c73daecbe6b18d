"""The database: engines and sessions, each of one organisation (scope.py keeps them to it). SQLite
runs in WAL mode and syncs each commit.

A file at hand is read sooner than another thread is woken, and threads that ask one after another
keep each other from the interpreter: so the event loop itself reads a few rows from SQLite ("at
once"), over a connection of its own, for which it waits for nobody.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.exc import InterfaceError, InternalError, OperationalError, TimeoutError
from sqlalchemy.orm import Session, sessionmaker

from api.store.scope import EITHER, EVERY, OrganisationMismatch, ScopedSession
from api.store.turns import Turns

__all__ = [
    "AWAY",
    "EITHER",
    "EVERY",
    "Database",
    "Later",
    "OrganisationMismatch",
    "Patience",
    "takes_long",
]

# The database is away, full or busy; InternalError is how psycopg tells that it ended a transaction
# that stood still.
AWAY = (OperationalError, InterfaceError, InternalError, TimeoutError)
# Seconds that the event loop waits for SQLite, whose readers wait for nobody while all is well
_SOON = 1.0


@dataclass(frozen=True, slots=True)
class Patience:
    """How long things wait, in seconds.

    What waited longer fails, and its request is answered with 503.
    """

    lock: float = 20  # for SQLite's one writer
    connection: float = 30  # for a connection when all are in use
    # PostgreSQL ends a writer that stands still in its transaction (a stopped process): others wait
    # for its locks
    idle: float = 20


class Later(Exception):
    """What was begun at once takes long: it is to begin anew in a thread, with a session that may
    wait.
    """


def takes_long(session: Session) -> None:
    """Said before work that the event loop cannot wait for: writing, or reading much.

    Raises Later in a session that reads at once.
    """
    if session.info["at_once"]:
        raise Later


class Database:
    """An engine and sessions that know whose they are. `close` gives back the connections."""

    def __init__(
        self, url: str, pool: int = 20, patience: Patience = Patience(), process: str = ""
    ) -> None:
        """`process`: the name by which PostgreSQL knows the connections as this process's (see
        `end_connections`).
        """
        self.engine = _engine(url, pool, patience, process)
        soon = replace(patience, lock=min(patience.lock, _SOON))
        self._near = (
            None
            if self.is_postgres
            else _sqlite(url, soon, "query_only=ON", pool_size=1, max_overflow=0)
        )
        self._turns = None if self.is_postgres else Turns(patience.lock)
        self._idle = f"{patience.idle * 1000:.0f}"
        self._sessions = sessionmaker(self.engine, class_=ScopedSession, expire_on_commit=False)

    @property
    def is_postgres(self) -> bool:
        return self.engine.dialect.name == "postgresql"

    @property
    def is_sqlite(self) -> bool:
        """Whether the event loop may read a few rows at once."""
        return self._near is not None

    def session(
        self, org: str, mode: str = EITHER, *, write: bool = False, at_once: bool = False
    ) -> Session:
        """A session of one organisation (or of EVERY) and mode (or of EITHER). Nothing is sent
        before its first statement; the caller commits and closes.

        `at_once`, where the database is near: for the event loop, which uses it and closes it
        without waiting for anything else. What then takes long after all goes on in the session
        that `info["elsewhere"]` opens.
        """
        info = {"org": org, "mode": mode, "write": write, "idle": self._idle, "at_once": at_once}
        info |= {"turns": self._turns}
        if not at_once:
            return self._sessions(info=info)
        return self._sessions(
            bind=self._near, info=info | {"elsewhere": partial(self.session, org, mode)}
        )

    async def turn_to_write(self, session: Session) -> None:
        """Wait for a session's turn to write, where one writes at a time, before it begins.

        For what goes on from one thread to another: writers that waited in all the threads would
        leave none for the one whose turn it is. The session gives the turn back when it ends.
        """
        if self._turns is not None and session.info["write"] and "has_turn" not in session.info:
            await self._turns.taken()
            session.info["has_turn"] = True

    @contextmanager
    def reading(self, org: str, mode: str = EITHER, *, at_once: bool = False) -> Iterator[Session]:
        """A session that only reads."""
        with self.session(org, mode, at_once=at_once) as session:
            yield session

    @contextmanager
    def writing(self, org: str, mode: str = EITHER) -> Iterator[Session]:
        """A session that commits at its end, or rolls back when an exception leaves it."""
        with self.session(org, mode, write=True) as session:
            yield session
            session.commit()

    def ready(self) -> bool:
        """Whether the database answers; at once where it is near."""
        with (self._near or self.engine).connect() as connection:
            return bool(connection.execute(text("select 1")).scalar() == 1)

    def end_connections(self, process: str) -> int:
        """PostgreSQL: ends those of a process that stands still, and so its locks. No timeout of
        the database's does where a statement is half sent or its answer half taken. Returns how
        many there were; on SQLite none.
        """
        if not self.is_postgres:
            return 0
        ended = (
            "select count(pg_terminate_backend(pid)) from pg_stat_activity where usename = "
            "current_user and application_name = :name"
        )
        with self.engine.begin() as connection:
            return connection.execute(text(ended), {"name": _name(process)}).scalar() or 0

    def settle_files(self) -> None:
        """SQLite: takes the write-ahead log into the database and empties it, so that deleted rows
        are in neither. PostgreSQL's vacuum does its own.
        """
        if not self.is_postgres:
            with self.engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        self.engine.dispose()
        if self._near:
            self._near.dispose()


def _name(process: str) -> str:
    """A name as PostgreSQL takes it, which cuts longer ones at 63 bytes."""
    return f"huoyan {hashlib.sha256(process.encode()).hexdigest()[:32]}"


def _engine(url: str, pool: int, patience: Patience, process: str) -> Engine:
    if url.startswith("sqlite"):
        return _sqlite(url, patience, pool_size=pool, max_overflow=pool)
    # An error tells its statement without the values: logs hold no personal data.
    return create_engine(
        url,
        connect_args={"application_name": _name(process)},
        pool_size=pool,
        max_overflow=pool,
        pool_timeout=patience.connection,
        pool_pre_ping=True,
        hide_parameters=True,
    )


def _sqlite(url: str, patience: Patience, *more: str, **pool: int) -> Engine:
    engine = create_engine(
        url,
        connect_args={"timeout": patience.lock, "check_same_thread": False},
        pool_timeout=patience.connection,
        isolation_level="AUTOCOMMIT",
        hide_parameters=True,
        **pool,
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, record: Any) -> None:
        waiting = f"busy_timeout={patience.lock * 1000:.0f}"
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            waiting,
            "secure_delete=ON",
            *more,
        ):
            connection.execute(f"PRAGMA {pragma}")

    return engine
