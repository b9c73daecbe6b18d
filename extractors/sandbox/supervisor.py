"""One confined child for one piece of work, and the watch over it: time, progress, processes,
memory, bytes written; ended as a group.
"""

from __future__ import annotations

import contextlib
import os
import resource
import select
import signal
import tempfile
import time
from collections.abc import Callable, Iterator

from extractors import progress
from extractors.errors import OutOfTime, OverLimit, ReaderDied, ReadError, is_code
from extractors.intake.limits import Limits
from extractors.sandbox.confine import confine, end_with_parent

_LOOK = 0.25  # seconds between two looks at what a child that may start programs has started
_LAST = 5.0  # seconds for a child that has answered to end
_LONGEST_CODE = 64


def in_child(
    work: Callable[[], bytes],
    limits: Limits,
    job: str = "",
    *,
    level: int = 0,
    seconds: float | None = None,
) -> tuple[str, bytes]:
    """Runs `work` in a confined child: ("ok", answer), or an error code and nothing. A child that
    reaches less than `level` does not work.

    `job` is a folder where it may write and start Tesseract; `seconds` what is left of the file's
    time.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _child(work, limits, writing, job, level)
    os.close(writing)
    with contextlib.suppress(OSError):
        os.setpgid(child, child)  # the child does so too: whoever comes first
    handle = os.pidfd_open(child)
    status, answer = _collect(
        reading, handle, child, limits, job, limits.seconds if seconds is None else seconds
    )
    if status == "ok":
        select.select([handle], [], [], _LAST)
    code = _end(child)
    os.close(reading)
    os.close(handle)
    if status != "ok":
        return status, b""
    if code == 0 and answer[:1] == b"+":
        return "ok", answer[1:]
    told = answer[1 : _LONGEST_CODE + 1].decode("ascii", "replace")
    return (told if code == 0 and answer[:1] == b"-" and is_code(told) else ReaderDied.code), b""


def _collect(
    reading: int, handle: int, child: int, limits: Limits, job: str, seconds: float
) -> tuple[str, bytes]:
    """Whatever the child says, as long as it keeps to its limits; signs of progress are taken out."""
    now = time.monotonic()
    end, idle, look = now + seconds, now + limits.idle_seconds, now + _LOOK
    answer = bytearray()
    while now < min(end, idle):
        ready, _, _ = select.select(
            [reading, handle], [], [], min(end, idle, look if job else end) - now
        )
        now = time.monotonic()
        if job and now >= look:
            if _exceeds(child, limits, job):
                return OverLimit.code, b""
            look = now + _LOOK
        if not ready:
            continue
        chunk = os.read(reading, 1 << 20) if reading in ready else b""
        if (
            not chunk
        ):  # it closed the pipe, or it ended and only what it left behind holds the pipe open
            return "ok", bytes(answer)
        idle = now + limits.idle_seconds
        answer += chunk if answer else chunk.lstrip(progress.SIGN)
        if len(answer) > limits.answer_bytes:
            return OverLimit.code, b""
    return OutOfTime.code, b""


def _exceeds(child: int, limits: Limits, job: str) -> bool:
    """Whether a child's group has too many processes or too much memory, or its folder too many
    bytes.
    """
    held = [_own_pages(pid) for pid in _group(child)]
    before = _own_pages("self")  # what a fork shares with the server is not counted
    memory = sum(max(0, pages - before) for pages in held) * resource.getpagesize()
    with contextlib.suppress(OSError), os.scandir(job) as files:
        if sum(file.stat(follow_symlinks=False).st_size for file in files) > limits.job_bytes:
            return True
    return len(held) > limits.processes or memory > limits.picture_memory_bytes


def _group(number: int) -> Iterator[str]:
    """Processes of a group, of those in sight."""
    for name in os.listdir("/proc"):
        if name.isdigit():
            with contextlib.suppress(OSError, IndexError):
                if _first_line(f"/proc/{name}/stat").rpartition(")")[2].split()[2] == str(
                    number
                ):  # before the last bracket stands a free name
                    yield name


def _own_pages(pid: str) -> int:
    """Resident pages of a process that are no file's; 0 where it has ended."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        resident, shared = _first_line(f"/proc/{pid}/statm").split()[1:3]
        return int(resident) - int(shared)
    return 0


def _first_line(path: str) -> str:
    with open(path, errors="replace") as file:
        return file.readline()


def _end(child: int) -> int:
    """Ends a child with all that it started, and waits for them; its exit status as waitpid gives
    it.
    """
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child, signal.SIGKILL)  # its number is not given anew before it is waited for
    with contextlib.suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    code = os.waitpid(child, 0)[1]
    with contextlib.suppress(ChildProcessError):
        while True:
            os.waitpid(-child, 0)  # orphans of its group, which came to this process

    return code


def _child(work: Callable[[], bytes], limits: Limits, writing: int, job: str, level: int) -> None:
    """Never returns: gives up rights, works, writes + and the answer or - and an error code, and
    ends.
    """
    code = 1
    with contextlib.suppress(
        BaseException
    ):  # nothing of the parent may run in the child, whatever happens here
        os.setpgid(0, 0)
        end_with_parent()
        _say_nothing()
        tempfile.tempdir = job or None
        _keep_only(
            writing
        )  # before the limits: a process with many open files would have none left for its own rules
        if confine(limits, job, level) < min(level, 1):
            os._exit(code)
        _keep_only(writing)  # and what the rules were made with
        progress.tell(writing)
        try:
            answer = b"+" + work()
        except ReadError as error:
            answer = b"-" + error.code.encode()
        except MemoryError:
            answer = b"-" + OverLimit.code.encode()
        view = memoryview(answer)
        while view:
            view = view[os.write(writing, view) :]
        code = 0
    os._exit(code)


def _say_nothing() -> None:
    """Standard input and outputs lead nowhere."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nothing, standard)


def _keep_only(writing: int) -> None:
    """Closes all that was inherited but the pipe: the server's own socket would let a child answer
    for the next file, and read it.
    """
    os.closerange(3, writing)
    os.closerange(writing + 1, 1 << 20)
