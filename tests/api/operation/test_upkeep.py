"""Personal data stays within its stores, and after erasure is in none of them (T22)."""

from __future__ import annotations

import gzip
import io
import json
import logging
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import structlog
from firm import make_firm
from make_packets import honest
from running_service import Service, served
from sqlalchemy import select

from api.audit import service as audit
from api.operation.upkeep import Upkeep
from api.outbound.addresses import Reach
from api.outbound.connector import MOST, Answer
from api.runtime.logs import set_up
from api.store.packet_tables import Packet
from api.store.service_tables import AuditRow

NAMES = [
    "欧阳澜汐",
    "司徒暮云",
    "慕容听雪",
    "诸葛望舒",
    "上官浅墨",
    "夏侯南枝",
    "端木知秋",
    "东方未晞",
]
IDS = [f"51010219{70 + n}0{n + 1}1{n}77{n}3" for n in range(8)]
PHONES = [f"1390077{n}31{n}" for n in range(7)]
ACCOUNTS = [f"62284800{n}9317{n}55{n}18" for n in range(7)]
CANARIES = [*NAMES, *IDS, *PHONES, *ACCOUNTS]


def _spellings(canary: str) -> set[bytes]:
    return {canary.encode(), canary.encode("gbk"), json.dumps(canary)[1:-1].encode()}


SOUGHT = {c: _spellings(c) for c in CANARIES}


def hits(texts: Iterable[bytes]) -> set[str]:
    """Canaries that are in any of the texts, in any spelling."""
    joined = b"\n".join(texts)
    return {c for c, forms in SOUGHT.items() if any(f in joined for f in forms)}


def files_in(folder: Path) -> list[bytes]:
    """Bytes and names of all files of a folder, what is compressed opened too."""
    found: list[bytes] = []
    for path in folder.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            found += [
                data,
                str(path).encode(),
                gzip.decompress(data) if data[:2] == b"\x1f\x8b" else b"",
            ]
    return found


def papers() -> dict[str, bytes]:
    """A packet whose statement and file names hold all canaries."""
    firm = make_firm(7)
    rows = list(firm.rows)
    for n in range(8):
        at = [i for i, r in enumerate(rows) if r.party and r.account][n]
        text = f"往来款 {IDS[n]} {PHONES[n % 7]}"
        rows[at] = replace(rows[at], party=NAMES[n], account=ACCOUNTS[n % 7], text=text)
    made = honest(replace(firm, rows=rows), "signed.csv")
    kept = {n: made[n] for n in ("营业执照.pdf", "流水_signed.csv")}
    return kept | {f"{NAMES[0]}_{IDS[0]}.csv": made["流水_signed.csv"]}


class Receiver:
    """A connector that keeps what would leave the house."""

    def __init__(self) -> None:
        self.came: list[bytes] = []

    def request(
        self,
        method: str,
        url: str,
        reach: Reach,
        headers: dict[str, str],
        content: bytes = b"",
        most: int = MOST,
    ) -> Answer:
        self.came += [content, repr(headers).encode()]
        return Answer(status=204, body=b"")


def _wrong_requests(service: Service, packet: str) -> list[bytes]:
    """Bodies of errors about requests that hold canaries."""
    client, name, number = service.client, NAMES[1], IDS[1]
    answers = [
        client.post("/v1/packets", json={"reference": f"{name}\x01{number}"}),
        client.post("/v1/packets", json={"reference": f"{name}/{number}", "amount": number}),
        client.post("/v1/packets", json={"reference": NAMES[2]}),
        client.post(
            "/v1/packets",
            content=f'{{"reference": "{name}'.encode(),
            headers={"content-type": "application/json"},
        ),
        client.get(f"/v1/packets/{name}"),
        client.get(f"/v1/{number}"),
        client.get(f"/v1/packets?cursor={number}"),
        client.post(
            f"/v1/packets/{packet}/corrections",
            json={"document": name, "field": number, "value": number, "reason": PHONES[0]},
        ),
        client.post("/v1/session", json={"login": name, "password": number}),
    ]
    assert all(a.status_code >= 400 for a in answers)
    return [a.content for a in answers]


