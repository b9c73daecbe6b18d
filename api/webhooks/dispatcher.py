"""Sends events to webhooks: at least once, with the schedule of Standard Webhooks, some at a time.

The table of events is the outbox. Each round looks up the webhooks of new events, then begins what
is due. Every process may do so: a delivery is begun by whoever changes its row first, and is due
again shortly should that process die, under the same webhook-id.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import structlog

from api.outbound.connector import SECONDS, NotSent
from api.runtime.periodic import Repeating
from api.store.audit_chain import append_audit
from api.store.database import EVERY
from api.store.service_tables import Delivery, Event
from api.webhooks import repository
from api.webhooks.service import delivery_of, reach_of
from api.webhooks.signing import body_of, headers_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from api.parts import Parts

SCHEDULE = tuple(
    timedelta(seconds=s)
    for s in (0, 5, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600, 14 * 3600, 20 * 3600, 24 * 3600)
)  # before each attempt, after the one before
_ROUND_SECONDS = 1.0
_AT_ONCE = 8  # deliveries at a time: receivers are slow, not the machine
_AT_ONCE_A_WEBHOOK = 2  # a slow receiver holds up no other
_MOST = 200
_LEASE = timedelta(seconds=4 * SECONDS)
_GONE = 410  # a receiver that answers so wants no more events
_ANSWER_BYTES = 1024  # read, so that the other side sees its answer taken; not kept
_LOG = structlog.get_logger("huoyan.webhooks")
_LOG_LENGTH = 50  # attempts that are kept for people to look at


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """An attempt that was begun."""

    org: str
    delivery: str
    attempt: int
    webhook: str
    url: str
    sealed_secret: str
    event: str
    kind: str
    happened_at: datetime
    payload: dict[str, Any]
    log: tuple[dict[str, Any], ...]


class Dispatcher:
    """The rounds, and the threads that send."""

    def __init__(self, wiring: Parts) -> None:
        self._w = wiring
        self._pool = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="huoyan-webhook")
        self._rounds = Repeating("huoyan-webhooks", _ROUND_SECONDS, self.round)
        self._lock = threading.Lock()
        self._under_way: Counter[str] = Counter()

    def launch(self) -> None:
        self._rounds.start()

    def close(self) -> None:
        """Begins nothing more; what is under way and does not end is sent again later."""
        self._rounds.stop()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def round(self) -> list[Future[None]]:
        """Tells new events and begins what is due. Returns what was begun."""
        self._fan_out()
        return [self._pool.submit(self._send, s) for s in self._begin()]

    def finish(self) -> int:
        """Rounds until nothing is due, each to its end. Returns how many attempts were made."""
        made = 0
        while begun := self.round():
            wait(begun)
            made += len(begun)
            for each in begun:
                each.result()
        return made

    def _fan_out(self) -> None:
        w = self._w
        with w.database.reading(EVERY) as session:
            events = repository.untold(session, _MOST)
        for event in events:
            with w.database.writing(event.org_id) as session:
                if repository.tell(session, event.id):
                    session.add_all(
                        delivery_of(event, h, w.now())
                        for h in repository.listening(session, event.org_id)
                        if event.kind in h.kinds
                    )

    def _begin(self) -> list[Sending]:
        w, begun = self._w, list[Sending]()
        with self._lock:
            busy = {h for h, n in self._under_way.items() if n >= _AT_ONCE_A_WEBHOOK}
            free = _AT_ONCE - self._under_way.total()
        if free <= 0:
            return []
        with w.database.reading(EVERY) as session:
            rows = repository.due(session, w.now(), busy, _MOST)
        for row in rows:
            with self._lock:
                if len(begun) >= free or self._under_way[row.webhook_id] >= _AT_ONCE_A_WEBHOOK:
                    continue
                self._under_way[row.webhook_id] += 1
            sending = self._take(row)
            if sending is not None:
                begun.append(sending)
                continue
            self._ended(row.webhook_id)
        return begun

    def _take(self, row: Delivery) -> Sending | None:
        with self._w.database.writing(row.org_id) as session:
            if not repository.take(session, row, self._w.now() + _LEASE):
                return None
            webhook, event = (
                repository.webhook(session, row.webhook_id),
                session.get(Event, row.event_id),
            )
            if (
                webhook is None
                or event is None
                or not webhook.active
                or row.attempt >= len(SCHEDULE)
            ):
                noted = {
                    "at": self._w.now().isoformat(),
                    "status": None,
                    "error": "given_up",
                    "ms": 0,
                }  # not active, or its senders died each time
                repository.settle(
                    session, row.id, row.attempt + 1, state="failed", log=[*row.log, noted]
                )
                self._give_up(session, row.webhook_id, row.id)
                return None
            return Sending(
                org=row.org_id,
                delivery=row.id,
                attempt=row.attempt + 1,
                webhook=webhook.id,
                url=webhook.url,
                sealed_secret=webhook.sealed_secret,
                event=event.id,
                kind=event.kind,
                happened_at=event.created_at,
                payload=event.payload,
                log=tuple(row.log),
            )

    def _send(self, sending: Sending) -> None:
        w, started, began_at = self._w, time.perf_counter(), self._w.now()
        status, error = None, None
        try:
            body = body_of(sending.kind, sending.happened_at, sending.payload)
            headers = headers_of(
                sending.event, began_at, body, w.sealer.open(sending.sealed_secret)
            )
            status = w.connector.request(
                "POST", sending.url, reach_of(w.settings), headers, body, _ANSWER_BYTES
            ).status
        except NotSent as problem:
            error = problem.reason
        except ValueError:
            error = (
                "unreadable"  # the secret was sealed with another key, or the event is too large
            )
        finally:
            self._ended(sending.webhook)
        noted = {
            "at": began_at.isoformat(),
            "status": status,
            "error": error,
            "ms": round((time.perf_counter() - started) * 1000),
        }
        with w.database.writing(sending.org) as session:
            outcome = self._settle(session, sending, status, noted)
        w.metrics.deliveries.labels(outcome).inc()

    def _settle(
        self, session: Session, sending: Sending, status: int | None, noted: dict[str, Any]
    ) -> str:
        """Writes how an attempt ended, and returns that in a word."""
        now, log = self._w.now(), [*sending.log, noted][-_LOG_LENGTH:]
        if status is not None and 200 <= status < 300:
            return (
                "delivered"
                if repository.settle(
                    session, sending.delivery, sending.attempt, state="delivered", log=log
                )
                else "late"
            )
        over = status == _GONE or sending.attempt >= len(SCHEDULE)
        values = {"state": "failed"} if over else {"next_at": now + SCHEDULE[sending.attempt]}
        if not repository.settle(session, sending.delivery, sending.attempt, log=log, **values):
            return "late"
        if status == _GONE:
            self._disable(session, sending.webhook, now)
        elif over:
            self._give_up(session, sending.webhook, sending.delivery)
        return "failed" if over else "retried"

    def _give_up(self, session: Session, webhook_id: str, delivery: str) -> None:
        """Say that an event was not delivered: in the log, and to those who read the audit."""
        known = {"delivery": delivery, "attempts": len(SCHEDULE)}
        append_audit(session, self._w.now(), "system", "webhook.given_up", webhook_id, known)
        _LOG.error("an event was not delivered; replay it once the receiver answers", **known)

    def _disable(self, session: Session, webhook_id: str, now: datetime) -> None:
        webhook = repository.webhook(session, webhook_id)
        if webhook is not None and webhook.active:
            webhook.active = False
            append_audit(session, now, "system", "webhook.disabled", webhook.id, {"status": _GONE})

    def _ended(self, webhook_id: str) -> None:
        with self._lock:
            self._under_way[webhook_id] -= 1
            if self._under_way[webhook_id] <= 0:
                del self._under_way[webhook_id]
