"""Starting a command: settings, database, port and first administrator, or a sentence and exit code
2.
"""

from __future__ import annotations

import os
import socket
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from api.commands.console import require_isolation, wrong

if TYPE_CHECKING:
    from api.settings import Settings
    from api.wiring import Wiring

FIRST_ORGANISATION = "默认机构"
FIRST_LOGIN = "admin"
# For a database that is started together with this process; PostgreSQL's recovery takes longer
# only after hard faults, and then what starts this process again waits further.
_DATABASE_SECONDS = 20.0


def settings_or_end() -> Settings:
    from api.commands.settings_check import checked_settings

    settings, faults = checked_settings()
    if settings is None or faults:
        wrong("\n".join(["设置有误 / settings are not right:", *faults]))
    return settings


def wired(address: str = "") -> Wiring:
    """The service's parts over a database of this version's schema; ends with exit code 2 where
    something that they need is not there.

    `address`: where this process listens, by which people reach it unless a setting says otherwise.
    """
    from sqlalchemy.exc import DatabaseError, OperationalError

    from api.runtime.logs import set_up
    from api.settings import BadKey
    from api.store.migrate import NewerSchema, UnboundRole, migrate
    from api.wiring import wire

    require_isolation()
    settings = settings_or_end()
    keep_to_oneself(settings.data)
    if address and "public_url" not in settings.model_fields_set:
        settings = settings.model_copy(update={"public_url": address})
    set_up(settings.log_level)
    try:
        wiring = wire(settings)
        _await_database(wiring)
        migrate(wiring.database)
        _ = settings.key
    except (NewerSchema, UnboundRole, BadKey) as error:
        wrong(str(error))
    except OperationalError:
        place = "HUOYAN_DATABASE_URL" if settings.database_url else "HUOYAN_DATA"
        wrong(f"无法连接数据库，请检查 {place} / the database does not answer: see {place}")
    except DatabaseError:
        wrong(
            "数据库已损坏或不属于本程序，请用 huoyan restore 恢复备份 / the database is damaged or another "
            "program's: restore a backup (huoyan restore)"
        )
    except OSError as error:
        where = f"{error.filename or settings.data}: {error.strerror}"
        wrong(
            "数据文件夹无法使用，请检查 HUOYAN_DATA、HUOYAN_BLOBS / the folder of the data cannot be "
            f"used, see HUOYAN_DATA, HUOYAN_BLOBS: {where}"
        )
    return wiring


def keep_to_oneself(data: Path) -> None:
    """Let nobody else of this machine read what this process writes, nor the database that an
    earlier version wrote.
    """
    os.umask(0o077)
    for place in (data, *data.glob("*.db"), *data.glob("*.db-wal"), *data.glob("*.db-shm")):
        with suppress(OSError):  # another's file: its owner decides
            place.chmod(0o700 if place.is_dir() else 0o600)


def _await_database(wiring: Wiring) -> None:
    """Wait for a PostgreSQL that starts together with this process.

    Raises OperationalError when it does not answer in that time.
    """
    from sqlalchemy.exc import OperationalError

    end = time.monotonic() + _DATABASE_SECONDS
    while wiring.database.is_postgres:
        try:
            wiring.database.ready()
            return
        except OperationalError:
            if time.monotonic() > end:
                raise
            time.sleep(1)


def take_name(wiring: Wiring) -> None:
    """Take this worker's name, or end with exit code 2 while another process runs under it."""
    from api.jobs.leases import DuplicateName

    try:
        wiring.jobs.leases.take_name()
    except DuplicateName as error:
        wiring.close()
        wrong(str(error))


def own_address(host: str, port: int) -> str:
    """Return the address at which this machine reaches what listens on a host and port."""
    if host in ("", "0.0.0.0", "::"):
        host = "127.0.0.1"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def require_port(host: str, port: int) -> None:
    """Ends with exit code 2 where nothing can listen there, before anything is begun."""
    try:
        with socket.create_server(
            (host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET
        ):
            pass
    except (OSError, OverflowError) as error:
        why = getattr(error, "strerror", None) or error
        wrong(
            f"无法监听 {host}:{port}（{why}），请换 --host 或 --port / cannot listen there: "
            "choose another --host or --port"
        )


def first_start(wiring: Wiring, password: str) -> None:
    """Makes the first organisation and its administrator where there is none, and gives the
    password out once. Ends with exit code 2 where a chosen password is too easy to guess.
    """
    from api.people import repository
    from api.people.service import found_organisation
    from api.store.database import EVERY

    with wiring.database.reading(EVERY) as session:
        if repository.count_users(session):
            return
    require_strong(password, FIRST_LOGIN)
    _, secret = found_organisation(
        wiring.database, FIRST_ORGANISATION, FIRST_LOGIN, wiring.now(), password
    )
    give_out(FIRST_LOGIN, "" if password else secret, wiring.settings.data)


def require_strong(password: str, login: str) -> None:
    """End with exit code 2 where an operator chose a password that is easy to guess."""
    from api.people.passwords import weakness

    fault = weakness(password, login) if password else None
    if fault:
        wrong(f"HUOYAN_FIRST_PASSWORD / --password: {fault}")


def give_out(login: str, secret: str, folder: Path) -> None:
    """Tell a password that was made: at a terminal, else in a file that its owner alone can read.

    Standard error may be a log that others keep and read.
    """
    if not secret:
        told = f"首次启动，管理员 {login} / first start, administrator {login}"
    elif sys.stderr.isatty():
        told = f"首次启动 / first start: {login} / {secret}"
    else:
        place = folder / f"{login}.password"
        _write_secret(place, secret)
        told = (
            f"管理员 {login} 的初始密码在 {place}，登录后请删除"
            f" / the first password of {login} is in {place}: delete it once you have logged in"
        )
    typer.echo(told, err=True)


def _write_secret(place: Path, secret: str) -> None:
    """A new file of mode 600 in place of an earlier one."""
    place.unlink(missing_ok=True)
    opened = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(opened, "w", encoding="utf-8") as file:
        file.write(secret + "\n")
