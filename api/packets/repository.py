"""Rows of packets, files, revisions, readings, reports and keys."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, Update, bindparam, case, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, undefer

from api.http.pagination import page
from api.store.case_tables import Case, GraphImport
from api.store.packet_tables import (
    UNDER_WAY,
    Correction,
    File,
    Packet,
    PacketKey,
    Progress,
    Reading,
    Report,
    ReportFile,
    Revision,
)

# Made once: making a statement takes longer than answering it. No object of a held revision is in
# the session, to be changed with its row.
_READ = {d.dialect.name: d.insert(Reading).on_conflict_do_nothing() for d in (postgresql, sqlite)}
_SEALED = select(File.sealed_password).where(File.id == bindparam("wanted"))
_READING = select(Reading.blob).where(Reading.key == bindparam("wanted"))
_HELD = (
    update(Revision)
    .where(
        Revision.id == bindparam("its_id"),
        Revision.attempt == bindparam("its_attempt"),
        Revision.state == "running",
    )
    .execution_options(synchronize_session=False)
)
_ADVANCED = _HELD.values(strikes=0)
# A key that so many applications share (a bank, a tax office) says nothing of any two of them
COMMON = 50
_AT_ONCE = 400  # values in one statement; SQLite takes some thousands


def packet(session: Session, packet_id: str) -> Packet | None:
    return session.scalar(select(Packet).where(Packet.id == packet_id, Packet.status != "erased"))


def packet_of(session: Session, reference: str) -> Packet | None:
    """The packet of a reference of the bank's own."""
    return session.scalar(select(Packet).where(Packet.reference == reference))


def packets(
    session: Session, query: Select[Any], cursor: str | None, limit: int
) -> tuple[list[Packet], str | None]:
    """A page of packets, the newest first."""
    return page(
        session,
        query,
        ((Packet.created_at, True), (Packet.id, True)),
        cursor,
        limit,
        lambda p: (p.created_at, p.id),
    )


def files(session: Session, packet_id: str) -> list[File]:
    """Files that the packet holds now."""
    return files_of(session, [packet_id])


def files_of(session: Session, packet_ids: Collection[str]) -> list[File]:
    """Files that these packets hold now."""
    return list(
        session.scalars(
            select(File)
            .where(File.packet_id.in_(packet_ids), File.removed_at.is_(None))
            .order_by(File.id)
        )
    )


def heads(session: Session, packet_ids: Collection[str]) -> dict[str, dict[str, Any]]:
    """Score, band, coverage and applicant of each packet's latest report, where it has one."""
    query = select(
        Report.packet_id, Report.score, Report.band, Report.coverage, Report.applicant
    ).where(Report.packet_id.in_(packet_ids))
    rows = session.execute(query.order_by(Report.revision, Report.id)).mappings()
    return {r["packet_id"]: {n: v for n, v in r.items() if n != "packet_id"} for r in rows}


def reasons(session: Session, packet_ids: Collection[str]) -> dict[tuple[str, int], str]:
    """Why revisions (packet, number) are in quarantine."""
    query = select(Revision.packet_id, Revision.number, Revision.reason).where(
        Revision.packet_id.in_(packet_ids), Revision.reason != ""
    )
    return {(packet_id, number): reason for packet_id, number, reason in session.execute(query)}


def case_ids(session: Session, packet_ids: Collection[str]) -> dict[str, str]:
    """The case of each packet that has one."""
    return {
        p: c
        for p, c in session.execute(
            select(Case.packet_id, Case.id).where(Case.packet_id.in_(packet_ids))
        )
    }


def state(session: Session, packet_id: str) -> tuple[str, int] | None:
    """A packet's status and revision, read anew."""
    found = session.execute(
        select(Packet.status, Packet.revision).where(
            Packet.id == packet_id, Packet.status != "erased"
        )
    ).first()
    return (found.status, found.revision) if found else None


def files_by_id(session: Session, ids: Collection[str]) -> list[File]:
    return list(session.scalars(select(File).where(File.id.in_(ids)).order_by(File.id)))


def revision(session: Session, packet_id: str, number: int) -> Revision | None:
    return session.scalar(
        select(Revision).where(Revision.packet_id == packet_id, Revision.number == number)
    )


