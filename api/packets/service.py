"""Making, filling, submitting, cancelling, correcting and erasing packets."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from api.cases.repository import case_of_packet
from api.errors import Problem
from api.http import idempotency
from api.http.authentication import Caller
from api.packets import erasing_repository, repository
from api.packets.schemas import NewCorrection, NewPacket
from api.runtime.business_day import day_in_china
from api.store.active_policy import active_policy
from api.store.audit_chain import append_audit
from api.store.case_events import add_case_event
from api.store.database import EVERY
from api.store.ids import new_id
from api.store.outbox import publish_event
from api.store.packet_tables import (
    UNDER_WAY,
    Correction,
    File,
    Packet,
    Revision,
)
from api.store.rows import insert
from extractors.intake.file_name import clean_name

if TYPE_CHECKING:
    from api.parts import Parts

_OPEN = ("draft", "done", "quarantined", "cancelled")  # states in which files may change


def found(session: Session, packet_id: str) -> Packet:
    """The packet. Raises Problem "not_found"."""
    packet = repository.packet(session, packet_id)
    if packet is None:
        raise Problem("not_found")
    return packet


def create(session: Session, caller: Caller, new: NewPacket, now: datetime) -> Packet:
    """A new packet without files. Raises Problem "already_there" for a reference that is in use, with
    the packet that has it.
    """
    packet = Packet(
        id=new_id("pkt"),
        org_id=caller.org,
        reference=new.reference,
        branch=new.branch,
        amount=new.amount,
        mode=caller.mode,
        status="draft",
        revision=0,
        created_by=caller.id,
        created_at=now,
        updated_at=now,
    )
    try:
        with session.begin_nested():
            insert(session, packet)
    except IntegrityError as error:
        there = repository.packet_of(session, new.reference)
        raise Problem("already_there", packet=there.id if there else "") from error
    append_audit(session, now, caller.id, "packet.created", packet.id)
    return packet


def takes_files(packet: Packet) -> None:
    """Raises Problem "wrong_state" while the packet is verified."""
    if packet.status not in _OPEN:
        raise Problem("wrong_state")


def base_name(name: str | None) -> str:
    """The base name of an upload, without what a terminal obeys or a reader does not see."""
    return clean_name((name or "").replace("\\", "/").rsplit("/", 1)[-1])


def add_file(
    session: Session,
    caller: Caller,
    packet: Packet,
    name: str,
    blob: tuple[str, int],
    sealed: str,
    now: datetime,
    file_id: str = "",
) -> File:
    """A file whose bytes are kept already. The same bytes under the same name are the same file."""
    takes_files(packet)
    digest, size = blob
    for each in repository.files(session, packet.id):
        if (each.name, each.sha256) == (name, digest):
            each.sealed_password = sealed or each.sealed_password
            return each
    file = File(
        id=file_id or new_id("fil"),
        org_id=caller.org,
        packet_id=packet.id,
        name=name,
        sha256=digest,
        size=size,
        sealed_password=sealed,
        added_by=caller.id,
        added_at=now,
    )
    insert(session, file)
    packet.updated_at = now
    append_audit(
        session,
        now,
        caller.id,
        "file.added",
        packet.id,
        {"file": file.id, "sha256": digest, "size": size},
    )
    return file


def remove_file(
    session: Session, caller: Caller, packet: Packet, file_id: str, now: datetime
) -> None:
    """Takes a file out of the packet; reports that were made with it keep it."""
    file = next((f for f in repository.files(session, packet.id) if f.id == file_id), None)
    if file is None:
        raise Problem("not_found")
    if packet.status not in _OPEN:
        raise Problem("wrong_state")
    file.removed_at = packet.updated_at = now
    append_audit(session, now, caller.id, "file.removed", packet.id, {"file": file.id})


def set_password(
    session: Session, caller: Caller, packet: Packet, file_id: str, sealed: str, now: datetime
) -> File:
    """Give a file that is there the password that opens it, for the next submission."""
    takes_files(packet)
    file = next((f for f in repository.files(session, packet.id) if f.id == file_id), None)
    if file is None:
        raise Problem("not_found")
    file.sealed_password, packet.updated_at = sealed, now
    append_audit(session, now, caller.id, "file.password_given", packet.id, {"file": file.id})
    return file


def submit(
    wiring: Parts, session: Session, caller_id: str, packet: Packet, as_of: date | None
) -> Revision:
    """A new revision of the packet as it is now, which waits from when it is durable on (then:
    `jobs.wake`).

    Raises Problem when the packet has no files, is under way, or too many wait.
    """
    now = wiring.now()
    files = repository.files(session, packet.id)
    if packet.status not in _OPEN:
        raise Problem("wrong_state")
    if not files:
        raise Problem("no_files")
    if repository.waiting(session) >= wiring.settings.queue_limit:
        raise Problem("queue_full", retry_after=60)
    packet.revision, packet.status, packet.updated_at = packet.revision + 1, "queued", now
    last = repository.revision(session, packet.id, packet.revision - 1)
    revision = Revision(
        id=new_id("rev"),
        org_id=packet.org_id,
        packet_id=packet.id,
        number=packet.revision,
        state="queued",
        as_of=as_of or (last.as_of if last else day_in_china(now)),
        policy_id=active_policy(session),
        files=[f.id for f in files],
        corrections=[c.id for c in repository.corrections(session, packet.id)],
        lease=1,
        priority=_priority(wiring, packet.org_id),
        queued_at=now,
    )
    insert(session, revision)
    repository.tell(session, packet.id, revision.number, now, "queued")
    append_audit(
        session,
        now,
        caller_id,
        "packet.submitted",
        packet.id,
        {"revision": revision.number, "as_of": revision.as_of.isoformat()},
    )
    return revision


def _priority(wiring: Parts, org: str) -> int:
    with wiring.database.reading(EVERY) as session:
        return repository.next_priority(session, org)


def cancel(wiring: Parts, session: Session, caller: Caller, packet: Packet) -> Callable[[], None]:
    """Ends a revision that waits or is under way.

    Returns the act that, once this is durable, takes it out of the queue.
    """
    now = wiring.now()
    revision = repository.revision(session, packet.id, packet.revision)
    if revision is None or not repository.cancel_revision(session, packet, now):
        raise Problem("wrong_state")
    packet.status, packet.updated_at = "cancelled", now
    repository.tell(session, packet.id, packet.revision, now, "cancelled")
    publish_event(
        session, "packet.cancelled", {"packet": packet.id, "revision": packet.revision}, now
    )
    append_audit(
        session, now, caller.id, "packet.cancelled", packet.id, {"revision": packet.revision}
    )
    revision_id, lease, packet_id = revision.id, revision.lease, packet.id

    def stop() -> None:
        wiring.news.tell(packet_id, end=True)
        wiring.jobs.cancel(revision_id, lease)

    return stop


def correct(
    session: Session,
    caller: Caller,
    packet: Packet,
    new: NewCorrection,
    old: str,
    value: str,
    now: datetime,
) -> Correction:
    """Keeps a correction; `old` and `value` are canonical.

    A new revision is the caller's to submit.
    """
    row = Correction(
        id=new_id("cor"),
        org_id=caller.org,
        packet_id=packet.id,
        document=new.document,
        field=new.field,
        old_value=old,
        value=value,
        reason=new.reason,
        made_by=caller.id,
        made_at=now,
    )
    insert(session, row)
    case = case_of_packet(session, packet.id)
    if case is not None:
        add_case_event(
            session,
            case,
            "corrected",
            caller.id,
            now,
            {"document": new.document, "field": new.field, "old": old, "value": value},
        )
    digest = hashlib.sha256(value.encode()).hexdigest()
    append_audit(
        session,
        now,
        caller.id,
        "field.corrected",
        packet.id,
        {"document": new.document, "field": new.field, "value_sha256": digest},
    )
    return row


def erase(
    wiring: Parts, session: Session, actor: str, packet: Packet, reason: str
) -> Callable[[], None]:
    """Forgets all that came from a packet's papers; the audit keeps that it was there and what was
    removed, as digests.

    The row stays as a tombstone without its reference. Returns the act that, once this is durable,
    deletes the blobs that no other packet of the organisation uses, the steps of its verification,
    and what the files of a database keep of deleted rows.
    """
    now = wiring.now()
    if packet.status in UNDER_WAY:
        raise Problem("wrong_state")
    reports = repository.reports(session, packet.id, whole=True)
    digests = sorted({hashlib.sha256(r.body.encode()).hexdigest() for r in reports})
    jobs = erasing_repository.jobs_of(session, packet.id)
    blobs = erasing_repository.blobs_of(session, packet.id, reports)
    removed = erasing_repository.delete_rows(session, packet.id)
    idempotency.forget_about(wiring, session, packet.id)
    packet.reference, packet.branch, packet.amount, packet.status, packet.updated_at = (
        packet.id,
        "",
        "",
        "erased",
        now,
    )
    append_audit(
        session,
        now,
        actor,
        "packet.erased",
        packet.id,
        {"reason": reason, "removed": removed, "reports_sha256": digests},
    )
    org = packet.org_id

    def clear() -> None:
        delete_unused(wiring, org, blobs)
        wiring.jobs.forget(jobs)
        wiring.database.settle_files()

    return clear


def delete_unused(wiring: Parts, org: str, among: Iterable[str]) -> int | None:
    """Deletes those of the blobs that nothing refers to any more.

    Returns how many, or None while a packet is under way, whose blobs no row names yet.
    """
    with wiring.database.reading(org) as session:
        if erasing_repository.any_under_way(session):
            return None
        wanted = sorted(set(among))
        used = repository.digests_in_use(session, wanted)
        if erasing_repository.any_under_way(session):  # one that began meanwhile
            return None
    gone = [d for d in wanted if d not in used]
    for digest in gone:
        wiring.blobs.delete(org, digest)
    return len(gone)
