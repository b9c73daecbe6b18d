"""What keeps the service from starting is told in a sentence that says what to do, with exit code
2; nothing is begun or lost.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from conftest import ROOT
from free_port import free_port
from postgres import own_database

from api.settings import BadKey, Settings


def _without_own(environment: Mapping[str, str]) -> dict[str, str]:
    """Variables of the tests themselves are no settings of the service."""
    return {n: v for n, v in environment.items() if not n.startswith("HUOYAN_")}


def _serve(*arguments: str, **settings: object) -> tuple[int, str]:
    """In a process of its own: it sets up logging for good."""
    env = _without_own(os.environ) | {
        f"HUOYAN_{name.upper()}": str(value) for name, value in settings.items()
    }
    command = [sys.executable, "-m", "api.cli", "serve", "--port", str(free_port()), *arguments]
    ended = subprocess.run(
        command, check=False, env=env, cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    return ended.returncode, ended.stdout + ended.stderr


def _damaged_database(data: Path) -> None:
    (data / "huoyan.db").write_bytes(b"not a database at all " * 500)


def _damaged_key(data: Path) -> None:
    (data / "secret.key").write_bytes(b"")


def _a_file_in_the_way(data: Path) -> None:
    (data / "blobs").write_bytes(b"")


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (_damaged_database, "huoyan restore"),
        (_damaged_key, "secret.key"),
        (_a_file_in_the_way, "HUOYAN_BLOBS"),
    ],
)
def test_data_that_cannot_be_used(harm: Callable[[Path], None], told: str, tmp_path: Path) -> None:
    harm(tmp_path)
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir() if p.is_file()}
    code, output = _serve(data=tmp_path)
    assert code == 2 and told in output and "Traceback" not in output
    assert {n: (tmp_path / n).read_bytes() for n in before} == before


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    code, output = _serve(data=tmp_path / "file" / "data")
    assert code == 2 and "HUOYAN_DATA" in output and str(tmp_path) in output


@pytest.mark.parametrize("url", ["mysql://bank@db/huoyan", "postgresql", "oracle:thin"])
def test_a_database_of_another_kind(url: str, tmp_path: Path) -> None:
    code, output = _serve(data=tmp_path, database_url=url)
    assert code == 2 and "HUOYAN_DATABASE_URL" in output


def test_a_database_that_does_not_answer(tmp_path: Path) -> None:
    code, output = _serve(
        data=tmp_path, database_url=f"postgresql://bank@127.0.0.1:{free_port()}/huoyan"
    )
    assert code == 2 and "HUOYAN_DATABASE_URL" in output


def test_a_port_that_is_taken(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        code, output = _serve("--port", str(taken.getsockname()[1]), data=tmp_path / "data")
    assert code == 2 and "--port" in output and not (tmp_path / "data").exists()


def test_a_key_is_made_once_though_many_start_together(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: Settings(data=tmp_path).key, range(8)))
    assert len(keys) == 1 and len(keys.pop()) == 32
    place = tmp_path / "secret.key"
    assert [p.name for p in tmp_path.iterdir()] == [
        place.name
    ] and place.stat().st_mode & 0o777 == 0o600


def test_a_key_that_was_cut_is_not_used(tmp_path: Path) -> None:
    whole = Settings(data=tmp_path).key
    (tmp_path / "secret.key").write_bytes(whole[:7])
    with pytest.raises(BadKey):
        _ = Settings(data=tmp_path).key


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"jobz": "2"}, "HUOYAN_JOBS"),
        ({"webhook_ports": "443,8443"}, "HUOYAN_WEBHOOK_PORTS"),
        ({"log_level": "LOUD"}, "HUOYAN_LOG_LEVEL"),
        ({"first_password": "Admin123456789!"}, "HUOYAN_FIRST_PASSWORD"),
    ],
)
def test_settings_that_are_not_right(settings: dict[str, str], told: str, tmp_path: Path) -> None:
    code, output = _serve(data=tmp_path / "data", **settings)
    assert code == 2
    assert told in output
    assert "Traceback" not in output
    assert not any(value in output for value in settings.values() if len(value) > 1)


def test_a_superuser_of_the_database_is_refused(tmp_path: Path) -> None:
    with own_database() as address:
        server = address.partition("@")[2]
        code, output = _serve(data=tmp_path, database_url=f"postgresql://postgres@{server}")
    assert code == 2
    assert "superuser" in output
