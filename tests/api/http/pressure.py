"""Measures a service of one process on SQLite under strangers, uploaders and bodies of every kind.

python tests/api/http/pressure.py    prints one line a figure; exit code 1 where a promise is broken
"""

from __future__ import annotations

import argparse
import json
import resource
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
sys.path[:0] = [
    str(ROOT),
    str(ROOT / "fixtures"),
    str(ROOT / "tests"),
    str(ROOT / "tests/api/jobs"),
]

import httpx  # noqa: E402 - the path is set above
from killing import Processes, make_key  # noqa: E402

from api.http.body_limits import most_bytes  # noqa: E402
from api.settings import Settings  # noqa: E402
from api.store.database import Database  # noqa: E402
from api.store.migrate import migrate  # noqa: E402
from extractors.intake.limits import Limits  # noqa: E402

FILES = 1_024  # that the service may open
STRANGERS = 2_000
UPLOADERS, UPLOADS = 50, 150
LONGEST_HEALTH_IDLE = 1.0
LONGEST_HEALTH = 0.25
MOST_ERROR_BYTES = 100_000
_QUIET_SECONDS = 5.0
_METHODS = ("post", "put", "patch")


# In a process of its own: making large bodies keeps this one's threads waiting.
_ASKING = """
import json, select, sys, time, httpx
seconds = []
with httpx.Client(timeout=60) as client:
    while not select.select([sys.stdin], [], [], 0.02)[0]:
        began = time.monotonic()
        client.get(sys.argv[1]).raise_for_status()
        seconds.append(time.monotonic() - began)
print(json.dumps(seconds))
"""


