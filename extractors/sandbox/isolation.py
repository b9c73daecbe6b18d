"""Levels of isolation: which one this machine gives, the least that is accepted, and how readers
are started within it.

L0: resource limits. L1: also Landlock, no_new_privs and seccomp (confine). L2: also bubblewrap, all
namespaces unshared, nothing of the machine in sight but installed code, read-only, and a file
system in memory for jobs. L3, a container around it all, is told and not counted.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from functools import cache

from extractors.intake.installed_paths import PACKAGE, TRUST_LIST, installed_paths
from extractors.intake.limits import Limits
from extractors.sandbox.confine import has_kernel_tools

HIGHEST = 2
MINIMUM = "HUOYAN_MINIMUM_ISOLATION"  # the setting: 0, 1 or 2
_DEFAULT = 1
LEVELS = {
    0: ("仅资源限制", "resource limits only"),
    1: ("资源限制、Landlock 与 seccomp", "limits, Landlock and seccomp"),
    2: ("bubblewrap 命名空间，内含 L1", "bubblewrap namespaces with L1 inside"),
}


class IsolationTooLow(Exception):
    """This machine gives less isolation than is required, or the setting is none of 0, 1, 2.

    `zh` and `en` say what to do next.
    """

    code = "isolation_too_low"

    def __init__(self, level: int, least: str, why: str) -> None:
        super().__init__(f"L{level}, at least {least} required: {why}")
        self.zh = (
            f"本机隔离级别为 L{level}，低于要求（{MINIMUM}={least}）：{why}。请安装 bubblewrap、libseccomp2 并允许非特权用户命名空间（L2），"
            f"或使用带 Landlock 的内核（L1）；确需降低时将 {MINIMUM} 设为 0、1 或 2。"
        )
        self.en = (
            f"This machine gives isolation level L{level}, less than is required ({MINIMUM}={least}): {why}. Install bubblewrap and libseccomp2 and "
            f"allow unprivileged user namespaces (L2), or use a kernel with Landlock (L1); to accept less, set {MINIMUM} to 0, 1 or 2."
        )


@cache
def found() -> tuple[int, str]:
    """The highest level that works here, found by trying it, and why it is not L2 ("" where it is)."""
    if not has_kernel_tools():
        return 0, "Landlock or seccomp is missing"
    program = shutil.which("bwrap")
    if program is None:
        return 1, "bubblewrap is not installed"
    command = [*_bubblewrap(program, (program,), Limits()), program, "--version"]
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=20, env={}, check=False
        )
    except (OSError, subprocess.SubprocessError) as error:
        return 1, f"bubblewrap does not start: {error}"
    if done.returncode == 0:
        return 2, ""
    return (
        1,
        f"bubblewrap may not unshare namespaces here: {done.stderr.decode('utf-8', 'replace').strip()[:200]}",
    )


def in_container() -> bool:
    """L3: whether a container is known to be around this process."""
    return (
        os.path.exists("/.dockerenv")
        or os.path.exists("/run/.containerenv")
        or "container" in os.environ
    )


def chosen(most: int = HIGHEST) -> int:
    """The level to use, `most` at most.

    Raises IsolationTooLow where it is below the configured minimum.
    """
    setting = os.environ.get(MINIMUM, "").strip() or str(_DEFAULT)
    level, why = found()
    if level > most:
        level, why = most, "a lower level was asked for"
    if setting not in ("0", "1", "2"):
        raise IsolationTooLow(level, setting, f"{MINIMUM} must be 0, 1 or 2")
    if level < int(setting):
        raise IsolationTooLow(level, setting, why)
    return level


def command(
    level: int, arguments: Sequence[str], limits: Limits, also: Sequence[str] = ()
) -> list[str]:
    """The command that runs `arguments` at a level; `also` names paths to show beside what is
    installed.
    """
    program = shutil.which("bwrap")
    return (
        [*_bubblewrap(program, also, limits), *arguments]
        if level >= HIGHEST and program
        else list(arguments)
    )


def _bubblewrap(program: str, also: Sequence[str], limits: Limits) -> list[str]:
    out = [
        program,
        "--unshare-user",
        "--unshare-pid",
        "--unshare-net",
        "--unshare-ipc",
        "--unshare-uts",
        "--unshare-cgroup",
        "--disable-userns",
    ]
    out += [
        "--uid",
        "65534",
        "--gid",
        "65534",
        "--hostname",
        "reader",
        "--cap-drop",
        "ALL",
        "--die-with-parent",
        "--new-session",
    ]
    out += [
        "--proc",
        "/proc",
        "--dev",
        "/dev",
        "--size",
        str(4 * limits.job_bytes),
        "--tmpfs",
        "/tmp",
    ]
    shown: list[str] = []
    for path in (*installed_paths(), *also):
        if any(path == s or path.startswith(f"{s}/") for s in shown):
            continue
        if (
            os.path.islink(path) and os.path.dirname(path) == "/"
        ):  # /lib and /lib64, where /usr is all there is
            out += ["--symlink", os.readlink(path), path]
        else:
            out += ["--ro-bind", path, path]
            shown.append(path)
    return [*out, "--remount-ro", "/", "--chdir", "/", "--"]


def environment(settings: Mapping[str, str]) -> dict[str, str]:
    """The environment of readers: what `settings` of this process names, of the few that they take,
    and nothing else of it.
    """
    out = {
        "PATH": "/usr/bin:/bin",
        "PYTHONPATH": str(PACKAGE.parent),
        "LANG": "C.UTF-8",
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
    }
    out |= {"OMP_THREAD_LIMIT": "1", "PYTHONDONTWRITEBYTECODE": "1", **_MEMORY}
    return out | {
        key: value
        for key, value in settings.items()
        if (key.startswith("OPENBLAS_") or key == TRUST_LIST) and key not in out
    }


# The engines take and give back large blocks all the time: kept by the process, they are not asked
# of the kernel anew for each line.
_MEMORY = {
    "MALLOC_ARENA_MAX": "2",
    "MALLOC_MMAP_THRESHOLD_": str(2**26),
    "MALLOC_TRIM_THRESHOLD_": str(2**28),
}
