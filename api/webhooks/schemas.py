"""What webhooks and deliveries look like over HTTP."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from api.http.pagination import Page
from api.people.schemas import LONGEST, PLAIN, Body

Kind = Literal["packet.done", "packet.quarantined", "packet.cancelled", "case.decided"]
Name = Annotated[
    str,
    Field(min_length=1, max_length=LONGEST, pattern=PLAIN, examples=["approval system"]),
]
Url = Annotated[
    str,
    Field(
        min_length=1,
        max_length=2_000,
        pattern=r"^[^\x00-\x20]+$",
        examples=["https://hooks.bank.example/huoyan"],
    ),
]
Kinds = Annotated[list[Kind], Field(min_length=1, max_length=10, examples=[["packet.done"]])]


class NewWebhook(Body):
    name: Name
    url: Url
    kinds: Kinds


class WebhookChange(Body):
    name: Name | None = None
    url: Url | None = None
    kinds: Kinds | None = None
    active: bool | None = None


class WebhookOut(BaseModel):
    """A webhook; one that is not active is sent nothing.

    An address that answers 410 is made inactive.
    """

    id: str
    name: str
    url: str
    kinds: list[str]
    active: bool
    created_at: datetime


class WebhookMade(WebhookOut):
    """A webhook with its signing secret (Standard Webhooks, whsec_…), which is in this answer
    alone.
    """

    secret: str


class Webhooks(Page):
    items: list[WebhookOut]


class Attempt(BaseModel):
    """One attempt: the status of the answer, or a code of why there was none."""

    at: datetime
    status: int | None = None
    error: str | None = None
    ms: int


class DeliveryOut(BaseModel):
    """An event on its way. `event_id` is the webhook-id header, the same on every attempt."""

    id: str
    webhook_id: str
    event_id: str
    state: str
    attempt: int
    next_at: datetime | None = Field(description="When it is tried again; null when it is over.")
    log: list[Attempt]


class Deliveries(Page):
    items: list[DeliveryOut]
