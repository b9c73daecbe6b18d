"""Making and changing webhooks, testing them, sending again."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from api.errors import Problem
from api.http.authentication import Caller
from api.http.validation_words import both
from api.outbound.addresses import Reach, Refused, target
from api.settings import Settings
from api.store.audit_chain import append_audit
from api.store.ids import new_id
from api.store.rows import insert
from api.store.service_tables import Delivery, Event, Webhook
from api.webhooks import repository, signing
from api.webhooks.schemas import NewWebhook, WebhookChange

if TYPE_CHECKING:
    from api.parts import Parts

MOST = 50  # addresses of an organisation; each event goes to all of them
TEST_KIND = "webhook.test"


def reach_of(settings: Settings) -> Reach:
    """What webhooks may reach."""
    return Reach(
        allow_http=settings.webhook_allow_http,
        ports=frozenset(settings.webhook_ports),
        networks=tuple(settings.webhook_networks),
    )


def found(session: Session, webhook_id: str) -> Webhook:
    """The webhook. Raises Problem "not_found"."""
    webhook = repository.webhook(session, webhook_id)
    if webhook is None:
        raise Problem("not_found")
    return webhook


def add(wiring: Parts, session: Session, caller: Caller, new: NewWebhook) -> tuple[Webhook, str]:
    """A webhook and its secret.

    Raises Problem "bad_webhook_url"; a name that leads to a private address is refused when it is
    sent to.
    """
    _check(new.url, wiring.settings)
    if repository.count(session) >= MOST:
        raise Problem(
            "wrong_state",
            f"推送地址最多 {MOST} 个；请先删除不用的。",
            f"There are {MOST} webhooks already; remove one first.",
        )
    secret, now = signing.new_secret(), wiring.now()
    webhook = Webhook(
        id=new_id("whk"),
        org_id=caller.org,
        name=new.name,
        url=new.url,
        kinds=sorted(set(new.kinds)),
        sealed_secret=wiring.sealer.seal(signing.first(secret)),
        active=True,
        created_by=caller.id,
        created_at=now,
    )
    insert(session, webhook)
    append_audit(
        session,
        now,
        caller.id,
        "webhook.added",
        webhook.id,
        {"host": _host(new.url), "kinds": webhook.kinds},
    )
    return webhook, secret


def change(
    wiring: Parts, session: Session, caller: Caller, webhook_id: str, given: WebhookChange
) -> Webhook:
    """Raises Problem "not_found" or "bad_webhook_url"."""
    webhook = found(session, webhook_id)
    values = given.model_dump(exclude_none=True)
    if given.url is not None:
        _check(given.url, wiring.settings)
    for name, value in values.items():
        setattr(webhook, name, value)
    told = {key: v for key, v in values.items() if key in ("kinds", "active")} | {
        "fields": sorted(values)
    }
    append_audit(
        session,
        wiring.now(),
        caller.id,
        "webhook.changed",
        webhook.id,
        told | {"host": _host(webhook.url)},
    )
    return webhook


def remove(session: Session, caller: Caller, webhook_id: str, now: datetime) -> None:
    """Removes a webhook with its deliveries."""
    webhook = found(session, webhook_id)
    repository.remove(session, webhook.id)
    append_audit(session, now, caller.id, "webhook.removed", webhook_id)


def rotate(wiring: Parts, session: Session, caller: Caller, webhook_id: str) -> tuple[Webhook, str]:
    """A new secret; the one before signs beside it for a day."""
    webhook, secret, now = found(session, webhook_id), signing.new_secret(), wiring.now()
    try:
        kept = signing.rotated(wiring.sealer.open(webhook.sealed_secret), secret, now)
    except ValueError:
        kept = signing.first(secret)  # sealed with a key that is lost: it signs nothing any more
    webhook.sealed_secret = wiring.sealer.seal(kept)
    append_audit(session, now, caller.id, "webhook.rotated", webhook.id)
    return webhook, secret


def delivery_of(event: Event, webhook: Webhook, now: datetime) -> Delivery:
    """A delivery that is due at once."""
    return Delivery(
        id=new_id("dlv"),
        org_id=event.org_id,
        webhook_id=webhook.id,
        event_id=event.id,
        state="waiting",
        attempt=0,
        next_at=now,
        log=[],
    )


def test(session: Session, caller: Caller, webhook_id: str, now: datetime) -> Delivery:
    """An event for this webhook alone.

    Raises Problem "wrong_state" where the webhook is not active.
    """
    webhook = found(session, webhook_id)
    if not webhook.active:
        raise Problem(
            "wrong_state",
            "该推送地址已停用；请先启用。",
            "This webhook is not active; activate it first.",
        )
    event = Event(
        id=new_id("evt"),
        org_id=caller.org,
        kind=TEST_KIND,
        payload={},
        created_at=now,
        fanned_out=True,
    )
    delivery = delivery_of(event, webhook, now)
    insert(session, event, delivery)
    append_audit(session, now, caller.id, "webhook.tested", webhook.id)
    return delivery


def replay(session: Session, caller: Caller, delivery_id: str, now: datetime) -> Delivery:
    """Sends an event again under its id.

    Raises Problem "not_found", or "wrong_state" while it is on its way.
    """
    delivery = repository.delivery(session, delivery_id)
    if delivery is None:
        raise Problem("not_found")
    if delivery.state == "waiting":
        raise Problem("wrong_state")
    if not found(session, delivery.webhook_id).active:
        raise Problem(
            "wrong_state",
            "该推送地址已停用；请先启用。",
            "This webhook is not active; activate it first.",
        )
    delivery.state, delivery.attempt, delivery.next_at = "waiting", 0, now
    append_audit(
        session, now, caller.id, "delivery.replayed", delivery.id, {"webhook": delivery.webhook_id}
    )
    return delivery


_REFUSALS = {
    "url": ("不是完整的地址", "is not a whole address"),
    "scheme": ("须为 https 地址", "must be an https address"),
    "userinfo": ("地址中不得有用户名或密码", "must not hold a name or password"),
    "port": (
        "端口未获准许，见 HUOYAN_WEBHOOK_PORTS",
        "is a port not allowed; HUOYAN_WEBHOOK_PORTS",
    ),
    "host": ("主机名有误", "is not a host"),
    "private": ("不得指向内网", "must not be of a private network"),
    "unknown_host": ("找不到该主机", "is a host that is not found"),
}


def _check(url: str, settings: Settings) -> None:
    try:
        target(url, reach_of(settings))
    except Refused as error:
        words = both(*_REFUSALS.get(error.reason, _REFUSALS["url"]))
        raise Problem("bad_webhook_url", errors=[{"at": "body/url"} | words]) from error


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""
