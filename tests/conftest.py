"""Shared by all tests: the packet generator on the path, honest packets read once, rule examples."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings

# How long an example takes says how busy the machine is, not whether the code is right.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

ROOT = Path(__file__).resolve().parents[1]
HELPERS = ("fixtures", "tests/api", "tests/graphs", "tests/verify", "tests/extractors/documents")
sys.path[:0] = [str(ROOT / folder) for folder in HELPERS]
pytest_plugins = ["postgres", "running_service", "running_workbench", "graph_papers"]

from firm import Firm, make_firm  # noqa: E402 - the path is set above
from make_packets import honest  # noqa: E402

from extractors.intake.limits import Limits  # noqa: E402
from extractors.model import Packet  # noqa: E402
from extractors.read import assemble, read_file  # noqa: E402
from verify.context.context import context_of  # noqa: E402
from verify.model import Report  # noqa: E402
from verify.pipeline import assess  # noqa: E402
from verify.policy import default_policy  # noqa: E402

AS_OF = date(2026, 1, 31)
SHARED = ROOT.parent / "shared"


# Tests that start a browser, PostgreSQL or many processes, or read pictures: `make test-fast`
# leaves them out.
SLOW_FIXTURES = {"workbench", "empty_workbench", "listening", "address"}
SLOW_PLACES = (
    "tests/api/web/",
    "tests/api/jobs/",
    "tests/hostile/",
    "tests/extractors/pictures/",
    "tests/extractors/forensics/",
    "tests/api/test_browser",
    "tests/api/test_contract",
    "tests/api/test_service_commands",
    "tests/extractors/test_pictures",
    "tests/test_shared_sample",
    "tests/verify/test_shared_pictures",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark slow tests by where they stand and what they use."""
    for item in items:
        name = item.nodeid
        fixtures = set(getattr(item, "fixturenames", ()))
        if "postgres" in name or name.startswith(SLOW_PLACES) or fixtures & SLOW_FIXTURES:
            item.add_marker(pytest.mark.slow)


def read_packet(files: Mapping[str, bytes], name: str = "packet") -> Packet:
    return assemble(name, [read_file(n, d, Limits()) for n, d in files.items()])


def report_on(packet: Packet, *others: Packet, as_of: date = AS_OF) -> Report:
    return assess(packet, context_of([packet, *others]), default_policy(), as_of)


@cache
def honest_files(seed: int, statement: str) -> tuple[Firm, dict[str, bytes]]:
    firm = make_firm(seed)
    return firm, honest(firm, statement)


@cache
def honest_packet(seed: int = 7, statement: str = "ruled.pdf") -> Packet:
    return read_packet(honest_files(seed, statement)[1], f"firm-{seed}")


@pytest.fixture
def write_packet(tmp_path: Path) -> Callable[[Mapping[str, bytes]], Path]:
    def write(files: Mapping[str, bytes], name: str = "packet") -> Path:
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        for file, data in files.items():
            (folder / file).write_bytes(data)
        return folder

    return write
