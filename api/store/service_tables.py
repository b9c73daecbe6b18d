"""What the service keeps for itself: audit chain, outgoing events, webhooks, idempotency keys,
workers.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from api.store.columns import Base, Id, Long, Owned


class AuditRow(Owned, Base):
    """One link of an organisation's chain: `hash` covers all of it and the link before."""

    __tablename__ = "audit"

    org_id: Mapped[str] = mapped_column(Id, primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[str]  # ISO text as it was hashed
    actor: Mapped[str] = mapped_column(Id)
    action: Mapped[str]
    subject: Mapped[str]
    detail: Mapped[str] = mapped_column(Long)  # canonical JSON as it was hashed
    before: Mapped[str]
    hash: Mapped[str]


class Checkpoint(Owned, Base):
    """The end of a chain at a moment, signed, so that a cut-off end is seen."""

    __tablename__ = "checkpoints"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    seq: Mapped[int]
    hash: Mapped[str]
    at: Mapped[datetime]
    signature: Mapped[str]


class Event(Owned, Base):
    """Something that webhooks tell of, written with what it tells of; its id is the webhook-id of
    every delivery.
    """

    __tablename__ = "events"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    kind: Mapped[
        str
    ]  # packet.done | packet.quarantined | packet.cancelled | case.decided | webhook.test
    payload: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[datetime]
    fanned_out: Mapped[bool] = mapped_column(default=False, index=True)


class Webhook(Owned, Base):
    """An address that events are sent to."""

    __tablename__ = "webhooks"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    name: Mapped[str]
    url: Mapped[str]
    kinds: Mapped[list[Any]] = mapped_column(default=list)
    sealed_secret: Mapped[str]
    active: Mapped[bool] = mapped_column(default=True)
    created_by: Mapped[str] = mapped_column(Id)
    created_at: Mapped[datetime]


class Delivery(Owned, Base):
    """An event on its way to a webhook, with its attempts."""

    __tablename__ = "deliveries"
    __table_args__ = (Index("ix_deliveries_due", "state", "next_at"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    webhook_id: Mapped[str] = mapped_column(Id, index=True)
    event_id: Mapped[str] = mapped_column(Id, index=True)
    state: Mapped[str] = mapped_column(default="waiting")  # waiting | delivered | failed
    attempt: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime]
    log: Mapped[list[Any]] = mapped_column(
        default=list
    )  # per attempt: at, status or error, milliseconds


class IdempotencyKey(Owned, Base):
    """An Idempotency-Key of a caller, the request that it came with, and the answer."""

    __tablename__ = "idempotency_keys"

    caller: Mapped[str] = mapped_column(Id, primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    request: Mapped[str]  # digest of method, path and body
    status: Mapped[int] = mapped_column(default=0)  # 0: in flight
    headers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    body: Mapped[str] = mapped_column(Long, default="")  # sealed
    created_at: Mapped[datetime] = mapped_column(index=True)


class Worker(Base):
    """A process that verifies packets, and when it was last heard of."""

    __tablename__ = "workers"

    executor: Mapped[str] = mapped_column(primary_key=True)
    boot: Mapped[str] = mapped_column(default="")  # which start of a process has the name now
    place: Mapped[str] = mapped_column(default="")  # machine and file of the lock on the name
    ended_at: Mapped[datetime | None]  # when it ended in an orderly way
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    isolation: Mapped[int] = mapped_column(default=0)
    version: Mapped[str] = mapped_column(default="")
