"""The service over HTTP with real files: from log-in to report."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import honest_files
from fastapi.testclient import TestClient

from api.app import create_app
from api.people.caller import CSRF_HEADER
from api.people.service import found_organisation
from api.settings import Settings
from api.store.migrate import migrate
from api.wiring import wire


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    wiring = wire(Settings(data=tmp_path_factory.mktemp("data")))
    migrate(wiring.database)
    _, password = found_organisation(wiring.database, "甲银行", "admin", wiring.now())
    with TestClient(create_app(wiring)) as made:
        csrf = made.post("/v1/session", json={"login": "admin", "password": password}).json()["csrf"]
        made.headers[CSRF_HEADER] = csrf
        yield made


def test_health(client: TestClient) -> None:
    answer = client.get("/health")
    assert answer.json()["status"] == "ok" and "default-src 'self'" in answer.headers["content-security-policy"]


def test_packet_to_report(client: TestClient, tmp_path: Path) -> None:
    packet = client.post("/v1/packets", json={"reference": "A1"}).json()["id"]
    files = [("files", (n, d)) for n, d in honest_files(7, "ruled.pdf")[1].items()]
    assert client.post(f"/v1/packets/{packet}/files", files=files).status_code == 201
    answer = client.post(f"/v1/packets/{packet}/submit", params={"wait": 60}, json={"as_of": "2026-01-31"})
    assert answer.status_code == 200 and answer.json()["band"] == "low", answer.text
    stream = client.get(f"/v1/packets/{packet}/events").text
    assert "event: done" in stream and stream.rstrip().endswith("data: {}")


def test_problems(client: TestClient) -> None:
    for answer, status, code in (
        (client.get("/v1/packets/nothing"), 404, "not_found"),
        (client.get("/v1/nothing"), 404, "not_found"),
        (client.post("/v1/packets", json={"reference": ""}), 422, "invalid"),
        (client.get("/v1/packets", headers={"Authorization": "Bearer x"}), 401, "not_logged_in"),
        (client.post("/v1/packets", json={"reference": "B"}, headers={CSRF_HEADER: "x"}), 403, "csrf"),
    ):
        assert answer.status_code == status and answer.json()["code"] == code
        assert set(answer.json()["detail"]) == {"zh", "en"} and answer.headers["content-type"] == "application/problem+json"
