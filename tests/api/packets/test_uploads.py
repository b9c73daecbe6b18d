"""An address takes the one file that it was made for, once, for some minutes, and the file is as
any other upload's.
"""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from firm import make_firm
from office import opened
from other_layouts import invoice
from running_service import Service
from structlog.testing import CapturingLogger

from api.client import Client
from api.http import middleware
from api.people.service import found_organisation

PAPER = b"%PDF-1.7 paper"


@dataclass
class Desk:
    """A service, its packet, and someone outside who has nothing but addresses."""

    service: Service
    packet: str
    outside: TestClient

    def ask(self, data: bytes = PAPER, **other: Any) -> Any:
        told = {
            "name": "合同.pdf",
            "size": len(data),
            "sha256": hashlib.sha256(data).hexdigest(),
        } | other
        return self.service.client.post(f"/v1/packets/{self.packet}/uploads", json=told)

    def put(self, asked: Any, data: Any = PAPER) -> Any:
        return self.outside.put(
            asked["address"].removeprefix(self.service.wiring.settings.public_url),
            content=data,
            headers=asked["headers"],
        )

    def finish(
        self, asked: Any, client: TestClient | None = None, packet: str = "", **kwargs: Any
    ) -> Any:
        return (client or self.service.client).post(
            f"/v1/packets/{packet or self.packet}/uploads/{asked['id']}", **kwargs
        )

    def files(self) -> Any:
        return self.service.client.get(f"/v1/packets/{self.packet}").json()["files"]

    def audit(self) -> Any:
        return self.service.client.get(
            "/v1/audit", params={"action": "file.added", "subject": self.packet}
        ).json()["items"]


@pytest.fixture
def desk(service: Service, request: pytest.FixtureRequest) -> Desk:
    packet = service.client.post("/v1/packets", json={"reference": request.node.name}).json()["id"]
    return Desk(service, packet, TestClient(service.client.app))


def code(answer: Any) -> tuple[int, str]:
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert body["detail"]["zh"] and body["detail"]["en"]
    return answer.status_code, body["code"]


def test_a_file_comes_past_the_log_in(desk: Desk) -> None:
    asked = desk.ask().json()
    assert asked["method"] == "PUT" and asked["headers"] == {} and desk.files() == []
    assert "合同" not in asked["address"] and desk.packet not in asked["address"]
    assert desk.put(asked).status_code == 204 and desk.files() == []
    done = desk.finish(asked)
    assert done.status_code == 201 and [done.json()] == desk.files()
    assert (
        done.json()["name"] == "合同.pdf"
        and done.json()["sha256"] == hashlib.sha256(PAPER).hexdigest()
    )
    assert [r["detail"] for r in desk.audit()] == [
        {"file": done.json()["id"], "sha256": done.json()["sha256"], "size": len(PAPER)}
    ]
    assert (
        desk.service.client.get(f"/v1/packets/{desk.packet}/files/{done.json()['id']}").content
        == PAPER
    )


def test_it_works_once(desk: Desk) -> None:
    asked = desk.ask().json()
    assert code(desk.finish(asked)) == (409, "upload_missing")
    assert desk.put(asked).status_code == desk.put(asked).status_code == 204, (
        "before the end a broken transfer is tried again"
    )
    file = desk.finish(asked).json()
    assert code(desk.put(asked)) == code(desk.finish(asked)) == (409, "upload_used")
    assert (
        desk.service.client.delete(f"/v1/packets/{desk.packet}/files/{file['id']}").status_code
        == 204
    )
    assert code(desk.put(asked)) == code(desk.finish(asked)) == (409, "upload_used")
    assert len(desk.audit()) == 1


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_of_many_who_finish_it_at_once_one_does(kind: str, tmp_path: Path) -> None:
    with opened(tmp_path, kind) as office:
        service = Service(office.wiring, office.person("administrator"), "")
        desk = Desk(
            service,
            service.client.post("/v1/packets", json={"reference": "R"}).json()["id"],
            TestClient(service.client.app),
        )
        asked = desk.ask().json()
        assert desk.put(asked).status_code == 204
        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(lambda _: desk.finish(asked), range(8)))
        assert (
            sorted(a.status_code for a in answers) == [201] + [409] * 7
            and len(desk.files()) == len(desk.audit()) == 1
        )
        assert {a.json()["code"] for a in answers if a.status_code == 409} <= {
            "upload_used",
            "upload_missing",
        }


def test_the_same_key_answers_the_same(desk: Desk) -> None:
    key = {"Idempotency-Key": desk.packet}
    told = {"name": "a", "size": len(PAPER), "sha256": hashlib.sha256(PAPER).hexdigest()}
    one, two = (
        desk.service.client.post(f"/v1/packets/{desk.packet}/uploads", json=told, headers=key)
        for _ in range(2)
    )
    assert one.content == two.content and two.headers["Idempotent-Replayed"] == "true"
    desk.put(one.json())
    end = {"Idempotency-Key": f"{desk.packet}-end"}
    first, again = (
        desk.finish(one.json(), headers=end, json={"password": "geheim"}) for _ in range(2)
    )
    assert (
        first.status_code == again.status_code == 201
        and first.content == again.content
        and len(desk.files()) == 1
    )


