"""The steps of a packet's verification.

Each may be repeated: what it writes is addressed by content, or fenced by the attempt.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

import structlog
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from api.blobs.errors import LostBlob
from api.cases.carry_over import carry_over
from api.cases.repository import is_judged
from api.graph.repository import Head, keep_part
from api.jobs.judging import Assembled, Judged
from api.packets import repository
from api.packets.neighbours import Around, around, kept
from api.people import repository as people
from api.reports.masking import masked
from api.search.index import replace_terms
from api.store.active_policy import policy_text
from api.store.audit_chain import append_audit
from api.store.case_events import reported
from api.store.codec import keep, load, reading_schema
from api.store.database import AWAY
from api.store.ids import new_id
from api.store.outbox import publish_event
from api.store.packet_tables import Correction, Packet, Report, ReportFile, Revision
from extractors.errors import ReaderDied, ReadError
from extractors.gather import Gathered, add
from extractors.intake.archive import Budget
from extractors.model import Failure

if TYPE_CHECKING:
    from api.parts import Parts


class Superseded(Exception):
    """A later attempt holds the revision, or it was cancelled: this one may write nothing more."""


_LOG = structlog.get_logger("huoyan.jobs")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What an attempt has to do."""

    org: str
    revision: str
    packet: str
    number: int
    attempt: int
    strikes: int
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A file of a packet, unpacked where it came in an archive."""

    name: str
    blob: str
    file: str
    size: int


class Verification:
    """The steps, with what they need of the service."""

    def __init__(self, wiring: Parts) -> None:
        self._w = wiring
        self.attempts, self.at_once = wiring.settings.attempts, wiring.settings.jobs

    @cached_property
    def _how_read(self) -> bytes:
        """What a reading depends on beside its file: limits and engines."""
        return json.dumps([asdict(self._w.limits), self._w.engines], sort_keys=True).encode()

    def begin(self, org: str, revision_id: str, lease: int) -> Plan | None:
        """Takes the revision for a new attempt; None when it is final already."""
        w = self._w
        with w.database.writing(org) as session:
            name = w.settings.executor_id
            row = repository.take(session, revision_id, lease, name, w.boot, w.now())
            if row is None:
                return None
            packet = session.get_one(Packet, row.packet_id)
            packet.status = "running"
            if row.attempt == 1:
                repository.tell(session, packet.id, row.number, w.now(), "started")
        w.news.tell(row.packet_id)
        return Plan(
            org=org,
            revision=row.id,
            packet=row.packet_id,
            number=row.number,
            attempt=row.attempt,
            strikes=row.strikes,
            files=tuple(row.files),
        )

    def unpack(self, plan: Plan) -> dict[str, Any]:
        """The packet's files, checks and failures, archives opened. What is written are blobs."""
        gathered, budget = Gathered(), Budget(self._w.limits)
        parts: list[Part] = []
        with self._w.database.reading(plan.org) as session:
            rows = repository.files_by_id(session, plan.files)
        for row in rows:
            data = self._w.blobs.get(plan.org, row.sha256)
            before = len(gathered.files)
            try:
                add(
                    row.name,
                    data,
                    self._w.sandbox,
                    budget,
                    self._w.sealer.open(row.sealed_password) or None,
                    gathered,
                )
            except ReadError as error:
                gathered.failures.append(
                    Failure(code=error.code, zh=error.zh, en=error.en, file=row.name)
                )
            parts += [
                Part(name=n, blob=self._w.blobs.put(plan.org, body), file=row.id, size=len(body))
                for n, body in gathered.files[before:]
            ]
        self._came_further(plan, "unpacked", {"files": len(parts)})
        return {
            "parts": [asdict(p) for p in parts],
            "checks": [asdict(c) for c in gathered.checks],
            "failures": [asdict(f) for f in gathered.failures],
        }

    def read(self, plan: Plan, part: Part) -> str:
        """The blob of the reading of one file, read now unless this version has read it before."""
        w = self._w
        with w.database.reading(plan.org) as session:
            password = self._password(session, part)
            key = self._reading_key(plan.org, part, password)
            blob = repository.reading(session, key)
        if blob is None:
            body = self._read_thrice(plan.org, part, password)
            blob = keep(w.blobs, plan.org, body, lasting=False)  # its loss costs another reading
        self._came_further(
            plan,
            "file",
            {"file": part.name},
            partial(repository.keep_reading, key=key, blob=blob, now=w.now()),
        )
        return blob

    def finish(self, plan: Plan, unpacked: dict[str, Any], readings: list[str]) -> None:
        """Judges, and writes report, case, audit and event in one transaction.

        Raises Superseded.
        """
        w = self._w
        bodies = [
            self._body(plan.org, Part(**part), blob)
            for part, blob in zip(unpacked["parts"], readings, strict=True)
        ]
        with w.database.reading(plan.org) as session:
            revision = session.get_one(Revision, plan.revision)
            packet = session.get_one(Packet, plan.packet)
            corrections = _corrections(session, revision)
            policy = policy_text(session, revision.policy_id)
        put = w.judging.assembled(
            packet.reference, bodies, unpacked["checks"], unpacked["failures"], corrections
        )
        # In test mode the answer depends on the packet alone.
        near = (
            Around([], b"") if packet.mode == "test" else around(w, plan.org, put.keys, plan.packet)
        )
        found = w.judging.judged(
            put.packet, near.papers, policy, revision.as_of, w.engines, near.tables
        )
        self._write(plan, put, found, keep(w.blobs, plan.org, put.packet))

    def quarantine(self, plan: Plan, reason: str) -> None:
        """Ends the revision without a report, visibly, with the reason."""
        w = self._w
        with w.database.writing(plan.org) as session:
            if not repository.settle(
                session, plan.revision, plan.attempt, "quarantined", w.now(), reason
            ):
                return
            session.execute(
                update(Packet)
                .where(Packet.id == plan.packet)
                .values(status="quarantined", updated_at=w.now())
            )
            repository.tell(
                session, plan.packet, plan.number, w.now(), "quarantined", {"reason": reason}
            )
            append_audit(
                session,
                w.now(),
                "system",
                "packet.quarantined",
                plan.packet,
                {"revision": plan.number, "reason": reason},
            )
            publish_event(
                session,
                "packet.quarantined",
                {"packet": plan.packet, "revision": plan.number},
                w.now(),
            )
        w.news.tell(plan.packet, end=True)
        w.metrics.finished.labels("quarantined").inc()
        self._log_end(plan, "quarantined", reason=reason)

    def superseded(self, plan: Plan) -> None:
        """Counts an attempt that came too late: another has the packet.

        One whose packet was cancelled did not.
        """
        with self._w.database.reading(plan.org) as session:
            if (
                session.scalar(select(Revision.state).where(Revision.id == plan.revision))
                != "cancelled"
            ):
                self._w.metrics.refused_late.inc()

    def excuse(self, plan: Plan) -> None:
        """The store failed, not the packet: the attempt is not held against it, so that it is tried
        until the store is back.
        """
        with contextlib.suppress(*AWAY):
            with self._w.database.writing(plan.org) as session:
                held = repository.excuse(session, plan.revision, plan.attempt)
            if not held:
                self.superseded(plan)

    def _write(self, plan: Plan, put: Assembled, found: Judged, parts: str) -> None:
        w, now = self._w, self._w.now()
        with w.database.writing(plan.org) as session:
            if not repository.settle(session, plan.revision, plan.attempt, "done", now):
                raise Superseded(plan.revision)
            packet = session.get_one(Packet, plan.packet)
            packet.status, packet.updated_at = "done", now
            former = repository.report(session, packet.id)
            row = Report(
                id=new_id("rep"),
                packet_id=packet.id,
                revision=plan.number,
                engines=w.engines_digest,
                score=found.score,
                band=found.band,
                coverage=found.coverage,
                applicant=found.applicant,
                policy_version=found.policy_version,
                body=found.report.decode(),
                parts=parts,
                created_at=now,
            )
            session.add(row)
            session.add_all(
                ReportFile(report_id=row.id, packet_id=packet.id, sha256=sha256)
                for sha256 in found.files
            )
            keep_part(
                session,
                Head(packet.id, packet.reference, row.id, parts),
                w.engines_digest,
                put.graph,
            )
            repository.replace_keys(session, packet.id, kept(w.settings.key, plan.org, put.keys))
            after = json.loads(found.report)
            replace_terms(session, packet.id, after)
            reason = masked(after)["risk"]["verdict"]
            case = reported(session, packet, row, reason, now) if packet.mode == "live" else None
            if former is not None and is_judged(session, packet.id):
                carry_over(session, packet.id, case, json.loads(former.body), after, now)
            digest = hashlib.sha256(found.report).hexdigest()
            append_audit(
                session,
                now,
                "system",
                "packet.reported",
                packet.id,
                {"revision": plan.number, "report": row.id, "sha256": digest},
            )
            repository.tell(
                session,
                packet.id,
                plan.number,
                now,
                "done",
                {"report": row.id, "score": found.score, "band": found.band},
            )
            publish_event(
                session, "packet.done", {"packet": packet.id, "revision": plan.number}, now
            )
        w.news.tell(plan.packet, end=True)
        w.metrics.finished.labels("done").inc()
        self._log_end(plan, "done", files=len(plan.files))

    def _log_end(self, plan: Plan, state: str, **detail: Any) -> None:
        """One line without anything from the documents; ids find the rest."""
        known = {"packet": plan.packet, "revision": plan.number, "attempt": plan.attempt}
        _LOG.info("packet ended", state=state, **known, **detail)

    def _came_further(
        self,
        plan: Plan,
        kind: str,
        detail: dict[str, Any],
        also: Callable[[Session], None] = lambda session: None,
    ) -> None:
        """Notes a step, and what it made by `also`, in one transaction.

        Raises Superseded when a later attempt holds the revision.
        """
        with self._w.database.writing(plan.org) as session:
            also(session)
            if not repository.advance(session, plan.revision, plan.attempt):
                raise Superseded(plan.revision)
            repository.tell(session, plan.packet, plan.number, self._w.now(), kind, detail)
        self._w.news.tell(plan.packet)

    def _body(self, org: str, part: Part, blob: str) -> bytes:
        """A reading as it was kept, or made anew where a power cut took it."""
        try:
            return load(self._w.blobs, org, blob)
        except LostBlob:
            with self._w.database.reading(org) as session:
                password = self._password(session, part)
            body = self._read_thrice(org, part, password)
            keep(self._w.blobs, org, body)
            return body

    def _password(self, session: Session, part: Part) -> str:
        return self._w.sealer.open(repository.sealed_password(session, part.file))

    def _read_thrice(self, org: str, part: Part, password: str) -> bytes:
        """A reading as JSON; a reader that died is tried again, since it may have been killed with
        no fault of the file.
        """
        data = self._w.blobs.get(org, part.blob)
        for _ in range(self._w.settings.attempts):
            reading = self._w.sandbox.read(part.name, data, password or None)
            if not any(f.code == ReaderDied.code for f in reading.failures):
                break
        return reading_schema().dump_json(reading)

    def _reading_key(self, org: str, part: Part, password: str) -> str:
        """Changes with the file, its name, its password, the limits and the engines."""
        text = json.dumps([org, part.blob, part.name, password])
        return hashlib.sha256(self._w.settings.key + self._how_read + text.encode()).hexdigest()


def _corrections(session: Session, revision: Revision) -> list[dict[str, Any]]:
    rows = list(
        session.scalars(
            select(Correction)
            .where(Correction.id.in_(revision.corrections))
            .order_by(Correction.id)
        )
    )
    names = people.names(session, {c.made_by for c in rows})
    return [
        {
            "document": c.document,
            "field": c.field,
            "old": c.old_value,
            "value": c.value,
            "by": names.get(c.made_by, c.made_by),
            "reason": c.reason,
        }
        for c in rows
    ]
