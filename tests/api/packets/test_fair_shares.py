"""One organisation's flood does not make another wait (T20), and who asks too often is told when to
come again.
"""

from __future__ import annotations

import time
from pathlib import Path

from fastapi.testclient import TestClient
from firm import make_firm
from other_layouts import invoice
from running_service import Service, served
from sqlalchemy import func, select

from api.people.service import found_organisation
from api.store.database import EVERY
from api.store.packet_tables import Packet, Revision

FLOOD = 60


def _submit(client: TestClient, reference: str, data: bytes) -> str:
    packet = client.post("/v1/packets", json={"reference": reference}).json()["id"]
    assert (
        client.post(
            f"/v1/packets/{packet}/files", files=[("files", ("发票.pdf", data))]
        ).status_code
        == 201
    )
    return str(packet)


def _go(client: TestClient, packet: str) -> None:
    assert (
        client.post(f"/v1/packets/{packet}/submit", json={"as_of": "2026-01-31"}).status_code == 202
    )


def _revision(service: Service, packet: str) -> Revision:
    with service.wiring.database.reading(EVERY) as session:
        return session.scalars(select(Revision).where(Revision.packet_id == packet)).one()


def test_a_flood_of_one_organisation_lets_another_pass(tmp_path: Path) -> None:
    firm = make_firm(100)
    with served(tmp_path, workers=1) as service:
        _, password = found_organisation(
            service.wiring.database, "乙银行", "other", service.wiring.now()
        )
        other = service.log_in("other", password)
        flood = [_submit(service.client, f"A{n}", invoice(firm.sales[n % 5])) for n in range(FLOOD)]
        one = _submit(other, "B", invoice(firm.sales[0]))
        for packet in flood:
            _go(service.client, packet)
        _go(other, one)
        with service.wiring.database.reading(EVERY) as session:
            waiting = (
                session.scalar(
                    select(func.count()).select_from(Revision).where(Revision.state == "queued")
                )
                or 0
            )
        end = time.monotonic() + 120
        while (mine := _revision(service, one)).state != "done":
            assert mine.state in ("queued", "running") and time.monotonic() < end
            time.sleep(0.05)
        with service.wiring.database.reading(EVERY) as session:
            passed = (
                select(func.count())
                .select_from(Revision)
                .join(Packet, Packet.id == Revision.packet_id)
                .where(Packet.reference.like("A%"))
            )
            started = (
                session.scalar(
                    passed.where(
                        Revision.started_at > mine.queued_at, Revision.started_at < mine.finished_at
                    )
                )
                or 0
            )
        print(f"{waiting} waited before it, {started} began before it was done")
    assert waiting > FLOOD / 2 and started <= 3


def test_who_asks_too_often_is_told_when_to_come_again(tmp_path: Path) -> None:
    with served(tmp_path, workers=0) as service:
        key = service.client.post(
            "/v1/keys", json={"name": "k", "scopes": ["packets:read"]}
        ).json()["key"]
        program = TestClient(service.client.app, headers={"Authorization": f"Bearer {key}"})
        service.wiring.settings = service.wiring.settings.model_copy(
            update={"requests_per_minute": 5}
        )
        answers = [program.get("/v1/packets") for _ in range(6)]
        assert [a.status_code for a in answers] == [200] * 5 + [429]
        last = answers[-1]
        wait = int(last.headers["retry-after"])
        assert last.json()["code"] == "too_many" and 1 <= wait <= 120
        assert (
            last.headers["ratelimit-policy"] == '"requests";q=5;w=60'
            and last.headers["ratelimit"] == f'"requests";r=0;t={wait}'
        )
