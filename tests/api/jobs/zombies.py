"""Workers that stand still for longer than their lease while they hold packets, and go on when
others have finished these.
"""

from __future__ import annotations

import os
import random
import re
import signal
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import httpx
from killing import Killed, Processes, count, make_key, submit_all, until_final
from sqlalchemy import select

from api.settings import Settings
from api.store.database import EVERY, Database
from api.store.migrate import migrate
from api.store.packet_tables import Revision

AT_ONCE = 4
_PATIENCE = 180  # longer than a stopped worker's transaction may hold its locks
_WORKERS = ("worker0", "worker1")


@dataclass(slots=True)
class Seen:
    """What a run showed: packets held by a worker when it was stopped, and its attempts that were
    refused when it went on.
    """

    after: Killed
    stops: int = 0
    zombies: int = 0
    refused: int = 0


def run(data: Path, url: str, wanted: int, seed: int) -> Seen:
    """Stops workers that hold packets until `wanted` packets were held by one that stood still."""
    data.mkdir(parents=True, exist_ok=True)
    database = Database(Settings(data=data, database_url=url).url)
    migrate(database)
    key = make_key(database, ["packets:read", "packets:write"])
    processes, seen, rng = (
        Processes(data, url, 2, serving=True, at_once=AT_ONCE),
        Seen(Killed(0)),
        random.Random(seed),
    )
    try:
        for port in processes.ports.values():
            with httpx.Client(base_url=f"http://127.0.0.1:{port}") as client:
                processes.wait(client)
        with httpx.Client(
            base_url=f"http://127.0.0.1:{processes.port}",
            headers={"Authorization": f"Bearer {key}"},
            timeout=60,
        ) as client:
            while seen.zombies < wanted:
                submit_all(client, 2 * AT_ONCE, seen.after.packets)
                seen.after.packets += 2 * AT_ONCE
                _round(processes, database, seen, rng)
    finally:
        processes.stop()
    count(database, seen.after)
    database.close()
    return seen


def _round(processes: Processes, database: Database, seen: Seen, rng: random.Random) -> None:
    """One worker is stopped while it holds packets, until all are final.

    A stop that met none counts for nothing.
    """
    name = _holder(database)
    if name:
        before = _refused(processes.ports[name])
        time.sleep(rng.uniform(0, 0.3))
        os.kill(processes.running[name].pid, signal.SIGSTOP)
        try:
            time.sleep(0.3)  # a commit that was on its way has arrived
            held = _held(database, name)
            until_final(database, seen.after.packets)
        finally:
            os.kill(processes.running[name].pid, signal.SIGCONT)
        seen.stops, seen.zombies = seen.stops + bool(held), seen.zombies + held
        seen.refused += _until_refused(processes.ports[name], before, held)
    until_final(database, seen.after.packets)


def _holder(database: Database) -> str:
    """A worker that holds a packet now; none when all are final."""
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        if name := next((n for n in _WORKERS if _held(database, n)), ""):
            return name
        with database.reading(EVERY) as session:
            if (
                session.scalar(
                    select(Revision.id).where(Revision.state.in_(("queued", "running"))).limit(1)
                )
                is None
            ):
                return ""
        time.sleep(0.02)
    raise AssertionError("nobody takes the packets")


def _held(database: Database, name: str) -> int:
    with database.reading(EVERY) as session:
        return len(
            list(
                session.scalars(
                    select(Revision.id).where(
                        Revision.state == "running", Revision.executor == name
                    )
                )
            )
        )


def _refused(port: int) -> int:
    """What the worker's metric says."""
    text = httpx.get(f"http://127.0.0.1:{port}/metrics", timeout=30).text
    found = re.search(r"^huoyan_late_results_refused_total (\S+)", text, re.MULTILINE)
    return int(float(found.group(1))) if found else 0


def _until_refused(port: int, before: int, expected: int) -> int:
    end, refused = time.monotonic() + 60, 0
    while refused < expected and time.monotonic() < end:
        with suppress(httpx.HTTPError):
            refused = _refused(port) - before
        time.sleep(0.1)
    return refused
