"""What a reading process gives up before it touches a file: memory, time, files, network, new
programs.

L0: resource limits. L1: also no_new_privs, Landlock (reads of installed code only, no writes) and a
seccomp list.
"""

from __future__ import annotations

import ctypes
import errno
import glob
import os
import resource
import signal
from functools import cache

from extractors.engines.tesseract import path as tesseract_path
from extractors.intake.installed_paths import installed_paths
from extractors.intake.limits import Limits
from extractors.sandbox.denied_syscalls import ALWAYS, NEW_NAMESPACES, OWNERS, THREAD

# Niceness of what reads and judges, so that the process that answers people is not kept waiting
BACKGROUND = 10
_PDEATHSIG, _SUBREAPER, _NO_NEW_PRIVS = 1, 36, 38  # prctl


@cache
def _tools() -> tuple[object, object] | None:
    """Landlock and seccomp where this machine has both."""
    try:
        import landlock
        import pyseccomp

        landlock.landlock_abi_version()
        return landlock, pyseccomp
    except (ImportError, OSError, RuntimeError):
        return None


def has_kernel_tools() -> bool:
    """Whether this machine can give L1."""
    return _tools() is not None


def end_with_parent() -> None:
    """Has the kernel end this process when the thread that started it ends."""
    ctypes.CDLL(None).prctl(_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def adopt_orphans() -> None:
    """Makes this process the parent of all that its children leave behind, so that it can wait for
    their end.
    """
    ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)


def confine(limits: Limits, job: str = "", most: int = 1) -> int:
    """Gives up all that reading does not need, for good. Returns the level reached: 1, or 0 where
    Landlock or seccomp is missing or not asked for.

    With `job`, a folder of its own, a process may also run Tesseract, under the same rules, and
    write there.
    """
    ctypes.CDLL(None).prctl(_NO_NEW_PRIVS, 1, 0, 0, 0)
    memory = mapped_bytes() + (limits.picture_memory_bytes if job else limits.memory_bytes)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds + 5))
    resource.setrlimit(
        resource.RLIMIT_FSIZE, (limits.job_bytes, limits.job_bytes) if job else (0, 0)
    )
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    tools = _tools()
    if tools is None or most < 1:
        return 0
    _landlock(tools[0], job)
    _seccomp(tools[1], may_start=bool(job))
    return 1


def mapped_bytes() -> int:
    """What this process has mapped so far, the interpreter and its libraries: a limit counts from
    there.
    """
    with open("/proc/self/statm") as file:
        return int(file.read().split()[0]) * resource.getpagesize()


def _landlock(landlock: object, job: str) -> None:
    access = landlock.FSAccess  # type: ignore[attr-defined]  # the library ships no types
    rules = landlock.Ruleset()  # type: ignore[attr-defined]
    for path in (*installed_paths(), "/dev/urandom", "/dev/null"):
        rules.allow(
            path,
            rules=access.READ_FILE | access.READ_DIR if os.path.isdir(path) else access.READ_FILE,
        )
    if job:
        write = (
            access.READ_FILE
            | access.READ_DIR
            | access.WRITE_FILE
            | access.MAKE_REG
            | access.REMOVE_FILE
        )
        rules.allow(job, rules=write)
        for program in (
            tesseract_path(),
            *glob.glob("/lib*/ld-linux*"),
            *glob.glob("/lib/*/ld-linux*"),
        ):
            if program:
                rules.allow(os.path.realpath(program), rules=access.READ_FILE | access.EXECUTE)
    rules.apply()


def _seccomp(seccomp: object, *, may_start: bool) -> None:
    """Refuses the calls of the list; without `may_start` also every new process and program."""
    s = seccomp
    filtered = s.SyscallFilter(s.ALLOW)  # type: ignore[attr-defined]  # the library ships no types
    no, arg = s.ERRNO(errno.EPERM), s.Arg  # type: ignore[attr-defined]
    masked, other = s.MASKED_EQ, s.NE  # type: ignore[attr-defined]
    rules: list[tuple[object, str, tuple[object, ...]]] = [(no, name, ()) for name in ALWAYS]
    rules += [
        (no, "clone", (arg(0, masked, 1 << bit, 1 << bit),))
        for bit in range(32)
        if NEW_NAMESPACES >> bit & 1
    ]
    rules += [(s.ERRNO(errno.ENOSYS), "clone3", ())]  # type: ignore[attr-defined]  # its flags cannot be seen; libraries then use clone
    rules += [(no, "tgkill", (arg(0, other, os.getpid()),)), (no, "prlimit64", (arg(0, other, 0),))]
    rules += [(no, "fcntl", (arg(1, s.EQ, request),)) for request in OWNERS]  # type: ignore[attr-defined]
    if not may_start:
        rules += [(no, "clone", (arg(0, masked, THREAD, 0),)), (no, "execve", ())]
    for action, name, arguments in rules:
        try:
            filtered.add_rule(action, name, *arguments)
        except (RuntimeError, ValueError, OSError):
            if name in ("socket", "execve", "clone", "kill", "ptrace", "io_uring_setup", "mount"):
                raise  # every machine has these: without the rule there is no L1
    filtered.load()
