"""Outgoing events, written in the transaction of what they tell of; the dispatcher sends them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from api.store.ids import new_id
from api.store.service_tables import Event


def publish_event(
    session: Session, kind: str, payload: dict[str, str | int], now: datetime
) -> None:
    """Writes an event of the session's organisation."""
    session.add(Event(id=new_id("evt"), kind=kind, payload=payload, created_at=now))
