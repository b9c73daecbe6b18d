"""Blobs in an S3-compatible store, by requests over HTTP to a store of the test's own.

Run by `make test-s3`.
"""

from __future__ import annotations

import hashlib
import socket
import socketserver
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from select import select as select_ready
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from firm import make_firm
from other_layouts import invoice
from running_service import Service, served
from sqlalchemy import select

from api.blobs.errors import LostBlob, StoreAway
from api.blobs.opening import open_blobs
from api.store.database import EVERY
from api.store.packet_tables import Revision

pytestmark = pytest.mark.s3
BUCKET, PLACE = "papers", "s3://papers/huoyan"


@pytest.fixture(scope="module")
def store() -> Iterator[str]:
    """The address of a store that is empty."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer("127.0.0.1", 0)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def client(store: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """boto3 itself, to look behind the service; the bucket is there and empty."""
    import boto3

    for name, value in (
        ("ACCESS_KEY_ID", "test"),
        ("SECRET_ACCESS_KEY", "test"),
        ("DEFAULT_REGION", "us-east-1"),
        ("EC2_METADATA_DISABLED", "true"),
    ):
        monkeypatch.setenv(f"AWS_{name}", value)
    made = boto3.client("s3", endpoint_url=store)
    made.create_bucket(Bucket=BUCKET)
    yield made
    for each in made.list_objects_v2(Bucket=BUCKET).get("Contents", ()):
        made.delete_object(Bucket=BUCKET, Key=each["Key"])


@pytest.fixture
def blobs(client: Any, store: str) -> Any:
    return open_blobs(PLACE, store)


def test_what_was_put_is_got_until_it_is_deleted(blobs: Any) -> None:
    digest = blobs.put("org_a", b"paper")
    assert digest == hashlib.sha256(b"paper").hexdigest() == blobs.put("org_a", b"paper")
    assert blobs.get("org_a", digest) == b"paper" and list(blobs.digests("org_a")) == [digest]
    assert list(blobs.digests("org_a", idle_seconds=60)) == []
    blobs.delete("org_a", digest)
    blobs.delete("org_a", digest)
    with pytest.raises(LostBlob):
        blobs.get("org_a", digest)


def test_a_changed_object_is_lost(blobs: Any, client: Any) -> None:
    digest = blobs.put("org_a", b"paper")
    client.put_object(Bucket=BUCKET, Key=f"huoyan/org_a/{digest}", Body=b"other")
    with pytest.raises(LostBlob):
        blobs.get("org_a", digest)


def test_organisations_lie_apart_even_where_one_name_begins_the_other(blobs: Any) -> None:
    digest = blobs.put("org_ab", b"paper")
    assert list(blobs.digests("org_a")) == [] and list(blobs.digests("org_ab")) == [digest]
    with pytest.raises(LostBlob):
        blobs.get("org_a", digest)
    blobs.delete("org_a", digest)
    assert blobs.get("org_ab", digest) == b"paper"


def test_more_objects_than_a_page_are_all_listed(blobs: Any) -> None:
    assert {blobs.put("org_a", str(n).encode()) for n in range(1_010)} == set(
        blobs.digests("org_a")
    )
    for digest in list(blobs.digests("org_a")):
        blobs.delete("org_a", digest)


def test_a_bucket_or_a_store_that_is_away_is_storage(client: Any, store: str) -> None:
    for place, endpoint in (("s3://nothing/x", store), (PLACE, "http://127.0.0.1:9")):
        away = open_blobs(place, endpoint)
        for act in (
            lambda b: b.put("org_a", b"x"),
            lambda b: b.get("org_a", "0" * 64),
            lambda b: list(b.digests("org_a")),
        ):
            with pytest.raises(StoreAway):
                act(away)


def test_an_upload_past_the_service(blobs: Any) -> None:
    data = b"paper past the service"
    address, headers = blobs.upload_address(
        "org_a", "fil_1", hashlib.sha256(data).hexdigest(), len(data), 60
    )
    assert blobs.arrived("org_a", "fil_1", 100) is None
    assert httpx.put(address, content=data, headers=headers).status_code == 200
    assert blobs.arrived("org_a", "fil_1", 100) == data and list(blobs.digests("org_a")) == []
    assert (
        blobs.arrived("org_a", "fil_1", 4) == data[:4]
        and blobs.arrived("org_b", "fil_1", 100) is None
    )
    blobs.sweep_uploads("org_a", 60)
    assert blobs.arrived("org_a", "fil_1", 100) == data
    blobs.sweep_uploads("org_a", 0)
    assert blobs.arrived("org_a", "fil_1", 100) is None


def test_a_packet_whose_papers_lie_in_the_store_is_verified(
    client: Any, store: str, tmp_path: Path
) -> None:
    paper = invoice(make_firm(100).sales[0])
    with served(tmp_path, blobs=PLACE, s3_endpoint=store) as service:
        packet = service.verified("S3-1", {"发票.pdf": paper})
        report = service.client.get(f"/v1/packets/{packet}/report").json()
        assert [d["type"] for d in report["documents"]] == ["invoice"]
        file = service.client.get(f"/v1/packets/{packet}").json()["files"][0]
        assert service.client.get(f"/v1/packets/{packet}/files/{file['id']}").content == paper
        org = service.client.get("/v1/organisation").json()["id"]
        assert (
            client.get_object(Bucket=BUCKET, Key=f"huoyan/{org}/{file['sha256']}")["Body"].read()
            == paper
        )
        assert not (tmp_path / "blobs").exists()
        assert (
            service.client.delete(f"/v1/packets/{packet}", params={"reason": "r"}).status_code
            == 204
        )
        assert not client.list_objects_v2(Bucket=BUCKET).get("Contents")


def test_a_file_is_put_past_the_service_and_taken_once(
    client: Any, store: str, tmp_path: Path
) -> None:
    paper = b"%PDF-1.7 paper"
    with served(tmp_path, blobs=PLACE, s3_endpoint=store) as service:
        packet = service.client.post("/v1/packets", json={"reference": "S3-2"}).json()["id"]
        at = f"/v1/packets/{packet}/uploads"
        told = {"name": "合同.pdf", "size": len(paper), "sha256": hashlib.sha256(paper).hexdigest()}
        asked, other = (service.client.post(at, json=told).json() for _ in range(2))
        assert asked["address"].startswith(store) and "AWSSecret" not in asked["address"]
        assert service.client.post(f"{at}/{asked['id']}").json()["code"] == "upload_missing"
        assert (
            httpx.put(asked["address"], content=paper, headers=asked["headers"]).status_code == 200
        )
        file = service.client.post(f"{at}/{asked['id']}").json()
        assert service.client.get(f"/v1/packets/{packet}/files/{file['id']}").content == paper
        assert service.client.post(f"{at}/{asked['id']}").json()["code"] == "upload_used"
        assert [
            each["Key"].rsplit("/", 1)[-1]
            for each in client.list_objects_v2(Bucket=BUCKET)["Contents"]
        ] == [file["sha256"]]
        org = service.client.get("/v1/organisation").json()["id"]
        client.put_object(
            Bucket=BUCKET, Key=_waiting(client, other, org), Body=b"other bytes that a store let in"
        )
        assert service.client.post(f"{at}/{other['id']}").json()["code"] == "upload_differs"
        assert len(service.client.get(f"/v1/packets/{packet}").json()["files"]) == 1


def test_a_packet_waits_for_a_store_that_is_away(
    client: Any, store: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However often it is tried meanwhile: not the packet failed."""
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    with (
        way_to(store) as (way, address),
        served(tmp_path, blobs=PLACE, s3_endpoint=address, attempts=1) as service,
    ):
        packet = service.client.post("/v1/packets", json={"reference": "S3-3"}).json()["id"]
        files = [("files", ("发票.pdf", invoice(make_firm(100).sales[0])))]
        service.client.post(f"/v1/packets/{packet}/files", files=files).raise_for_status()
        way.open = False
        service.client.post(
            f"/v1/packets/{packet}/submit", json={"as_of": "2026-01-31"}
        ).raise_for_status()
        _until(lambda: _attempt(service) > 3)
        assert service.client.get(f"/v1/packets/{packet}").json()["status"] == "running"
        way.open = True
        _until(lambda: service.client.get(f"/v1/packets/{packet}").json()["status"] == "done")


