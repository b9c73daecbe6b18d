"""Rows of the audit and its checkpoints."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.audit.verify import Link, Signed
from api.http.pagination import page
from api.people import repository as people
from api.store.database import EVERY, Database
from api.store.people_tables import ApiKey, Organisation
from api.store.service_tables import AuditRow, Checkpoint

_AT_ONCE = 5_000  # rows read at a time, so that a long chain never stands in memory whole


def organisations(database: Database) -> list[str]:
    """Ids of all organisations, for the service's own rounds."""
    with database.reading(EVERY) as session:
        return list(session.scalars(select(Organisation.id).order_by(Organisation.id)))


def links(session: Session, org: str, after: int = 0) -> Iterator[Link]:
    """A chain in its order, from the row after one on; streamed."""
    columns = (
        AuditRow.org_id,
        AuditRow.seq,
        AuditRow.at,
        AuditRow.actor,
        AuditRow.action,
        AuditRow.subject,
        AuditRow.detail,
        AuditRow.before,
    )
    query = select(*columns, AuditRow.hash).where(AuditRow.org_id == org).order_by(AuditRow.seq)
    if after:  # a whole walk leaves no row out, whatever number was put on it
        query = query.where(AuditRow.seq > after)
    for o, seq, at, actor, action, subject, detail, before, link in session.execute(
        query.execution_options(yield_per=_AT_ONCE)
    ):
        yield Link(
            org=o,
            seq=seq,
            at=at,
            actor=actor,
            action=action,
            subject=subject,
            detail=detail,
            before=before,
            hash=link,
        )


def end(session: Session, org: str) -> AuditRow | None:
    """The last row."""
    return session.scalar(
        select(AuditRow).where(AuditRow.org_id == org).order_by(AuditRow.seq.desc()).limit(1)
    )


def checkpoints(session: Session, org: str) -> Iterator[Signed]:
    """Checkpoints of a chain, the oldest first."""
    for row in session.scalars(
        select(Checkpoint).where(Checkpoint.org_id == org).order_by(Checkpoint.seq)
    ):
        yield _signed(row)


def newest_checkpoint(session: Session, org: str) -> Signed | None:
    row = session.scalar(
        select(Checkpoint).where(Checkpoint.org_id == org).order_by(Checkpoint.seq.desc()).limit(1)
    )
    return _signed(row) if row else None


def rows(
    session: Session, actor: str, action: str, subject: str, cursor: str | None, limit: int
) -> tuple[list[AuditRow], str | None]:
    """A page of the session's chain, the newest first."""
    query = select(AuditRow)
    for column, value in (
        (AuditRow.actor, actor),
        (AuditRow.action, action),
        (AuditRow.subject, subject),
    ):
        if value:
            query = query.where(column == value)
    return page(session, query, ((AuditRow.seq, True),), cursor, limit, lambda r: (r.seq,))


def names(session: Session, ids: set[str]) -> dict[str, str]:
    """Names of the people and keys that did something."""
    return people.names(session, ids) | dict(
        session.execute(select(ApiKey.id, ApiKey.name).where(ApiKey.id.in_(ids))).all()
    )


def _signed(row: Checkpoint) -> Signed:
    return Signed(
        org=row.org_id, seq=row.seq, hash=row.hash, at=row.at.isoformat(), signature=row.signature
    )