class Health:
    """Asks /health again and again over one connection, and keeps how long each answer took."""

    def __init__(self, port: int) -> None:
        self._address = f"http://127.0.0.1:{port}/health"
        self.seconds: list[float] = []

    def __enter__(self) -> Health:
        self._asking = subprocess.Popen(
            [sys.executable, "-c", _ASKING, self._address],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return self

    def __exit__(self, *_: object) -> None:
        out, _error = self._asking.communicate("stop")
        self.seconds = json.loads(out)

    def told(self) -> str:
        return f"median {statistics.median(self.seconds):.3f} s, longest {max(self.seconds):.3f} s"


@contextmanager
def service(folder: Path) -> Iterator[tuple[Processes, httpx.Client]]:
    """A service that verifies nothing meanwhile, with few files, and a client of a program."""
    database = Database(Settings(data=folder).url)
    migrate(database)
    scopes = ["packets:read", "packets:write", "cases:read", "graph:read", "policy:read"]
    key = make_key(database, scopes)
    database.close()
    processes = Processes(folder, "", 1, serving=False)
    processes.stop()
    processes.running.clear()
    command = [sys.executable, "-m", "api.cli", "serve", "--port", str(processes.port)]
    limited = ["prlimit", f"--nofile={FILES}:{FILES}", *command]
    env = processes._env_of("serve") | {"HUOYAN_LOGINS_PER_MINUTE": "1000000"}
    processes.running["serve"] = subprocess.Popen(limited, env=env, stderr=subprocess.DEVNULL)
    try:
        with httpx.Client(
            base_url=f"http://127.0.0.1:{processes.port}",
            headers={"Authorization": f"Bearer {key}"},
            timeout=60,
            limits=httpx.Limits(max_connections=UPLOADERS, max_keepalive_connections=UPLOADERS),
        ) as client:
            processes.wait(client)
            yield processes, client
    finally:
        processes.stop()


def strangers(port: int) -> bool:
    """Open connections that send nothing, and ask for health over new ones meanwhile."""
    wanted = STRANGERS + 200
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    idle = [socket.create_connection(("127.0.0.1", port), timeout=30) for _ in range(STRANGERS)]
    seconds = []
    for _ in range(50):
        began = time.monotonic()
        httpx.get(f"http://127.0.0.1:{port}/health", timeout=60).raise_for_status()
        seconds.append(time.monotonic() - began)
    for each in idle:
        each.close()
    print(
        f"{STRANGERS} idle connections at {FILES} files: /health over new connections"
        f" median {statistics.median(seconds):.3f} s, longest {max(seconds):.3f} s"
    )
    return max(seconds) <= LONGEST_HEALTH_IDLE


def uploaders(client: httpx.Client) -> bool:
    """Many programs make packets and upload at once."""
    seconds: list[float] = []

    def upload(number: int) -> list[int]:
        began = time.monotonic()
        made = client.post("/v1/packets", json={"reference": f"U{number}"})
        codes = [made.status_code]
        if made.status_code == 201:
            files = {"files": ("a.pdf", b"%PDF-1.4\n" + bytes(100_000))}
            at = f"/v1/packets/{made.json()['id']}/files"
            codes.append(client.post(at, files=files).status_code)
        seconds.append(time.monotonic() - began)
        return codes

    with ThreadPoolExecutor(UPLOADERS) as pool:
        codes = Counter(code for found in pool.map(upload, range(UPLOADS)) for code in found)
    p95 = statistics.quantiles(seconds, n=20)[-1]
    print(f"{UPLOADERS} uploaders, {UPLOADS} packets: {dict(codes)}, p95 {p95:.2f} s")
    return set(codes) == {201}


def bodies(client: httpx.Client, port: int) -> bool:
    """Send every operation bodies as large as it takes, logged in and not."""
    spec = client.get("/v1/openapi.json").json()
    worst, largest, sent = "", 0, 0
    slowest, longest = "", 0.0
    with Health(port) as before:
        time.sleep(_QUIET_SECONDS)
    with Health(port) as health, httpx.Client(base_url=client.base_url, timeout=60) as stranger:
        for path, item in spec["paths"].items():
            for method in set(item) & set(_METHODS):
                for body in _hostile(most_bytes(method.upper(), path, Limits())):
                    for asker in (client, stranger):
                        began = time.monotonic()
                        answer = _send(asker, method, path, body)
                        took, sent = time.monotonic() - began, sent + 1
                        if took > longest:
                            slowest, longest = f"{method} {path} {len(body)} bytes", took
                        if answer.status_code >= 400 and len(answer.content) > largest:
                            worst, largest = f"{method} {path}", len(answer.content)
    print(
        f"{sent} bodies over every operation: /health {health.told()}"
        f" (without them {before.told()}); largest error {largest} bytes ({worst});"
        f" longest answer {longest:.2f} s ({slowest})"
    )
    return max(health.seconds) <= LONGEST_HEALTH and largest <= MOST_ERROR_BYTES


def _send(client: httpx.Client, method: str, path: str, body: bytes) -> httpx.Response:
    url = path.replace("{", "").replace("}", "")
    headers = {"Content-Type": "application/json"}
    return client.request(method, url, content=body, headers=headers)


def _hostile(most: int) -> Iterator[bytes]:
    """Bodies of several shapes, each of as many bytes as are taken, at most 4 MB."""
    size = min(most, 4_000_000) - 64
    shapes: tuple[Callable[[int], Any], ...] = (
        lambda n: {f"k{number}": 0 for number in range(n // 12)},
        lambda n: [0] * (n // 3),
        lambda n: {"reference": "a" * (n - 20)},
        lambda n: {"fingerprints": [0] * (n // 3 - 10)},
    )
    for shape in shapes:
        yield json.dumps(shape(size)).encode()[: size + 60]
    yield b"[" * min(size, 100_000)
    yield b'{"a":' * min(size // 5, 20_000)


def stops_in_time(processes: Processes) -> bool:
    """A service that is asked to stop ends by itself."""
    process = processes.running["serve"]
    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    code = process.wait(60)
    print(f"stopped by SIGTERM in {time.monotonic() - began:.1f} s, exit code {code}")
    return time.monotonic() - began <= 15


def main() -> None:
    """Run all and end with exit code 1 where a promise is broken."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    with tempfile.TemporaryDirectory() as folder, service(Path(folder)) as (processes, client):
        kept = [
            strangers(processes.port),
            uploaders(client),
            bodies(client, processes.port),
            stops_in_time(processes),
        ]
    sys.exit(not all(kept))


if __name__ == "__main__":
    main()
