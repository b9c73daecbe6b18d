"""The service under work: reading a report and listing cases with 50 clients, beside an empty FastAPI route in the same run; the queue's own share of a packet's time.

`python benchmarks/service.py [--packets N]` fills a database with N stored packets first (10,000 by default), on SQLite in a temporary folder.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "fixtures"), str(ROOT / "tests" / "api"), str(ROOT / "tests"), str(ROOT)]

import httpx  # noqa: E402 - the path is set above
import uvicorn  # noqa: E402
from fastapi import FastAPI  # noqa: E402
from firm import make_firm  # noqa: E402
from make_packets import honest  # noqa: E402
from other_layouts import invoice  # noqa: E402
from running_service import Service, served  # noqa: E402
from sqlalchemy import insert  # noqa: E402

from api.store.case_tables import Case  # noqa: E402
from api.store.database import EVERY  # noqa: E402
from api.store.ids import new_id  # noqa: E402
from api.store.packet_tables import Packet  # noqa: E402
from api.store.people_tables import User  # noqa: E402

CLIENTS, SECONDS = 50, 15


def fill(service: Service, count: int) -> None:
    """Stored packets with their cases, so that lists are long."""
    now = service.wiring.now()
    with service.wiring.database.writing(EVERY) as session:
        user = session.query(User).first()
        assert user is not None
        ids = [new_id("pkt") for _ in range(count)]
        packet = {"org_id": user.org_id, "branch": "", "amount": "", "mode": "live", "status": "done", "revision": 1, "created_by": user.id}
        session.execute(insert(Packet), [packet | {"id": i, "reference": i, "created_at": now, "updated_at": now} for i in ids])
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
        rows = [case | {"id": new_id("cas"), "packet_id": i, "reference": i, "score": n % 1000 / 10, "band": "low"} for n, i in enumerate(ids)]
        session.execute(insert(Case), rows)


def p95(address: str, paths: list[str], headers: dict[str, str]) -> float:
    """Milliseconds within which 95 of 100 answers came, with CLIENTS clients asking one after another."""
    taken: list[float] = []
    end = time.monotonic() + SECONDS

    def ask(number: int) -> None:
        with httpx.Client(base_url=address, headers=headers, timeout=30) as client:
            while time.monotonic() < end:
                started = time.perf_counter()
                answer = client.get(paths[number % len(paths)])
                taken.append((time.perf_counter() - started) * 1000)
                assert answer.status_code == 200, answer.text[:200]
                time.sleep(0.5)  # a person reads

    with ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(ask, range(CLIENTS)))
    return statistics.quantiles(taken, n=20)[-1]


def listen(app: FastAPI) -> tuple[uvicorn.Server, str]:
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, lifespan="off", log_config=None))
    threading.Thread(target=server.run, daemon=True).start()
    while not server.started:
        time.sleep(0.02)
    return server, f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--packets", type=int, default=10_000)
    given = parser.parse_args()
    empty = FastAPI()
    empty.get("/empty")(lambda: {})
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as service:
        packet = service.verified("R", honest(make_firm(7), "ruled.pdf"))
        fill(service, given.packets)
        headers = {"Authorization": f"Bearer {service.key()}"}
        _, address = listen(service.client.app)  # type: ignore[arg-type]
        _, beside = listen(empty)
        stop = threading.Event()
        busy = threading.Thread(target=_work, args=(service, stop), daemon=True)
        busy.start()
        base = p95(beside, ["/empty"], {})
        for name, paths in (("report", [f"/v1/packets/{packet}/report"]), ("cases", ["/v1/cases?limit=50", "/v1/cases?limit=50&order=score"])):
            found = p95(address, paths, headers)
            print(f"p95 of {name} with {CLIENTS} clients under work: {found:.0f} ms, {found / base:.1f} times an empty route ({base:.0f} ms)")
        stop.set()
        busy.join(120)
        _overhead(service)


def _work(service: Service, stop: threading.Event) -> None:
    """Packets one after another, as long as the clients ask."""
    firms = [make_firm(seed) for seed in range(200, 210)]
    number = 0
    while not stop.is_set():
        service.verified(f"W{number}", {"发票.pdf": invoice(firms[number % 10].sales[number // 10 % 5])})
        number += 1


def _overhead(service: Service) -> None:
    """A whole packet through the queue against the time that reading and judging it take by themselves."""
    from api.verification import judge_one, read_packet
    from extractors.intake.gather import Gathered, add

    shares = []
    for seed in range(300, 305):
        files = honest(make_firm(seed), "ruled.pdf")
        started = time.perf_counter()
        service.verified(f"Q{seed}", files)
        whole = time.perf_counter() - started
        gathered = Gathered()
        from extractors.intake.archive import Budget

        budget = Budget(service.wiring.limits)
        started = time.perf_counter()
        for name, data in files.items():
            add(name, data, service.wiring.sandbox, budget, None, gathered)
        from datetime import date

        judge_one(read_packet("q", gathered, service.wiring.sandbox), date(2026, 1, 31))
        shares.append(whole / (time.perf_counter() - started))
    print(f"a packet through upload, queue and store against reading and judging it directly: {statistics.median(shares):.2f} times (5 packets)")


if __name__ == "__main__":
    main()
