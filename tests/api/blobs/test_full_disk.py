"""A disk without room (T16): a typed answer, no torn file, and the packet is verified once there is
room again.
"""

from __future__ import annotations

import errno
import hashlib
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from firm import make_firm
from other_layouts import invoice
from running_service import Service, served
from sqlalchemy import select

from api.blobs.folder import FolderBlobs
from api.store.database import EVERY
from api.store.packet_tables import File, Packet, Revision

_FILE = ("发票.pdf", invoice(make_firm(100).sales[0]))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "small"
    place.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=16m", "huoyan-test", place],
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        pytest.skip(f"no file system may be mounted here: {made.stderr.strip()}")
    yield place
    subprocess.run(["umount", "--lazy", place], check=True)


def _fill(place: Path) -> None:
    with (place / "filler").open("wb", buffering=0) as out, suppress(OSError):
        while True:
            out.write(bytes(4096))


def _made(service: Service, reference: str) -> str:
    answer = service.client.post("/v1/packets", json={"reference": reference})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def _finished(service: Service, packet: str) -> str:
    end = time.monotonic() + 120
    while (status := service.client.get(f"/v1/packets/{packet}").json()["status"]) in (
        "queued",
        "running",
    ):
        assert time.monotonic() < end
        time.sleep(0.1)
    return str(status)


def test_no_room_for_database_and_files(small_disk: Path) -> None:
    with served(small_disk / "data") as service:
        service.verified("before", dict([_FILE]))
        packet = _made(service, "during")
        _fill(small_disk)
        large = ("large.pdf", b"%PDF-1.4\n" + bytes(200_000))
        refused = [
            service.client.post(f"/v1/packets/{packet}/files", files=[("files", large)])
            for _ in range(3)
        ]
        refused += [
            service.client.post(
                "/v1/packets", json={"reference": f"no room {n}", "branch": "x" * 50}
            )
            for n in range(40)
        ]
        for answer in refused:
            assert answer.status_code in (201, 503), (
                answer.text
            )  # a row may find room in a page that is there already
            assert answer.status_code == 201 or (
                answer.json()["code"] == "storage" and "retry-after" in answer.headers
            )
        assert [a.status_code for a in refused[:3]] == [503, 503, 503] and 503 in [
            a.status_code for a in refused[3:]
        ]
        blobs = [p for p in (small_disk / "data" / "blobs").rglob("*") if p.is_file()]
        assert all(hashlib.sha256(p.read_bytes()).hexdigest() == p.name for p in blobs), (
            "a torn file is left"
        )
        (small_disk / "filler").unlink()
        with service.wiring.database.reading(EVERY) as session:
            assert len(list(session.scalars(select(Packet.id)))) == 2 + sum(
                a.status_code == 201 for a in refused
            )
            assert len(list(session.scalars(select(File.id)))) == 1
        assert (
            service.client.post(f"/v1/packets/{packet}/files", files=[("files", _FILE)]).status_code
            == 201
        )
        service.client.post(f"/v1/packets/{packet}/submit", json={"as_of": "2026-01-31"})
        assert _finished(service, packet) == "done"


class Full(FolderBlobs):
    """A folder on a disk that is full, until it is not."""

    full = True

    def put(self, org: str, data: bytes, *, lasting: bool = True) -> str:
        if self.full:
            raise OSError(errno.ENOSPC, "No space left on device")
        return super().put(org, data, lasting=lasting)


def test_a_packet_waits_for_room_however_often_it_was_tried(tmp_path: Path) -> None:
    with served(tmp_path, attempts=1) as service:
        packet = _made(service, "A")
        assert (
            service.client.post(f"/v1/packets/{packet}/files", files=[("files", _FILE)]).status_code
            == 201
        )
        service.wiring.blobs = blobs = Full(tmp_path / "blobs")
        service.client.post(f"/v1/packets/{packet}/submit", json={"as_of": "2026-01-31"})
        end = time.monotonic() + 120
        while (
            revision := _revision(service, packet)
        ).attempt <= service.wiring.settings.attempts + 1:
            assert revision.state in ("queued", "running") and time.monotonic() < end, (
                revision.reason
            )
            time.sleep(0.1)
        blobs.full = False
        assert _finished(service, packet) == "done"


def _revision(service: Service, packet: str) -> Revision:
    with service.wiring.database.reading(EVERY) as session:
        return session.scalars(select(Revision).where(Revision.packet_id == packet)).one()
