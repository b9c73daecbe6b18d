"""Rows of workers, and of the leases by which their processes hold revisions.

Work over all organisations: its sessions are of EVERY.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import case, func, or_, select, update
from sqlalchemy.orm import Session

from api.store.packet_tables import Revision
from api.store.service_tables import Worker

_FEWER_STRIKES = case((Revision.strikes > 0, Revision.strikes - 1), else_=0)
_FREE = {"state": "queued", "lease": Revision.lease + 1, "boot": "", "seen_at": None}


def worker(session: Session, executor: str) -> Worker | None:
    """Return the row of a worker's name, read anew."""
    query = select(Worker).where(Worker.executor == executor)
    return session.scalar(query.execution_options(populate_existing=True))


def beat(session: Session, executor: str, boot: str, now: datetime) -> bool:
    """Note that a process is alive. False when another process has taken its name."""
    change = update(Worker).where(Worker.executor == executor, Worker.boot == boot)
    return bool(session.execute(change.values(seen_at=now)).rowcount)  # type: ignore[attr-defined]


def end_worker(session: Session, executor: str, boot: str, now: datetime) -> None:
    """Note that a process ended in an orderly way, so that its name is free at once."""
    change = update(Worker).where(Worker.executor == executor, Worker.boot == boot)
    session.execute(change.values(ended_at=now))


def renew(session: Session, boot: str, revisions: Collection[str], now: datetime) -> None:
    """Renew the leases of the revisions that a process is working on."""
    change = update(Revision).where(
        Revision.boot == boot, Revision.state == "running", Revision.id.in_(revisions)
    )
    session.execute(change.values(seen_at=now).execution_options(synchronize_session=False))


def held(session: Session, boot: str, before: datetime, most: int) -> list[Revision]:
    """Return revisions that a process claimed before a moment and holds."""
    query = select(Revision).where(
        Revision.state == "running", Revision.boot == boot, Revision.started_at < before
    )
    return list(session.scalars(query.order_by(Revision.started_at).limit(most)))


def expired(session: Session, boot: str, before: datetime, most: int) -> list[Revision]:
    """Return revisions whose holder, another process, was not heard of since a moment."""
    heard_of = func.coalesce(Revision.seen_at, Revision.started_at)
    query = select(Revision).where(
        Revision.state == "running", Revision.boot != boot, heard_of < before
    )
    return list(session.scalars(query.order_by(Revision.started_at).limit(most)))


def hand_over(session: Session, revision_id: str, lease: int) -> bool:
    """Take a revision from whoever holds it, so that it waits again.

    False when someone else did so meanwhile.
    """
    change = update(Revision).where(
        Revision.id == revision_id, Revision.lease == lease, Revision.state == "running"
    )
    return bool(session.execute(change.values(**_FREE)).rowcount)  # type: ignore[attr-defined]


def release(session: Session, executor: str, boots: Collection[str], *, excused: bool) -> int:
    """Hand over all that former processes of a name held, or that these boots hold.

    `excused`: the attempt is not counted, since its process was stopped and did not die. Rows of
    an earlier schema have no boot; their executor's name tells whose they were.
    """
    owner = or_(Revision.boot.in_(boots), (Revision.boot == "") & (Revision.executor == executor))
    change = update(Revision).where(Revision.state == "running", owner)
    values = _FREE | ({"strikes": _FEWER_STRIKES} if excused else {})
    done = session.execute(change.values(**values).execution_options(synchronize_session=False))
    return int(done.rowcount)  # type: ignore[attr-defined]


def waiting(session: Session) -> tuple[int, datetime | None]:
    """Return how many revisions wait, and since when the oldest does."""
    query = select(func.count(), func.min(Revision.queued_at)).where(Revision.state == "queued")
    count, oldest = session.execute(query).one()
    return count, oldest