def _attempt(service: Service) -> int:
    with service.wiring.database.reading(EVERY) as session:
        return session.scalars(select(Revision.attempt)).one()


def _until(happened: Callable[[], bool]) -> None:
    end = time.monotonic() + 120
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.2)


class Way(socketserver.ThreadingTCPServer):
    """A way to a store that can be closed."""

    daemon_threads = True
    open = True

    def __init__(self, store: str) -> None:
        super().__init__(("127.0.0.1", 0), _Passing)
        self.store = urlsplit(store)


class _Passing(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        way: Any = self.server
        if not way.open:
            return
        with socket.create_connection((way.store.hostname, way.store.port)) as beyond:
            sides = {self.request: beyond, beyond: self.request}
            while way.open:
                for side in select_ready([*sides], [], [], 0.1)[0]:
                    data = side.recv(2**16)
                    if not data:
                        return
                    sides[side].sendall(data)


@contextmanager
def way_to(store: str) -> Iterator[tuple[Way, str]]:
    with Way(store) as way:
        threading.Thread(target=way.serve_forever, daemon=True).start()
        yield way, f"http://127.0.0.1:{way.server_address[1]}"
        way.shutdown()


def _waiting(client: Any, asked: Any, org: str) -> str:
    """The key that an address leads to."""
    path = httpx.URL(asked["address"]).path
    key = path[path.index("huoyan/") :]
    assert key.startswith(f"huoyan/{org}/uploads/fil_")
    return key
