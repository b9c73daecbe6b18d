"""Snapshots: bytes that never change, told to the audit, seen by their own organisation alone."""

from __future__ import annotations

import hashlib
import json

import pytest
from graph_papers import PHONE, A

from api.http.pagination import encode
from api.store.audit_chain import canonical
from api.store.service_tables import AuditRow

BODY = {
    "entities": [
        {"id": "phone:x", "kind": "phone", "name": PHONE},
        {"id": "company:a", "kind": "company", "name": A},
    ],
    "note": f"电话{PHONE}",
}


def made(client, **more):  # type: ignore[no-untyped-def]
    answer = client.post("/v1/graph/snapshots", json={"name": "甲圈", "body": BODY} | more)
    assert answer.status_code == 201, answer.text
    return answer.json()


def test_frozen_as_it_was_and_told_to_the_audit(bank) -> None:  # type: ignore[no-untyped-def]
    client = bank.client
    packet = client.get("/v1/packets", params={"reference": "A1"}).json()["items"][0]["id"]
    head = made(client, packet=packet)
    first = client.get(f"/v1/graph/snapshots/{head['id']}/body")
    assert (
        hashlib.sha256(first.content).hexdigest()
        == head["sha256"]
        == first.headers["etag"].strip('"')
    )
    client.post("/v1/graph/snapshots", json={"name": "另一", "body": {"a": 1}})
    again = client.get(f"/v1/graph/snapshots/{head['id']}/body")
    whole = client.get(f"/v1/graph/snapshots/{head['id']}").json()
    assert (
        again.content == first.content
        and whole["body"] == json.loads(first.content)
        and whole["packet"] == packet
    )
    assert PHONE not in first.text and whole["body"]["entities"][1]["name"] == A
    assert head["id"] in [
        s["id"]
        for s in client.get("/v1/graph/snapshots", params={"packet": packet}).json()["items"]
    ]
    assert client.delete(f"/v1/graph/snapshots/{head['id']}").status_code == 204
    assert client.get(f"/v1/graph/snapshots/{head['id']}").status_code == 404
    with bank.wiring.database.reading(client.get("/v1/organisation").json()["id"]) as session:
        acts = [
            (r.action, r.detail)
            for r in session.query(AuditRow).filter_by(subject=head["id"]).order_by(AuditRow.seq)
        ]
    detail = canonical({"sha256": head["sha256"], "packet": packet})
    assert acts == [("snapshot.made", detail), ("snapshot.removed", detail)]


def test_who_may(bank, stranger) -> None:  # type: ignore[no-untyped-def]
    head = made(bank.client)
    at = f"/v1/graph/snapshots/{head['id']}"
    for path in (at, f"{at}/body"):
        assert stranger.get(path).json() == stranger.get("/v1/graph/snapshots/snp_none").json()
    assert (
        stranger.delete(at).status_code == 404
        and stranger.get("/v1/graph/snapshots").json()["items"] == []
    )
    reviewer = bank.person("reader", "reviewer")
    assert reviewer.get(at).status_code == 200
    cursor = encode(["2026-01-01T00:00:00+00:00", "\0"])
    assert (
        reviewer.get("/v1/graph/snapshots", params={"cursor": cursor}).json()["code"]
        == "bad_cursor"
    )
    assert (
        reviewer.delete(at).json()["code"]
        == reviewer.post("/v1/graph/snapshots", json={"name": "x", "body": {}}).json()["code"]
        == "not_allowed"
    )


def nested(depth: int) -> dict[str, object]:
    body: dict[str, object] = {}
    for _ in range(depth):
        body = {"a": [body]}
    return body


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"name": "", "body": {}}, 422),
        ({"name": "a\x00b", "body": {}}, 422),
        ({"name": "\ud800", "body": {}}, 422),
        ({"name": "a", "body": []}, 422),
        ({"name": "a", "body": {}, "more": 1}, 422),
        ({"name": "a", "body": nested(30)}, 422),
        ({"name": "a", "body": {"x": "y" * 2_200_000}}, 413),
        ({"name": "a", "body": {"x": float("nan")}}, 422),
        ({"name": "a", "body": {"x": "\ud800"}}, 422),
        ({"name": "a", "body": {}, "packet": "pkt_none"}, 404),
        ({"name": "a", "body": {"\x00": "\x00", "kind": ["phone"], "name": {"x": 1}}}, 201),
        ({"name": "a", "body": {"kind": {}}}, 201),
    ],
)
def test_hostile_bodies(bank, body: dict[str, object], status: int) -> None:  # type: ignore[no-untyped-def]
    answer = bank.client.post(
        "/v1/graph/snapshots",
        content=json.dumps(body),
        headers={"content-type": "application/json"},
    )
    assert answer.status_code == status, answer.text
    if status == 201:
        head = answer.json()
        assert (
            hashlib.sha256(
                bank.client.get(f"/v1/graph/snapshots/{head['id']}/body").content
            ).hexdigest()
            == head["sha256"]
        )
        assert bank.client.get(f"/v1/graph/snapshots/{head['id']}").status_code == 200
