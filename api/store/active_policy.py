"""Which policy a revision is judged by."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.store.case_tables import PolicyVersion


def policy_text(session: Session, policy_id: str) -> str:
    """The JSON of an organisation's policy; empty for the one that ships with the version."""
    if not policy_id:
        return ""
    return session.scalar(select(PolicyVersion.body).where(PolicyVersion.id == policy_id)) or ""


def active_policy(session: Session) -> str:
    """The id of the organisation's active policy; empty for the one that ships with the version."""
    return session.scalar(select(PolicyVersion.id).where(PolicyVersion.state == "active")) or ""
