"""/v1/webhooks and /v1/deliveries."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from api.http.authentication import Caller, needs
from api.http.pagination import Cursor, Limit
from api.http.unit_of_work import SessionDep, SessionRoute
from api.parts import PartsDep
from api.store.service_tables import Delivery, Webhook
from api.webhooks import repository, service
from api.webhooks.schemas import (
    Attempt,
    Deliveries,
    DeliveryOut,
    NewWebhook,
    WebhookChange,
    WebhookMade,
    WebhookOut,
    Webhooks,
)

router = APIRouter(prefix="/v1", route_class=SessionRoute, tags=["webhooks"])
Manager = Annotated[Caller, Depends(needs("webhooks:manage"))]


@router.get("/webhooks")
def list_webhooks(
    caller: Manager, session: SessionDep, cursor: Cursor = None, limit: Limit = 100
) -> Webhooks:
    """Webhooks of the organisation, without their secrets."""
    rows, following = repository.webhooks(session, cursor, limit)
    return Webhooks(items=[_webhook(w) for w in rows], next_cursor=following)


@router.post("/webhooks", status_code=201)
def add_webhook(
    body: NewWebhook, caller: Manager, session: SessionDep, wiring: PartsDep
) -> WebhookMade:
    """Sends events of these kinds to an address from now on.

    The signing secret is in this answer alone.
    """
    webhook, secret = service.add(wiring, session, caller, body)
    return WebhookMade(**_webhook(webhook).model_dump(), secret=secret)


@router.patch("/webhooks/{webhook_id}")
def change_webhook(
    webhook_id: str, body: WebhookChange, caller: Manager, session: SessionDep, wiring: PartsDep
) -> WebhookOut:
    """Changes a webhook, or makes it active again."""
    return _webhook(service.change(wiring, session, caller, webhook_id, body))


@router.delete("/webhooks/{webhook_id}", status_code=204)
def remove_webhook(
    webhook_id: str, caller: Manager, session: SessionDep, wiring: PartsDep
) -> Response:
    """Removes a webhook with its deliveries."""
    service.remove(session, caller, webhook_id, wiring.now())
    return Response(status_code=204)


@router.post("/webhooks/{webhook_id}/rotate")
def rotate_secret(
    webhook_id: str, caller: Manager, session: SessionDep, wiring: PartsDep
) -> WebhookMade:
    """A new signing secret; the one before signs beside it for 24 hours."""
    webhook, secret = service.rotate(wiring, session, caller, webhook_id)
    return WebhookMade(**_webhook(webhook).model_dump(), secret=secret)


@router.post("/webhooks/{webhook_id}/test", status_code=202)
def test_webhook(
    webhook_id: str, caller: Manager, session: SessionDep, wiring: PartsDep
) -> DeliveryOut:
    """Sends an event of the kind webhook.test to this webhook; its deliveries tell how that went."""
    return _delivery(service.test(session, caller, webhook_id, wiring.now()))


@router.get("/webhooks/{webhook_id}/deliveries")
def list_deliveries(
    webhook_id: str, caller: Manager, session: SessionDep, cursor: Cursor = None, limit: Limit = 100
) -> Deliveries:
    """What was sent, the newest first, with every attempt."""
    rows, following = repository.deliveries(
        session, service.found(session, webhook_id).id, cursor, limit
    )
    return Deliveries(items=[_delivery(d) for d in rows], next_cursor=following)


@router.post("/deliveries/{delivery_id}/replay", status_code=202)
def replay_delivery(
    delivery_id: str, caller: Manager, session: SessionDep, wiring: PartsDep
) -> DeliveryOut:
    """Sends an event again, under the same webhook-id."""
    return _delivery(service.replay(session, caller, delivery_id, wiring.now()))


def _webhook(row: Webhook) -> WebhookOut:
    return WebhookOut.model_validate(row, from_attributes=True)


def _delivery(row: Delivery) -> DeliveryOut:
    return DeliveryOut(
        id=row.id,
        webhook_id=row.webhook_id,
        event_id=row.event_id,
        state=row.state,
        attempt=row.attempt,
        next_at=row.next_at if row.state == "waiting" else None,
        log=[Attempt(**entry) for entry in row.log],
    )
