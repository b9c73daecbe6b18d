"""One confined child for one piece of work, and the watch over it: time, progress, processes, memory, bytes written; ended as a group."""

from __future__ import annotations

import contextlib
import os
import resource
import select
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator

from extractors import progress
from extractors.errors import OutOfTime, OverLimit, ReaderDied, ReadError, is_code
from extractors.intake.confine import confine, end_with_parent
from extractors.intake.limits import Limits

_LOOK = 0.25  # seconds between two looks at what a child that may start programs has started
_LAST = 5.0  # seconds for a child that has answered to end
_LONGEST_CODE = 64


def in_child(work: Callable[[], bytes], limits: Limits, job: str = "", *, level: int = 0, seconds: float | None = None) -> tuple[str, bytes]:
    """Runs `work` in a confined child: ("ok", answer), or an error code and nothing. A child that reaches less than `level` does not work.

    `job` is a folder where it may write and start Tesseract; `seconds` what is left of the file's time.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _child(work, limits, writing, job, level)
    os.close(writing)
    with contextlib.suppress(OSError):
        os.setpgid(child, child)  # the child does so too: whoever comes first
    status, answer = _collect(reading, child, limits, job, limits.seconds if seconds is None else seconds)
    os.close(reading)
    code = _end(child, patient=status == "ok")
    if status != "ok":
        return status, b""
    if code == 0 and answer[:1] == b"+":
        return "ok", answer[1:]
    told = answer[1 : _LONGEST_CODE + 1].decode("ascii", "replace")
    return (told if code == 0 and answer[:1] == b"-" and is_code(told) else ReaderDied.code), b""


def _collect(reading: int, child: int, limits: Limits, job: str, seconds: float) -> tuple[str, bytes]:
    """Whatever the child says, as long as it keeps to its limits; signs of progress are taken out."""
    now = time.monotonic()
    end, idle, look = now + seconds, now + limits.idle_seconds, now + _LOOK
    answer = bytearray()
    while now < min(end, idle):
        ready, _, _ = select.select([reading], [], [], min(end, idle, look if job else end) - now)
        now = time.monotonic()
        if job and now >= look:
            if _exceeds(child, limits, job):
                return OverLimit.code, b""
            look = now + _LOOK
        if not ready:
            continue
        chunk = os.read(reading, 1 << 20)
        if not chunk:
            return "ok", bytes(answer)
        idle = now + limits.idle_seconds
        answer += chunk if answer else chunk.lstrip(progress.SIGN)
        if len(answer) > limits.answer_bytes:
            return OverLimit.code, b""
    return OutOfTime.code, b""


def _exceeds(child: int, limits: Limits, job: str) -> bool:
    """Whether a child's group has too many processes or too much memory, or its folder too many bytes."""
    held = [pages for group, pages in _processes() if group == child]
    own = int(_first_line("/proc/self/statm").split()[1])  # what a fork shares with the server is not counted
    memory = sum(max(0, pages - own) for pages in held) * resource.getpagesize()
    with contextlib.suppress(OSError), os.scandir(job) as files:
        if sum(f.stat(follow_symlinks=False).st_size for f in files) > limits.job_bytes:
            return True
    return len(held) > limits.processes or memory > limits.picture_memory_bytes


def _processes() -> Iterator[tuple[int, int]]:
    """(group, resident pages) of each process in sight."""
    for name in os.listdir("/proc"):
        if name.isdigit():
            with contextlib.suppress(OSError, IndexError, ValueError):
                fields = _first_line(f"/proc/{name}/stat").rpartition(")")[2].split()  # the program's name may hold anything
                yield int(fields[2]), int(fields[21])


def _first_line(path: str) -> str:
    with open(path, errors="replace") as file:
        return file.readline()


def _end(child: int, *, patient: bool) -> int:
    """Ends a child with all that it started; its exit status as waitpid gives it."""
    if patient:
        handle = os.pidfd_open(child)
        select.select([handle], [], [], _LAST)
        os.close(handle)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child, signal.SIGKILL)  # its number is not given anew before it is waited for
    with contextlib.suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    return os.waitpid(child, 0)[1]


def _child(work: Callable[[], bytes], limits: Limits, writing: int, job: str, level: int) -> None:
    """Never returns: gives up rights, works, writes + and the answer or - and an error code, and ends."""
    code = 1
    with contextlib.suppress(BaseException):  # nothing of the parent may run in the child, whatever happens here
        os.setpgid(0, 0)
        end_with_parent()
        _keep_only(writing)
        tempfile.tempdir = job or None
        if confine(limits, job, level) < min(level, 1):
            os._exit(code)
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


def _keep_only(writing: int) -> None:
    """Closes all that was inherited but the pipe: the server's own socket would let a child answer for the next file, and read it."""
    sys.stdin.close()
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nothing, standard)
    last = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    os.closerange(3, writing)
    os.closerange(writing + 1, min(last, 1 << 20) if last > 0 else 1 << 20)
