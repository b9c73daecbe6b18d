"""What a reading process gives up before it touches a file: memory, time, files, network, new programs.

L0: resource limits. L1: also no_new_privs, Landlock (reads of installed code only, no writes) and a seccomp list.
"""

from __future__ import annotations

import glob
import os
import resource
import sys
from functools import cache

from extractors.engines.tesseract import path as tesseract_path
from extractors.intake.limits import Limits

_JOB_BYTES = 64 * 2**20  # largest file that Tesseract is handed or writes

# Calls that a reader never needs: network, other processes, new programs, mounts, kernel doors.
_REFUSED = (
    "socket",
    "socketpair",
    "connect",
    "bind",
    "listen",
    "accept",
    "accept4",
    "sendto",
    "sendmsg",
    "execveat",
    "ptrace",
    "process_vm_readv",
    "process_vm_writev",
    "mount",
    "umount2",
    "pivot_root",
    "chroot",
    "unshare",
    "setns",
    "bpf",
    "userfaultfd",
    "keyctl",
    "add_key",
    "request_key",
    "init_module",
    "finit_module",
    "kexec_load",
    "reboot",
    "swapon",
    "perf_event_open",
    "io_uring_setup",
    "kill",
    "tkill",
    "fork",
    "vfork",
)
TRUST_LIST = "HUOYAN_TRUST_LIST"  # names a PEM file of trusted issuers; the one setting that readers take


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


def level() -> int:
    """Isolation level that this machine can give: 1 with Landlock and seccomp, else 0."""
    return 1 if _tools() is not None else 0


def confine(limits: Limits, job: str = "") -> int:
    """Gives up all that reading does not need, for good. Returns the level reached.

    With `job`, a folder of its own, a process may also run Tesseract, under the same rules, and write there.
    """
    memory = mapped_bytes() + (limits.picture_memory_bytes if job else limits.memory_bytes)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds + 5))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_JOB_BYTES, _JOB_BYTES) if job else (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    tools = _tools()
    if tools is None:
        return 0
    _landlock(tools[0], job)
    _seccomp(tools[1], _REFUSED if job else (*_REFUSED, "execve"))
    return 1


def mapped_bytes() -> int:
    """What this process has mapped so far, the interpreter and its libraries: a limit counts from there."""
    with open("/proc/self/statm") as file:
        return int(file.read().split()[0]) * resource.getpagesize()


def _landlock(landlock: object, job: str) -> None:
    access = landlock.FSAccess  # type: ignore[attr-defined]  # the library ships no types
    rules = landlock.Ruleset()  # type: ignore[attr-defined]
    readable = sorted({"/usr", "/lib", "/etc/ld.so.cache", "/dev/urandom", "/dev/null", sys.prefix, sys.base_prefix, *(p for p in sys.path if p)})
    for path in readable:
        try:
            rules.allow(path, rules=access.READ_FILE | access.READ_DIR if os.path.isdir(path) else access.READ_FILE)
        except OSError:
            continue  # a path that does not exist here needs no permission
    if job:
        write = access.READ_FILE | access.READ_DIR | access.WRITE_FILE | access.MAKE_REG | access.REMOVE_FILE
        rules.allow(job, rules=write)
        for program in (tesseract_path(), *glob.glob("/lib*/ld-linux*"), *glob.glob("/lib/*/ld-linux*")):
            if program:
                rules.allow(os.path.realpath(program), rules=access.READ_FILE | access.EXECUTE)
    rules.apply()


def _seccomp(seccomp: object, refused: tuple[str, ...]) -> None:
    scmp = seccomp.SyscallFilter(seccomp.ALLOW)  # type: ignore[attr-defined]
    for name in refused:
        try:
            scmp.add_rule(seccomp.ERRNO(1), name)  # type: ignore[attr-defined]
        except (RuntimeError, ValueError, OSError):
            continue  # a call that this architecture does not have
    scmp.load()
