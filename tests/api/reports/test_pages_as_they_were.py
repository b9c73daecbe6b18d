"""Pages as they were: of an earlier save that a file still holds, and of an earlier report of a
packet.
"""

from __future__ import annotations

from typing import Any

import forge_pdf as forge
from conftest import honest_files

NEW = "9999999.99"


def test_earlier_saves_and_earlier_reports(service: Any) -> None:
    paper = honest_files(7, "ruled.pdf")[1]["发票1.pdf"]
    data = forge.incremental(paper, max(forge.figures(paper), key=lambda s: len(s.text)), NEW)
    client, packet = service.client, service.verified("R-1", {"发票1.pdf": data})
    document = client.get(f"/v1/packets/{packet}/documents").json()["items"][0]["id"]
    at = f"/v1/packets/{packet}/documents/{document}"
    assert [
        (r["number"], r["pages"]) for r in client.get(f"{at}/file-revisions").json()["items"]
    ] == [(1, 1)]
    told = client.get(f"{at}/pages/1/changes", params={"file_revision": 1}).json()
    assert told["readable"] and any(
        NEW in c["after"] and len(c["before_box"]) == 4 for c in told["items"]
    )
    now, before, report = (
        client.get(f"{at}/pages/1.png", params=q)
        for q in ({}, {"file_revision": 1}, {"revision": 1})
    )
    assert now.content.startswith(b"\x89PNG") and before.content.startswith(b"\x89PNG")
    assert now.content != before.content and now.content == report.content
    assert client.get(f"{at}/pages/1.png", params={"revision": 9}).status_code == 404
    part = {"page": 1, "box": "0,0,1,1"}
    now, before, report = (
        client.get(f"{at}/crop.png", params=part | q)
        for q in ({}, {"file_revision": 1}, {"revision": 1})
    )
    assert (
        before.content.startswith(b"\x89PNG")
        and now.content != before.content
        and now.content == report.content
    )
    assert (
        client.get(f"{at}/crop.png", params=part | {"file_revision": 9}).json()["code"]
        == "unreadable_page"
    )
    for query in ({"file_revision": 2}, {"file_revision": 100}):
        assert client.get(f"{at}/pages/1/changes", params=query).json()["code"] == "unreadable_page"
        assert client.get(f"{at}/pages/1.png", params=query).json()["code"] == "unreadable_page"
