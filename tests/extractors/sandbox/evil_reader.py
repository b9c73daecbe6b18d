"""A reader that was taken over by a file, for tests: the real server with answers that try what a
hostile parser would.

Started by test_confinement in place of the real module; nothing of it is part of the program. An
attempt answers "reached" and what it got, or "refused"; attempts that begin with job_ are made by a
child that may write and start Tesseract.
"""

from __future__ import annotations

import ctypes
import fcntl
import json
import os
import resource
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from extractors.engines import installed
from extractors.errors import ReadError
from extractors.intake.limits import Limits
from extractors.sandbox import handlers, zygote

LIBC = ctypes.CDLL(None, use_errno=True)
OTHER = Path("/tmp/huoyan-other-job")  # as a job folder of another file would lie


def _call(number: int, *arguments: int) -> int:
    found = LIBC.syscall(number, *(ctypes.c_long(a) for a in arguments))
    if found < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return int(found)


def _connect(told: Mapping[str, Any]) -> object:
    with socket.create_connection(("127.0.0.1", told["port"]), 2) as connection:
        return connection.sendall(b"GET / HTTP/1.0\r\n\r\n")


def _listen(_: Mapping[str, Any]) -> object:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        return server.listen()


def _fork(_: Mapping[str, Any]) -> object:
    if (child := os.fork()) == 0:
        os._exit(0)
    return os.waitpid(child, 0)


def _memfd(_: Mapping[str, Any]) -> object:
    number = os.memfd_create("x", 0)
    os.write(number, Path("/proc/self/exe").read_bytes()[:100])
    return os.execve(number, ["x"], {})


def _signal_by_owner(_: Mapping[str, Any]) -> object:
    reading, writing = os.pipe()
    fcntl.fcntl(reading, fcntl.F_SETOWN, os.getppid())
    fcntl.fcntl(reading, 10, signal.SIGUSR1)  # F_SETSIG
    return writing


def _inherited(_: Mapping[str, Any]) -> object:
    """Descriptors beyond the three standard ones and the answer's pipe: there are to be none."""
    open_ones = []
    for number in range(3, 64):
        try:
            os.fstat(number)
            open_ones.append(number)
        except OSError:
            continue
    if len(open_ones) <= 1:
        raise PermissionError(f"{open_ones}")
    return open_ones


def _exec(_: Mapping[str, Any]) -> object:
    return os.execv("/bin/sh", ["sh", "-c", "exit 0"])


def _clone_namespace(_: Mapping[str, Any]) -> object:
    if (child := _call(56, 0x10000000 | signal.SIGCHLD, 0, 0, 0, 0)) == 0:
        os._exit(0)
    return os.waitpid(child, 0)


def _job_symlink(_: Mapping[str, Any]) -> object:
    os.symlink("/etc/passwd", f"{_job()}/x")
    return open(f"{_job()}/x").read(5)


def _job() -> str:
    import tempfile

    return str(tempfile.tempdir)


def _large(_: Mapping[str, Any]) -> object:
    with open(f"{_job()}/large", "wb", 0) as file:
        return [file.write(bytes(1 << 20)) for _ in range(32)]


ATTEMPTS: dict[str, Callable[[Mapping[str, Any]], object]] = {
    "open_passwd": lambda _: open("/etc/passwd").read(10),
    "open_database": lambda t: open(t["database"]).read(),
    "write_database": lambda t: open(t["database"], "r+"),
    "chmod_database": lambda t: os.chmod(t["database"], 0o777),
    "watch_database": lambda t: _call(254, LIBC.inotify_init(), 0, 0) if _call(294, 0) else None,
    "list_root": lambda _: os.listdir("/"),
    "other_job": lambda _: (OTHER / "secret").read_text(),
    "proc_1": lambda _: open("/proc/1/environ", "rb").read(),
    "proc_parent": lambda _: open(f"/proc/{os.getppid()}/mem", "rb"),
    "connect": _connect,
    "listen": _listen,
    "unix_socket": lambda _: socket.socketpair(),
    "fork": _fork,
    "exec_shell": _exec,
    "memfd_exec": _memfd,
    "ptrace_parent": lambda _: _call(101, 16, os.getppid(), 0, 0),
    "read_parent": lambda _: _call(310, os.getppid(), 0, 0, 0, 0, 0),
    "pidfd_parent": lambda _: os.pidfd_open(os.getppid()),
    "signal_parent": lambda _: os.kill(os.getppid(), signal.SIGCONT),
    "limit_parent": lambda _: resource.prlimit(os.getppid(), resource.RLIMIT_CORE, (0, 0)),
    "owner_signal": _signal_by_owner,
    "leave_group": lambda _: os.setpgid(0, os.getpgid(os.getppid())),
    "io_uring": lambda _: _call(425, 1, ctypes.addressof(ctypes.create_string_buffer(120))),
    "unshare": lambda _: _call(272, 0x10000000),
    "clone_namespace": _clone_namespace,
    "mount": lambda _: _call(165, 0, 0, 0, 0, 0),
    "shared_memory": lambda _: _call(29, 0, 4096, 0o1600),
    "write_outside": lambda t: open(t["escaped"], "wb", 0).write(b"x"),
    "inherited": _inherited,
    "job_open_passwd": lambda _: open("/etc/passwd").read(10),
    "job_open_database": lambda t: open(t["database"]).read(),
    "job_other_job": lambda _: (OTHER / "secret").read_text(),
    "job_connect": _connect,
    "job_exec_shell": lambda _: subprocess.run(["/bin/sh", "-c", "exit 0"], check=True),
    "job_memfd_exec": _memfd,
    "job_symlink_out": _job_symlink,
    "job_link_out": lambda t: os.link(t["database"], f"{_job()}/x"),
    "job_rename_out": lambda t: (
        open(f"{_job()}/y", "w").close(),
        os.rename(f"{_job()}/y", t["escaped"]),
    ),
    "job_leave_session": lambda _: os.setsid(),
    "job_large_file": _large,
}


