"""Who works on what: a worker's name belongs to one process, and a revision to the process whose
lease on it is renewed.

A process is told apart by its boot id, made anew at each start, and never by its name alone: a
process that comes back under the same name is another one. It holds its name by a lock on a file
beside the data and by a heartbeat in the database. The heartbeat of a revision is written by the
process that has a live task for it, so that a task that was lost (a full disk, a killed process, a
process that stands still) is seen by silence, whatever the workflow engine believes.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import time
from collections.abc import Collection
from datetime import timedelta
from importlib.metadata import version
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

import structlog

from api.jobs import repository
from api.store.database import EVERY
from api.store.service_tables import Worker

if TYPE_CHECKING:
    from api.parts import Parts
    from api.store.packet_tables import Revision

BEAT_SECONDS: Final = 2.0
# A process that is alive beats within this time unless its machine stands still.
_WATCH_SECONDS: Final = 2.5 * BEAT_SECONDS
_LOOK_SECONDS: Final = 0.25
_SETTLING: Final = timedelta(seconds=3)  # a packet just claimed may be between its two commits
_SWEPT: Final = 500
_KERNEL_BOOT: Final = Path("/proc/sys/kernel/random/boot_id")
_LOG = structlog.get_logger("huoyan.jobs")


class DuplicateName(RuntimeError):
    """Another process runs under this process's name."""

    code = "duplicate_name"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"已有进程以名称 {name} 运行，请先停止它，或用 HUOYAN_EXECUTOR 另取名称"
            f" / another process runs under the name {name}: stop it,"
            " or set HUOYAN_EXECUTOR to another name"
        )


class Leases:
    """The name of this process, its heartbeat, and the leases of the revisions that it holds."""

    def __init__(self, parts: Parts) -> None:
        self._w = parts
        self._name = parts.settings.executor_id
        self._lock: IO[str] | None = None
        self._lost = False

    @property
    def boot(self) -> str:
        return self._w.boot

    @property
    def name_is_lost(self) -> bool:
        """Whether another process has taken the name: this one must begin nothing more."""
        return self._lost

    def take_name(self) -> None:
        """Take the name, and hand over what a former process of that name left behind.

        Raises DuplicateName while another process runs under it.
        """
        if self._lock is not None or self._w.settings.at_once == 0:
            return
        lock = _locked(self._w.settings.data, self._name)
        if lock is None:
            raise DuplicateName(self._name)
        place = _place(lock)
        try:
            former = self._former(place)
        except DuplicateName:
            lock.close()
            raise
        with self._w.database.writing(EVERY) as session:
            left = repository.release(session, self._name, former, excused=False)
            self._note(session.merge(Worker(executor=self._name)), place)
        self._lock = lock
        if left:
            _LOG.warning("packets handed over", why="process_came_back", packets=left)

    def _former(self, place: str) -> list[str]:
        """Return the boot ids of processes that had this name and are gone."""
        with self._w.database.reading(EVERY) as session:
            row = repository.worker(session, self._name)
        if row is None:
            return []
        # The same lock file under the same kernel: who held it before has ended for certain.
        if row.place != place and row.ended_at is None and self._beats(row):
            raise DuplicateName(self._name)
        self._w.database.end_connections(row.boot)
        return [row.boot] if row.boot else []

    def _beats(self, row: Worker) -> bool:
        """Whether a process on another machine is seen to be alive, by watching for its beat."""
        lease = timedelta(seconds=self._w.settings.lease_seconds)
        if self._w.now() - row.seen_at > lease:
            return False
        end = time.monotonic() + _WATCH_SECONDS
        while time.monotonic() < end:
            time.sleep(_LOOK_SECONDS)
            with self._w.database.reading(EVERY) as session:
                now = repository.worker(session, self._name)
            if now is None or now.ended_at is not None:
                return False
            if now.seen_at != row.seen_at:
                return True
        return False

    def _note(self, row: Worker, place: str) -> None:
        now = self._w.now()
        row.boot, row.place, row.ended_at = self.boot, place, None
        row.started_at = row.seen_at = now
        row.isolation, row.version = self._w.sandbox.level, version("huoyan")

    def beat(self, revisions: Collection[str]) -> None:
        """Say that this process is alive and works on these revisions."""
        if self._lock is None:
            return
        now = self._w.now()
        with self._w.database.writing(EVERY) as session:
            is_ours = repository.beat(session, self._name, self.boot, now)
            if revisions:
                repository.renew(session, self.boot, revisions, now)
        if not is_ours and not self._lost:
            self._lost = True
            _LOG.error(
                "another process has taken this worker's name: this one begins no packets;"
                " set HUOYAN_EXECUTOR to a name of its own and restart",
                executor=self._name,
            )

    def sweep(self, alive: Collection[tuple[str, int]]) -> int:
        """Hand out again what nobody works on. Return how many revisions that were.

        `alive`: revisions of live tasks of this process, each with its lease.
        """
        w, now = self._w, self._w.now()
        silent_since = now - timedelta(seconds=w.settings.lease_seconds)
        with w.database.reading(EVERY) as session:
            own = repository.held(session, self.boot, now - _SETTLING, _SWEPT)
            gone = repository.expired(session, self.boot, silent_since, _SWEPT)
            count, oldest = repository.waiting(session)
        w.metrics.waiting.set(count)
        w.metrics.oldest_waiting.set((now - oldest).total_seconds() if oldest else 0)
        without_task = [row for row in own if (row.id, row.lease) not in alive]
        handed = sum(self._hand_over(row, "task_lost") for row in without_task)
        for boot in {row.boot for row in gone if row.boot}:
            w.database.end_connections(boot)  # in which it may hold these very rows
        for row in gone:
            taken = self._hand_over(row, "lease_expired")
            handed += taken
            w.metrics.handed_over.inc(taken)
        return handed

    def _hand_over(self, row: Revision, why: str) -> bool:
        with self._w.database.writing(row.org_id) as session:
            taken = repository.hand_over(session, row.id, row.lease)
        if taken:
            known = {"packet": row.packet_id, "revision": row.number, "attempt": row.attempt}
            _LOG.warning("packet handed over", why=why, executor=row.executor, **known)
        return taken

    def close(self) -> None:
        """Hand over what this process still holds, and free its name at once."""
        if self._lock is None:
            return
        with self._w.database.writing(EVERY) as session:
            left = repository.release(session, "", [self.boot], excused=True)
            repository.end_worker(session, self._name, self.boot, self._w.now())
        self._lock.close()
        self._lock = None
        if left:
            _LOG.info("packets handed over", why="process_stops", packets=left)


def _locked(data: Path, name: str) -> IO[str] | None:
    """Return the open file of a name's lock, or None while another process holds it.

    The lock is POSIX's: it ends with its process, and no child inherits it.
    """
    folder = data / "workers"
    folder.mkdir(parents=True, exist_ok=True)
    file = (folder / f"{hashlib.sha256(name.encode()).hexdigest()[:32]}.lock").open("a")
    try:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        return None
    return file


def _place(lock: IO[str]) -> str:
    """Return what tells this lock from those of other folders and machines."""
    found = os.fstat(lock.fileno())
    kernel = _KERNEL_BOOT.read_text().strip() if _KERNEL_BOOT.exists() else ""
    return f"{kernel}:{found.st_dev}:{found.st_ino}"
