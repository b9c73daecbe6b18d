"""Counts of what waits and runs."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, func, select, text
from sqlalchemy.orm import Session

from api.store.packet_tables import UNDER_WAY, Packet, Revision
from api.store.people_tables import Session as SessionRow
from api.store.service_tables import Delivery, IdempotencyKey, Worker

_MOST_WORKERS = 200  # that are shown; a bank runs a few


def queue(session: Session) -> tuple[dict[str, int], datetime | None]:
    """How many revisions wait and run, and since when the oldest waits."""
    under_way = (
        select(Revision.state, func.count())
        .where(Revision.state.in_(UNDER_WAY))
        .group_by(Revision.state)
    )
    return dict(session.execute(under_way).all()), session.scalar(
        select(func.min(Revision.queued_at)).where(Revision.state == "queued")
    )


def quarantined(session: Session) -> int:
    """Packets that could not be verified and wait for someone to look."""
    return (
        session.scalar(
            select(func.count()).select_from(Packet).where(Packet.status == "quarantined")
        )
        or 0
    )


def deliveries_waiting(session: Session) -> int:
    return (
        session.scalar(
            select(func.count()).select_from(Delivery).where(Delivery.state == "waiting")
        )
        or 0
    )


def deliveries_failed(session: Session) -> int:
    """Deliveries that were given up and that someone should replay."""
    return (
        session.scalar(select(func.count()).select_from(Delivery).where(Delivery.state == "failed"))
        or 0
    )


def workers(session: Session) -> list[Worker]:
    """Processes that verify packets, the last heard of first."""
    return list(
        session.scalars(select(Worker).order_by(Worker.seen_at.desc()).limit(_MOST_WORKERS))
    )


def holds_lock(session: Session, number: int) -> bool:
    """Take PostgreSQL's lock of a number until the transaction ends; return whether it was free."""
    query = text("select pg_try_advisory_xact_lock(:n)")
    return bool(session.scalar(query, {"n": number}))


def packet(session: Session, packet_id: str) -> Packet | None:
    return session.scalar(select(Packet).where(Packet.id == packet_id))


def packets_untouched_since(session: Session, before: datetime, most: int) -> list[str]:
    """Return the ids of the packets that nobody touched since a moment, the oldest first."""
    query = select(Packet.id).where(
        Packet.updated_at < before, Packet.status.not_in((*UNDER_WAY, "erased"))
    )
    return list(session.scalars(query.order_by(Packet.updated_at).limit(most)))


def forget_keys_and_sessions(session: Session, keys: datetime, sessions: datetime) -> None:
    """Delete idempotency keys and sessions that are older than their moment."""
    session.execute(delete(IdempotencyKey).where(IdempotencyKey.created_at < keys))
    session.execute(delete(SessionRow).where(SessionRow.created_at < sessions))