def _forever() -> None:
    while True:
        os.getpid()


def _many() -> None:
    while True:
        if os.fork() == 0:
            time.sleep(60)


def _memory_of_many() -> None:
    for _ in range(3):
        if os.fork() == 0:
            held = bytearray(b"x") * (150 << 20)
            time.sleep(60)
            del held
    time.sleep(60)


def _fill() -> None:
    for number in range(40):
        Path(f"{_job()}/{number}").write_bytes(bytes(1 << 20))
        time.sleep(0.05)
    time.sleep(60)


def _signs(pipe: int) -> None:
    while True:
        os.write(pipe, b".")
        time.sleep(0.05)


def _orphan() -> bytes:
    if os.fork() == 0:
        LIBC.prctl(15, b"evilorphan", 0, 0, 0)
        time.sleep(60)
        os._exit(0)
    time.sleep(0.2)
    return b"said"


def _close_and_stay() -> None:
    os.closerange(3, 64)
    time.sleep(60)


def _pipe() -> int:
    return next(n for n in range(3, 64) if _is_open(n))


def _is_open(number: int) -> bool:
    try:
        os.fstat(number)
        return True
    except OSError:
        return False


def _say(data: bytes) -> None:
    os.write(_pipe(), data)
    os._exit(0)


def _told(code: str) -> None:
    error = ReadError()
    error.code = code
    raise error


def _spill() -> bytes:
    for _ in range(64):
        os.write(1, bytes(1 << 20))
        os.write(2, bytes(1 << 20))
    return b"said"


ENDS: dict[str, Callable[[], object]] = {
    "allocate_10_gb": lambda: bytearray(10 << 30),
    "endless_loop": _forever,
    "sleep": lambda: time.sleep(60),
    "signs_for_ever": lambda: _signs(_pipe()),
    "large_answer": lambda: bytes(64 << 20),
    "large_output": _spill,
    "never_reads": lambda: b"said" if os.read(0, 1) == b"" else b"",
    "exit_0": lambda: os._exit(0),
    "exit_77": lambda: os._exit(77),
    "segfault": lambda: ctypes.string_at(0),
    "abort": lambda: os.abort(),
    "no_frame": lambda: _say(b"rubbish"),
    "unknown_code": lambda: _told("<script>"),
    "code_without_end": lambda: _say(b"-" + b"a" * 100_000),
    "needs_language": lambda: _told("needs_language"),
    "needs_engines": lambda: _told("needs_engines"),
    "close_and_stay": _close_and_stay,
    "job_fork_bomb": _many,
    "job_memory_of_many": _memory_of_many,
    "job_fill_folder": _fill,
    "job_orphan": _orphan,
}


def _evil(head: Mapping[str, Any], body: bytes, limits: Limits) -> bytes:
    what = head["what"]
    if what.startswith("job_") and not installed.allowed:
        raise installed.NeedsEngines
    if what in ENDS:
        found = ENDS[what]()
        return found if isinstance(found, bytes) else b"reached"
    try:
        return f"reached: {ATTEMPTS[what](head)!r}"[:200].encode()
    except OSError as error:
        return f"refused: {error}".encode()
    except (ValueError, subprocess.SubprocessError) as error:
        return f"refused: {error!r}".encode()


def _lie(head: Mapping[str, Any], body: bytes, limits: Limits) -> bytes:
    """A reading that speaks of another file, or fits no schema; by the name that the file is given."""
    honest = json.loads(handlers.READING.dump_json(handlers.read_file(head["name"], body, limits)))
    lies: dict[str, object] = {
        "digest": honest | {"sha256": "0" * 64},
        "name": honest | {"file": "other.pdf"},
        "size": honest | {"size": 1},
        "document": honest
        | {"documents": [d | {"file": "other.pdf"} for d in honest["documents"]]},
        "nothing": honest | {"documents": []},
        "schema": {"file": 1},
        "list": [honest] * 3,
        "number": 10**400,
        "deep": json.loads("[" * 500 + "]" * 500),
    }
    return json.dumps(lies[head["name"]]).encode()


if __name__ == "__main__":
    OTHER.mkdir(exist_ok=True)
    (OTHER / "secret").write_text("another applicant's page")
    handlers.ANSWERS = {**handlers.ANSWERS, "evil": _evil, "read": _lie}
    zygote.main()
