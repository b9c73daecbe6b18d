"""The rows of revisions that wait are the queue: each is claimed once, by turn, begun without
waiting, and waits anew when its process is lost.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import pytest
from conftest import honest_files
from firm import make_firm
from office import Office, opened
from other_layouts import invoice
from running_service import Service, served
from sqlalchemy import select, update

from api.jobs import durable
from api.packets import repository
from api.store.database import EVERY
from api.store.ids import new_id
from api.store.packet_tables import Revision


def _waiting(office: Office, priority: int) -> str:
    """A revision that waits."""
    packet = office.packet()
    row = Revision(
        id=new_id("rev"),
        packet_id=packet,
        number=2,
        as_of=date(2026, 1, 31),
        priority=priority,
        queued_at=office.now,
    )
    with office.wiring.database.writing(office.org) as session:
        session.add(row)
    return row.id


def _claim(office: Office) -> str | None:
    with office.wiring.database.writing(EVERY) as session:
        row = repository.claim(session, "here", "boot", office.now)
        return row.id if row else None


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_each_is_claimed_once_and_by_turn(kind: str, tmp_path: Path) -> None:
    with opened(tmp_path, kind) as office:
        late, soon, then = (_waiting(office, p) for p in (9, 1, 5))
        assert [_claim(office) for _ in range(4)] == [soon, then, late, None]
        waiting = {_waiting(office, n % 3) for n in range(24)}
        with ThreadPoolExecutor(6) as pool:
            claimed = list(pool.map(lambda _: _claim(office), range(30)))
        assert sorted(c for c in claimed if c) == sorted(waiting)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_no_other_row_is_read_to_find_whose_turn_it_is(kind: str, tmp_path: Path) -> None:
    with opened(tmp_path, kind) as office:
        ended = [
            Revision(id=new_id("rev"), packet_id=office.packet(), number=2, state="done")
            for _ in range(20)
        ]
        for row in ended:
            row.as_of, row.queued_at = date(2026, 1, 31), office.now
        with office.wiring.database.writing(office.org) as session:
            session.add_all(ended)
        with office.wiring.database.reading(EVERY) as session:
            if kind == "postgresql":
                session.connection().exec_driver_sql("set local enable_seqscan = off")
            explain = "explain " if kind == "postgresql" else "explain query plan "
            query = "select * from revisions where state = 'queued' order by priority, queued_at, id limit 1"
            plan = str(session.connection().exec_driver_sql(explain + query).all())
        assert "ix_revisions_turn" in plan and "TEMP B-TREE" not in plan and "Sort" not in plan


def test_what_is_submitted_or_freed_is_begun_without_a_look(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(durable, "_ALONE_SECONDS", 3600.0)
    firm = make_firm(100)
    with served(tmp_path, workers=1) as service:
        for number in range(3):
            _submitted(service, f"D{number}", invoice(firm.sales[number]))
        service.verified("D3", {"发票.pdf": invoice(firm.sales[3])})


def test_what_was_claimed_and_never_begun_waits_anew(tmp_path: Path) -> None:
    with served(tmp_path, workers=0) as service:
        packet = _submitted(service, "C", invoice(make_firm(100).sales[0]))
        database = service.wiring.database
        with database.writing(EVERY) as session:
            claimed = repository.claim(
                session, "gone", "boot", service.wiring.now() + timedelta(hours=1)
            )  # just now, however slow this is
        assert claimed is not None and claimed.packet_id == packet
        assert service.wiring.jobs.sweep() == 0, "its lease has not run out"
        with database.writing(EVERY) as session:
            session.execute(
                update(Revision).values(seen_at=service.wiring.now() - timedelta(seconds=31))
            )
        for _ in range(2):  # beside the service's own
            service.wiring.jobs.sweep()
        with database.reading(EVERY) as session:
            row = session.scalars(select(Revision)).one()
            assert (row.state, row.lease, row.attempt) == ("queued", 2, 0)
            assert (
                repository.take(session, row.id, 1, "gone", "boot", service.wiring.now()) is None
            ), "who was slow may not begin after all"


def _submitted(service: Service, reference: str, data: bytes) -> str:
    packet: str = service.client.post("/v1/packets", json={"reference": reference}).json()["id"]
    service.client.post(
        f"/v1/packets/{packet}/files", files=[("files", ("发票.pdf", data))]
    ).raise_for_status()
    service.client.post(
        f"/v1/packets/{packet}/submit", json={"as_of": "2026-01-31"}
    ).raise_for_status()
    return packet


def test_what_is_cancelled_ends_and_makes_room_and_may_be_submitted_again(tmp_path: Path) -> None:
    files = [("files", f) for f in honest_files(7, "ruled.pdf")[1].items()]
    with served(tmp_path, workers=1) as service:
        client = service.client
        running = client.post("/v1/packets", json={"reference": "running"}).json()["id"]
        client.post(f"/v1/packets/{running}/files", files=files).raise_for_status()
        client.post(
            f"/v1/packets/{running}/submit", json={"as_of": "2026-01-31"}
        ).raise_for_status()
        waiting = _submitted(service, "waiting", invoice(make_firm(100).sales[0]))
        assert client.get(f"/v1/packets/{waiting}").json()["status"] == "queued"
        for packet in (waiting, running):
            assert client.post(f"/v1/packets/{packet}/cancel").json()["status"] == "cancelled"
            assert client.post(f"/v1/packets/{packet}/cancel").status_code == 409
            assert client.get(f"/v1/packets/{packet}/report").json()["code"] == "no_report"
            assert client.get(f"/v1/packets/{packet}/events").text.count("event: cancelled") == 1
        service.verified("next", {"发票.pdf": invoice(make_firm(100).sales[1])})
        for packet in (waiting, running):
            answer = client.post(
                f"/v1/packets/{packet}/submit", params={"wait": 60}, json={"as_of": "2026-01-31"}
            )
            assert answer.json()["status"] in ("done", "queued", "running"), answer.text
            kinds = client.get(f"/v1/packets/{packet}/events").text
            assert kinds.count("event: done") == 1 and kinds.count("event: cancelled") == 1
            assert [
                r["revision"] for r in client.get(f"/v1/packets/{packet}/reports").json()["items"]
            ] == [2]


def test_a_packet_whose_workflow_cannot_be_begun_keeps_its_turn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin, failed = durable.DBOS.start_workflow, []

    def fails_twice(*given: object) -> object:
        if len(failed) < 2:
            failed.append(given)
            raise OSError("away")
        return begin(*given)

    monkeypatch.setattr(durable.DBOS, "start_workflow", fails_twice)
    with served(tmp_path, workers=1) as service:
        service.verified("late", {"发票.pdf": invoice(make_firm(100).sales[0])})
        with service.wiring.database.reading(EVERY) as session:
            row = session.scalars(select(Revision)).one()
        assert len(failed) == 2 and (row.state, row.lease, row.attempt) == ("done", 3, 1)


def test_a_workflow_that_never_runs_takes_no_room_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin, given = durable.DBOS.start_workflow, []

    def forgets_one(*arguments: object) -> object:
        given.append(arguments)
        return begin(*arguments) if len(given) > 1 else None

    monkeypatch.setattr(durable.DBOS, "start_workflow", forgets_one)
    monkeypatch.setattr(durable, "_BEGINNING", 0.1)
    with served(tmp_path, workers=1) as service:
        service.verified("forgotten", {"发票.pdf": invoice(make_firm(100).sales[0])})
        with service.wiring.database.reading(EVERY) as session:
            row = session.scalars(select(Revision)).one()
        assert (row.state, row.lease, row.attempt) == ("done", 2, 1)