def test_canaries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    temporary, data, log = tmp_path / "tmp", tmp_path / "data", io.StringIO()
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    with _logged(log):
        with served(data, retention_days=30) as service:
            service.wiring.connector = receiver = Receiver()
            hook = {
                "name": "x",
                "url": "https://bank.example/",
                "kinds": ["packet.done", "packet.quarantined"],
            }
            assert service.client.post("/v1/webhooks", json=hook).status_code == 201
            service.client.headers["Idempotency-Key"] = "one"
            assert (
                service.client.post(
                    "/v1/packets", json={"reference": NAMES[2], "branch": NAMES[3]}
                ).status_code
                == 201
            )
            del service.client.headers["Idempotency-Key"]
            packet = service.verified(f"{NAMES[4]} {IDS[4]}", papers())
            errors = _wrong_requests(service, packet)
            service.wiring.dispatcher.finish()
            metrics = service.client.get("/metrics").content
            assert hits(files_in(data)) == set(CANARIES), "the papers were kept and read"
            _erase_by_age(service)
            kept = files_in(data)
        assert receiver.came and not hits(receiver.came)
        assert "/v1/packets/{packet_id}/submit" in log.getvalue() and not hits(
            [log.getvalue().encode(), metrics]
        ), "logs and metrics"
        assert not hits(errors) and not hits(files_in(temporary))
        assert not hits(kept), "database, write-ahead log, steps and blobs after erasure"
        assert not hits(files_in(data))


@contextmanager
def _logged(log: io.StringIO) -> Iterator[None]:
    """The service's logs, as it sets them up, into `log`."""
    root, before = logging.getLogger(), logging.getLogger().handlers[:]
    set_up("DEBUG")
    root.handlers[0].setStream(log)  # type: ignore[attr-defined]
    try:
        yield
    finally:
        root.handlers[:] = before
        structlog.reset_defaults()


def _erase_by_age(service: Service) -> None:
    """The retention of 30 days, as seen 40 days later."""
    wiring, now = service.wiring, service.wiring.now
    Upkeep(wiring).round()
    org = service.client.get("/v1/organisation").json()["id"]
    with wiring.database.reading(org) as session:
        assert {p.status for p in session.scalars(select(Packet))} == {"done", "draft"}
    wiring.now = lambda: now() + timedelta(days=40)
    assert Upkeep(wiring).round()
    wiring.now = now
    with wiring.database.reading(org) as session:
        assert {p.status for p in session.scalars(select(Packet))} == {"erased"}
        rows = list(session.scalars(select(AuditRow).where(AuditRow.action == "packet.erased")))
        assert (
            {r.actor for r in rows} == {"system"}
            and len(rows) == 2
            and '"reason":"retention"' in rows[0].detail
        )
        assert audit.verified(wiring, session, org).whole


def test_operation(service: Service) -> None:
    told = service.client.get("/v1/operation").json()
    assert (
        told["waiting"] == told["running"] == 0
        and told["workers"][0]["alive"]
        and told["isolation_level"] >= 0
    )
    assert service.person("chen.jie", "reviewer").get("/v1/operation").status_code == 403


def test_blobs_that_nothing_names_are_swept_once_they_are_old(service: Service) -> None:
    wiring, now = service.wiring, service.wiring.now
    org = service.client.get("/v1/organisation").json()["id"]
    packet = service.client.post("/v1/packets", json={"reference": "S1"}).json()["id"]
    assert (
        service.client.post(
            f"/v1/packets/{packet}/files", files=[("files", ("a.pdf", b"named"))]
        ).status_code
        == 201
    )
    old, young = wiring.blobs.put(org, b"left behind"), wiring.blobs.put(org, b"being uploaded")
    for path in (wiring.settings.data / "blobs" / org).glob("??/*"):
        if path.name != young:
            os.utime(path, (0, 0))
    upkeep, before = Upkeep(wiring), set(wiring.blobs.digests(org))
    upkeep.round()
    assert set(wiring.blobs.digests(org)) == before, "not before an hour is over"
    wiring.now = lambda: now() + timedelta(hours=2)
    upkeep.round()
    wiring.now = now
    assert before - set(wiring.blobs.digests(org)) == {old}
