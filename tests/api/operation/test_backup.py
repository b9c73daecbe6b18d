"""A backup restored elsewhere is the same service; what is damaged or would overwrite something is
refused (T25).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest
from postgres import own_database
from sqlalchemy import create_engine, text
from typer.testing import CliRunner

from api.cli import app
from api.operation.backup import BackupError, back_up, restore
from api.people.service import found_organisation
from api.settings import Settings
from api.store.audit_chain import append_audit
from api.store.ids import new_id
from api.store.migrate import migrate
from api.store.packet_tables import File, Packet
from api.wiring import Wiring, wire


def _filled(settings: Settings) -> Wiring:
    """Two organisations, each with a packet, a file and an audit of a few rows."""
    wiring = wire(settings)
    migrate(wiring.database)
    for name in ("甲银行", "乙银行"):
        user, _ = found_organisation(wiring.database, name, "admin", wiring.now())
        now, packet = wiring.now(), new_id("pkt")
        with wiring.database.writing(user.org_id) as session:
            times = {"created_at": now, "updated_at": now}
            session.add(
                Packet(
                    id=packet,
                    reference="A1",
                    mode="live",
                    status="draft",
                    revision=0,
                    created_by=user.id,
                    **times,
                )
            )
            session.flush()
            digest = wiring.blobs.put(user.org_id, f"paper of {name}".encode())
            session.add(
                File(
                    id=new_id("fil"),
                    packet_id=packet,
                    name="a.pdf",
                    sha256=digest,
                    size=1,
                    added_by=user.id,
                    added_at=now,
                )
            )
            append_audit(session, now, user.id, "packet.created", packet)
    return wiring


@pytest.fixture(params=["sqlite", "postgresql"])
def places(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Settings, Settings]]:
    """Settings of the service that is backed up and of the one that it is restored to."""
    postgres = request.param == "postgresql"
    with (
        own_database() if postgres else nullcontext("") as one,
        own_database() if postgres else nullcontext("") as two,
    ):
        yield (
            Settings(data=tmp_path / "one", database_url=one),
            Settings(data=tmp_path / "two", database_url=two),
        )


def test_there_and_back(places: tuple[Settings, Settings], tmp_path: Path) -> None:
    wiring = _filled(places[0])
    told = back_up(wiring, tmp_path / "backup")
    assert told["rows"]["packets"] == 2 and told["rows"]["audit"] == 4 and len(told["blobs"]) == 2
    wiring.close()
    assert restore(places[1], tmp_path / "backup", wire) == told
    assert places[1].key == places[0].key
    again = wire(places[1])
    assert back_up(again, tmp_path / "again")["rows"] == told["rows"]
    again.close()
    with pytest.raises(BackupError, match="not empty"):
        restore(places[1], tmp_path / "backup", wire)
    if places[1].database_url:
        with pytest.raises(BackupError, match="not empty"):
            restore(
                Settings(data=tmp_path / "three", database_url=places[1].database_url),
                tmp_path / "backup",
                wire,
            )


def test_what_is_damaged_is_refused(tmp_path: Path) -> None:
    wiring = _filled(Settings(data=tmp_path / "one"))
    back_up(wiring, tmp_path / "backup")
    with pytest.raises(BackupError, match="not empty"):
        back_up(wiring, tmp_path / "backup")
    wiring.close()
    blob = next(p for p in (tmp_path / "backup" / "blobs").rglob("*") if p.is_file())
    blob.write_bytes(b"other")
    with pytest.raises(BackupError, match="damaged"):
        restore(Settings(data=tmp_path / "two"), tmp_path / "backup", wire)
    database = tmp_path / "backup" / "database.sqlite"
    engine = create_engine(f"sqlite:///{database}")
    with engine.begin() as connection:
        connection.execute(text("update audit set actor = 'usr_9' where seq = 2"))
    engine.dispose()
    with pytest.raises(BackupError, match="damaged"):
        restore(Settings(data=tmp_path / "three"), tmp_path / "backup", wire)


def test_an_audit_that_was_changed_is_told(tmp_path: Path) -> None:
    wiring = _filled(Settings(data=tmp_path / "one"))
    with wiring.database.engine.connect() as connection:
        connection.execute(text("update audit set actor = 'usr_9' where seq = 2"))
    back_up(wiring, tmp_path / "backup")
    wiring.close()
    with pytest.raises(BackupError, match="row 2"):
        restore(Settings(data=tmp_path / "two"), tmp_path / "backup", wire)
    assert list((tmp_path / "two").iterdir()) == [], "a restore that failed leaves nothing"


def test_a_newer_schema_is_refused(tmp_path: Path) -> None:
    wiring = _filled(Settings(data=tmp_path / "one"))
    with wiring.database.engine.connect() as connection:
        connection.execute(text("update alembic_version set version_num = '9999'"))
    back_up(wiring, tmp_path / "backup")
    wiring.close()
    with pytest.raises(BackupError, match="newer version"):
        restore(Settings(data=tmp_path / "two"), tmp_path / "backup", wire)


def test_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _filled(Settings(data=tmp_path / "one")).close()
    monkeypatch.setenv("HUOYAN_DATA", str(tmp_path / "one"))
    assert CliRunner().invoke(app, ["backup", str(tmp_path / "backup")]).exit_code == 0
    assert (
        json.loads((tmp_path / "backup" / "backup.json").read_text())["form"] == "huoyan.backup/1"
    )
    assert CliRunner().invoke(app, ["restore", str(tmp_path / "backup")]).exit_code == 2
    monkeypatch.setenv("HUOYAN_DATA", str(tmp_path / "two"))
    assert CliRunner().invoke(app, ["restore", str(tmp_path / "nothing")]).exit_code == 2
    assert CliRunner().invoke(app, ["restore", str(tmp_path / "backup")]).exit_code == 0
    assert CliRunner().invoke(app, ["audit", "verify"]).exit_code == 0
