"""Durable work by DBOS: a packet's verification is a workflow, each document a step; one code path
on SQLite and PostgreSQL.

The queue are the rows of the revisions that wait: what was submitted is in it, at once and exactly
once. A process with room claims the one whose turn it is and begins its workflow: woken by its own
submissions and by each end, and by a look now and then at what others submitted.

Who works on what is told by leases (leases.py), not by DBOS: a task that its process has lost, or
whose process is silent, loses its revision. That waits again under a new lease, and what the former
holder may still write is refused by the fence (repository.settle).
"""

from __future__ import annotations

import contextlib
import errno
import logging
import math
import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from contextvars import Context, copy_context
from typing import TYPE_CHECKING, Any

from dbos import DBOS, DBOSConfig, SetWorkflowID, StepReservation
from dbos import error as dbos_errors

from api.blobs.errors import LostBlob, StoreAway
from api.jobs.leases import BEAT_SECONDS, Leases
from api.jobs.repository import hand_over
from api.jobs.verification import Part, Plan, Superseded, Verification
from api.packets import repository
from api.runtime.periodic import Repeating
from api.store.database import AWAY, EVERY, Patience
from api.store.packet_tables import Revision
from extractors.sandbox.scheduling import longest_first

if TYPE_CHECKING:
    from api.parts import Parts

_LOOK_SECONDS = 0.1  # between two looks at what other processes have submitted
_ALONE_SECONDS = 1.0  # the same where this process is the only one
_BEGINNING = 60.0  # seconds that a workflow may take from being given to DBOS until it runs
_LOCK_SECONDS = 20  # that DBOS's own SQLite file is waited for
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO)
_LOG = logging.getLogger("huoyan.jobs")
_active: list[Durable] = []  # DBOS calls module-level functions; a process verifies for one service


def workflow_id(revision_id: str, lease: int) -> str:
    return f"{revision_id}:{lease}"


def _write_ahead(connection: sqlite3.Connection, _: object) -> None:
    """SQLite's own way syncs three files a step.

    Steps that a power cut forgets are done again: what counts is in the service's own database.
    """
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")


def _verification() -> Verification:
    return _active[0].verification


@DBOS.step(name="unpack")
def _unpack(plan: dict[str, Any]) -> dict[str, Any]:
    return _verification().unpack(_plan(plan))


def _read(plan: dict[str, Any], part: dict[str, Any]) -> str:
    return _verification().read(_plan(plan), Part(**part))


def _read_all(plan: dict[str, Any], parts: list[dict[str, Any]]) -> list[str]:
    """One step a document, some at a time; their ids are drawn in order beforehand, so that a
    recovery finds each result.
    """
    drawn = [(DBOS.reserve_step(), copy_context(), part) for part in parts]

    def one(place: tuple[StepReservation, Context, dict[str, Any]]) -> str:
        reservation, context, part = place
        return context.run(lambda: reservation.run({"name": "read"}, _read, plan, part))

    return longest_first(one, drawn, [part["size"] for part in parts], _verification().at_once)


@DBOS.step(name="finish")
def _finish(plan: dict[str, Any], unpacked: dict[str, Any], readings: list[str]) -> None:
    _verification().finish(_plan(plan), unpacked, readings)


@DBOS.workflow(name="verify_packet", max_recovery_attempts=1000)
def _verify(org: str, revision_id: str, lease: int) -> str:
    """Verifies a revision. Attempts are counted in its row, where people see them, not by DBOS."""
    with _active[0].room_of(revision_id, lease):
        return _attempt(_verification(), org, revision_id, lease)


def _attempt(doing: Verification, org: str, revision_id: str, lease: int) -> str:
    plan = doing.begin(org, revision_id, lease)
    if plan is None:
        return "over"
    if plan.strikes > doing.attempts:
        doing.quarantine(plan, "died_repeatedly")
        return "quarantined"
    packed = {name: getattr(plan, name) for name in Plan.__slots__}
    packed["files"] = list(plan.files)
    try:
        unpacked = _unpack(packed)
        readings = _read_all(packed, unpacked["parts"])
        _finish(packed, unpacked, readings)
    except Superseded:
        doing.superseded(plan)
        return "superseded"
    except (*AWAY, OSError) as error:
        if isinstance(error, (*AWAY, StoreAway)) or getattr(error, "errno", None) in _NO_ROOM:
            doing.excuse(plan)
        raise  # the store is away or full: the sweep hands the packet out again
    except dbos_errors.DBOSException:
        raise  # the same for the steps
    except LostBlob:
        doing.quarantine(plan, "lost_file")
        return "quarantined"
    except Exception:  # noqa: BLE001 - whatever it was, the packet ends visibly and not in silence
        _LOG.exception("a packet could not be verified")
        doing.quarantine(plan, "fault")
        return "quarantined"
    return "done"


def _plan(packed: dict[str, Any]) -> Plan:
    return Plan(**(packed | {"files": tuple(packed["files"])}))


