"""A reader that was taken over reaches nothing, is ended when it oversteps, and what it says is not
believed: at each level of isolation.
"""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from evil_reader import ATTEMPTS, ENDS, OTHER

from extractors.intake.limits import Limits
from extractors.sandbox.isolation import MINIMUM, IsolationTooLow, chosen, found
from extractors.sandbox.parent import Sandbox

LIMITS = Limits(
    seconds=6,
    idle_seconds=3,
    memory_bytes=256 << 20,
    picture_memory_bytes=256 << 20,
    processes=4,
    job_bytes=16 << 20,
    answer_bytes=16 << 20,
)
ESCAPED = Path(
    f"/tmp/huoyan-escaped-{os.getpid()}"
)  # what is written there was written outside; other tests run beside these
LEVELS = [level for level in (0, 1, 2) if level <= found()[0]]


class EvilSandbox(Sandbox):
    program = (str(Path(__file__).with_name("evil_reader.py")),)
    shown = (str(Path(__file__).parent),)

    def attempt(self, what: str, **told: object) -> tuple[str, str]:
        status, answer = self._ask({"do": "evil", "what": what, **told}, b"")
        return status, answer[:200].decode("utf-8", "replace")


@pytest.fixture(scope="module", params=LEVELS, ids=lambda level: f"L{level}")
def evil(request: pytest.FixtureRequest) -> Iterator[EvilSandbox]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(MINIMUM, "0")
        patch.setattr("extractors.sandbox.reader_process.SPARE_SECONDS", 6)
        with EvilSandbox(LIMITS, jobs=1, most=request.param) as sandbox:
            assert sandbox.level == request.param
            yield sandbox
    ESCAPED.unlink(missing_ok=True)
    if OTHER.exists():
        (OTHER / "secret").unlink()
        OTHER.rmdir()


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "huoyan.db"
    path.write_text("another organisation's papers")
    return path


# Without Landlock and seccomp nothing stands in the way of these: why a service refuses L0 unless
# it is told otherwise.
_L0_STOPS = {"inherited", "job_large_file", "mount", "write_outside"}


@pytest.mark.parametrize("what", sorted(ATTEMPTS))
def test_what_a_hostile_reader_reaches_for_is_refused(
    evil: EvilSandbox, database: Path, what: str
) -> None:
    ESCAPED.unlink(missing_ok=True)
    with socket.create_server(("127.0.0.1", 0)) as canary:
        canary.settimeout(0)
        status, answer = evil.attempt(
            what, database=str(database), escaped=str(ESCAPED), port=canary.getsockname()[1]
        )
        if evil.level >= 1 or what in _L0_STOPS:
            assert status == "reader_died" or (status == "ok" and answer.startswith("refused")), (
                status,
                answer,
            )
            with pytest.raises(BlockingIOError):
                canary.accept()
    assert evil.attempt("never_reads") == ("ok", "said"), "the next file is read"
    if evil.level >= 1:
        assert (
            database.read_text() == "another organisation's papers"
            and database.stat().st_mode & 0o777 != 0o777
        )
        assert not ESCAPED.exists()


EXPECTED = {
    "allocate_10_gb": {"over_limit", "reader_died"},
    **{key: {"out_of_time"} for key in ("endless_loop", "sleep", "signs_for_ever")},
    **{
        key: {"over_limit"}
        for key in ("large_answer", "job_fork_bomb", "job_memory_of_many", "job_fill_folder")
    },
    **{key: {"ok"} for key in ("large_output", "never_reads", "job_orphan")},
}


@pytest.mark.parametrize("what", sorted(ENDS))
def test_a_reader_that_oversteps_is_ended_and_the_answer_is_typed(
    evil: EvilSandbox, what: str
) -> None:
    started = time.monotonic()
    status, _ = evil.attempt(what)
    assert status in EXPECTED.get(what, {"reader_died"})
    assert (
        time.monotonic() - started < LIMITS.seconds + 50
    )  # the networks are loaded in that time too
    assert not _running("evilorphan")
    assert evil.attempt("never_reads") == ("ok", "said"), "the next file is read"


def _running(name: str) -> bool:
    for folder in Path("/proc").iterdir():
        try:
            if folder.name.isdigit() and f"({name})" in (folder / "stat").read_text():
                return True
        except OSError:
            continue
    return False


@pytest.mark.parametrize(
    "lie", ["digest", "name", "size", "document", "nothing", "schema", "list", "number", "deep"]
)
def test_a_reading_that_is_not_of_the_file_is_not_believed(evil: EvilSandbox, lie: str) -> None:
    reading = evil.read(lie, b"a,b,c\n1,2,3\n4,5,6\n")
    assert [f.code for f in reading.failures] == ["reader_died"]
    assert reading.documents[0].status == "unreadable" and reading.file == lie


def test_less_isolation_than_is_configured_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    highest, _ = found()
    monkeypatch.setenv(MINIMUM, str(highest))
    assert chosen() == highest
    if highest:
        with pytest.raises(IsolationTooLow, match=f"at least {highest}"):
            Sandbox(most=highest - 1)
    monkeypatch.setenv(MINIMUM, "3")
    with pytest.raises(IsolationTooLow) as told:
        chosen()
    assert MINIMUM in told.value.zh and MINIMUM in told.value.en
    monkeypatch.delenv(MINIMUM)
    with pytest.raises(IsolationTooLow):
        chosen(0)


def test_this_machine_gives_the_highest_level_where_bubblewrap_is_installed() -> None:
    level, why = found()
    assert level == 2 or why
