"""A database that is locked, out of connections, or held by a process that stands still (T16): 503
with Retry-After, nothing half written.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from typing import Any

import pytest
from office import Office, opened
from sqlalchemy import func, select, text, update

from api.store.database import AWAY, EVERY, Database, Patience
from api.store.packet_tables import Packet
from api.store.service_tables import AuditRow, IdempotencyKey

SHORT = Patience(lock=0.2, connection=0.2, idle=0.5)


@pytest.fixture(params=["sqlite", "postgresql"])
def office(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Office]:
    with opened(tmp_path_factory.mktemp("data"), request.param) as made:
        made.wiring.database.close()
        made.wiring.database = Database(made.wiring.settings.url, pool=2, patience=SHORT)
        yield made


def assert_come_again(answer: Any) -> None:
    assert answer.status_code == 503 and answer.json()["code"] == "storage", answer.text
    assert (
        int(answer.headers["retry-after"]) > 0
        and answer.headers["content-type"] == "application/problem+json"
    )


def _rows(office: Office) -> list[int]:
    with office.wiring.database.reading(EVERY) as session:
        return [
            session.scalar(select(func.count()).select_from(t)) or 0
            for t in (Packet, AuditRow, IdempotencyKey)
        ]


@pytest.mark.parametrize("office", ["sqlite"], indirect=True)
def test_a_lock_that_another_holds_too_long(office: Office) -> None:
    client, before = office.person("system"), _rows(office)
    with closing(
        sqlite3.connect(office.wiring.settings.data / "huoyan.db", isolation_level=None)
    ) as other:
        other.execute("BEGIN IMMEDIATE")
        assert_come_again(client.post("/v1/packets", json={"reference": "A"}))
        assert_come_again(
            client.post("/v1/packets", json={"reference": "A"}, headers={"Idempotency-Key": "k"})
        )
        assert client.get("/v1/packets").status_code == 200, "readers do not wait for a writer"
        assert _rows(office) == before
        other.execute("ROLLBACK")
    for _ in range(2):
        assert (
            client.post(
                "/v1/packets", json={"reference": "A"}, headers={"Idempotency-Key": "k"}
            ).status_code
            == 201
        )
    assert [a - b for a, b in zip(_rows(office), before, strict=True)] == [1, 1, 1]


def test_all_connections_in_use(office: Office) -> None:
    client, before, near = office.person("system"), _rows(office), office.wiring.database.is_sqlite
    with ExitStack() as held:
        for _ in range(4):  # the pool and its overflow
            held.enter_context(office.wiring.database.engine.connect())
        assert_come_again(client.get("/v1/statistics") if near else client.get("/v1/packets"))
        assert_come_again(client.post("/v1/packets", json={"reference": "A"}))
        if near:  # what the event loop reads at once has a connection of its own
            assert client.get("/v1/packets").status_code == client.get("/ready").status_code == 200
        else:
            assert_come_again(client.get("/ready"))
    assert _rows(office) == before
    assert client.get("/ready").status_code == 200
    assert client.post("/v1/packets", json={"reference": "A"}).status_code == 201


@pytest.mark.parametrize("office", ["postgresql"], indirect=True)
def test_a_process_that_stands_still_within_a_statement_is_put_out(office: Office) -> None:
    mine, packet, begun = office.wiring.database, office.packet("A"), threading.Event()
    change = update(Packet).where(Packet.id == packet)
    with closing(
        Database(office.wiring.settings.url, patience=SHORT, process="still " * 20)
    ) as other:

        def stand_still() -> None:
            with pytest.raises(AWAY), other.writing(office.org) as still:
                still.execute(change.values(branch="late"))
                begun.set()
                still.execute(text("select pg_sleep(3600)"))

        with ThreadPoolExecutor(1) as pool:
            standing = pool.submit(stand_still)
            assert begun.wait(30)
            time.sleep(2 * SHORT.idle)
            assert mine.end_connections("another") == 0
            assert mine.end_connections("still " * 20) == 1
            with mine.writing(office.org) as session:
                session.execute(change.values(branch="right"))
            standing.result(30)
        with other.reading(office.org) as session:
            assert session.scalar(select(Packet.branch).where(Packet.id == packet)) == "right", (
                "it may come back"
            )


@pytest.mark.parametrize("office", ["sqlite"], indirect=True)
def test_a_file_has_no_connections_to_end(office: Office) -> None:
    assert office.wiring.database.end_connections("still") == 0


@pytest.mark.parametrize("office", ["postgresql"], indirect=True)
def test_a_writer_that_stands_still_loses_its_locks(office: Office) -> None:
    database, packet = office.wiring.database, office.packet("A")
    change = update(Packet).where(Packet.id == packet)
    with pytest.raises(AWAY), database.writing(office.org) as still:
        still.execute(change.values(branch="late"))
        time.sleep(2 * SHORT.idle)
        with database.writing(office.org) as other:
            other.execute(change.values(branch="right"))
    with database.reading(office.org) as session:
        assert session.scalar(select(Packet.branch).where(Packet.id == packet)) == "right"
