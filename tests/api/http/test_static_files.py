"""The workbench's files: the page for its screens, caching, the compressed twin, and nothing for
what is not there.
"""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from api.http.static_files import Workbench

BROTLI = bytes.fromhex("8b0280") + b"script" + b"\x03"  # as the build writes it


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<title>page</title>")
    (tmp_path / "assets" / "a-1.js").write_text("script")
    (tmp_path / "assets" / "a-1.js.gz").write_bytes(gzip.compress(b"script"))
    (tmp_path / "assets" / "a-1.js.br").write_bytes(BROTLI)
    app = Starlette()
    app.mount("/", Workbench(tmp_path))
    return TestClient(app)


def test_screens_have_the_page(client: TestClient) -> None:
    for path in ("/", "/cases", "/packets/pkt_1", "/administration/people?x=1"):
        answer = client.get(path)
        assert (
            answer.status_code == 200
            and "page" in answer.text
            and "immutable" not in answer.headers.get("cache-control", "")
        )


def test_what_is_not_there(client: TestClient) -> None:
    for path in ("/v1/nothing", "/assets/gone.js", "/favicon.ico", "/health/x"):
        assert client.get(path).status_code == 404, path


def test_assets_are_kept_and_compressed(client: TestClient) -> None:
    small = client.get("/assets/a-1.js", headers={"Accept-Encoding": "gzip"})
    smaller = client.get("/assets/a-1.js", headers={"Accept-Encoding": "gzip, br"})
    plain = client.get("/assets/a-1.js", headers={"Accept-Encoding": "identity"})
    assert small.text == plain.text == "script"
    assert small.headers["content-encoding"] == "gzip" and "content-encoding" not in plain.headers
    assert (
        smaller.headers["content-encoding"] == "br"
        and smaller.headers["content-length"] != small.headers["content-length"]
    )
    for answer in (small, smaller, plain):
        assert "immutable" in answer.headers["cache-control"] and answer.headers[
            "content-type"
        ].startswith("text/javascript")
