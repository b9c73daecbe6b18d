"""Sessions. The one place where rows are kept to their organisation: by a criterion on every statement, and on PostgreSQL by row-level security too.

SQLAlchemy's `with_loader_criteria` adds the organisation to every select, update and delete of the ORM; PostgreSQL's policies
(migrations) read the setting `huoyan.org`, which each transaction sets. SQLite runs in WAL mode and syncs each commit.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.exc import InterfaceError, InternalError, OperationalError, TimeoutError
from sqlalchemy.orm import ORMExecuteState, Session, SessionTransaction, sessionmaker, with_loader_criteria
from sqlalchemy.orm.session import Session as AnySession

from api.store.columns import Owned

# The database is away, full or busy; InternalError is how psycopg tells that it ended a transaction that stood still.
AWAY = (OperationalError, InterfaceError, InternalError, TimeoutError)
EVERY = "*"  # the service's own work (reaper, deliveries, log-in), which no request's session may have


@dataclass(frozen=True, slots=True)
class Patience:
    """How long things wait, in seconds. What waited longer fails, and its request is answered with 503."""

    lock: float = 20  # for SQLite's one writer
    connection: float = 30  # for a connection when all are in use
    idle: float = 20  # PostgreSQL ends a writer that stands still in its transaction (a stopped process): others wait for its locks


class OrganisationMismatch(RuntimeError):
    """A row of one organisation was about to be written in a session of another: a fault in the service."""


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


class ScopedSession(Session):
    """A session with its organisation in `info["org"]`."""


@event.listens_for(ScopedSession, "do_orm_execute")
def _keep_to_organisation(state: ORMExecuteState) -> None:
    org = state.session.info["org"]
    if org != EVERY and (state.is_select or state.is_update or state.is_delete) and not state.is_column_load and not state.is_relationship_load:
        state.statement = state.statement.options(with_loader_criteria(Owned, lambda cls: cls.org_id == org, include_aliases=True))


@event.listens_for(ScopedSession, "before_flush")
def _stamp(session: AnySession, context: Any, instances: Any) -> None:
    org = session.info["org"]
    for row in (*session.new, *session.dirty):
        if isinstance(row, Owned) and org != EVERY:
            if row.org_id is None:
                row.org_id = org
            elif row.org_id != org:
                raise OrganisationMismatch(type(row).__name__)


@event.listens_for(ScopedSession, "after_begin")
def _tell_postgres(session: AnySession, transaction: SessionTransaction, connection: Any) -> None:
    if transaction.nested:
        return  # a savepoint of a transaction that knows already
    if connection.dialect.name == "postgresql":
        own = "select set_config('huoyan.org', :org, true)"
        if session.info["write"]:
            own += ", set_config('idle_in_transaction_session_timeout', :idle, true)"
        connection.execute(text(own), {n: session.info[n] for n in ("org", "idle") if f":{n}" in own})
    elif session.info["write"]:
        connection.exec_driver_sql("BEGIN IMMEDIATE")  # a reader that turns writer would fail instead of waiting
    else:
        connection.exec_driver_sql("BEGIN")


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
