"""Rows of webhooks, deliveries and the events that wait to be told."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from api.http.pagination import page
from api.store.service_tables import Delivery, Event, Webhook


def webhook(session: Session, webhook_id: str) -> Webhook | None:
    return session.scalar(select(Webhook).where(Webhook.id == webhook_id))


def webhooks(session: Session, cursor: str | None, limit: int) -> tuple[list[Webhook], str | None]:
    return page(session, select(Webhook), ((Webhook.id, False),), cursor, limit, lambda w: (w.id,))


def count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Webhook)) or 0


def remove(session: Session, webhook_id: str) -> None:
    """Removes a webhook with its deliveries."""
    session.execute(delete(Delivery).where(Delivery.webhook_id == webhook_id))
    session.execute(delete(Webhook).where(Webhook.id == webhook_id))


def delivery(session: Session, delivery_id: str) -> Delivery | None:
    return session.scalar(select(Delivery).where(Delivery.id == delivery_id))


def deliveries(
    session: Session, webhook_id: str, cursor: str | None, limit: int
) -> tuple[list[Delivery], str | None]:
    """Deliveries of a webhook, the newest first."""
    query = select(Delivery).where(Delivery.webhook_id == webhook_id)
    return page(session, query, ((Delivery.id, True),), cursor, limit, lambda d: (d.id,))


def untold(session: Session, most: int) -> list[Event]:
    """Events that no webhook was looked up for yet, the oldest first."""
    return list(
        session.scalars(
            select(Event).where(~Event.fanned_out).order_by(Event.created_at, Event.id).limit(most)
        )
    )


def tell(session: Session, event_id: str) -> bool:
    """Takes an event to be told; False when another process did."""
    change = update(Event).where(Event.id == event_id, ~Event.fanned_out).values(fanned_out=True)
    return bool(session.execute(change).rowcount)  # type: ignore[attr-defined]


def listening(session: Session, org: str) -> list[Webhook]:
    """Active webhooks of an organisation."""
    return list(
        session.scalars(
            select(Webhook).where(Webhook.org_id == org, Webhook.active).order_by(Webhook.id)
        )
    )


def due(session: Session, now: datetime, but: Collection[str], most: int) -> list[Delivery]:
    """Deliveries whose time has come, except to some webhooks; the longest due first."""
    query = select(Delivery).where(
        Delivery.state == "waiting", Delivery.next_at <= now, Delivery.webhook_id.not_in(but)
    )
    return list(session.scalars(query.order_by(Delivery.next_at, Delivery.id).limit(most)))


def take(session: Session, row: Delivery, until: datetime) -> bool:
    """Begins an attempt; it is due again at `until` should its sender die.

    False when another process was quicker.
    """
    change = update(Delivery).where(
        Delivery.id == row.id,
        Delivery.attempt == row.attempt,
        Delivery.state == "waiting",
        Delivery.next_at == row.next_at,
    )
    return bool(session.execute(change.values(attempt=row.attempt + 1, next_at=until)).rowcount)  # type: ignore[attr-defined]


def settle(session: Session, delivery_id: str, attempt: int, **values: Any) -> bool:
    """Writes how an attempt ended. False when a later one was begun meanwhile."""
    change = update(Delivery).where(
        Delivery.id == delivery_id, Delivery.attempt == attempt, Delivery.state == "waiting"
    )
    return bool(session.execute(change.values(**values)).rowcount)  # type: ignore[attr-defined]


def forget(session: Session, before: datetime) -> int:
    """Forgets events before a moment, with their deliveries, unless one still waits.

    Returns how many.
    """
    waiting = select(Delivery.event_id).where(Delivery.state == "waiting")
    old = select(Event.id).where(
        Event.created_at < before, Event.fanned_out, Event.id.not_in(waiting)
    )
    session.execute(
        delete(Delivery)
        .where(Delivery.event_id.in_(old))
        .execution_options(synchronize_session=False)
    )
    gone = session.execute(
        delete(Event).where(Event.id.in_(old)).execution_options(synchronize_session=False)
    )
    return int(gone.rowcount)  # type: ignore[attr-defined]
