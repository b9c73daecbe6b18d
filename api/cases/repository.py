"""Rows of cases, their history and judgements."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Row, Select, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from api.http.pagination import page, page_of_rows
from api.store.case_tables import Case, CaseEvent, Judgement
from api.store.packet_tables import Correction, File, Packet, Report
from api.store.people_tables import User

ORDERS: dict[str, tuple[Any, bool]] = {
    "newest": (Case.opened_at, True),
    "oldest": (Case.opened_at, False),
    "score": (Case.score, True),
    "updated": (Case.updated_at, True),
}


def case(session: Session, case_id: str) -> Case | None:
    return session.scalar(select(Case).where(Case.id == case_id))


def locked(session: Session, case_ids: Collection[str]) -> dict[str, Case]:
    """Cases that nobody else changes before this transaction ends.

    Locked in the order of ids, so that two never wait for each other.
    """
    query = select(Case).where(Case.id.in_(case_ids)).order_by(Case.id).with_for_update()
    return {c.id: c for c in session.scalars(query.execution_options(populate_existing=True))}


def next_open(session: Session) -> Case | None:
    """The open case of the highest score that nobody is just claiming, locked."""
    query = (
        select(Case)
        .where(Case.state == "open")
        .order_by(Case.score.desc(), Case.id.desc())
        .limit(1)
    )
    return session.scalar(query.with_for_update(skip_locked=True))


def case_of_packet(session: Session, packet_id: str) -> Case | None:
    """The case of a packet, locked."""
    return session.scalar(select(Case).where(Case.packet_id == packet_id).with_for_update())


def _shown() -> Select[Any]:
    assignee, proposer = aliased(User), aliased(User)
    ever_high = exists().where(Report.packet_id == Case.packet_id, Report.band == "high")
    names = (
        func.coalesce(person.name, "").label(name)
        for person, name in ((assignee, "assignee_name"), (proposer, "proposed_by_name"))
    )
    columns = (
        getattr(Case, column.key) for column in Case.__table__.columns if column.key != "org_id"
    )
    query = select(*columns, *names, ever_high.label("ever_high"))
    return query.outerjoin(assignee, assignee.id == Case.assignee).outerjoin(
        proposer, proposer.id == Case.proposed_by
    )


# Cases as they are listed, columns instead of objects: names of people beside their ids, and
# whether any report was ever in the high band.
# Made once: making the statement takes longer than answering it.
SHOWN = _shown()


def matching(filters: dict[str, str], text: str) -> Select[Any]:
    """Of the shown, those whose columns have these values and whose reference or applicant holds
    the text.
    """
    query = SHOWN.where(*(getattr(Case, name) == value for name, value in filters.items()))
    if text:
        query = query.where(
            or_(
                Case.reference.contains(text, autoescape=True),
                Case.applicant.contains(text, autoescape=True),
            )
        )
    return query


def cases(
    session: Session, query: Select[Any], order: str, cursor: str | None, limit: int
) -> tuple[list[Row[Any]], str | None]:
    column, down = ORDERS[order]
    return page_of_rows(session, query, ((column, down), (Case.id, down)), cursor, limit)


def cases_by_id(
    session: Session, cursor: str | None, limit: int
) -> tuple[list[Row[Any]], str | None]:
    """All cases in an order that never changes while they do."""
    return page_of_rows(session, SHOWN, ((Case.id, False),), cursor, limit)


def events(
    session: Session, case_id: str, cursor: str | None, limit: int
) -> tuple[list[CaseEvent], str | None]:
    """What happened in a case, in order."""
    return page(
        session,
        select(CaseEvent).where(CaseEvent.case_id == case_id),
        ((CaseEvent.seq, False),),
        cursor,
        limit,
        lambda e: (e.seq,),
    )


def makers(session: Session, packet_id: str) -> frozenset[str]:
    """Who made the packet, gave it files or corrected its fields."""
    people = {*session.scalars(select(Packet.created_by).where(Packet.id == packet_id))}
    people |= {
        *session.scalars(select(File.added_by).where(File.packet_id == packet_id).distinct())
    }
    people |= {
        *session.scalars(
            select(Correction.made_by).where(Correction.packet_id == packet_id).distinct()
        )
    }
    return frozenset(people)


def packet_status(session: Session, packet_id: str) -> str:
    return session.scalar(select(Packet.status).where(Packet.id == packet_id)) or ""


def judgements(
    session: Session, packet_id: str, cursor: str | None, limit: int
) -> tuple[list[Judgement], str | None]:
    """All judgements of a packet's findings, the newest first."""
    keys = ((Judgement.made_at, True), (Judgement.id, True))
    return page(
        session,
        select(Judgement).where(Judgement.packet_id == packet_id),
        keys,
        cursor,
        limit,
        lambda j: (j.made_at, j.id),
    )


def latest() -> Any:
    """The criterion of a judgement that no later one of the same finding replaces."""
    later = aliased(Judgement)
    after = or_(
        later.made_at > Judgement.made_at,
        (later.made_at == Judgement.made_at) & (later.id > Judgement.id),
    )
    return ~exists().where(
        later.packet_id == Judgement.packet_id, later.fingerprint == Judgement.fingerprint, after
    )


def latest_of(session: Session, judgement_ids: Collection[str]) -> set[str]:
    """Those of the judgements that count."""
    return set(
        session.scalars(select(Judgement.id).where(Judgement.id.in_(judgement_ids), latest()))
    )
