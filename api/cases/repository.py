"""Rows of cases, their history and judgements."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, exists, func, or_, select
from sqlalchemy import case as case_when
from sqlalchemy.orm import Session, aliased

from api.http.pagination import page, page_of_rows
from api.store.case_tables import Case, CaseEvent, Judgement, SavedView
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


def next_open(session: Session, wanted: Sequence[ColumnElement[bool]]) -> Case | None:
    """Of the open cases that are wanted, the one of the highest score that nobody is just claiming,
    locked.
    """
    query = (
        select(Case)
        .where(Case.state == "open", *wanted)
        .order_by(Case.score.desc(), Case.id.desc())
        .limit(1)
    )
    return session.scalar(query.with_for_update(skip_locked=True))


def case_to_read(session: Session, packet_id: str) -> Case | None:
    """The case of a packet, as it is at the moment."""
    return session.scalar(select(Case).where(Case.packet_id == packet_id))


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


def in_view(view: str, person: str) -> ColumnElement[bool]:
    """The criterion of a view of the queue as a person sees it."""
    criteria: dict[str, ColumnElement[bool]] = {
        "mine": (Case.assignee == person) & (Case.state != "decided"),
        "review": (Case.state == "proposed") & (Case.proposed_by != person),
        "unclaimed": Case.state == "open",
        "decided": Case.state == "decided",
    }
    return criteria[view]


def counts(session: Session, person: str) -> dict[str, int]:
    """How many cases each view holds, in one statement."""
    columns = [
        func.count(case_when((in_view(view, person), 1))).label(view)
        for view in ("mine", "review", "unclaimed", "decided")
    ]
    row = session.execute(select(*columns, func.count(Case.id).label("all"))).one()
    return dict(row._mapping)


def wanted(filters: Mapping[str, str], text: str) -> list[ColumnElement[bool]]:
    """The criteria of cases whose columns have these values and whose reference or applicant holds
    the text, blanks around it forgiven.
    """
    criteria: list[ColumnElement[bool]] = [
        getattr(Case, name) == value for name, value in filters.items()
    ]
    plain = text.strip()
    if plain:
        criteria.append(
            or_(
                Case.reference.contains(plain, autoescape=True),
                Case.applicant.contains(plain, autoescape=True),
            )
        )
    return criteria


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


def views(session: Session, person: str) -> list[SavedView]:
    """Saved views of a person and those that others share, by name."""
    query = select(SavedView).where(or_(SavedView.owner == person, SavedView.shared))
    return list(session.scalars(query.order_by(SavedView.name, SavedView.id)))


def view(session: Session, view_id: str) -> SavedView | None:
    return session.scalar(select(SavedView).where(SavedView.id == view_id))


def is_judged(session: Session, packet_id: str) -> bool:
    """Return whether anybody judged a finding of the packet: most reports need not be compared."""
    query = select(Judgement.id).where(Judgement.packet_id == packet_id).limit(1)
    return session.scalar(query) is not None


def latest_judgements(session: Session, packet_id: str) -> Sequence[Judgement]:
    """Return the judgements of a packet that count, in their order."""
    query = select(Judgement).where(Judgement.packet_id == packet_id, latest())
    return list(session.scalars(query.order_by(Judgement.id)))
