"""A service of real processes whose processes are killed at random instants while packets are
verified.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import httpx
from firm import make_firm
from free_port import free_port
from other_layouts import invoice
from sqlalchemy import func, select

from api.http.authentication import caller_of
from api.people.schemas import NewKey
from api.people.service import add_key, found_organisation
from api.settings import Settings
from api.store.database import EVERY, Database
from api.store.migrate import migrate
from api.store.packet_tables import Report, Revision
from api.store.service_tables import AuditRow, Event

LEASE = 4


@dataclass(slots=True)
class Killed:
    """What a run showed."""

    packets: int
    kills: Counter[str] = field(default_factory=Counter)
    states: Counter[str] = field(default_factory=Counter)
    reports: int = 0
    doubled: int = 0
    events: int = 0
    audited: int = 0


class Processes:
    """The service's processes: `serve`, and workers where the database is shared.

    `serving` workers answer requests too, on ports of their own.
    """

    def __init__(
        self, data: Path, url: str, workers: int, *, serving: bool = False, at_once: int = 1
    ) -> None:
        self._env = {n: v for n, v in os.environ.items() if not n.startswith("HUOYAN_")} | {
            "HUOYAN_DATA": str(data),
            "HUOYAN_DATABASE_URL": url,
            "HUOYAN_LEASE_SECONDS": str(LEASE),
            "HUOYAN_ATTEMPTS": "10",
            "HUOYAN_LOG_LEVEL": "ERROR",
            "HUOYAN_REQUESTS_PER_MINUTE": "1000000",
            "PYTHONPATH": str(Path(__file__).resolve().parents[3]),
        }
        self._names = ["serve", *(f"worker{n}" for n in range(workers))]
        self.ports = {name: free_port() for name in (self._names if serving else ["serve"])}
        self.port = self.ports["serve"]
        self._own_worker, self._at_once = workers == 0, str(at_once)
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        for name in self._names:
            self.start(name)

    def start(self, name: str) -> None:
        port = self.ports.get(name)
        command = ["serve", "--port", str(port)] if port else ["worker"]
        self.running[name] = subprocess.Popen(
            [sys.executable, "-m", "api.cli", *command],
            env=self._env_of(name),
            stderr=subprocess.DEVNULL,
        )

    def again(self, name: str) -> subprocess.Popen[str]:
        """Another process under the same name, on a port of its own, whose errors can be read."""
        return subprocess.Popen(
            [sys.executable, "-m", "api.cli", "serve", "--port", str(free_port())],
            env=self._env_of(name),
            stderr=subprocess.PIPE,
            text=True,
        )

    def _env_of(self, name: str) -> dict[str, str]:
        return self._env | {
            "HUOYAN_EXECUTOR": name,
            "HUOYAN_WORKERS": self._at_once if name != "serve" or self._own_worker else "0",
        }

    def kill(self, rng: random.Random) -> str:
        """SIGKILL to one process: a service process, or a child of one (a sandbox's reader, the
        judge).
        """
        name = rng.choice(self._names)
        parent = self.running[name]
        if rng.random() < 0.4:
            with suppress(OSError, ValueError):
                children = (
                    Path(f"/proc/{parent.pid}/task/{parent.pid}/children").read_text().split()
                )
                victim = int(rng.choice(children)) if children else 0
                if victim:
                    os.kill(victim, signal.SIGKILL)
                    return "child"
        parent.kill()
        parent.wait()
        self.start(name)
        return "worker" if name != "serve" else "service"

    def wait(self, client: httpx.Client) -> None:
        end = time.monotonic() + 120
        while time.monotonic() < end:
            with suppress(httpx.HTTPError):
                if client.get("/ready").status_code == 200:
                    return
            time.sleep(0.1)
        raise AssertionError("the service does not answer")

    def stop(self) -> None:
        for process in self.running.values():
            process.kill()
            process.wait()


def run(data: Path, url: str, workers: int, packets: int, kills: int, seed: int) -> Killed:
    """Submits `packets` packets, kills `kills` times, waits until all are final, and counts."""
    settings = Settings(data=data, database_url=url)
    data.mkdir(parents=True, exist_ok=True)
    database = Database(settings.url)
    migrate(database)
    key = make_key(database, ["packets:read", "packets:write"])
    processes = Processes(data, url, workers)
    seen = Killed(packets)
    try:
        with httpx.Client(
            base_url=f"http://127.0.0.1:{processes.port}",
            headers={"Authorization": f"Bearer {key}"},
            timeout=30,
        ) as client:
            processes.wait(client)
            submit_all(client, packets)
            rng = random.Random(seed)
            for _ in range(kills):
                time.sleep(rng.uniform(0.05, 1.5))
                seen.kills[processes.kill(rng)] += 1
            until_final(database, packets)
    finally:
        processes.stop()
    count(database, seen)
    database.close()
    return seen


def make_key(
    database: Database,
    scopes: list[str],
    name: str = "银行",
    mode: Literal["live", "test"] = "live",
) -> str:
    """A key of a program of a new organisation, with these scopes."""
    from datetime import UTC, datetime

    user, _ = found_organisation(database, name, "admin", datetime.now(UTC))
    with database.writing(user.org_id) as session:
        return add_key(
            session, caller_of(user), NewKey(name="k", scopes=scopes, mode=mode), datetime.now(UTC)
        )[1]


def submit_all(client: httpx.Client, packets: int, first: int = 0) -> None:
    """Every answer that is not an acceptance is asked again with the same Idempotency-Key, as a
    caller should.
    """
    firms = [make_firm(seed) for seed in range(100, 110)]
    made = {}
    for n in range(first, first + packets):
        packet = made[n] = _sure(client, f"c{n}", "/v1/packets", json={"reference": f"P{n}"})["id"]
        file = ("发票.pdf", invoice(firms[n % len(firms)].sales[n % 5]))
        _sure(client, f"f{n}", f"/v1/packets/{packet}/files", files=[("files", file)])
    for n, packet in made.items():
        _sure(client, f"s{n}", f"/v1/packets/{packet}/submit", json={"as_of": "2026-01-31"})


def _sure(client: httpx.Client, key: str, path: str, **body: object) -> dict[str, str]:
    for _ in range(600):
        with suppress(httpx.HTTPError):
            answer = client.post(path, headers={"Idempotency-Key": key}, **body)  # type: ignore[arg-type]
            if answer.status_code < 300:
                found = answer.json()
                return found if isinstance(found, dict) else {}
            assert answer.status_code in (409, 429, 503), answer.text
        time.sleep(0.1)
    raise AssertionError(path)


def until_final(database: Database, packets: int) -> None:
    """Waits until so many revisions are final."""
    end = time.monotonic() + 600
    while time.monotonic() < end:
        with database.reading(EVERY) as session:
            final = (
                session.scalar(
                    select(func.count())
                    .select_from(Revision)
                    .where(Revision.state.in_(("done", "quarantined")))
                )
                or 0
            )
        if final >= packets:
            return
        time.sleep(0.2)
    raise AssertionError("packets are still under way")


def count(database: Database, seen: Killed) -> None:
    """Counts what is there of revisions, reports, events and audit rows."""
    with database.reading(EVERY) as session:
        seen.states.update(session.scalars(select(Revision.state)))
        counts = Counter(session.scalars(select(Report.packet_id)))
        seen.reports, seen.doubled = len(counts), sum(n > 1 for n in counts.values())
        seen.events = (
            session.scalar(
                select(func.count()).select_from(Event).where(Event.kind == "packet.done")
            )
            or 0
        )
        seen.audited = (
            session.scalar(
                select(func.count())
                .select_from(AuditRow)
                .where(AuditRow.action == "packet.reported")
            )
            or 0
        )
