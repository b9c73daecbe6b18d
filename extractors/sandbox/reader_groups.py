"""Starting and ending the processes that read: a small process with the readers loaded, and those that
it forks, which end as one group.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from extractors.intake.limits import Limits
from extractors.sandbox import job_folders
from extractors.sandbox.isolation import command, environment
from extractors.sandbox.reader_process import ReaderProcess
from extractors.sandbox.zygote import FOREGROUND, JOBS


class ReaderGroups:
    """The groups of one sandbox."""

    def __init__(
        self,
        program: Sequence[str],
        shown: Sequence[str],
        limits: Limits,
        level: int,
        *,
        contracts: bool,
    ) -> None:
        self._program, self._shown = tuple(program), tuple(shown)
        self._limits, self._level, self._contracts = limits, level, contracts
        self._groups: list[tuple[subprocess.Popen[bytes], str]] = []
        job_folders.sweep()
        # The kernel ends the readers with the thread that started them: it lives as long as they do.
        self._starter = ThreadPoolExecutor(1, "readers")

    def start(self, count: int, *, foreground: bool) -> list[ReaderProcess]:
        """Start a process that serves on `count` sockets: the first one, where `foreground`, at the
        priority of what answers people; the last one reads contracts.
        """
        pairs = [socket.socketpair() for _ in range(count)]
        numbers = [theirs.fileno() for _, theirs in pairs]
        arguments = [sys.executable, "-P", *self._program, *(str(number) for number in numbers)]
        arguments.append(f"--level={self._level}")
        arguments += ["--contracts"] if self._contracts else []
        arguments += [FOREGROUND] if foreground else []
        whole = command(self._level, arguments, self._limits, self._shown)
        self._starter.submit(self._launch, whole, numbers).result()
        for _, theirs in pairs:
            theirs.close()
        return [
            ReaderProcess(
                mine,
                language=self._contracts or place == count - 1,
                foreground=foreground and place == 0,
            )
            for place, (mine, _) in enumerate(pairs)
        ]

    def _launch(self, arguments: Sequence[str], numbers: Sequence[int]) -> None:
        """Start a process, with a folder for its jobs; at L2 their folders are in memory that ends
        with it, and this one stays empty.

        Takes away what is left of processes that ended by themselves: a folder of theirs may hold
        an applicant's page.
        """
        for group, jobs in [each for each in self._groups if each[0].poll() is not None]:
            self._groups.remove((group, jobs))
            shutil.rmtree(jobs, ignore_errors=True)
        jobs = job_folders.new_folder()
        nothing, env = subprocess.DEVNULL, {**environment(os.environ), JOBS: jobs}
        group = subprocess.Popen(
            arguments,
            stdin=nothing,
            stdout=nothing,
            stderr=nothing,
            env=env,
            cwd="/",
            pass_fds=numbers,
            start_new_session=True,
        )
        self._groups.append((group, jobs))

    def close(self) -> None:
        for group, jobs in self._groups:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(group.pid, signal.SIGKILL)
            group.wait()
            shutil.rmtree(jobs, ignore_errors=True)
        self._groups.clear()
        self._starter.shutdown()
