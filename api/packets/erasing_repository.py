"""What is left of a packet when it is erased: which rows and blobs it has, and their deletion."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from api.store.case_tables import Case, CaseEvent, Judgement, Snapshot
from api.store.packet_tables import (
    UNDER_WAY,
    Correction,
    File,
    GraphPart,
    PacketKey,
    Progress,
    Reading,
    Report,
    ReportFile,
    Revision,
    SearchTerm,
)

_OF_PACKET: tuple[Any, ...] = (
    Report,
    ReportFile,
    Revision,
    PacketKey,
    SearchTerm,
    GraphPart,
    Correction,
    Judgement,
    Progress,
)


def jobs_of(session: Session, packet_id: str) -> list[tuple[str, int]]:
    """Return each revision of a packet with its lease."""
    query = select(Revision).where(Revision.packet_id == packet_id)
    return [(revision.id, revision.lease) for revision in session.scalars(query)]


def delete_rows(session: Session, packet_id: str) -> dict[str, int]:
    """Delete all rows of a packet but its own; return how many of each table a packet has."""
    case = session.scalar(select(Case).where(Case.packet_id == packet_id))
    if case is not None:
        session.execute(delete(CaseEvent).where(CaseEvent.case_id == case.id))
        session.execute(delete(Case).where(Case.id == case.id))
    session.execute(delete(Snapshot).where(Snapshot.packet_id == packet_id))
    removed: dict[str, int] = {}
    for table in _OF_PACKET:
        gone = session.execute(delete(table).where(table.packet_id == packet_id))
        removed[table.__tablename__] = gone.rowcount  # type: ignore[attr-defined]
    gone = session.execute(delete(File).where(File.packet_id == packet_id))
    removed["files"] = gone.rowcount  # type: ignore[attr-defined]
    session.execute(delete(Reading))  # a cache: what others need of it is read again
    return removed


def blobs_of(session: Session, packet_id: str, reports: Sequence[Report]) -> set[str]:
    """Return the blobs that hold something of a packet, with all readings, since those are forgotten
    together.
    """
    files = select(File.sha256).where(File.packet_id == packet_id)
    inside = select(ReportFile.sha256).where(ReportFile.packet_id == packet_id)
    found = {report.parts for report in reports} | set(session.scalars(files))
    return found | set(session.scalars(inside)) | set(session.scalars(select(Reading.blob)))


def any_under_way(session: Session) -> bool:
    """Return whether a packet of the organisation waits or is verified."""
    query = select(Revision.id).where(Revision.state.in_(UNDER_WAY)).limit(1)
    return session.scalar(query) is not None
