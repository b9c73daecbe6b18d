"""Many small packets at once: through the service's queue, beside `huoyan batch` in the same run.

python benchmarks/bulk.py [PACKETS]    default 40, each of one invoice; the goal is at most 1.5
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / folder) for folder in ("fixtures", "tests/api/jobs", "tests", ".")]

import httpx  # noqa: E402 - the path is set above
from firm import make_firm  # noqa: E402
from killing import Processes, make_key, until_final  # noqa: E402
from other_layouts import invoice  # noqa: E402

from api.settings import Settings  # noqa: E402
from api.store.database import Database  # noqa: E402
from api.store.migrate import migrate  # noqa: E402

_FIRMS = 10  # some of the packets share a company, as a bank's do


def papers(count: int) -> list[bytes]:
    """One invoice a packet."""
    firms = [make_firm(seed) for seed in range(100, 100 + _FIRMS)]
    return [invoice(firms[number % _FIRMS].sales[number % 5]) for number in range(count)]


def by_batch(folder: Path, made: list[bytes]) -> float:
    """Seconds of the command line, from its start to its end."""
    for number, paper in enumerate(made):
        place = folder / "packets" / f"P{number:03}"
        place.mkdir(parents=True)
        (place / "发票.pdf").write_bytes(paper)
    jobs = str(len(os.sched_getaffinity(0)))
    command = [sys.executable, "-m", "api.cli", "batch", str(folder / "packets"), "--jobs", jobs]
    began = time.monotonic()
    done = subprocess.run(
        [*command, "--out", str(folder / "out")], cwd=ROOT, capture_output=True, check=False
    )
    if done.returncode not in (0, 1):
        raise SystemExit(done.stderr.decode())
    return time.monotonic() - began


def by_service(folder: Path, made: list[bytes]) -> float:
    """Seconds from the first submission to the last report; uploads come before."""
    folder.mkdir(parents=True)
    database = Database(Settings(data=folder).url)
    migrate(database)
    key = make_key(database, ["packets:read", "packets:write"])
    processes = Processes(folder, "", 0, at_once=len(os.sched_getaffinity(0)))
    headers = {"Authorization": f"Bearer {key}"}
    try:
        with httpx.Client(
            base_url=f"http://127.0.0.1:{processes.port}", headers=headers, timeout=60
        ) as client:
            processes.wait(client)
            packets = []
            for number, paper in enumerate(made):
                packet = client.post("/v1/packets", json={"reference": f"P{number}"}).json()["id"]
                files = {"files": ("发票.pdf", paper)}
                client.post(f"/v1/packets/{packet}/files", files=files).raise_for_status()
                packets.append(packet)
            began = time.monotonic()
            for packet in packets:
                client.post(f"/v1/packets/{packet}/submit", json={}).raise_for_status()
            until_final(database, len(packets))
            return time.monotonic() - began
    finally:
        processes.stop()
        database.close()


def main() -> None:
    """Print both times and their ratio."""
    made = papers(int(sys.argv[1]) if len(sys.argv) > 1 else 40)
    with tempfile.TemporaryDirectory() as folder:
        one = by_batch(Path(folder) / "one", made[:1])  # nearly all of it is the program's start
        batch = by_batch(Path(folder) / "batch", made)
        service = by_service(Path(folder) / "service", made)
    print(
        f"{len(made)} packets: batch {batch:.1f} s ({one:.1f} s for one packet), service"
        f" {service:.1f} s: {service / batch:.2f} times, {service / (batch - one):.2f} times"
        " without the start"
    )


if __name__ == "__main__":
    main()