@pytest.mark.parametrize("data", [PAPER + b"x", PAPER[:-1], b"X" * len(PAPER), b""])
def test_other_bytes_are_refused(desk: Desk, data: bytes) -> None:
    asked = desk.ask().json()
    assert code(desk.put(asked, data)) == (422, "upload_differs")
    assert code(desk.put(asked, iter([data[:3], data[3:]]))) == (422, "upload_differs"), (
        "nor in pieces of unknown length"
    )
    assert code(desk.finish(asked)) == (409, "upload_missing")
    assert desk.files() == []


def test_it_holds_for_minutes(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    wiring, late = desk.service.wiring, desk.ask(b"late").json()
    now = wiring.now()
    monkeypatch.setattr(wiring, "now", lambda: now + timedelta(minutes=14, seconds=50))
    assert desk.put(late, b"late").status_code == 204
    monkeypatch.setattr(wiring, "now", lambda: now + timedelta(minutes=15, seconds=1))
    assert code(desk.put(late, b"late")) == code(desk.finish(late)) == (410, "upload_expired")
    assert desk.files() == []


def test_it_is_of_one_organisation_and_packet(desk: Desk) -> None:
    asked = desk.ask(b"ours").json()
    desk.put(asked, b"ours")
    wiring, client = desk.service.wiring, desk.service.client
    _, password = found_organisation(wiring.database, desk.packet, "stranger", wiring.now())
    stranger = desk.service.log_in("stranger", password)
    theirs = stranger.post("/v1/packets", json={"reference": "T"}).json()["id"]
    other = client.post("/v1/packets", json={"reference": "another of ours"}).json()["id"]
    for who, packet in ((stranger, desk.packet), (stranger, theirs), (client, other)):
        assert code(desk.finish(asked, who, packet)) == (404, "not_found")
    assert code(desk.finish(asked, desk.outside)) == (401, "not_logged_in")
    assert code(
        stranger.post(
            f"/v1/packets/{desk.packet}/uploads", json={"name": "a", "size": 1, "sha256": "0" * 64}
        )
    ) == (404, "not_found")
    assert list(wiring.blobs.digests(stranger.get("/v1/organisation").json()["id"])) == []
    assert desk.files() == [] and desk.finish(asked).status_code == 201


def test_an_address_that_was_not_given_is_none(desk: Desk) -> None:
    asked = desk.ask().json()
    for wrong in ("x", asked["id"][:-6], asked["id"][:40] + "AAAA" + asked["id"][44:], "%00", "é"):
        assert code(desk.outside.put(f"/v1/uploads/{wrong}", content=PAPER)) == (
            404,
            "not_found",
        ), wrong


def test_limits_are_those_of_every_upload(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    most = desk.service.wiring.limits.packet_bytes
    assert code(desk.ask(size=most + 1)) == (413, "over_limit")
    first, second = (desk.ask(b"half", size=most // 2 + 1).json() for _ in range(2))
    assert first["id"] != second["id"]
    wiring = desk.service.wiring
    monkeypatch.setattr(wiring, "limits", type(wiring.limits)(packet_bytes=len(PAPER) + 3))
    asked, other = desk.ask().json(), desk.ask(b"more").json()
    assert desk.put(asked).status_code == desk.put(other, b"more").status_code == 204
    assert desk.finish(asked).status_code == 201 and code(desk.finish(other)) == (413, "over_limit")


def test_a_packet_that_is_erased_takes_nothing(desk: Desk) -> None:
    asked = desk.ask(b"too late").json()
    assert (
        desk.service.client.delete(f"/v1/packets/{desk.packet}", params={"reason": "r"}).status_code
        == 204
    )
    assert code(desk.put(asked, b"too late")) == code(desk.finish(asked)) == (404, "not_found")


def test_no_ticket_is_logged(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    requests = (
        CapturingLogger()
    )  # in place of the logger, which keeps what it was first set up with
    monkeypatch.setattr(middleware, "_LOG", requests)
    with caplog.at_level("DEBUG"):
        asked = desk.ask(b"logged").json()
        desk.put(asked, b"logged")
        desk.put(asked, b"differs")
        desk.finish(asked)
    told = repr(requests.calls) + repr(
        [r.getMessage() for r in caplog.records if r.name.startswith("huoyan")]
    )  # the client logs too
    assert "/v1/uploads/{ticket}" in told and asked["id"][:30] not in told and "合同" not in told


def test_what_was_never_finished_is_swept(desk: Desk) -> None:
    asked, blobs, org = (
        desk.ask(b"left").json(),
        desk.service.wiring.blobs,
        desk.service.client.get("/v1/organisation").json()["id"],
    )
    assert desk.put(asked, b"left").status_code == 204
    blobs.sweep_uploads(org, 3600)
    assert list(blobs.digests(org)).count(hashlib.sha256(b"left").hexdigest()) == 0, (
        "no blob before the end"
    )
    blobs.sweep_uploads(org, 0)
    assert code(desk.finish(asked)) == (409, "upload_missing")


def test_the_client_does_it_in_one_call(
    service: Service, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "发票.pdf"
    place.write_bytes(invoice(make_firm(100).sales[0]))
    monkeypatch.setattr(
        service.wiring,
        "settings",
        service.wiring.settings.model_copy(update={"public_url": address}),
    )
    with Client(address, service.key()) as client:
        packet = client.create("direct")["id"]
        assert client.upload_directly(packet, place)["name"] == "发票.pdf"
        assert client.submit(packet, "2026-01-31")["status"] == "done"
        assert client.report(packet)["documents"][0]["type"] == "invoice"
