"""Idempotency-Key: one effect, the same answer, refused where it does not fit (T17)."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

from sqlalchemy import select, update

from api.store.database import EVERY
from api.store.packet_tables import Packet
from api.store.service_tables import IdempotencyKey


def _made(service: Any, reference: str) -> int:
    with service.wiring.database.reading(EVERY) as session:
        return len(list(session.scalars(select(Packet.id).where(Packet.reference == reference))))


def test_fifty_at_once_make_one(service: Any) -> None:
    def send(_: int) -> Any:
        return service.client.post(
            "/v1/packets", json={"reference": "ONCE"}, headers={"Idempotency-Key": "k1"}
        )

    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(send, range(50)))
    codes = Counter(a.status_code for a in answers)
    assert set(codes) <= {201, 409} and codes[201] >= 1 and _made(service, "ONCE") == 1
    assert all(a.json()["code"] == "in_flight" for a in answers if a.status_code == 409)
    assert len({a.content for a in answers if a.status_code == 201}) == 1
    again = send(0)
    assert (
        again.status_code == 201
        and again.headers["idempotent-replayed"] == "true"
        and again.headers["location"]
    )


def test_another_request_under_the_key_is_refused(service: Any) -> None:
    post = service.client.post
    assert (
        post("/v1/packets", json={"reference": "R1"}, headers={"Idempotency-Key": "k2"}).status_code
        == 201
    )
    other = post("/v1/packets", json={"reference": "R2"}, headers={"Idempotency-Key": "k2"})
    assert (other.status_code, other.json()["code"]) == (422, "key_reused") and _made(
        service, "R2"
    ) == 0
    # another caller's key of the same name is another key
    key = post("/v1/keys", json={"name": "k", "scopes": ["packets:write", "packets:read"]}).json()[
        "key"
    ]
    own = post(
        "/v1/packets",
        json={"reference": "R2"},
        headers={"Idempotency-Key": "k2", "Authorization": f"Bearer {key}"},
    )
    assert own.status_code == 201


def test_a_refused_request_gives_its_key_back(service: Any) -> None:
    post, headers = service.client.post, {"Idempotency-Key": "k3"}
    assert post("/v1/packets/nothing/cancel", headers=headers).status_code == 404
    assert post("/v1/packets", json={"reference": "R3"}, headers=headers).status_code == 201


def test_a_key_lost_in_a_crash_may_be_used_after_a_while_and_an_old_one_anew(service: Any) -> None:
    post, headers = service.client.post, {"Idempotency-Key": "k4"}
    assert post("/v1/packets", json={"reference": "R4"}, headers=headers).status_code == 201
    _change(service, "k4", status=0)
    assert (
        post("/v1/packets", json={"reference": "R4"}, headers=headers).json()["code"] == "in_flight"
    )
    _change(service, "k4", created_at=service.wiring.now() - timedelta(minutes=1))
    lost = post("/v1/packets", json={"reference": "R4"}, headers=headers)
    assert (lost.status_code, lost.json()["code"]) == (409, "already_there") and _made(
        service, "R4"
    ) == 1
    assert (
        post("/v1/packets", json={"reference": "R5"}, headers={"Idempotency-Key": "k5"}).status_code
        == 201
    )
    _change(service, "k5", created_at=service.wiring.now() - timedelta(hours=25))
    assert (
        post("/v1/packets", json={"reference": "R6"}, headers={"Idempotency-Key": "k5"}).status_code
        == 201
    )


def _change(service: Any, key: str, **values: Any) -> None:
    with service.wiring.database.writing(EVERY) as session:
        session.execute(update(IdempotencyKey).where(IdempotencyKey.key == key).values(**values))
