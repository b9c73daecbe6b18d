"""PostgreSQL fails and comes back while packets are submitted and verified (T16): what was
acknowledged is there, once; the rest is told to come again.
"""

from __future__ import annotations

import os
import random
import threading
import time
from collections import Counter
from pathlib import Path

import httpx
from killing import Killed, Processes, count, make_key, submit_all, until_final
from postgres import Server, own_database, own_server

from api.settings import Settings
from api.store.database import Database
from api.store.migrate import migrate

FAULTS, PAUSE = (
    int(os.environ.get("HUOYAN_FAULTS", "3")),
    float(os.environ.get("HUOYAN_FAULTS_APART", "1")),
)
AT_ONCE = 5  # packets submitted between looks at whether the faults are over


def _fail_often(server: Server, over: threading.Event) -> None:
    rng = random.Random(16)
    for _ in range(FAULTS):
        time.sleep(rng.uniform(0.5, 1.5) * PAUSE)
        server.fail()
        time.sleep(rng.uniform(0.2, 1.5))
        server.start()
    over.set()


def test_what_was_acknowledged_outlives_the_database(tmp_path: Path) -> None:
    answers: Counter[int] = Counter()

    def told(answer: httpx.Response) -> None:
        answers[answer.status_code] += 1
        if answer.status_code >= 500:
            answer.read()
            assert answer.status_code == 503 and int(answer.headers["retry-after"]) > 0, answer.text
            assert (
                answer.headers["content-type"] == "application/problem+json"
                and answer.json()["code"] == "storage"
            )

    with own_server() as server, own_database(server.address) as url:
        database = Database(Settings(data=tmp_path, database_url=url).url)
        migrate(database)
        key = make_key(database, ["packets:read", "packets:write"])
        processes, seen = Processes(tmp_path, url, 1), Killed(0)
        try:
            headers = {"Authorization": f"Bearer {key}"}
            address = f"http://127.0.0.1:{processes.port}"
            with httpx.Client(
                base_url=address, headers=headers, timeout=30, event_hooks={"response": [told]}
            ) as client:
                processes.wait(client)
                answers.clear()
                over = threading.Event()
                faults = threading.Thread(target=_fail_often, args=(server, over))
                faults.start()
                while not over.is_set():
                    submit_all(client, AT_ONCE, seen.packets)
                    seen.packets += AT_ONCE
                faults.join()
                until_final(database, seen.packets)
        finally:
            processes.stop()
        count(database, seen)
        database.close()
    print(f"{FAULTS} faults, {seen.packets} packets, answers: {dict(answers)}")
    assert seen == Killed(
        seen.packets,
        states=Counter(done=seen.packets),
        reports=seen.packets,
        events=seen.packets,
        audited=seen.packets,
    )
