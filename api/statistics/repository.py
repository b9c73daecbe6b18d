"""Counts of cases, judgements and shared files."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from api.cases.repository import latest
from api.store.case_tables import Case, Judgement
from api.store.packet_tables import File, Packet

CHINA = "Asia/Shanghai"


def _month(session: Session) -> ColumnElement[str]:
    """The month in China in which a case was opened, as YYYY-MM."""
    if session.get_bind().dialect.name == "postgresql":
        return func.to_char(func.timezone(CHINA, Case.opened_at), "YYYY-MM")
    return func.strftime("%Y-%m", Case.opened_at, "+8 hours")


def bands_by_month(session: Session, most: int) -> list[tuple[str, str, int]]:
    """Month, band and count, the latest `most` months first."""
    month = _month(session).label("month")
    months = list(
        session.scalars(
            select(month).select_from(Case).group_by(month).order_by(month.desc()).limit(most)
        )
    )
    if not months:
        return []
    query = (
        select(month, Case.band, func.count(Case.id))
        .group_by(month, Case.band)
        .having(month >= months[-1])
    )
    return [(m, b, n) for m, b, n in session.execute(query.order_by(month.desc(), Case.band))]


def bands_by_branch(session: Session, most: int) -> list[tuple[str, str, int]]:
    """Branch, band and count, of the `most` branches that have the most cases."""
    size = func.count(Case.id)
    branches = list(
        session.scalars(
            select(Case.branch).group_by(Case.branch).order_by(size.desc(), Case.branch).limit(most)
        )
    )
    query = (
        select(Case.branch, Case.band, size)
        .where(Case.branch.in_(branches))
        .group_by(Case.branch, Case.band)
    )
    return [(b, band, n) for b, band, n in session.execute(query.order_by(Case.branch, Case.band))]


def counts(session: Session, column: Any) -> dict[str, int]:
    """How many cases have each value of a column."""
    return {
        value: n
        for value, n in session.execute(select(column, func.count(Case.id)).group_by(column))
    }


def shared_files(session: Session, most: int) -> list[tuple[str, int]]:
    """Digests of files that several live applications hold, and how many do; the most shared first."""
    packets = func.count(File.packet_id.distinct())
    query = (
        select(File.sha256, packets)
        .join(Packet, Packet.id == File.packet_id)
        .where(File.removed_at.is_(None), Packet.mode == "live")
    )
    query = (
        query.group_by(File.sha256)
        .having(packets > 1)
        .order_by(packets.desc(), File.sha256)
        .limit(most)
    )
    return [(digest, n) for digest, n in session.execute(query)]


def holders(session: Session, digests: list[str], most: int) -> dict[str, list[tuple[str, str]]]:
    """Id and reference of at most `most` live packets that hold each file, the oldest first."""
    found: dict[str, list[tuple[str, str]]] = {}
    for digest in digests:
        query = select(Packet.id, Packet.reference).join(File, File.packet_id == Packet.id)
        query = query.where(
            File.sha256 == digest, File.removed_at.is_(None), Packet.mode == "live"
        ).distinct()
        found[digest] = [(p, r) for p, r in session.execute(query.order_by(Packet.id).limit(most))]
    return found


def verdicts(session: Session) -> list[tuple[str, str, int]]:
    """Rule, verdict and count of the judgements that count."""
    query = select(Judgement.rule, Judgement.verdict, func.count(Judgement.id)).where(latest())
    return [
        (r, value, n)
        for r, value, n in session.execute(query.group_by(Judgement.rule, Judgement.verdict))
    ]
