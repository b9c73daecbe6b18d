"""Starting a command: settings, database, port and first administrator, or a sentence and exit code
2.
"""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import typer

from api.commands.console import require_isolation, wrong

if TYPE_CHECKING:
    from api.settings import Settings
    from api.wiring import Wiring

FIRST_ORGANISATION = "默认机构"
FIRST_LOGIN = "admin"


def settings_or_end() -> Settings:
    from pydantic import ValidationError

    from api.settings import Settings

    try:
        return Settings()
    except ValidationError as error:
        names = "; ".join(
            f"HUOYAN_{'_'.join(str(p) for p in e['loc']).upper()}: {e['msg']}"
            for e in error.errors()
        )
        wrong(f"设置有误 / a setting is not right: {names}")


def wired() -> Wiring:
    """The service's parts over a database of this version's schema; ends with exit code 2 where
    something that they need is not there.
    """
    from sqlalchemy.exc import DatabaseError, OperationalError

    from api.runtime.logs import set_up
    from api.settings import BadKey
    from api.store.migrate import NewerSchema, migrate
    from api.wiring import wire

    require_isolation()
    settings = settings_or_end()
    set_up(settings.log_level)
    try:
        wiring = wire(settings)
        migrate(wiring.database)
        _ = settings.key
    except (NewerSchema, BadKey) as error:
        wrong(str(error))
    except OperationalError:
        place = "HUOYAN_DATABASE_URL" if settings.database_url else "HUOYAN_DATA"
        wrong(f"无法连接数据库，请检查 {place} / the database does not answer: see {place}")
    except DatabaseError:
        wrong(
            "数据库已损坏或不属于本程序，请用 huoyan restore 恢复备份 / the database is damaged or another program's: restore a backup (huoyan restore)"
        )
    except OSError as error:
        where = f"{error.filename or settings.data}: {error.strerror}"
        wrong(
            f"数据文件夹无法使用，请检查 HUOYAN_DATA、HUOYAN_BLOBS / the folder of the data cannot be used, see HUOYAN_DATA, HUOYAN_BLOBS: {where}"
        )
    return wiring


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
            f"无法监听 {host}:{port}（{why}），请换 --host 或 --port / cannot listen there: choose another --host or --port"
        )


def first_start(wiring: Wiring, password: str) -> None:
    """Makes the first organisation and its administrator where there is none, and prints the
    password once.
    """
    from api.people import repository
    from api.people.service import found_organisation
    from api.store.database import EVERY

    with wiring.database.reading(EVERY) as session:
        if repository.count_users(session):
            return
    _, secret = found_organisation(
        wiring.database, FIRST_ORGANISATION, FIRST_LOGIN, wiring.now(), password
    )
    typer.echo(f"首次启动 / first start: {FIRST_LOGIN} / {secret}", err=True)
