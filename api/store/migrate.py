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
from sqlalchemy import Connection, text

from api.store.database import Database
from api.store.tables import owned_tables

_LOCK = 20260125  # any number that no other lock of the database has


class NewerSchema(RuntimeError):
    """The database was made by a newer version."""

    code = "newer_schema"

    def __init__(self, revision: str) -> None:
        super().__init__(
            f"数据库结构 {revision} 来自更新的版本，请升级本程序 / the database's schema {revision} is of "
            "a newer version: upgrade this program"
        )


class UnboundRole(RuntimeError):
    """The database's role is one that row-level security does not bind."""

    code = "unbound_role"

    def __init__(self) -> None:
        super().__init__(
            "HUOYAN_DATABASE_URL: 数据库用户是超级用户或可绕过行级安全，机构之间无法隔离；请换用普通用户"
            " / the database's role is a superuser or bypasses row-level security, which keeps"
            " organisations apart: use an ordinary role"
        )


def config() -> Config:
    """Alembic's configuration, from this package alone."""
    made = Config()
    made.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return made


def migrate(database: Database) -> str:
    """Migrates and returns the revision.

    Raises NewerSchema and UnboundRole. Processes that start together take turns.
    """
    settings = config()
    script = ScriptDirectory.from_config(settings)
    with database.engine.connect() as connection:
        if database.is_postgres:
            _refuse_unbound(connection)
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


def refuse_unfit(database: Database) -> None:
    """Raise NewerSchema or UnboundRole where `migrate` would; nothing is changed."""
    with database.engine.connect() as connection:
        if database.is_postgres:
            _refuse_unbound(connection)
        current = MigrationContext.configure(connection).get_current_revision()
        _refuse_newer(current, ScriptDirectory.from_config(config()))


def _refuse_unbound(connection: Connection) -> None:
    own = "select rolsuper or rolbypassrls from pg_roles where rolname = current_user"
    if connection.execute(text(own)).scalar():
        raise UnboundRole


def _refuse_newer(current: str | None, script: ScriptDirectory) -> None:
    if current is None:
        return
    try:
        script.get_revision(current)
    except CommandError as error:
        raise NewerSchema(current) from error


def _isolate(connection: Connection) -> None:
    """Row-level security on every table whose rows belong to organisations, forced for the owner
    too. Done anew at each start: new tables are never left open.
    """
    for table in owned_tables():
        connection.execute(text(f"alter table {table} enable row level security"))
        connection.execute(text(f"alter table {table} force row level security"))
        connection.execute(text(f"drop policy if exists of_organisation on {table}"))
        connection.execute(
            text(
                f"create policy of_organisation on {table} using "
                "(current_setting('huoyan.org', true) in ('*', org_id)) "
                "with check (current_setting('huoyan.org', true) in ('*', org_id))"
            )
        )
