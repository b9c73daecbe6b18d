"""A lease holds while its task lives and no longer; a name belongs to one process at a time."""

from __future__ import annotations

import subprocess
import tempfile
import time
from datetime import timedelta
from pathlib import Path

import overlaps
import pytest
from firm import make_firm
from office import Office, opened
from other_layouts import invoice
from running_service import served
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from api.jobs import repository
from api.jobs.leases import DuplicateName, Leases
from api.packets.repository import claim
from api.settings import Settings
from api.store.database import EVERY
from api.store.packet_tables import Revision
from api.store.service_tables import Worker
from api.wiring import wire


def _running(office: Office, boot: str) -> Revision:
    """A revision that a process of that boot holds."""
    packet = office.packet()
    with office.wiring.database.writing(office.org) as session:
        row = session.scalars(select(Revision).where(Revision.packet_id == packet)).one()
        row.state, row.queued_at = "queued", office.now
    with office.wiring.database.writing(EVERY) as session:
        claimed = claim(session, "w", boot, office.wiring.now() - timedelta(seconds=10))
        assert claimed is not None and claimed.id == row.id
    return row


def _state(office: Office, row: Revision) -> tuple[str, int]:
    with office.wiring.database.reading(EVERY) as session:
        found = session.scalars(select(Revision).where(Revision.id == row.id)).one()
        return found.state, found.lease


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_what_has_no_live_task_waits_again(kind: str, tmp_path: Path) -> None:
    with opened(tmp_path, kind) as office:
        leases, now = Leases(office.wiring), office.wiring.now()
        lost, alive = (_running(office, office.wiring.boot) for _ in range(2))
        fresh, silent = (_running(office, boot) for boot in ("fresh", "silent"))
        with office.wiring.database.writing(EVERY) as session:
            repository.renew(session, "fresh", [fresh.id], now)
            repository.renew(session, "silent", [silent.id], now - timedelta(seconds=31))
            repository.renew(session, office.wiring.boot, [alive.id], now - timedelta(hours=1))
        assert leases.sweep({(alive.id, 1)}) == 2
        states = [_state(office, row) for row in (lost, alive, fresh, silent)]
        assert states == [("queued", 2), ("running", 1), ("running", 1), ("queued", 2)]


def test_a_task_that_the_store_took_away_does_not_stay_running(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The workflow engine believes it under way, since it could not write that it failed."""
    from api.jobs import durable

    began, failed = durable._attempt, []

    def fails_once(*given: object) -> str:
        if not failed:
            failed.append(given)
            raise OperationalError("insert", {}, OSError("database or disk is full"))
        return began(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(durable, "_attempt", fails_once)
    monkeypatch.setattr(
        "dbos._sys_db.SystemDatabase.update_workflow_outcome", lambda *_, **__: None
    )
    with served(tmp_path, workers=1) as service:
        service.verified("A", {"发票.pdf": invoice(make_firm(100).sales[0])})
    assert failed


def test_a_second_process_of_a_name_is_refused(tmp_path: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        outcome = overlaps.overlap(Path(folder))
    assert overlaps.is_right(outcome), outcome


def test_a_full_disk_holds_no_packet_up(tmp_path: Path) -> None:
    place = tmp_path / "try"
    place.mkdir()
    tried = subprocess.run(["mount", "-t", "tmpfs", "huoyan-try", str(place)], check=False)
    if tried.returncode:
        pytest.skip("no file system may be mounted here")
    subprocess.run(["umount", str(place)], check=True)
    outcome = overlaps.full_disk(tmp_path / "run")
    assert overlaps.is_right(outcome), outcome


def test_a_name_is_watched_on_another_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Machines share a database and no folder: the beat tells that the name is in use."""
    with opened(tmp_path / "one", "postgresql") as office:
        url = office.wiring.settings.database_url
        first = Leases(office.wiring)
        first.take_name()
        other = wire(Settings(data=tmp_path / "two", database_url=url))
        other.now = office.wiring.now
        beats = []

        def beat(seconds: float) -> None:
            beats.append(seconds)
            office.later(seconds=2)
            first.beat([])

        monkeypatch.setattr("api.jobs.leases.time.sleep", beat)
        with pytest.raises(DuplicateName, match="HUOYAN_EXECUTOR"):
            Leases(other).take_name()
        assert beats
        first.close()
        second = Leases(other)
        second.take_name()
        with office.wiring.database.reading(EVERY) as session:
            assert session.scalars(select(Worker)).one().boot == other.boot
        second.close()
        other.close()


def test_who_lost_the_name_begins_nothing_more(tmp_path: Path) -> None:
    with opened(tmp_path, "sqlite") as office:
        leases = Leases(office.wiring)
        leases.take_name()
        with office.wiring.database.writing(EVERY) as session:
            session.scalars(select(Worker)).one().boot = "another"
        leases.beat([])
        assert leases.name_is_lost
        leases.close()


def test_a_process_that_stops_hands_its_packets_over_at_once(tmp_path: Path) -> None:
    with opened(tmp_path, "sqlite") as office:
        leases = Leases(office.wiring)
        leases.take_name()
        row = _running(office, office.wiring.boot)
        began = time.monotonic()
        leases.close()
        assert _state(office, row) == ("queued", 2) and time.monotonic() >= began
        with office.wiring.database.reading(EVERY) as session:
            found = session.scalars(select(Revision).where(Revision.id == row.id)).one()
            assert found.strikes == 0, "its process was stopped and did not die"
