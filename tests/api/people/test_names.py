"""Names of every kind that a request gives hold no control characters and no unseen marks."""

from __future__ import annotations

from typing import Any

import pytest
from running_service import Service

MARKS = ("\x1b[31m", "\x85", "\u202e", "\u2066", "\u200b", "\ufeff", "\u2028")
HOOK = {"url": "https://example.com/h", "kinds": ["packet.done"]}
NAMED: dict[str, tuple[str, dict[str, Any]]] = {
    "/v1/packets": ("reference", {}),
    "/v1/users": ("name", {"login": "n1", "password": "a-long-password"}),
    "/v1/keys": ("name", {"scopes": ["packets:read"]}),
    "/v1/webhooks": ("name", HOOK),
    "/v1/graph/snapshots": ("name", {"body": {}}),
}


@pytest.mark.parametrize("path", NAMED)
def test_marks_in_names_are_refused(service: Service, path: str) -> None:
    field, others = NAMED[path]
    for mark in MARKS:
        answer = service.client.post(path, json=others | {field: f"甲{mark}乙"})
        assert answer.status_code == 422, (path, mark)
        assert answer.json()["errors"][0]["at"] == f"body/{field}"


def test_marks_in_names_of_uploads_are_taken_out(service: Service) -> None:
    packet = service.client.post("/v1/packets", json={"reference": "名-1"}).json()["id"]
    files = [("files", ("a/流水\u202e\x1b.pdf", b"x"))]
    made = service.client.post(f"/v1/packets/{packet}/files", files=files).json()
    assert made[0]["name"] == "流水.pdf"
