"""huoyan serve, worker, admin: the service from the command line."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.backup import backup, restore
from api.commands.console import require_isolation, wrong

if TYPE_CHECKING:
    from api.settings import Settings
    from api.wiring import Wiring

FIRST_ORGANISATION = "默认机构"
FIRST_LOGIN = "admin"
_TURN = 0.001  # seconds that a thread keeps the interpreter from the one that answers people; Python's own 5 ms add up over a request
_KEPT = 75  # seconds that an idle connection is kept, longer than proxies keep theirs: none sends into one that is just closed
Password = Annotated[
    str,
    typer.Option(
        "--password",
        envvar="HUOYAN_FIRST_PASSWORD",
        help="Password of the first administrator; a random one if left out.",
    ),
]


def add_service_commands(app: typer.Typer) -> None:
    """Hangs the commands into the command line."""
    app.command()(serve)
    app.command()(worker)
    app.command()(organisation)
    app.command()(backup)
    app.command()(restore)


def serve(
    host: Annotated[str, typer.Option("--host")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port")] = 8080,
    demo: Annotated[
        Path | None,
        typer.Option(
            "--demo",
            exists=True,
            file_okay=False,
            help="A folder whose sub-folders are packets to verify at first start.",
        ),
    ] = None,
    password: Password = "",
) -> None:
    """Starts the service: the workbench, the API under /v1, and verification. Settings: HUOYAN_… (docs/operate.md)."""
    import uvicorn

    from api.app import create_app

    _require_port(host, port)
    wiring = wired()
    _first_start(wiring, password)
    if demo is not None:
        from api.commands.demonstration import load

        threading.Thread(target=load, args=(wiring, demo), daemon=True).start()
    sys.setswitchinterval(_TURN)
    uvicorn.run(
        create_app(wiring),
        host=host,
        port=port,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=5,
        timeout_keep_alive=_KEPT,
    )


def worker() -> None:
    """Verifies packets of a service on the same PostgreSQL and blobs, on this or any machine, until it is stopped."""
    settings = settings_or_end()
    if settings.url.startswith("sqlite"):
        wrong(
            "worker 需要 HUOYAN_DATABASE_URL=postgresql://… / a worker needs HUOYAN_DATABASE_URL=postgresql://…"
        )
    wiring = wired()
    stopped = threading.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, lambda *_: stopped.set())
    wiring.launch()
    typer.echo(f"worker {settings.executor_id}: L{wiring.sandbox.level}", err=True)
    stopped.wait()
    wiring.close()
    os._exit(0)  # what is under way is taken up again by whoever comes first


def organisation(
    name: Annotated[str, typer.Argument(help="The new organisation's name.")],
    login: Annotated[str, typer.Option("--login", help="Its first administrator.")] = FIRST_LOGIN,
    password: Password = "",
) -> None:
    """Founds another organisation with its first administrator, whose password is printed once."""
    from sqlalchemy.exc import IntegrityError

    from api.people.service import found_organisation

    wiring = wired()
    try:
        _, secret = found_organisation(wiring.database, name, login, wiring.now(), password)
    except IntegrityError:
        wrong(f"机构已存在 / there is one of that name: {name}")
    typer.echo(f"{name}: {login} / {secret}")


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
    """The service's parts over a database of this version's schema; ends with exit code 2 where something that they need is not there."""
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


def _require_port(host: str, port: int) -> None:
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


def _first_start(wiring: Wiring, password: str) -> None:
    """Makes the first organisation and its administrator where there is none, and prints the password once."""
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