def waiting(session: Session) -> int:
    """Packets of the session's organisation that wait."""
    return (
        session.scalar(select(func.count()).select_from(Revision).where(Revision.state == "queued"))
        or 0
    )


def report(session: Session, packet_id: str, number: int | None = None) -> Report | None:
    """The latest report, or the one of a revision."""
    query = select(Report).where(Report.packet_id == packet_id)
    if number is not None:
        query = query.where(Report.revision == number)
    return session.scalar(query.order_by(Report.revision.desc(), Report.id.desc()).limit(1))


def parts(session: Session, packet_ids: Collection[str]) -> dict[str, str]:
    """The blob of each packet as it was read for its latest report."""
    query = (
        select(Report.packet_id, Report.parts)
        .where(Report.packet_id.in_(packet_ids))
        .order_by(Report.revision, Report.id)
    )
    return {packet_id: blob for packet_id, blob in session.execute(query)}


def reports(session: Session, packet_id: str, *, whole: bool = False) -> list[Report]:
    """All reports of a packet, the newest first; with their bodies where `whole`."""
    query = select(Report).where(Report.packet_id == packet_id).order_by(Report.revision.desc())
    return list(session.scalars(query.options(undefer(Report.body)) if whole else query))


def corrections(session: Session, packet_id: str) -> list[Correction]:
    return list(
        session.scalars(
            select(Correction).where(Correction.packet_id == packet_id).order_by(Correction.id)
        )
    )


def progress(session: Session, packet_id: str, after: int) -> list[tuple[int, Progress]]:
    """Steps of a packet after so many, in order, each with its number within the packet.

    Ids of rows are counted over all organisations and would tell how much others do.
    """
    query = select(Progress).where(Progress.packet_id == packet_id).order_by(Progress.id)
    return list(enumerate(session.scalars(query.offset(after)), after + 1))


def tell(
    session: Session,
    packet_id: str,
    number: int,
    at: datetime,
    kind: str,
    detail: dict[str, Any] | None = None,
) -> None:
    """Appends a step."""
    session.add(
        Progress(packet_id=packet_id, revision=number, at=at, kind=kind, detail=detail or {})
    )


def keep_reading(session: Session, key: str, blob: str, now: datetime) -> None:
    """Notes where a reading lies; a second worker that read the same file changes nothing."""
    values = {"org_id": session.info["org"], "key": key, "blob": blob, "created_at": now}
    session.execute(_READ[session.get_bind().dialect.name], values)


def sealed_password(session: Session, file_id: str) -> str:
    """What opens a file, sealed; empty where nothing is needed."""
    return session.scalar(_SEALED, {"wanted": file_id}) or ""


def reading(session: Session, key: str) -> str | None:
    """The blob of a reading, where the file was read before."""
    return session.scalar(_READING, {"wanted": key})


def take(
    session: Session, revision_id: str, lease: int, executor: str, boot: str, now: datetime
) -> Revision | None:
    """Begins an attempt: the revision with its new fence, or None when it is final already or was
    handed to another.
    """
    changed = session.execute(
        update(Revision)
        .where(Revision.id == revision_id, Revision.lease == lease, Revision.state.in_(UNDER_WAY))
        .values(
            state="running",
            attempt=Revision.attempt + 1,
            strikes=Revision.strikes + 1,
            executor=executor,
            boot=boot,
            started_at=now,
            seen_at=now,
        )
    )
    if changed.rowcount != 1:  # type: ignore[attr-defined]
        return None
    return session.scalar(
        select(Revision).where(Revision.id == revision_id).execution_options(populate_existing=True)
    )


def claim(session: Session, executor: str, boot: str, now: datetime) -> Revision | None:
    """The waiting revision whose turn it is, from now on this process's; None when nothing waits.

    Reads over all organisations, so the session is of EVERY.
    """
    waiting = (
        select(Revision)
        .where(Revision.state == "queued")
        .order_by(Revision.priority, Revision.queued_at, Revision.id)
    )
    row = session.scalar(waiting.limit(1).with_for_update(skip_locked=True))
    if row is not None:
        row.state, row.executor, row.boot = "running", executor, boot
        row.started_at = row.seen_at = now
    return row


