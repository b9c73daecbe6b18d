"""Databases of earlier schemas become this version's, with what they hold."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from postgres import own_database
from sqlalchemy import select, text

from api.store.case_tables import Case, CaseEvent, Snapshot
from api.store.database import EVERY, Database
from api.store.migrate import config, migrate
from api.store.tables import METADATA

NOW = datetime(2026, 1, 5, tzinfo=UTC)
MODES = {"snp_live": "live", "snp_trial": "test", "snp_of_key": "test", "snp_of_person": "live"}


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    if request.param == "sqlite":
        made = Database(f"sqlite:///{tmp_path / 'old.db'}")
        yield made
        made.close()
        return
    with own_database() as address:
        made = Database(address.replace("postgresql://", "postgresql+psycopg://"))
        yield made
        made.close()


def upgrade(database: Database, revision: str) -> None:
    """Bring a database to an earlier schema."""
    with database.engine.connect() as connection:
        settings = config()
        settings.attributes["connection"] = connection
        command.upgrade(settings, revision)
        connection.commit()


def insert(database: Database, table: str, **values: object) -> None:
    names = ", ".join(values)
    places = ", ".join(f":{name}" for name in values)
    with database.engine.connect() as connection:
        connection.execute(text(f"insert into {table} ({names}) values ({places})"), values)
        connection.commit()


def old_rows(database: Database) -> None:
    """An organisation of the first schema with snapshots of both modes."""
    insert(database, "organisations", id="org_1", name="甲银行", created_at=NOW, settings="{}")
    packet = {"org_id": "org_1", "branch": "", "amount": "", "status": "done", "revision": 1}
    packet |= {"created_by": "usr_1", "created_at": NOW, "updated_at": NOW}
    for mode in ("live", "test"):
        own = {"id": f"pkt_{mode}", "reference": mode, "mode": mode}
        insert(database, "packets", **packet, **own)
    key = {"org_id": "org_1", "name": "k", "prefix": "hyk_", "scopes": "[]", "created_at": NOW}
    insert(database, "api_keys", **key, id="key_1", digest="d", mode="test", created_by="usr_1")
    made = (
        ("snp_live", "pkt_live", "key_1"),
        ("snp_trial", "pkt_test", "usr_1"),
        ("snp_of_key", "", "key_1"),
        ("snp_of_person", "", "usr_1"),
    )
    for snapshot, packet_id, maker in made:
        insert(
            database,
            "snapshots",
            id=snapshot,
            org_id="org_1",
            name="s",
            packet_id=packet_id,
            sha256="0",
            body="{}",
            made_by=maker,
            made_at=NOW,
        )


def modes_of_snapshots(database: Database, mode: str = "") -> dict[str, str]:
    with database.reading("org_1", mode) as session:
        return {row.id: row.mode for row in session.scalars(select(Snapshot))}


def test_snapshots_of_the_first_schema_get_their_mode(database: Database) -> None:
    upgrade(database, "0001")
    old_rows(database)
    migrate(database)
    assert modes_of_snapshots(database) == MODES
    assert set(modes_of_snapshots(database, "test")) == {"snp_trial", "snp_of_key"}
    assert set(modes_of_snapshots(database, "live")) == {"snp_live", "snp_of_person"}


def test_rows_behind_row_level_security_get_their_mode_too(database: Database) -> None:
    """The tables' owner is bound by the policies that an earlier start has made."""
    upgrade(database, "0001")
    old_rows(database)
    if database.is_postgres:
        with database.engine.connect() as connection:
            for table in ("snapshots", "packets", "api_keys"):
                connection.execute(text(f"alter table {table} enable row level security"))
                connection.execute(text(f"alter table {table} force row level security"))
                connection.execute(
                    text(
                        f"create policy of_organisation on {table} using"
                        " (current_setting('huoyan.org', true) in ('*', org_id))"
                    )
                )
            connection.commit()
    migrate(database)
    assert modes_of_snapshots(database) == MODES


def test_the_schema_is_that_of_the_tables(database: Database) -> None:
    migrate(database)
    with database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []


def test_migrating_twice_changes_nothing(database: Database) -> None:
    assert migrate(database) == migrate(database) == "0006"
    with database.reading(EVERY) as session:
        assert list(session.scalars(select(Snapshot))) == []


def test_a_case_with_its_history_of_an_earlier_schema_gets_an_empty_reason(
    database: Database,
) -> None:
    upgrade(database, "0005")
    old_rows_without_snapshots(database)
    migrate(database)
    with database.reading("org_1", "live") as session:
        (case,) = session.scalars(select(Case))
        assert case.reason == {}
        assert [e.kind for e in session.scalars(select(CaseEvent))] == ["opened"]


def old_rows_without_snapshots(database: Database) -> None:
    insert(database, "organisations", id="org_1", name="甲银行", created_at=NOW, settings="{}")
    packet = {"org_id": "org_1", "branch": "", "amount": "", "status": "done", "revision": 1}
    packet |= {"created_by": "usr_1", "created_at": NOW, "updated_at": NOW}
    insert(database, "packets", **packet, id="pkt_1", reference="A", mode="live")
    empty = dict.fromkeys(("branch", "amount", "assignee", "disposition", "proposed_by"), "")
    insert(
        database,
        "cases",
        id="cas_1",
        org_id="org_1",
        packet_id="pkt_1",
        reference="A",
        applicant="甲公司",
        state="open",
        score=2.0,
        band="low",
        coverage=0.9,
        version=1,
        opened_at=NOW,
        updated_at=NOW,
        **empty,
    )
    insert(
        database,
        "case_events",
        id="cev_1",
        org_id="org_1",
        case_id="cas_1",
        seq=1,
        kind="opened",
        actor="system",
        at=NOW,
        body="{}",
    )
