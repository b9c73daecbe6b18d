"""Rows of cases and terms that hold a text."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from api.search.index import folded
from api.store.case_tables import Case
from api.store.packet_tables import SearchTerm


def cases_named(session: Session, text: str, limit: int) -> list[Case]:
    """Cases whose reference, applicant or branch holds the text, the latest first."""
    wanted = text.strip()
    query = select(Case).where(
        or_(
            Case.reference.icontains(wanted, autoescape=True),
            Case.applicant.icontains(wanted, autoescape=True),
            Case.branch.icontains(wanted, autoescape=True),
        )
    )
    return list(session.scalars(query.order_by(Case.updated_at.desc()).limit(limit)))


def terms_holding(session: Session, text: str, limit: int) -> list[SearchTerm]:
    """Values of papers that hold the text, those that are little more than it first."""
    query = select(SearchTerm).where(SearchTerm.folded.contains(folded(text), autoescape=True))
    nearest = query.order_by(func.length(SearchTerm.folded), SearchTerm.id.desc())
    return list(session.scalars(nearest.limit(limit)))


def cases_of(session: Session, packet_ids: Collection[str]) -> dict[str, Case]:
    """The cases of packets, by packet."""
    query = select(Case).where(Case.packet_id.in_(packet_ids))
    return {case.packet_id: case for case in session.scalars(query)}
