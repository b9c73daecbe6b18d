"""huoyan serve, worker, admin: the service from the command line."""

from __future__ import annotations

import os
import signal
import sys
import threading
from pathlib import Path
from typing import Annotated

import typer

from api.commands.backup import backup, restore
from api.commands.console import wrong
from api.commands.starting import (
    FIRST_LOGIN,
    first_start,
    own_address,
    require_port,
    require_strong,
    settings_or_end,
    take_name,
    wired,
)

# Seconds that a thread keeps the interpreter from the one that answers people: Python's own
# 5 ms add up over a request.
_THREAD_SWITCH = 0.001
# Seconds that an idle connection stays open: longer than proxies keep theirs (60), so that none
# sends into one that is just closed.
_KEEP_ALIVE = 75
# Connections that wait to be accepted, as Linux allows them by default (net.core.somaxconn).
_BACKLOG = 4096
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
    """Starts the service: the workbench, the API under /v1, and verification.

    Settings: HUOYAN_… (docs/operate.md).
    """
    import uvicorn

    from api.app import create_app
    from api.http.connections import bounded_protocol, most_connections, raise_file_limit

    require_port(host, port)
    wiring = wired(own_address(host, port))
    take_name(wiring)
    first_start(wiring, password)
    if demo is not None:
        from api.commands.demonstration import add_people, load

        add_people(wiring, password)
        threading.Thread(target=load, args=(wiring, demo), daemon=True).start()
    sys.setswitchinterval(_THREAD_SWITCH)
    most = most_connections(raise_file_limit())
    uvicorn.run(
        create_app(wiring),
        host=host,
        port=port,
        http=bounded_protocol(most),
        ws="none",
        proxy_headers=False,  # HUOYAN_TRUSTED_PROXIES says whom to believe
        limit_concurrency=most + 1,
        backlog=_BACKLOG,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=5,
        timeout_keep_alive=_KEEP_ALIVE,
    )


def worker() -> None:
    """Verifies packets of a service on the same PostgreSQL and blobs, on this or any machine, until
    it is stopped.
    """
    settings = settings_or_end()
    if settings.url.startswith("sqlite"):
        wrong(
            "worker 需要 HUOYAN_DATABASE_URL=postgresql://… / a worker needs HUOYAN_DATABASE_URL=postgresql://…"
        )
    wiring = wired()
    take_name(wiring)
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
    require_strong(password, login)
    try:
        _, secret = found_organisation(wiring.database, name, login, wiring.now(), password)
    except IntegrityError:
        wrong(f"机构已存在 / there is one of that name: {name}")
    # A command of a person: standard output is what was asked for, and no log.
    typer.echo(f"{name}: {login} / {secret}" if not password else f"{name}: {login}")
