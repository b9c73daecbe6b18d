"""A database of version 0.1.0 with data becomes this version's, and work goes on where it stood."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from firm import make_firm
from other_layouts import invoice
from postgres import own_database
from test_migrations import insert, upgrade

from api.app import create_app
from api.http.authentication import CSRF_HEADER, digest
from api.people.passwords import hash_of
from api.settings import Settings
from api.store.audit_chain import append_audit
from api.store.migrate import migrate
from api.wiring import Wiring, wire

NOW = datetime(2026, 1, 5, tzinfo=UTC)
ORG = "org_1"
PASSWORD = "a-password-of-long-ago"
REPORT = {
    "schema": "huoyan.report/1",
    "inputs": {"files": [{"sha256": "0" * 64, "kind": "pdf", "name": "a.pdf"}]},
    "findings": [],
    "documents": [],
}


@pytest.fixture(params=["sqlite", "postgres"])
def upgraded(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Wiring]:
    with own_database() if request.param == "postgres" else nullcontext("") as url:
        settings = Settings(data=tmp_path, database_url=url, workers=1, lease_seconds=5)
        wiring = wire(settings)
        upgrade(wiring.database, "0001")
        _fill(wiring)
        migrate(wiring.database)
        yield wiring


def _fill(wiring: Wiring) -> None:
    """People, keys, a packet with its report, and one that a worker held when it was stopped."""
    database = wiring.database
    insert(database, "organisations", id=ORG, name="甲银行", created_at=NOW, settings="{}")
    for login, role, active in (("admin", "administrator", True), ("left", "reviewer", False)):
        insert(
            database,
            "users",
            id=f"usr_{login}",
            login=login,
            name=login,
            role=role,
            password_hash=hash_of(PASSWORD),
            subject="",
            active=active,
            created_at=NOW,
            org_id=ORG,
        )
        insert(
            database,
            "api_keys",
            id=f"key_{login}",
            name=login,
            prefix="hyk_",
            digest=digest(f"hyk_{login}"),
            scopes='["packets:read"]',
            mode="live",
            created_by=f"usr_{login}",
            created_at=NOW,
            org_id=ORG,
        )
    paper = invoice(make_firm(100).sales[0])
    sha256 = wiring.blobs.put(ORG, paper)
    for name, status in (("old", "done"), ("held", "running")):
        _packet(wiring, name, status, sha256, len(paper))
    insert(
        database,
        "reports",
        id="rep_old",
        packet_id="pkt_old",
        revision=1,
        engines="e",
        score=1.0,
        band="low",
        coverage=1.0,
        applicant="甲公司",
        policy_version="2026.1",
        body=json.dumps(REPORT),
        parts=hashlib.sha256(b"").hexdigest(),
        created_at=NOW,
        org_id=ORG,
    )
    worker = {"executor": wiring.settings.executor_id, "started_at": NOW, "seen_at": NOW}
    insert(database, "workers", **worker, isolation=1, version="0.1.0")
    with database.writing(ORG) as session:
        append_audit(session, NOW, "usr_admin", "packet.submitted", "pkt_held", {"revision": 1})


def _packet(wiring: Wiring, name: str, status: str, sha256: str, size: int) -> None:
    times = {"created_at": NOW, "updated_at": NOW}
    insert(
        wiring.database,
        "packets",
        id=f"pkt_{name}",
        reference=name,
        branch="",
        amount="",
        mode="live",
        status=status,
        revision=1,
        created_by="usr_admin",
        org_id=ORG,
        **times,
    )
    insert(
        wiring.database,
        "files",
        id=f"fil_{name}",
        packet_id=f"pkt_{name}",
        name="发票.pdf",
        sha256=sha256,
        size=size,
        sealed_password="",
        added_by="usr_admin",
        added_at=NOW,
        org_id=ORG,
    )
    insert(
        wiring.database,
        "revisions",
        id=f"rev_{name}",
        packet_id=f"pkt_{name}",
        number=1,
        state=status,
        as_of=NOW.date(),
        policy_id="",
        files=json.dumps([f"fil_{name}"]),
        corrections="[]",
        reason="",
        request_key="",
        attempt=1,
        strikes=1,
        lease=1,
        priority=1,
        executor="w-0.1.0",
        queued_at=NOW,
        started_at=NOW,
        org_id=ORG,
    )


def test_a_service_of_0_1_0_goes_on(upgraded: Wiring) -> None:
    with TestClient(create_app(upgraded)) as client:
        answer = client.post("/v1/session", json={"login": "admin", "password": PASSWORD})
        assert answer.status_code == 200, answer.text
        client.headers[CSRF_HEADER] = answer.json()["csrf"]
        report = client.get("/v1/packets/pkt_old/report").json()
        assert report["schema"] == "huoyan.report/1"
        end = time.monotonic() + 180
        while client.get("/v1/packets/pkt_held").json()["status"] != "done":
            assert time.monotonic() < end
            time.sleep(0.2)
        keys = {key["id"]: key["revoked_at"] for key in client.get("/v1/keys").json()["items"]}
        assert keys["key_admin"] is None and keys["key_left"] is not None
        stranger = TestClient(client.app, headers={"Authorization": "Bearer hyk_left"})
        assert stranger.get("/v1/packets").status_code == 401
        erased = client.delete("/v1/packets/pkt_old", params={"reason": "test"})
        assert erased.status_code == 204
        held = client.get("/v1/packets/pkt_held/files/fil_held")
        assert held.status_code == 200, "another packet's file of the same bytes stays"
        assert client.get("/v1/audit/verify").json()["whole"]
