"""The service over HTTP with real files: from log-in to report."""

from __future__ import annotations

import pytest
import structlog
from conftest import honest_files
from fastapi.testclient import TestClient
from running_service import Service
from structlog.testing import LogCapture

from api.http.authentication import CSRF_HEADER
from api.jobs import verification
from api.store.packet_tables import GraphPart


def test_health(service) -> None:  # type: ignore[no-untyped-def]
    answer = service.client.get("/health")
    assert (
        answer.json()["status"] == "ok"
        and "default-src 'self'" in answer.headers["content-security-policy"]
    )
    assert "huoyan_request_seconds" in service.client.get("/metrics").text


def test_health_and_readiness_answer_to_probes(service) -> None:  # type: ignore[no-untyped-def]
    for path in ("/health", "/ready"):
        assert service.client.get(path).json()["status"] == "ok"
        head = service.client.head(path)
        assert head.status_code == 200
        assert head.content == b""


def test_a_line_of_the_log_tells_how_a_packet_ended(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = LogCapture()  # in place of the module's logger, which keeps what was set up before
    monkeypatch.setattr(verification, "_LOG", structlog.wrap_logger(None, processors=[seen]))
    packet = service.verified("机密-L1", {"机密.txt": "甲公司".encode()})
    (line,) = [line for line in seen.entries if line["event"] == "packet ended"]
    assert (line["packet"], line["state"], line["files"]) == (packet, "done", 1)
    assert "机密" not in str(line)


def test_packet_to_report(service) -> None:  # type: ignore[no-untyped-def]
    packet = service.verified("A1", honest_files(7, "ruled.pdf")[1])
    assert service.client.get(f"/v1/packets/{packet}").json()["band"] == "low"
    stream = service.client.get(f"/v1/packets/{packet}/events").text
    assert "event: done" in stream and stream.rstrip().endswith("data: {}")


def test_a_report_brings_its_part_of_the_graph(service) -> None:  # type: ignore[no-untyped-def]
    packet = service.client.get("/v1/packets", params={"reference": "A1"}).json()["items"][0]["id"]
    with service.wiring.database.reading(
        service.client.get("/v1/organisation").json()["id"]
    ) as session:
        assert session.get(GraphPart, packet) is not None
    relations = service.client.get("/v1/graph", params={"packet": packet}).json()["relations"]
    assert relations and {p["packet_id"] for r in relations for p in r["places"]} == {packet}


def test_problems(service) -> None:  # type: ignore[no-untyped-def]
    client: TestClient = service.client
    for answer, status, code in (
        (client.get("/v1/packets/nothing"), 404, "not_found"),
        (client.get("/v1/nothing"), 404, "not_found"),
        (client.post("/v1/packets", json={"reference": ""}), 422, "invalid"),
        (client.get("/v1/packets", headers={"Authorization": "Bearer x"}), 401, "not_logged_in"),
        (
            client.post("/v1/packets", json={"reference": "B"}, headers={CSRF_HEADER: "x"}),
            403,
            "csrf",
        ),
        (
            client.post(
                "/v1/packets",
                content=b"x" * (5 * 2**20),
                headers={"content-type": "application/json"},
            ),
            413,
            "over_limit",
        ),
    ):
        assert answer.status_code == status and answer.json()["code"] == code
        assert (
            set(answer.json()["detail"]) == {"zh", "en"}
            and answer.headers["content-type"] == "application/problem+json"
        )
