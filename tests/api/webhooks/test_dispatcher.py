"""Events arrive at least once, signed, on schedule, whatever the receiver does (T18).

The receivers are in this process: nothing leaves the machine.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpcore
import pytest
import standardwebhooks
from postgres import own_database
from sqlalchemy import select
from test_connector import PUBLIC, Names, Recorded

from api.audit import service as audit
from api.http.authentication import Caller
from api.outbound.addresses import Reach
from api.outbound.connector import MOST, Answer, GuardedConnector, NotSent
from api.people.service import found_organisation
from api.settings import Settings
from api.store.database import EVERY
from api.store.ids import new_id
from api.store.migrate import migrate
from api.store.service_tables import AuditRow, Delivery, Event, Webhook
from api.webhooks import repository, service
from api.webhooks.dispatcher import SCHEDULE, Dispatcher
from api.webhooks.schemas import NewWebhook, WebhookChange
from api.webhooks.signing import LARGEST, body_of
from api.wiring import Wiring, wire

MONDAY = datetime(2026, 1, 5, 9, tzinfo=UTC)


class Clock:
    """The service's time, moved by hand."""

    def __init__(self) -> None:
        self.at = MONDAY

    def __call__(self) -> datetime:
        return self.at


class Receiver:
    """A connector that keeps what came, at what time, and answers as told."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.came: list[tuple[datetime, str, dict[str, str], bytes]] = []
        self.answer: Callable[[str], int] = lambda url: 204

    def request(
        self,
        method: str,
        url: str,
        reach: Reach,
        headers: dict[str, str],
        content: bytes = b"",
        most: int = MOST,
    ) -> Answer:
        self.came.append((self.clock.at, url, headers, content))
        return Answer(status=self.answer(url), body=b"")


class Fixture:
    """A service with one organisation, a webhook, a clock and a receiver."""

    def __init__(self, wiring: Wiring, clock: Clock, receiver: Receiver) -> None:
        self.wiring, self.clock, self.receiver = wiring, clock, receiver
        user, _ = found_organisation(wiring.database, f"银行 {new_id('x')}", "admin", clock())
        self.caller = Caller(
            org=user.org_id, id=user.id, name="admin", role="administrator", scopes=frozenset()
        )
        self.webhook, self.secret = self.hook("https://bank.example/hook")

    def hook(self, url: str) -> tuple[str, str]:
        new = NewWebhook(name="n", url=url, kinds=["packet.done", "case.decided"])
        with self.wiring.database.writing(self.caller.org) as session:
            made, secret = service.add(self.wiring, session, self.caller, new)
        return made.id, secret

    def happened(self, kind: str = "packet.done", n: int = 1) -> str:
        event = Event(
            id=new_id("evt"),
            kind=kind,
            payload={"packet": "pkt_1", "revision": n},
            created_at=self.clock(),
        )
        with self.wiring.database.writing(self.caller.org) as session:
            session.add(event)
        return event.id

    def deliveries(self) -> list[Delivery]:
        with self.wiring.database.reading(self.caller.org) as session:
            return repository.deliveries(session, self.webhook, None, 200)[0]

    def active(self) -> bool:
        with self.wiring.database.reading(self.caller.org) as session:
            return session.get_one(Webhook, self.webhook).active


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def shared(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Wiring]:
    with own_database() if request.param == "postgresql" else nullcontext("") as url:
        wiring = wire(Settings(data=tmp_path_factory.mktemp("data"), database_url=url))
        migrate(wiring.database)
        yield wiring
        wiring.close()


@pytest.fixture
def world(shared: Wiring) -> Fixture:
    clock = Clock()
    receiver = Receiver(clock)
    shared.now, shared.connector = clock, receiver
    shared.__dict__.pop("dispatcher", None)
    with shared.database.writing(EVERY) as session:
        repository.forget(session, datetime(2100, 1, 1, tzinfo=UTC))
        for row in repository.due(session, datetime(2100, 1, 1, tzinfo=UTC), (), 1_000):
            session.delete(row)
    return Fixture(shared, clock, receiver)


def test_a_signed_thin_event(world: Fixture, monkeypatch: pytest.MonkeyPatch) -> None:
    event = world.happened()
    world.happened("packet.cancelled")
    assert world.wiring.dispatcher.finish() == 1
    _, url, headers, body = world.receiver.came[0]
    assert (
        url == "https://bank.example/hook"
        and headers["webhook-id"] == event
        and len(body) <= LARGEST
    )

    class Then(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return MONDAY + timedelta(seconds=3)

    monkeypatch.setattr(standardwebhooks.webhooks, "datetime", Then)
    told = standardwebhooks.Webhook(world.secret).verify(body, headers)
    assert told == {
        "type": "packet.done",
        "timestamp": MONDAY.isoformat(),
        "data": {"packet": "pkt_1", "revision": 1},
    }
    for wrong in (body.replace(b"pkt_1", b"pkt_2"), body + b" "):
        with pytest.raises(standardwebhooks.WebhookVerificationError):
            standardwebhooks.Webhook(world.secret).verify(wrong, headers)
    assert [d.state for d in world.deliveries()] == ["delivered"] and world.deliveries()[0].log[0][
        "status"
    ] == 204


def test_a_rotated_secret_signs_beside_the_old_one_for_a_day(world: Fixture) -> None:
    with world.wiring.database.writing(world.caller.org) as session:
        _, new = service.rotate(world.wiring, session, world.caller, world.webhook)
    for hours, valid in ((1, (new, world.secret)), (25, (new,))):
        world.clock.at = MONDAY + timedelta(hours=hours)
        event = world.happened()
        world.wiring.dispatcher.finish()
        _, _, headers, body = world.receiver.came[-1]
        expected = [
            standardwebhooks.Webhook(s).sign(event, world.clock.at, body.decode()) for s in valid
        ]
        assert headers["webhook-signature"].split(" ") == expected


@pytest.mark.parametrize(
    "fault",
    [500, 404, 429, 302, NotSent("timeout"), NotSent("connection"), NotSent("private")],
    ids=str,
)
def test_schedule(world: Fixture, fault: int | NotSent) -> None:
    def answer(url: str) -> int:
        if isinstance(fault, NotSent):
            raise fault
        return fault

    world.receiver.answer = answer
    event = world.happened()
    for gap in SCHEDULE:
        if gap:
            world.clock.at += gap - timedelta(seconds=1)
            assert world.wiring.dispatcher.finish() == 0
            world.clock.at += timedelta(seconds=1)
        assert world.wiring.dispatcher.finish() == 1
    world.clock.at += timedelta(days=30)
    assert world.wiring.dispatcher.finish() == 0
    times = [at for at, *_ in world.receiver.came]
    assert [b - a for a, b in zip(times, times[1:], strict=False)] == list(SCHEDULE[1:])
    assert {headers["webhook-id"] for _, _, headers, _ in world.receiver.came} == {event}
    (delivery,) = world.deliveries()
    assert delivery.state == "failed" and len(delivery.log) == 10
    assert delivery.log[0]["error"] == getattr(fault, "reason", None) and world.active()
    with world.wiring.database.reading(world.caller.org) as session:
        told = list(session.scalars(select(AuditRow).where(AuditRow.action == "webhook.given_up")))
    assert [row.subject for row in told] == [world.webhook]


def test_gone_ends_it(world: Fixture) -> None:
    world.receiver.answer = lambda url: 410
    world.happened()
    world.wiring.dispatcher.finish()
    assert not world.active() and world.deliveries()[0].state == "failed"
    world.happened()
    assert world.wiring.dispatcher.finish() == 0
    with world.wiring.database.reading(world.caller.org) as session:
        assert audit.verified(world.wiring, session, world.caller.org).whole


def test_a_sender_that_dies_sends_again_under_the_same_id(world: Fixture) -> None:
    class Died(BaseException):
        pass

    def die(url: str) -> int:
        raise Died

    world.receiver.answer = die
    event = world.happened()
    with pytest.raises(Died):
        world.wiring.dispatcher.finish()
    world.receiver.answer = lambda url: 204
    other = Dispatcher(world.wiring)
    assert other.finish() == 0, "it may still be under way"
    world.clock.at += timedelta(minutes=1)
    assert other.finish() == 1 and [h["webhook-id"] for _, _, h, _ in world.receiver.came] == [
        event,
        event,
    ]
    assert [d.state for d in world.deliveries()] == ["delivered"]


def test_two_hundred_events_with_a_receiver_that_fails_now_and_then(world: Fixture) -> None:
    calls = iter(range(10_000))
    world.receiver.answer = lambda url: 204 if next(calls) % 3 else 500
    events = {world.happened(n=n) for n in range(200)}
    second = Dispatcher(world.wiring)
    while any(d.state == "waiting" for d in world.deliveries()) or len(world.deliveries()) < 200:
        world.wiring.dispatcher.finish()
        second.finish()
        world.clock.at += timedelta(minutes=5)
    came = [h["webhook-id"] for _, _, h, _ in world.receiver.came]
    assert set(came) == events and all(d.state == "delivered" for d in world.deliveries())


def test_what_waits_for_a_webhook_that_is_not_active_is_given_up(world: Fixture) -> None:
    world.happened()
    world.wiring.dispatcher._fan_out()
    with world.wiring.database.writing(world.caller.org) as session:
        service.change(
            world.wiring, session, world.caller, world.webhook, WebhookChange(active=False)
        )
    assert (
        world.wiring.dispatcher.finish() == 0
        and world.deliveries()[0].log[0]["error"] == "given_up"
    )


def test_a_slow_receiver_holds_up_no_other(world: Fixture) -> None:
    quick, _ = world.hook("https://quick.example/")
    for _ in range(6):
        world.happened()
    begun = world.wiring.dispatcher._begin
    world.wiring.dispatcher._fan_out()
    first = [s.webhook for s in begun()]
    assert first.count(world.webhook) == 2 and first.count(quick) == 2 and begun() == []


def test_replay_and_test(world: Fixture) -> None:
    event = world.happened()
    world.wiring.dispatcher.finish()
    (delivery,) = world.deliveries()
    with world.wiring.database.writing(world.caller.org) as session:
        service.replay(session, world.caller, delivery.id, world.clock())
    world.wiring.dispatcher.finish()
    assert [h["webhook-id"] for _, _, h, _ in world.receiver.came] == [event, event]
    with world.wiring.database.writing(world.caller.org) as session:
        service.test(session, world.caller, world.webhook, world.clock())
    world.wiring.dispatcher.finish()
    assert json.loads(world.receiver.came[-1][3])["type"] == "webhook.test"


def test_a_body_is_thin() -> None:
    with pytest.raises(ValueError):
        body_of("packet.done", MONDAY, {"x": "x" * LARGEST})


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n" + b"x" * 2**20, 200),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
            + b"fffff\r\n"
            + b"x" * 0xFFFFF
            + b"\r\n",
            200,
        ),
        (b"HTTP/1.1 200 OK\r\nX: " + b"x" * 2**20, None),
        (b"not http", None),
        (b"", None),
    ],
)
def test_answers_that_are_no_answers(answer: bytes, status: int | None) -> None:
    connector = GuardedConnector(Names([PUBLIC]), Recorded(answer))
    if status is None:
        with pytest.raises(NotSent):
            connector.request("POST", "https://bank.example/", Reach(), {}, b"{}", 1024)
    else:
        found = connector.request("POST", "https://bank.example/", Reach(), {}, b"{}", 1024)
        assert found.status == status and len(found.body) == 1024


def test_one_byte_now_and_then_does_not_keep_a_sender() -> None:
    class Slow(Recorded):
        def connect_tcp(self, *arguments: object, **named: object) -> httpcore.NetworkStream:
            stream = super().connect_tcp("x", 1)

            def read(max_bytes: int, timeout: float | None = None) -> bytes:
                assert timeout is not None and timeout <= 0.3
                import time

                time.sleep(0.02)
                return b"x"

            stream.read = read  # type: ignore[method-assign]
            return stream

    with pytest.raises(NotSent, match="timeout"):
        GuardedConnector(Names([PUBLIC]), Slow(), seconds=0.3).request(
            "POST", "https://bank.example/", Reach(), {}
        )


def test_over_http(service: object, tmp_path: Path) -> None:
    client = service.client  # type: ignore[attr-defined]
    asked = {
        "json": {"name": "y", "url": "https://bank.example/", "kinds": ["packet.done"]},
        "headers": {"Idempotency-Key": "k"},
    }
    once, twice = client.post("/v1/webhooks", **asked), client.post("/v1/webhooks", **asked)
    assert (
        once.json() == twice.json()
        and client.delete(f"/v1/webhooks/{once.json()['id']}").status_code == 204
    )
    database = service.wiring.settings.data / "huoyan.db"  # type: ignore[attr-defined]
    kept = b"".join(p.read_bytes() for p in database.parent.glob("huoyan.db*"))
    assert once.json()["id"].encode() in kept and once.json()["secret"].encode() not in kept
    bad = client.post(
        "/v1/webhooks", json={"name": "x", "url": "https://127.0.0.1/", "kinds": ["packet.done"]}
    )
    assert bad.status_code == 422 and bad.json()["code"] == "bad_webhook_url"
    made = client.post(
        "/v1/webhooks", json={"name": "x", "url": "https://bank.example/", "kinds": ["packet.done"]}
    ).json()
    assert (
        made["secret"].startswith("whsec_")
        and "secret" not in client.get("/v1/webhooks").json()["items"][0]
    )
    assert (
        client.patch(f"/v1/webhooks/{made['id']}", json={"active": False}).json()["active"] is False
    )
    assert client.post(f"/v1/webhooks/{made['id']}/test").json()["code"] == "wrong_state"
    assert client.post(f"/v1/webhooks/{made['id']}/rotate").json()["secret"] != made["secret"]
    assert client.get(f"/v1/webhooks/{made['id']}/deliveries").json() == {
        "items": [],
        "next_cursor": None,
    }
    assert client.delete(f"/v1/webhooks/{made['id']}").status_code == 204
    assert (
        client.delete(f"/v1/webhooks/{made['id']}").status_code
        == client.post("/v1/deliveries/dlv_x/replay").status_code
        == 404
    )
