"""Every hostile file gets a typed answer within its limits, leaves nothing behind, and never makes
a packet look clean.
"""

from __future__ import annotations

import resource
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from itertools import chain
from pathlib import Path

import hostile_packages
import hostile_pdfs
import hostile_pictures
import pytest

from api.commands.verify_files import judge_one, read_packet
from extractors.errors import ReadError, by_code, is_code
from extractors.gather import Gathered, add
from extractors.intake.archive import Budget, members
from extractors.intake.limits import Limits
from extractors.model import Failure
from extractors.sandbox.parent import Sandbox
from extractors.sandbox.supervisor import in_child

FAMILIES = {**hostile_pdfs.FAMILIES, **hostile_pictures.FAMILIES, **hostile_packages.FAMILIES}
LIMITS = Limits(
    idle_seconds=12
)  # shorter than in use, so that a file that is never done costs the test less
_SLOWEST, _BOMB_SECONDS, _BOMB_BYTES = (
    120,
    2.0,
    64 << 20,
)  # the seconds of a bomb are the processor's


@pytest.fixture(scope="session")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    with pytest.MonkeyPatch.context() as patch:
        jobs = tmp_path_factory.mktemp("jobs")
        patch.setattr(tempfile, "tempdir", str(jobs))
        with Sandbox(LIMITS, jobs=2) as started:
            yield started
        assert not list(jobs.iterdir()), "no byte outside the job folders, and none of these left"


def _gathered(name: str, data: bytes, sandbox: Sandbox) -> Gathered:
    out = Gathered()
    try:
        add(name, data, sandbox, Budget(sandbox.limits), None, out)
    except ReadError as error:
        out.failures.append(Failure(code=error.code, zh=error.zh, en=error.en, file=name))
    return out


@pytest.mark.parametrize("family", sorted(FAMILIES))
def test_each_file_is_answered_and_none_is_clean(family: str, sandbox: Sandbox) -> None:
    for name, data in FAMILIES[family]():
        started = time.monotonic()
        packet = read_packet("packet", _gathered(name, data, sandbox), sandbox)
        assert time.monotonic() - started < _SLOWEST, name
        failures = [
            *packet.packet.failures,
            *chain.from_iterable(f.failures for f in packet.packet.files),
        ]
        assert failures, f"{name}: no reason is told"
        assert all(is_code(f.code) and by_code(f.code).zh == f.zh and f.en for f in failures), name
        assert all(d.status in ("unreadable", "unsupported") for d in packet.packet.documents), name
        assert judge_one(packet, date(2026, 1, 31)).score.band != "low", name


def test_there_are_as_many_as_are_promised() -> None:
    assert len(FAMILIES) >= 15
    assert len(hostile_packages.PATHS) >= 20


BOMBS = dict(hostile_packages.zip_bombs())


@pytest.mark.parametrize("name", sorted(BOMBS))
def test_a_bomb_is_refused_at_once_and_in_little_memory(name: str) -> None:
    def work() -> bytes:
        before = resource.getrusage(resource.RUSAGE_SELF)
        limits = Limits()
        with pytest.raises(ReadError):
            list(members("z.zip", BOMBS[name], limits, Budget(limits)))
        after = resource.getrusage(resource.RUSAGE_SELF)
        return f"{(after.ru_maxrss - before.ru_maxrss) * 1024} {after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime}".encode()

    status, used = in_child(work, Limits())
    assert status == "ok"
    grown, seconds = used.split()
    assert int(grown) < _BOMB_BYTES
    assert float(seconds) < _BOMB_SECONDS


def _shared() -> list[Path]:
    from conftest import SHARED

    return sorted(
        p
        for folder in ("pdf_odd", "pdf_damaged", "images_odd")
        for p in (SHARED / "real" / folder).glob("*")
        if p.is_file()
    )


@pytest.mark.shared
@pytest.mark.skipif(not _shared(), reason="no files of others beside the repository")
@pytest.mark.parametrize("part", range(8))
def test_odd_files_of_others(part: int, sandbox: Sandbox) -> None:
    """None ends the readers, none is never done, and what cannot be read is never clean."""
    for path in _shared()[part::8]:
        packet = read_packet("packet", _gathered(path.name, path.read_bytes(), sandbox), sandbox)
        statuses = {d.status for d in packet.packet.documents}
        codes = {f.code for file in packet.packet.files for f in file.failures} | {
            f.code for f in packet.packet.failures
        }
        assert statuses or codes, path.name
        if "read" not in statuses:
            assert codes and judge_one(packet, date(2026, 1, 31)).score.band != "low", path.name
