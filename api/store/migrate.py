"""Brings a database to this version's schema.

There is no way down: a backup is restored instead, and an older version refuses a newer schema.
"""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import text

from api.store.database import Database
from api.store.tables import owned_tables

_LOCK = 20260125


class NewerSchema(RuntimeError):
    """The database was made by a newer version."""

    code = "newer_schema"

    def __init__(self, revision: str) -> None:
        super().__init__(
            f"数据库结构 {revision} 来自更新的版本，请升级本程序 / the database's schema {revision} is of a newer version: upgrade this program"
        )


def config() -> Config:
    """Alembic's configuration, from this package alone."""
    made = Config()
    made.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return made


def migrate(database: Database) -> str:
    """Migrates and returns the revision.

    Raises NewerSchema. Processes that start together take turns.
    """
    settings = config()
    script = ScriptDirectory.from_config(settings)
    with database.engine.connect() as connection:
        if database.is_postgres:
            connection.execute(text("select pg_advisory_lock(:n)"), {"n": _LOCK})
        try:
            _refuse_newer(MigrationContext.configure(connection).get_current_revision(), script)
            settings.attributes["connection"] = connection
            command.upgrade(settings, "head")
            if database.is_postgres:
                _isolate(connection)
            connection.commit()
        finally:
            if database.is_postgres:
                connection.execute(text("select pg_advisory_unlock(:n)"), {"n": _LOCK})
                connection.commit()
    return script.get_current_head() or ""


def _refuse_newer(current: str | None, script: ScriptDirectory) -> None:
    if current is None:
        return
    try:
        script.get_revision(current)
    except CommandError as error:
        raise NewerSchema(current) from error


def _isolate(connection: object) -> None:
    """Row-level security on every table whose rows belong to organisations, forced for the owner
    too. Done anew at each start: new tables are never left open.
    """
    from sqlalchemy import Connection

    assert isinstance(connection, Connection)
    for table in owned_tables():
        connection.execute(text(f"alter table {table} enable row level security"))
        connection.execute(text(f"alter table {table} force row level security"))
        connection.execute(text(f"drop policy if exists of_organisation on {table}"))
        connection.execute(
            text(
                f"create policy of_organisation on {table} using (current_setting('huoyan.org', true) in ('*', org_id)) "
                "with check (current_setting('huoyan.org', true) in ('*', org_id))"
            )
        )