def next_priority(session: Session, org: str) -> int:
    """A place in the queue by start-time fair queueing: an organisation's packets stand behind its
    own, not behind a flood of another's.

    Reads over all organisations, so the session is of EVERY.
    """
    front = session.scalar(select(func.min(Revision.priority)).where(Revision.state == "queued"))
    if front is None:
        return (
            session.scalar(select(func.max(Revision.priority)).where(Revision.state == "running"))
            or 0
        ) + 1
    own = (
        session.scalar(
            select(func.max(Revision.priority)).where(
                Revision.state == "queued", Revision.org_id == org
            )
        )
        or 0
    )
    return int(max(own + 1, front))


def _change(session: Session, held: Update, revision_id: str, attempt: int) -> bool:
    """Whether a change to a revision took place, which it does only while this attempt holds it."""
    return bool(session.execute(held, {"its_id": revision_id, "its_attempt": attempt}).rowcount)  # type: ignore[attr-defined]


def excuse(session: Session, revision_id: str, attempt: int) -> bool:
    """Takes back what a failed attempt counts against its revision, unless a later one holds it."""
    strikes = case((Revision.strikes > 0, Revision.strikes - 1), else_=0)
    return _change(session, _HELD.values(strikes=strikes), revision_id, attempt)


def advance(session: Session, revision_id: str, attempt: int) -> bool:
    """Notes that an attempt came further, unless a later one holds the revision."""
    return _change(session, _ADVANCED, revision_id, attempt)


def settle(
    session: Session, revision_id: str, attempt: int, state: str, now: datetime, reason: str = ""
) -> bool:
    """Makes a revision final.

    False when a later attempt holds it, or it is final already: then nothing may be written.
    """
    return _change(
        session, _HELD.values(state=state, finished_at=now, reason=reason), revision_id, attempt
    )


def digests_in_use(session: Session, digests: Sequence[str]) -> set[str]:
    """Those of the digests of blobs to which something of the organisation refers."""
    columns = (
        File.sha256,
        Report.parts,
        ReportFile.sha256,
        Reading.blob,
        GraphImport.sha256,
        GraphImport.graph,
    )
    used: set[str] = set()
    for start in range(0, len(digests), _AT_ONCE):
        some = digests[start : start + _AT_ONCE]
        for column in columns:
            used.update(session.scalars(select(column).where(column.in_(some))))
    return used


def replace_keys(session: Session, packet_id: str, keys: Sequence[str]) -> None:
    """The keys by which other packets find this one."""
    session.execute(delete(PacketKey).where(PacketKey.packet_id == packet_id))
    rows = [
        {"org_id": session.info["org"], "packet_id": packet_id, "key": k} for k in sorted(set(keys))
    ]
    if rows:
        session.execute(insert(PacketKey), rows)


def sharing(
    session: Session, keys: Collection[str], mode: str, but: Collection[str]
) -> dict[str, float]:
    """Packets that share keys, with a weight: the rarer a shared key, the more it counts; a common
    one counts nothing.
    """
    found: dict[str, float] = {}
    listed = sorted(keys)
    for start in range(0, len(listed), _AT_ONCE):
        some = listed[start : start + _AT_ONCE]
        counts = dict(
            session.execute(
                select(PacketKey.key, func.count())
                .where(PacketKey.key.in_(some))
                .group_by(PacketKey.key)
            ).all()
        )
        rare = [k for k in some if 0 < counts.get(k, 0) <= COMMON]
        query = select(PacketKey.packet_id, PacketKey.key).join(
            Packet, Packet.id == PacketKey.packet_id
        )
        for packet_id, key in session.execute(
            query.where(PacketKey.key.in_(rare), Packet.mode == mode)
        ):
            if packet_id not in but:
                found[packet_id] = found.get(packet_id, 0.0) + 1 / counts[key]
    return found


def cancel_revision(session: Session, packet: Packet, now: datetime) -> bool:
    """Cancel a packet's revision while it waits or is verified; return whether it was."""
    change = update(Revision).where(
        Revision.packet_id == packet.id,
        Revision.number == packet.revision,
        Revision.state.in_(UNDER_WAY),
    )
    changed = session.execute(change.values(state="cancelled", finished_at=now))
    return bool(changed.rowcount == 1)  # type: ignore[attr-defined]
