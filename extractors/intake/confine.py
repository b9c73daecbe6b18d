"""What a reading process gives up before it touches a file: memory, time, files, network, new programs.

L0: resource limits. L1: also no_new_privs, Landlock (reads of installed code only, no writes) and a seccomp list.
"""

from __future__ import annotations

import os
import resource
import sys
from functools import cache

from extractors.intake.limits import Limits

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
    "execve",
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


def confine(limits: Limits) -> int:
    """Gives up all that reading does not need, for good. Returns the level reached."""
    # An address-space limit bounds memory; the margin is what the interpreter and its libraries map without using.
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes + 3 * 2**29, limits.memory_bytes + 3 * 2**29))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds + 5))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    tools = _tools()
    if tools is None:
        return 0
    _landlock(tools[0])
    _seccomp(tools[1])
    return 1


def _landlock(landlock: object) -> None:
    access = landlock.FSAccess  # type: ignore[attr-defined]  # the library ships no types
    rules = landlock.Ruleset()  # type: ignore[attr-defined]
    readable = sorted({"/usr", "/lib", "/etc/ld.so.cache", "/dev/urandom", "/dev/null", sys.prefix, sys.base_prefix, *(p for p in sys.path if p)})
    for path in readable:
        try:
            rules.allow(path, rules=access.READ_FILE | access.READ_DIR if os.path.isdir(path) else access.READ_FILE)
        except OSError:
            continue  # a path that does not exist here needs no permission
    rules.apply()


def _seccomp(seccomp: object) -> None:
    scmp = seccomp.SyscallFilter(seccomp.ALLOW)  # type: ignore[attr-defined]
    for name in _REFUSED:
        try:
            scmp.add_rule(seccomp.ERRNO(1), name)  # type: ignore[attr-defined]
        except (RuntimeError, ValueError, OSError):
            continue  # a call that this architecture does not have
    scmp.load()
