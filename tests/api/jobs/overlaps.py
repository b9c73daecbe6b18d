"""Runs in which a disk is full while packets are verified, and runs in which a process is started
under a name that another one has: no packet stays "running" without a live task.

python tests/api/jobs/overlaps.py [RUNS]    default 100: half of them full disks, half overlaps
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT), str(ROOT / "fixtures"), str(ROOT / "tests"), str(Path(__file__).parent)]

import httpx  # noqa: E402 - the path is set above
from killing import LEASE, Processes, make_key, submit_all  # noqa: E402
from sqlalchemy import func, select  # noqa: E402

from api.packets.endpoints import _FINAL  # noqa: E402
from api.settings import Settings  # noqa: E402
from api.store.database import EVERY, Database  # noqa: E402
from api.store.migrate import migrate  # noqa: E402
from api.store.packet_tables import Report, Revision  # noqa: E402

PACKETS = 3
_DISK = "24m"
# Longer than a lease and ten seconds: reading three papers on a machine that others use too.
_PATIENCE = 180.0
_FULL_SECONDS = 3.0


@dataclass(slots=True)
class Outcome:
    """What one run showed: the longest that a packet was "running" with nobody's lease on it."""

    states: dict[str, int]
    reports: int
    longest_alone: float
    refused: bool = True


class Watch:
    """Looks at leases until all packets are final."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.longest = 0.0
        # Since when a process is there to take packets up; before, nobody could have.
        self.since = datetime.now(UTC)

    def until_final(self, packets: int) -> dict[str, int]:
        end = time.monotonic() + _PATIENCE
        while True:
            states = self._look()
            if sum(states.get(state, 0) for state in _FINAL) >= packets:
                return states
            if time.monotonic() > end:
                return states
            time.sleep(0.2)

    def _look(self) -> dict[str, int]:
        with self._database.reading(EVERY) as session:
            rows = session.execute(select(Revision.state, Revision.seen_at)).all()
        now = datetime.now(UTC)
        for state, seen in rows:
            if state == "running" and seen is not None:
                alone = now - max(seen, self.since)
                self.longest = max(self.longest, alone.total_seconds())
        return {state: sum(1 for each, _ in rows if each == state) for state, _ in rows}


def full_disk(folder: Path) -> Outcome:
    """Fill the disk of database, steps and files while packets are verified, then make room."""
    disk = folder / "disk"
    disk.mkdir(parents=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={_DISK}", "huoyan-test", str(disk)]
    subprocess.run(mount, check=True)
    try:
        return _run(disk / "data", lambda processes: _fill_for_a_while(disk))
    finally:
        subprocess.run(["umount", "--lazy", str(disk)], check=True)


def _fill_for_a_while(disk: Path) -> bool:
    filler = disk / "filler"
    end = time.monotonic() + _FULL_SECONDS
    with filler.open("wb", buffering=0) as out:
        while time.monotonic() < end:
            with suppress(OSError):
                out.write(bytes(1024))
                continue
            time.sleep(0.05)
    filler.unlink()
    return True


def overlap(folder: Path) -> Outcome:
    """Start a second process under the name of the first, then kill the first and start a third."""

    def act(processes: Processes) -> bool:
        second = processes.again("serve")
        refused = second.wait(timeout=120) == 2 and "HUOYAN_EXECUTOR" in second.stderr.read()
        processes.running["serve"].kill()
        processes.running["serve"].wait()
        processes.start("serve")
        return refused

    return _run(folder / "data", act)


def _run(data: Path, disturb: Callable[[Processes], bool]) -> Outcome:
    data.mkdir(parents=True)
    database = Database(Settings(data=data).url)
    migrate(database)
    key = make_key(database, ["packets:read", "packets:write"])
    processes = Processes(data, "", 0)
    watch = Watch(database)
    try:
        headers = {"Authorization": f"Bearer {key}"}
        address = f"http://127.0.0.1:{processes.port}"
        with httpx.Client(base_url=address, headers=headers, timeout=30) as client:
            processes.wait(client)
            submit_all(client, PACKETS)
            refused = disturb(processes)
            processes.wait(client)
            watch.since = datetime.now(UTC)
            states = watch.until_final(PACKETS)
    finally:
        processes.stop()
    with database.reading(EVERY) as session:
        reports = session.scalar(select(func.count(func.distinct(Report.packet_id)))) or 0
    database.close()
    return Outcome(states, reports, watch.longest, refused)


def is_right(outcome: Outcome) -> bool:
    """Every packet done once, none without a lease for longer than a lease and ten seconds."""
    whole = outcome.states == {"done": PACKETS} and outcome.reports == PACKETS
    return whole and outcome.refused and outcome.longest_alone <= LEASE + 10


def main() -> None:
    """Print each run and how many were right; exit code 1 where one was not."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    wrong = 0
    for number in range(runs):
        act = full_disk if number % 2 else overlap
        if act is full_disk and os.geteuid() != 0:
            continue  # nobody else may mount
        with tempfile.TemporaryDirectory() as folder:
            outcome = act(Path(folder))
        wrong += not is_right(outcome)
        print(number, act.__name__, outcome, flush=True)
    print(f"{runs} runs, {wrong} wrong")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
