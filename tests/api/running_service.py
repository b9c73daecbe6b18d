"""A service of one's own for a test, and one with a verified packet that a module shares."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import uvicorn
from conftest import honest_files
from fastapi.testclient import TestClient
from free_port import free_port
from make_packets import FORGERIES

from api.app import create_app
from api.http.authentication import CSRF_HEADER
from api.outbound.addresses import Reach
from api.outbound.connector import Answer, NotSent
from api.people.service import found_organisation
from api.settings import Settings
from api.store.migrate import migrate
from api.store.packet_tables import UNDER_WAY
from api.wiring import Wiring, wire


@dataclass(slots=True)
class Service:
    """A running service, its parts, and a client logged in as its first administrator."""

    wiring: Wiring
    client: TestClient
    password: str
    made_key: str = ""

    def log_in(self, login: str, password: str) -> TestClient:
        """Another client, logged in as somebody else."""
        other = TestClient(self.client.app)
        answer = other.post("/v1/session", json={"login": login, "password": password})
        assert answer.status_code == 200, answer.text
        other.headers[CSRF_HEADER] = answer.json()["csrf"]
        return other

    def key(self) -> str:
        """A key of a program that may do all that its maker may, made once."""
        if not self.made_key:
            scopes = self.client.get("/v1/me").json()["scopes"]
            self.made_key = self.client.post(
                "/v1/keys", json={"name": "all", "scopes": scopes}
            ).json()["key"]
        return self.made_key

    def person(self, login: str, role: str) -> TestClient:
        """A new person of the first organisation, logged in."""
        body = {"login": login, "name": login, "role": role, "password": "a-long-password"}
        assert self.client.post("/v1/users", json=body).status_code == 201
        return self.log_in(login, "a-long-password")

    def verified(self, reference: str, files: Mapping[str, bytes]) -> str:
        """The id of a packet that was uploaded and verified."""
        packet: str = self.client.post("/v1/packets", json={"reference": reference}).json()["id"]
        answer = self.client.post(
            f"/v1/packets/{packet}/files", files=[("files", f) for f in files.items()]
        )
        assert answer.status_code == 201, answer.text
        self.client.post(
            f"/v1/packets/{packet}/submit", params={"wait": 60}, json={"as_of": "2026-01-31"}
        ).raise_for_status()
        end = time.monotonic() + 240
        while (
            state := self.client.get(f"/v1/packets/{packet}").json()["status"]
        ) in UNDER_WAY and time.monotonic() < end:
            time.sleep(0.5)  # the first packet of a busy machine's service loads the networks
        assert state == "done", state
        return packet


class Nowhere:
    """A connector that reaches nothing, so that a test sends nothing off the machine."""

    def request(
        self,
        method: str,
        url: str,
        reach: Reach,
        headers: dict[str, str],
        content: bytes = b"",
        most: int = 0,
    ) -> Answer:
        raise NotSent("refused")


@contextmanager
def served(data: Path, url: str = "", **settings: object) -> Iterator[Service]:
    """A service on its own data folder, stopped at the end."""
    wiring = wire(
        Settings(
            data=data,
            database_url=url,
            logins_per_minute=10_000,
            requests_per_minute=1_000_000,
            **settings,
        )
    )  # type: ignore[arg-type]
    wiring.connector = Nowhere()
    migrate(wiring.database)
    _, password = found_organisation(wiring.database, "甲银行", "admin", wiring.now())
    with TestClient(create_app(wiring)) as client:
        made = Service(wiring, client, password)
        client.headers[CSRF_HEADER] = client.post(
            "/v1/session", json={"login": "admin", "password": password}
        ).json()["csrf"]
        yield made


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with served(tmp_path_factory.mktemp("data")) as made:
        yield made


@pytest.fixture(scope="module")
def address(service: Service) -> Iterator[str]:
    """The same service on a port of this machine, for clients that need one."""
    with listening(service) as url:
        yield url


@contextmanager
def listening(service: Service) -> Iterator[str]:
    """The service's application on a port of its own, until the end."""
    port = free_port()
    server = uvicorn.Server(
        uvicorn.Config(
            service.client.app,
            host="127.0.0.1",
            port=port,
            lifespan="off",
            log_config=None,
            server_header=False,
        )
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(20)


@pytest.fixture(scope="module")
def altered() -> Callable[[], dict[str, bytes]]:
    """Files of a packet in which a slip's amount was raised; few enough to be read quickly."""

    def make() -> dict[str, bytes]:
        firm, files = honest_files(7, "ruled.pdf")
        files = dict(files)
        FORGERIES["slip_raised"](firm, files)
        return files

    return make
