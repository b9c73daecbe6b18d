"""A whole service in a folder, and back: the database, the blobs and the key, with a list of what
must be there.

The database is copied first and the blobs after it: a blob never changes, so all that the copy
names are there. Steps of work under way (DBOS) are not kept: after a restore the sweep hands every
unfinished packet out anew.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing, suppress
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, create_engine, func, inspect, select, text
from sqlalchemy.exc import OperationalError

from api.audit import service as audit
from api.audit.repository import organisations
from api.blobs.errors import LostBlob
from api.blobs.opening import open_blobs
from api.store.migrate import NewerSchema, migrate
from api.store.tables import METADATA

if TYPE_CHECKING:
    from api.parts import Parts
    from api.settings import Settings

FORM = "huoyan.backup/1"
_SQLITE, _POSTGRES, _LIST, _KEY, _BLOBS = (
    "database.sqlite",
    "database.sql",
    "backup.json",
    "secret.key",
    "blobs",
)
_ALL_ROWS = "-c huoyan.org=*"  # row-level security lets the service's own work see all
_STEPS = "dbos"


class BackupError(RuntimeError):
    """A backup or a restore that was not done; the text says why and what to do, in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh} / {en}")


def back_up(wiring: Parts, folder: Path) -> dict[str, Any]:
    """Writes a backup into a new or empty folder, readable by the owner alone, and returns its
    list. Raises BackupError.
    """
    _needs_empty(folder)
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    if wiring.database.is_postgres:
        name, counts = (
            _POSTGRES,
            _dump(wiring.database.engine, wiring.settings.url, folder / _POSTGRES),
        )
    else:
        name, counts = _SQLITE, _copy(wiring.database.engine, folder / _SQLITE)
    blobs = []
    for org in organisations(wiring.database):
        for digest in wiring.blobs.digests(org):
            place = folder / _BLOBS / org / digest
            place.parent.mkdir(parents=True, exist_ok=True)
            try:
                place.write_bytes(wiring.blobs.get(org, digest))
            except LostBlob:
                # Erased meanwhile; one that a row still names is missed when it is restored
                continue
            blobs.append(f"{org}/{digest}")
    _write_key(folder / _KEY, wiring.settings.key)
    told = {
        "form": FORM,
        "version": version("huoyan"),
        "database": name,
        "sha256": _digest(folder / name),
        "rows": counts,
        "blobs": blobs,
    }
    (folder / _LIST).write_text(json.dumps(told), encoding="utf-8")
    return told


def restore(settings: Settings, folder: Path, wire: Callable[[Settings], Parts]) -> dict[str, Any]:
    """Brings a backup into an empty data folder and database, verifies rows, blobs and audit, and
    returns its list. Raises BackupError.
    """
    told = _list_of(folder)
    _refuse_what_is_there(settings, told["database"])
    try:
        return _restored(settings, folder, told, wire)
    except BaseException:
        _take_back(settings)
        raise


def _take_back(settings: Settings) -> None:
    """Leave the folders and the database as empty as they were before a restore that failed."""
    if settings.url.startswith("postgresql"):
        engine = create_engine(settings.url)
        with suppress(OperationalError), engine.begin() as connection:
            METADATA.drop_all(connection)
            connection.execute(text("drop table if exists alembic_version"))
        engine.dispose()
    places = [settings.data]
    if settings.blobs and "://" not in settings.blobs:
        places.append(Path(settings.blobs))
    for inside in (each for place in places if place.is_dir() for each in place.iterdir()):
        if inside.is_dir() and not inside.is_symlink():
            shutil.rmtree(inside, ignore_errors=True)
        else:
            inside.unlink(missing_ok=True)


def _restored(
    settings: Settings, folder: Path, told: dict[str, Any], wire: Callable[[Settings], Parts]
) -> dict[str, Any]:
    settings.data.mkdir(parents=True, exist_ok=True)
    _write_key(settings.data / _KEY, (folder / _KEY).read_bytes())
    _bring_database(settings, folder / told["database"])
    wiring = wire(settings)
    try:
        with wiring.database.engine.connect() as connection:
            if _counts(connection) != told["rows"]:
                raise BackupError(
                    "恢复后的行数与备份不符", "the restored rows are not as many as were backed up"
                )
        for each in told["blobs"]:
            org, digest = each.split("/")
            if wiring.blobs.put(org, (folder / _BLOBS / org / digest).read_bytes()) != digest:
                raise BackupError(
                    f"备份中的文件已损坏：{digest}", f"a file of the backup is damaged: {digest}"
                )
        try:
            migrate(wiring.database)
        except NewerSchema as error:
            raise BackupError(*str(error).split(" / ", 1)) from error
        _verify_audit(wiring)
    finally:
        wiring.close()
    return told