class Durable:
    """DBOS for one service process: begins what waits, cancels, sweeps."""

    def __init__(self, wiring: Parts) -> None:
        self._w = wiring
        self.verification = Verification(wiring)
        self.leases = Leases(wiring)
        # Revisions and leases of this process's workflows, and until when each takes room at most
        self._begun: dict[tuple[str, int], float] = {}
        self._lock = threading.Lock()
        self._turns = Repeating(
            "huoyan-turns",
            _ALONE_SECONDS if wiring.database.is_sqlite else _LOOK_SECONDS,
            self._fill_room,
        )
        self._rounds = Repeating("huoyan-sweep", BEAT_SECONDS, self._round)

    def launch(self) -> None:
        """Starts DBOS, the turns and the sweep. A process with no workers verifies nothing."""
        settings = self._w.settings
        self.leases.take_name()
        _active[:] = [self]
        url = (
            settings.url
            if self._w.database.is_postgres
            else f"sqlite:///{settings.data / 'jobs.db'}"
        )
        config: DBOSConfig = {
            "name": "huoyan",
            "system_database_url": url,
            # Of this process alone: DBOS recovers nothing by itself, the leases decide
            "executor_id": self._w.boot,
            # Steps are repeatable over versions, so that an upgrade finishes what was under way
            "application_version": "1",
            "sys_db_idle_transaction_timeout_sec": Patience().idle,
            "log_level": "ERROR",
            "console_log_level": "ERROR",
            "enable_otlp": False,
        }
        if not self._w.database.is_postgres:
            config["db_engine_kwargs"] = {"pool_events": [(_write_ahead, "connect")]}
        DBOS(config=config)
        DBOS.launch()
        self._rounds.start()
        if settings.at_once:
            self._turns.start()
            self.wake()

    def wake(self) -> None:
        """Something may wait: where there is room, it is begun now."""
        self._turns.wake()

    @contextmanager
    def room_of(self, revision_id: str, lease: int) -> Iterator[None]:
        """What a workflow takes of this process while it goes on, and what keeps its lease."""
        with self._lock:
            self._begun[revision_id, lease] = math.inf
        try:
            yield
        finally:
            with self._lock:
                self._begun.pop((revision_id, lease), None)
            self.wake()

    def _alive(self) -> frozenset[tuple[str, int]]:
        """Revisions and leases of the tasks of this process.

        One that DBOS was given and never ran is not alive for ever.
        """
        with self._lock:
            self._begun = {w: until for w, until in self._begun.items() if until > time.monotonic()}
            return frozenset(self._begun)

    def _has_room(self) -> bool:
        return len(self._alive()) < self._w.settings.at_once and not self.leases.name_is_lost

    def _fill_room(self) -> None:
        w = self._w
        while self._has_room():
            with w.database.writing(EVERY) as session:
                row = repository.claim(session, w.settings.executor_id, w.boot, w.now())
            if row is None:
                return
            self._begin(row)

    def _begin(self, row: Revision) -> None:
        """A workflow for a claimed revision, which waits anew where there can be none.

        What neither of the two reaches, the sweep finds.
        """
        with self._lock:
            self._begun[row.id, row.lease] = time.monotonic() + _BEGINNING
        try:
            with SetWorkflowID(workflow_id(row.id, row.lease)):
                DBOS.start_workflow(_verify, row.org_id, row.id, row.lease)
        except Exception:
            with self._lock:
                self._begun.pop((row.id, row.lease), None)
            with self._w.database.writing(row.org_id) as session:
                hand_over(session, row.id, row.lease)
            raise

    def cancel(self, revision_id: str, lease: int) -> None:
        """Takes a revision out of the queue; one under way ends at its next step."""
        with contextlib.suppress(dbos_errors.DBOSException):
            DBOS.cancel_workflow(workflow_id(revision_id, lease))

    def forget(self, revisions: Sequence[tuple[str, int]]) -> None:
        """Deletes what is kept of the steps of these revisions (id, last lease); names of files are
        in it.
        """
        DBOS.delete_workflows(
            [workflow_id(r, n) for r, lease in revisions for n in range(1, lease + 1)]
        )
        if not self._w.database.is_postgres:
            with closing(
                sqlite3.connect(self._w.settings.data / "jobs.db", timeout=_LOCK_SECONDS)
            ) as connection:
                if not connection.execute("PRAGMA secure_delete").fetchone()[0]:
                    connection.execute(
                        "VACUUM"
                    )  # where SQLite was built so that it leaves deleted rows legible
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Stop beginning packets, and hand over what is under way."""
        self._turns.stop()
        self._rounds.stop()
        with contextlib.suppress(*AWAY):  # then the lease hands them over
            self.leases.close()
        DBOS.destroy()

    def sweep(self) -> int:
        """Hands out anew what nobody is working on. Returns how many revisions were handed out."""
        handed = self.leases.sweep(self._alive())
        if handed:
            self.wake()
        return handed

    def _round(self) -> None:
        self.leases.beat({revision for revision, _ in self._alive()})
        self.sweep()
