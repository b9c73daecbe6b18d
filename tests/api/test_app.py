"""The service over HTTP with real files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import honest_files
from fastapi.testclient import TestClient

from api.app import create_app


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    demo: Path = tmp_path_factory.mktemp("demo")
    for name, data in honest_files(7, "ruled.pdf")[1].items():
        (demo / name).write_bytes(data)
    with TestClient(create_app(demo)) as made:
        yield made


def test_health_and_demo(client: TestClient) -> None:
    assert client.get("/health").json()["status"] == "ok"
    for lang, word in (("zh", "核查报告"), ("en", "Verification report")):
        page = client.get("/", params={"lang": lang})
        assert word in page.text and "default-src 'none'" in page.headers["content-security-policy"]


def test_verify(client: TestClient) -> None:
    files = [("files", (n, d)) for n, d in honest_files(7, "ruled.pdf")[1].items()]
    answer = client.post("/v1/verify", files=files, data={"as_of": "2026-01-31", "packet": "A1"})
    assert answer.status_code == 200
    assert answer.json()["risk"]["band"] == "low" and answer.json()["application"]["id"] == "A1"


def test_problems(client: TestClient) -> None:
    for answer, status, code in (
        (client.post("/v1/verify"), 400, "no_files"),
        (client.post("/v1/verify", files=[("files", ("a.csv", b"x"))], data={"as_of": "soon"}), 400, "bad_as_of"),
        (client.post("/v1/verify", files=[("files", ("a.zip", b"PK\x03\x04rubbish"))]), 422, "damaged_file"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (status, code)
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["detail"]["zh"] and answer.json()["detail"]["en"]


def test_a_file_name_is_never_markup(client: TestClient) -> None:
    name = "<img src=x onerror=alert(1)>.pdf"
    answer = client.post("/v1/verify", files=[("files", (name, b"%PDF-1.4 bad"))])
    assert answer.status_code == 200 and answer.json()["risk"]["band"] == "not_verified"
