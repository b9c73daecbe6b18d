"""A case begins with a packet's first report and takes up each later one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.store.case_tables import Case, CaseEvent
from api.store.ids import new_id
from api.store.packet_tables import Packet, Report
from api.store.rows import insert


def add_case_event(
    session: Session,
    case: Case,
    kind: str,
    actor: str,
    at: datetime,
    body: dict[str, Any] | None = None,
) -> CaseEvent:
    """Appends to a case's history and gives the case its next version."""
    # Read anew under its lock: two acts at once get two versions and two places in the history.
    session.scalar(
        select(Case)
        .where(Case.id == case.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    last = session.scalar(select(func.max(CaseEvent.seq)).where(CaseEvent.case_id == case.id)) or 0
    event = CaseEvent(
        id=new_id("cev"),
        case_id=case.id,
        seq=last + 1,
        kind=kind,
        actor=actor,
        at=at,
        body=body or {},
    )
    session.add(event)
    case.updated_at = at
    if kind != "opened":
        case.version += 1
    session.flush()
    return event


def reported(
    session: Session, packet: Packet, report: Report, reason: dict[str, str], now: datetime
) -> Case:
    """The case of a packet that has a new report: opened, or brought up to date.

    `reason` is the report's verdict in both languages. A decided case is reopened only by a person.
    """
    case = session.scalar(select(Case).where(Case.packet_id == packet.id).with_for_update())
    figures = {"score": report.score, "band": report.band, "coverage": report.coverage}
    if case is None:
        case = Case(
            id=new_id("cas"),
            packet_id=packet.id,
            reference=packet.reference,
            applicant=report.applicant,
            branch=packet.branch,
            amount=packet.amount,
            state="open",
            version=1,
            opened_at=now,
            updated_at=now,
            reason=reason,
            **figures,
        )
        insert(session, case)
        add_case_event(session, case, "opened", "system", now, {"report": report.id, **figures})
        return case
    before, case.reason = case.score, reason
    case.applicant, case.score, case.band, case.coverage = (
        report.applicant,
        report.score,
        report.band,
        report.coverage,
    )
    if case.state == "proposed":  # what was proposed on another report is no proposal any more
        case.state, case.disposition, case.proposed_by = (
            ("claimed" if case.assignee else "open"),
            "",
            "",
        )
    add_case_event(
        session, case, "reported", "system", now, {"report": report.id, "before": before, **figures}
    )
    return case
