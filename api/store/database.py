"""The database: an engine and sessions, each of one organisation (scope.py keeps them to it). SQLite runs in WAL mode and syncs each commit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.exc import InterfaceError, InternalError, OperationalError, TimeoutError
from sqlalchemy.orm import Session, sessionmaker

from api.store.scope import EVERY, OrganisationMismatch, ScopedSession

__all__ = ["AWAY", "EVERY", "Database", "OrganisationMismatch", "Patience"]

# The database is away, full or busy; InternalError is how psycopg tells that it ended a transaction that stood still.
AWAY = (OperationalError, InterfaceError, InternalError, TimeoutError)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long things wait, in seconds. What waited longer fails, and its request is answered with 503."""

    lock: float = 20  # for SQLite's one writer
    connection: float = 30  # for a connection when all are in use
    idle: float = 20  # PostgreSQL ends a writer that stands still in its transaction (a stopped process): others wait for its locks


class Database:
    """An engine and sessions that know whose they are. `close` gives back the connections."""

    def __init__(self, url: str, pool: int = 20, patience: Patience = Patience()) -> None:
        self.engine = _engine(url, pool, patience)
        self._idle = f"{patience.idle * 1000:.0f}"
        self._sessions = sessionmaker(self.engine, class_=ScopedSession, expire_on_commit=False)

    @property
    def is_postgres(self) -> bool:
        return self.engine.dialect.name == "postgresql"

    def session(self, org: str, *, write: bool = False) -> Session:
        """A session of one organisation (or of EVERY). Nothing is sent before its first statement; the caller commits and closes."""
        return self._sessions(info={"org": org, "write": write, "idle": self._idle})

    @contextmanager
    def reading(self, org: str) -> Iterator[Session]:
        """A session that only reads."""
        with self.session(org) as session:
            yield session

    @contextmanager
    def writing(self, org: str) -> Iterator[Session]:
        """A session that commits at its end, or rolls back when an exception leaves it."""
        with self.session(org, write=True) as session:
            yield session
            session.commit()

    def ready(self) -> bool:
        """Whether the database answers."""
        with self.engine.connect() as connection:
            return bool(connection.execute(text("select 1")).scalar() == 1)

    def settle_files(self) -> None:
        """SQLite: takes the write-ahead log into the database and empties it, so that deleted rows are in neither. PostgreSQL's vacuum does its own."""
        if not self.is_postgres:
            with self.engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        self.engine.dispose()


def _engine(url: str, pool: int, patience: Patience) -> Engine:
    # An error tells its statement without the values: logs hold no personal data.
    if not url.startswith("sqlite"):
        return create_engine(url, pool_size=pool, max_overflow=pool, pool_timeout=patience.connection, pool_pre_ping=True, hide_parameters=True)
    engine = create_engine(
        url,
        connect_args={"timeout": patience.lock, "check_same_thread": False},
        pool_size=pool,
        max_overflow=pool,
        pool_timeout=patience.connection,
        isolation_level="AUTOCOMMIT",
        hide_parameters=True,
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, record: Any) -> None:
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={patience.lock * 1000:.0f}", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}")

    return engine
