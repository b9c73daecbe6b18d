"""The service under work: reading a report and listing cases with 50 clients, beside an empty
FastAPI route in the same run; the queue's own share of a packet's time.

`python benchmarks/service.py [--packets N] [--postgres URL]` fills a database with N stored packets
first (10,000 by default), on SQLite in a temporary folder unless another is given. The service, the
empty route and the clients each are processes of their own, as they are in a bank.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from datetime import UTC, date, datetime
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / folder) for folder in ("fixtures", "tests/api/jobs", "tests", ".")]

import httpx  # noqa: E402 - the path is set above
from degrade import jpeg, page_picture  # noqa: E402
from firm import make_firm  # noqa: E402
from free_port import free_port  # noqa: E402
from killing import Processes, make_key  # noqa: E402
from make_packets import honest  # noqa: E402
from other_layouts import invoice  # noqa: E402
from sqlalchemy import func, insert, inspect, select, text  # noqa: E402

from api.http.authentication import caller_of  # noqa: E402
from api.people.schemas import NewKey  # noqa: E402
from api.people.service import add_key, found_organisation  # noqa: E402
from api.settings import Settings  # noqa: E402
from api.store.case_tables import Case  # noqa: E402
from api.store.database import EVERY, Database  # noqa: E402
from api.store.ids import new_id  # noqa: E402
from api.store.migrate import migrate  # noqa: E402
from api.store.packet_tables import File, Packet, Revision  # noqa: E402
from api.store.people_tables import User  # noqa: E402

if TYPE_CHECKING:
    from extractors.sandbox.parent import Sandbox

CLIENTS, SECONDS, THINKING = 50, 15, 0.5
_BEGUN = 20  # packets of a flood that are done before another bank comes
_EMPTY = "import uvicorn\nfrom fastapi import FastAPI\napp = FastAPI()\napp.get('/empty')(lambda: {})\nuvicorn.run(app, port=%d, log_level='error')"


def fill(database: Database, count: int) -> None:
    """Stored packets with their cases, so that lists are long."""
    now = datetime.now(UTC)
    with database.writing(EVERY) as session:
        user = session.query(User).first()
        assert user is not None
        ids = [new_id("pkt") for _ in range(count)]
        packet = {
            "org_id": user.org_id,
            "branch": "",
            "amount": "",
            "mode": "live",
            "status": "done",
            "revision": 1,
            "created_by": user.id,
        }
        session.execute(
            insert(Packet),
            [packet | {"id": i, "reference": i, "created_at": now, "updated_at": now} for i in ids],
        )
        case = {
            "org_id": user.org_id,
            "applicant": "某公司",
            "branch": "",
            "amount": "",
            "state": "open",
            "assignee": "",
            "coverage": 0.5,
            "version": 1,
        }
        case |= {"disposition": "", "proposed_by": "", "opened_at": now, "updated_at": now}
        rows = [
            case
            | {
                "id": new_id("cas"),
                "packet_id": i,
                "reference": i,
                "score": n % 1000 / 10,
                "band": "low",
            }
            for n, i in enumerate(ids)
        ]
        session.execute(insert(Case), rows)
        session.execute(text("analyze"))  # as PostgreSQL does by itself within a minute


async def _ask(client: httpx.AsyncClient, path: str, end: float, taken: list[float]) -> None:
    while time.monotonic() < end:
        started = time.perf_counter()
        answer = await client.get(path)
        taken.append((time.perf_counter() - started) * 1000)
        assert answer.status_code == 200, answer.text[:200]
        await asyncio.sleep(THINKING)  # a person reads


async def _clients(address: str, paths: list[str], headers: dict[str, str]) -> list[float]:
    taken: list[float] = []
    kept = httpx.Limits(max_connections=CLIENTS, max_keepalive_connections=CLIENTS)
    async with httpx.AsyncClient(
        base_url=address, headers=headers, timeout=30, limits=kept
    ) as client:
        end, asked = time.monotonic() + SECONDS, []
        for number in range(CLIENTS):
            asked.append(asyncio.create_task(_ask(client, paths[number % len(paths)], end, taken)))
            await asyncio.sleep(THINKING / CLIENTS)
        await asyncio.gather(*asked)
    return taken


def _measured(address: str, paths: list[str], headers: dict[str, str]) -> list[float]:
    return asyncio.run(_clients(address, paths, headers))


def p95(address: str, paths: list[str], headers: dict[str, str]) -> float:
    """Milliseconds within which 95 of 100 answers came, with CLIENTS clients asking one after
    another.
    """
    with get_context("spawn").Pool(1) as pool:
        return statistics.quantiles(pool.apply(_measured, (address, paths, headers)), n=20)[-1]


def uploaded(client: httpx.Client, reference: str, files: dict[str, bytes]) -> str:
    """The id of a new packet with these files."""
    packet: str = client.post("/v1/packets", json={"reference": reference}).json()["id"]
    client.post(
        f"/v1/packets/{packet}/files", files=[("files", f) for f in files.items()]
    ).raise_for_status()
    return packet


def verified(client: httpx.Client, packet: str) -> str:
    """The same, once it was verified."""
    answer = client.post(
        f"/v1/packets/{packet}/submit", params={"wait": 60}, json={"as_of": "2026-01-31"}
    )
    assert answer.json().get("status") == "done", answer.text
    return packet


def _under_work(client: httpx.Client, empty: str, packet: str, stored: int) -> None:
    headers, address = dict(client.headers), str(client.base_url)
    asked = {
        "report": [f"/v1/packets/{packet}/report"],
        "cases": ["/v1/cases?limit=50", "/v1/cases?limit=50&order=score"],
    }
    for busy in (False, True):
        stop = threading.Event()
        work = threading.Thread(target=_work, args=(client, stop, busy), daemon=True)
        work.start()
        base = p95(empty, ["/empty"], {})
        for name, paths in asked.items():
            found = p95(address, paths, headers)
            how = "while packets are verified" if busy else "at rest"
            print(
                f"p95 of {name}, {CLIENTS} clients, {stored:,} packets, {how}: {found:.0f} ms, {found / base:.1f} times an empty route ({base:.0f} ms)",
                flush=True,
            )
        stop.set()
        work.join(120)


def _work(client: httpx.Client, stop: threading.Event, busy: bool) -> None:
    """Packets one after another, as long as the clients ask."""
    firms = [make_firm(seed) for seed in range(200, 210)]
    number = 0
    while busy and not stop.is_set():
        verified(
            client,
            uploaded(
                client,
                f"W{number}",
                {"发票.pdf": invoice(firms[number % 10].sales[number // 10 % 5])},
            ),
        )
        number += 1


def _half_scanned(files: dict[str, bytes]) -> dict[str, bytes]:
    """Every second one-page paper as a scan, as packets are in practice."""
    papers = sorted(n for n in files if n.endswith(".pdf") and not n.startswith("流水"))
    scanned = {n: jpeg(page_picture(files[n], 1, 200), 85) for n in papers[::2]}
    return {
        n.replace(".pdf", ".jpg") if n in scanned else n: scanned.get(n, data)
        for n, data in files.items()
    }


def _overhead(client: httpx.Client) -> None:
    """A packet through queue and store, against reading and judging it in this process, with the
    same sandbox. In test mode, so that neither is set against other applications.
    """
    from extractors.intake.limits import Limits
    from extractors.sandbox.parent import Sandbox

    with Sandbox(Limits(), jobs=2, contracts=True) as sandbox:
        for kind, made in (("of text", dict), ("half of them scans", _half_scanned)):
            taken = []
            for seed in range(299, 308):
                files = made(honest(make_firm(seed), "ruled.pdf"))
                packet = uploaded(client, f"Q{seed}{kind}", files)
                started = time.perf_counter()
                verified(client, packet)
                whole = time.perf_counter() - started
                taken.append((whole, _direct(files, sandbox)))
            more = statistics.median(
                whole - direct for whole, direct in taken[1:]
            )  # the first warms both
            share = statistics.median(whole / direct for whole, direct in taken[1:])
            print(
                f"{len(files)} files, {kind}: through the queue {share:.2f} times as long as read and judged directly, {more:.2f} s more",
                flush=True,
            )


def _beside_a_flood(client: httpx.Client, database: Database, count: int) -> None:
    """Another bank's packet from submitting to its report: with nobody else there, and while one
    bank has thousands waiting.
    """
    user, _ = found_organisation(database, "乙银行", "other", datetime.now(UTC))
    with database.writing(user.org_id) as session:
        key = add_key(
            session,
            caller_of(user),
            NewKey(name="k", scopes=["packets:read", "packets:write"]),
            datetime.now(UTC),
        )[1]
    with httpx.Client(
        base_url=client.base_url, headers={"Authorization": f"Bearer {key}"}, timeout=90
    ) as other:
        alone = [_one(other, f"alone{n}", n) for n in range(21)][1:]
        flooded = uploaded(client, "flood", {"发票.pdf": invoice(make_firm(310).sales[0])})
        _flood(database, flooded, count)
        while not _begun(database):
            time.sleep(0.5)
        beside = [_one(other, f"beside{n}", n) for n in range(20)]
    for name, of in (
        ("median", statistics.median),
        ("p95", lambda x: statistics.quantiles(x, n=20)[-1]),
    ):
        print(
            f"another bank's packet beside {count:,} waiting ones, {name}: {of(beside):.2f} s, {of(beside) / of(alone):.2f} times as long as alone",
            flush=True,
        )


def _one(client: httpx.Client, reference: str, number: int) -> float:
    packet = uploaded(client, reference, {"发票.pdf": invoice(make_firm(320 + number).sales[0])})
    started = time.perf_counter()
    verified(client, packet)
    return time.perf_counter() - started


def _flood(database: Database, packet_id: str, count: int) -> None:
    """The packet `count` times, as if each had been submitted just before a crash: the sweep puts
    them into the queue.
    """
    now = datetime.now(UTC)
    with database.writing(EVERY) as session:
        packet, file = (
            session.get_one(Packet, packet_id),
            session.scalars(select(File).where(File.packet_id == packet_id)).one(),
        )
        rows: dict[type, list[dict[str, Any]]] = {Packet: [], File: [], Revision: []}
        for number in range(count):
            own, held = new_id("pkt"), new_id("fil")
            rows[Packet].append(
                _columns(packet)
                | {
                    "id": own,
                    "reference": f"flood{number}",
                    "status": "queued",
                    "revision": 1,
                    "mode": "test",
                }
            )
            rows[File].append(_columns(file) | {"id": held, "packet_id": own})
            whose = {
                "id": new_id("rev"),
                "org_id": packet.org_id,
                "packet_id": own,
                "number": 1,
                "files": [held],
                "corrections": [],
            }
            rows[Revision].append(
                whose
                | {
                    "state": "queued",
                    "as_of": date(2026, 1, 31),
                    "priority": 2 + number,
                    "queued_at": now,
                }
            )
        for cls, made in rows.items():
            session.execute(insert(cls), made)


def _columns(row: Any) -> dict[str, Any]:
    return {c.key: getattr(row, c.key) for c in inspect(type(row)).column_attrs}


def _begun(database: Database) -> bool:
    """Whether some of the flood were verified."""
    with database.reading(EVERY) as session:
        query = (
            select(func.count()).select_from(Revision).join(Packet, Packet.id == Revision.packet_id)
        )
        return (
            session.scalar(query.where(Packet.reference.like("flood%"), Revision.state == "done"))
            or 0
        ) >= _BEGUN


def _direct(files: dict[str, bytes], sandbox: Sandbox) -> float:
    from api.commands.verify_files import judge_one, read_packet
    from extractors.gather import Gathered, add
    from extractors.intake.archive import Budget

    gathered, budget = Gathered(), Budget(sandbox.limits)
    started = time.perf_counter()
    for name, data in files.items():
        add(name, data, sandbox, budget, None, gathered)
    judge_one(read_packet("q", gathered, sandbox), date(2026, 1, 31))
    return time.perf_counter() - started


def _explained(database: Database) -> None:
    """How the database finds a page of cases."""
    command = "explain " if database.is_postgres else "explain query plan "
    for order in ("opened_at", "score"):
        with database.reading(EVERY) as session:
            query = f"select * from cases where org_id = (select org_id from users limit 1) order by {order} desc, id desc limit 50"
            plan = " / ".join(str(row[-1]) for row in session.execute(text(command + query)))
        print(f"cases by {order}: {plan}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--packets", type=int, default=10_000)
    parser.add_argument("--postgres", default="", help="address of an empty database")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        data.mkdir()
        database = Database(Settings(data=data, database_url=given.postgres).url)
        migrate(database)
        key = make_key(database, ["packets:read", "packets:write", "cases:read"])
        processes = Processes(data, given.postgres, 0)
        beside = subprocess.Popen([sys.executable, "-c", _EMPTY % (beside_port := free_port())])
        try:
            with httpx.Client(
                base_url=f"http://127.0.0.1:{processes.port}",
                headers={"Authorization": f"Bearer {key}"},
                timeout=90,
            ) as client:
                processes.wait(client)
                packet = verified(client, uploaded(client, "R", honest(make_firm(7), "ruled.pdf")))
                testing = make_key(database, ["packets:read", "packets:write"], "试用", "test")
                with httpx.Client(
                    base_url=client.base_url,
                    headers={"Authorization": f"Bearer {testing}"},
                    timeout=90,
                ) as tester:
                    _overhead(tester)
                fill(database, given.packets)
                _under_work(client, f"http://127.0.0.1:{beside_port}", packet, given.packets)
                _explained(database)
                _beside_a_flood(client, database, given.packets)
        finally:
            processes.stop()
            beside.kill()
            with suppress(Exception):
                database.close()


if __name__ == "__main__":
    main()
