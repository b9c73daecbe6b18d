"""The one place where rows are kept to their organisation and mode: by a criterion on every
statement, and the organisation's on PostgreSQL by row-level security too.

SQLAlchemy's `with_loader_criteria` adds the organisation to every select, update and delete of the
ORM; PostgreSQL's policies (migrations) read the setting `huoyan.org`, which each transaction sets.
What no criterion reaches is refused: rows that another session gave, an organisation written by
hand, statements on tables instead of classes, updates in bulk by primary key. SQL as text is the
writer's own care: on SQLite nothing bounds it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NoReturn

from sqlalchemy import BindParameter, ColumnElement, Table, event, text
from sqlalchemy.orm import (
    LoaderCriteriaOption,
    ORMExecuteState,
    Session,
    SessionTransaction,
    with_loader_criteria,
)
from sqlalchemy.orm.session import Session as AnySession
from sqlalchemy.sql.visitors import iterate

from api.store.columns import Base, OfCase, OfMode, OfPacket, Owned
from api.store.modes import of_packet_in, of_packet_of_case_in
from api.store.turns import Turns

EVERY = (
    "*"  # the service's own work (reaper, deliveries, log-in), which no request's session may have
)


EITHER = ""  # the service's own work, which goes by organisation and packet alone


class OrganisationMismatch(RuntimeError):
    """A row of one organisation was about to be read or written in a session of another: a fault in
    the service.
    """


def _refuse_bulk(session: AnySession, *given: Any, **options: Any) -> NoReturn:
    raise OrganisationMismatch("in bulk no row's organisation is looked at")


class ScopedSession(Session):
    """A session with its organisation in `info["org"]` and its mode in `info["mode"]`."""

    bulk_save_objects = bulk_insert_mappings = bulk_update_mappings = (
        _refuse_bulk  # they pass all events by
    )


@event.listens_for(ScopedSession, "do_orm_execute")
def _keep_to_organisation(state: ORMExecuteState) -> None:
    org = state.session.info["org"]
    if org == EVERY:
        return
    if not state.is_orm_statement:
        _refuse_tables(state.statement)
    if state.is_insert or state.is_update:
        _refuse_values(state, org)
    if (
        (state.is_select or state.is_update or state.is_delete)
        and not state.is_column_load
        and not state.is_relationship_load
    ):
        state.statement = state.statement.options(
            with_loader_criteria(Owned, lambda cls: cls.org_id == org, include_aliases=True),
            *_mode_criteria(state.session.info["mode"]),
        )


@cache
def _mode_criteria(mode: str) -> tuple[LoaderCriteriaOption, ...]:
    """A packet is of one mode, and what hangs on it is of its packet's."""
    if mode == EITHER:
        return ()
    return tuple(
        with_loader_criteria(mapper.class_, criterion, include_aliases=True)
        for mapper in sorted(Base.registry.mappers, key=lambda m: m.class_.__name__)
        if (criterion := _mode_criterion(mapper.class_, mode)) is not None
    )


def _mode_criterion(kind: Any, mode: str) -> ColumnElement[bool] | None:
    """Whether a row is of a mode; None for a kind of row that is of neither."""
    if issubclass(kind, OfMode):
        own: ColumnElement[bool] = kind.mode == mode
        return own
    if issubclass(kind, OfPacket):
        return of_packet_in(kind.packet_id, mode)
    if issubclass(kind, OfCase):
        return of_packet_of_case_in(kind.case_id, mode)
    return None


def _refuse_tables(statement: Any) -> None:
    """A statement on tables themselves is reached by no criterion."""
    owned = {m.local_table for m in Base.registry.mappers if issubclass(m.class_, Owned)}
    for part in iterate(statement):
        if isinstance(part, Table) and part in owned:
            raise OrganisationMismatch(part.name)


def _refuse_values(state: ORMExecuteState, org: str) -> None:
    """Rows are neither made another's nor changed by a primary key alone, by which nothing is asked
    about their organisation.
    """
    statement: Any = state.statement
    name = str(statement.table.name)
    if state.is_update and (
        isinstance(state.parameters, list | tuple)
        or state.execution_options.get("dml_strategy") == "bulk"
    ):
        raise OrganisationMismatch(name)
    if any(value != org for value in _organisations(statement, state.parameters)):
        raise OrganisationMismatch(name)
    after: Any = getattr(statement, "_post_values_clause", None)
    if hasattr(after, "update_values_to_set") and after.update_whereclause is None:
        raise OrganisationMismatch(name)  # the row that is in the way may be another's


def _organisations(statement: Any, parameters: Any) -> Iterator[Any]:
    """Every organisation that an insert or update would write."""
    if "org_id" in (getattr(statement, "_select_names", None) or ()):
        yield None  # whatever is selected
    written = [statement._values, dict(getattr(statement, "_ordered_values", None) or ())]
    written += [row for rows in getattr(statement, "_multi_values", ()) for row in rows]
    written += [parameters] if isinstance(parameters, Mapping) else list(parameters or ())
    for row in written:
        for column, value in (row or {}).items():
            if getattr(column, "key", column) == "org_id":
                yield value.value if isinstance(value, BindParameter) else value


@event.listens_for(ScopedSession, "before_attach")
def _refuse_stranger(session: AnySession, row: Any) -> None:
    """A row that another session gave is not taken in, where it could be refreshed, changed or
    deleted.
    """
    org = session.info["org"]
    if (
        isinstance(row, Owned)
        and org != EVERY
        and row.__dict__.get("org_id", org) not in (None, org)
    ):
        raise OrganisationMismatch(type(row).__name__)


@event.listens_for(ScopedSession, "before_flush")
def _stamp(session: AnySession, context: Any, instances: Any) -> None:
    org = session.info["org"]
    for row in (*session.new, *session.dirty, *session.deleted):
        if isinstance(row, Owned) and org != EVERY:
            if row.org_id is None:
                row.org_id = org
            elif row.org_id != org:
                raise OrganisationMismatch(type(row).__name__)
        if isinstance(row, OfMode) and session.info["mode"] != EITHER:
            _stamp_mode(row, session.info["mode"])


def _stamp_mode(row: OfMode, mode: str) -> None:
    if row.mode is None:
        row.mode = mode
    elif row.mode != mode:
        raise OrganisationMismatch(f"{type(row).__name__} of mode {row.mode}")


@event.listens_for(ScopedSession, "after_begin")
def _tell_database(session: AnySession, transaction: SessionTransaction, connection: Any) -> None:
    if transaction.nested:
        return  # a savepoint of a transaction that knows already
    turns: Turns | None = session.info.get("turns") if session.info["write"] else None
    if turns is not None and not session.info.get("has_turn"):
        turns.take()
        session.info["has_turn"] = True
    if connection.dialect.name == "postgresql":
        own = "select set_config('huoyan.org', :org, true)"
        if session.info["write"]:
            own += ", set_config('idle_in_transaction_session_timeout', :idle, true)"
        connection.execute(
            text(own), {n: session.info[n] for n in ("org", "idle") if f":{n}" in own}
        )
    elif session.info["write"]:
        connection.exec_driver_sql(
            "BEGIN IMMEDIATE"
        )  # a reader that turns writer would fail instead of waiting
    else:
        connection.exec_driver_sql("BEGIN")


@event.listens_for(ScopedSession, "after_transaction_end")
def _pass_turn_on(session: AnySession, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        give_turn_back(session)


def give_turn_back(session: AnySession) -> None:
    """Let the next writer write, where this session had the turn."""
    if session.info.pop("has_turn", False):
        session.info["turns"].give_back()