def _list_of(folder: Path) -> dict[str, Any]:
    try:
        told: dict[str, Any] = json.loads((folder / _LIST).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise BackupError(f"{folder} 中没有备份", f"there is no backup in {folder}") from error
    if told.get("form") != FORM or told.get("database") not in (_SQLITE, _POSTGRES):
        raise BackupError(
            "备份的格式不识别；请升级本程序", "the backup's form is not known: upgrade this program"
        )
    if _digest(folder / told["database"]) != told["sha256"]:
        raise BackupError("备份中的数据库已损坏", "the backup's database is damaged")
    return told


def _refuse_what_is_there(settings: Settings, database: str) -> None:
    _needs_empty(settings.data)
    postgres = settings.url.startswith("postgresql")
    if postgres is not (database == _POSTGRES):
        raise BackupError(
            "备份与 HUOYAN_DATABASE_URL 的数据库类型不同",
            "the backup is of another kind of database than HUOYAN_DATABASE_URL",
        )
    if settings.blobs and "://" not in settings.blobs:
        _needs_empty(Path(settings.blobs))
    elif settings.blobs:
        open_blobs(settings.blobs, settings.s3_endpoint)
    engine = create_engine(settings.url)
    try:
        if (postgres or Path(engine.url.database or "").exists()) and inspect(
            engine
        ).get_table_names():
            raise BackupError(
                "目标数据库非空；请恢复到新的数据库",
                "the target database is not empty: restore into a new one",
            )
    except OperationalError as error:
        raise BackupError("无法连接目标数据库", "the target database does not answer") from error
    finally:
        engine.dispose()


def _copy(engine: Engine, place: Path) -> dict[str, int]:
    with (
        closing(sqlite3.connect(str(engine.url.database))) as source,
        closing(sqlite3.connect(place)) as copy,
    ):
        source.backup(copy)
    copied = create_engine(f"sqlite:///{place}")
    with copied.connect() as connection:
        counts = _counts(connection)
    copied.dispose()
    return counts


def _dump(engine: Engine, url: str, place: Path) -> dict[str, int]:
    """Dump and counts of one snapshot."""
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        snapshot = connection.scalar(text("select pg_export_snapshot()"))
        counts = _counts(connection)
        kept_out = (
            f"--exclude-schema={_STEPS}",
            "--no-owner",
            "--no-privileges",
            "--enable-row-security",
        )
        _run("pg_dump", url, *kept_out, f"--snapshot={snapshot}", f"--file={place}")
    return counts


def _bring_database(settings: Settings, copy: Path) -> None:
    if copy.name == _POSTGRES:
        _run(
            "psql",
            settings.url,
            "--quiet",
            "--no-psqlrc",
            "--single-transaction",
            "--set=ON_ERROR_STOP=1",
            f"--file={copy}",
        )
        return
    place = Path(settings.url.removeprefix("sqlite:///"))
    place.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(copy, place)


def _run(program: str, url: str, *options: str) -> None:
    """Runs a program of PostgreSQL; the password goes by its environment, which other users of the
    machine do not see.
    """
    from sqlalchemy import make_url

    address = make_url(url)
    bare = address.set(drivername="postgresql", password=None).render_as_string()
    env = (
        os.environ
        | {"PGOPTIONS": _ALL_ROWS}
        | ({"PGPASSWORD": str(address.password)} if address.password else {})
    )
    try:
        done = subprocess.run(
            [program, f"--dbname={bare}", *options],
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError as error:
        raise BackupError(
            f"找不到 {program}；请安装 postgresql-client",
            f"there is no {program}: install postgresql-client",
        ) from error
    if done.returncode:
        raise BackupError(f"{program} 失败：{done.stderr.strip()[-500:]}", f"{program} failed")


def _counts(connection: Connection) -> dict[str, int]:
    """Rows of each table of the service that is there."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("select set_config('huoyan.org', '*', true)"))
    there = set(inspect(connection).get_table_names())
    return {
        t.name: connection.scalar(select(func.count()).select_from(t)) or 0
        for t in METADATA.sorted_tables
        if t.name in there
    }


def _verify_audit(wiring: Parts) -> None:
    for org in organisations(wiring.database):
        with wiring.database.reading(org) as session:
            found = audit.verified(wiring, session, org)
        if not found.whole:
            raise BackupError(
                f"审计链不完整：{org} 第 {found.first_bad} 条",
                f"the audit of {org} is not whole: row {found.first_bad}",
            )


def _needs_empty(folder: Path) -> None:
    if folder.exists() and any(folder.iterdir()):
        raise BackupError(
            f"{folder} 非空；请换用新的文件夹", f"{folder} is not empty: choose a new folder"
        )


def _write_key(place: Path, key: bytes) -> None:
    with os.fdopen(os.open(place, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as out:
        out.write(key)


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest()
    except OSError as error:
        raise BackupError(f"备份中缺少 {path.name}", f"the backup lacks {path.name}") from error
