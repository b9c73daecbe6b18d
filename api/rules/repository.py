"""Rows of policies."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.http.pagination import page
from api.store.case_tables import PolicyVersion
from api.store.packet_tables import Packet
from api.store.people_tables import Organisation


def policy(session: Session, policy_id: str) -> PolicyVersion | None:
    return session.scalar(select(PolicyVersion).where(PolicyVersion.id == policy_id))


def active(session: Session) -> PolicyVersion | None:
    return session.scalar(select(PolicyVersion).where(PolicyVersion.state == "active"))


def policies(
    session: Session, cursor: str | None, limit: int
) -> tuple[list[PolicyVersion], str | None]:
    """The newest first."""
    keys = ((PolicyVersion.made_at, True), (PolicyVersion.id, True))
    return page(session, select(PolicyVersion), keys, cursor, limit, lambda p: (p.made_at, p.id))


def references(session: Session, packet_ids: list[str]) -> dict[str, str]:
    """References of packets by their ids; a back-test keeps ids alone, so that an erased packet
    leaves none there.
    """
    return {
        p: r
        for p, r in session.execute(
            select(Packet.id, Packet.reference).where(Packet.id.in_(packet_ids))
        )
    }


def how_many(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(PolicyVersion)) or 0


def lock(session: Session) -> Organisation:
    """The organisation's row, so that two activations follow one another."""
    return session.scalars(
        select(Organisation).where(Organisation.id == session.info["org"]).with_for_update()
    ).one()
