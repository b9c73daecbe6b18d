"""Links of an organisation's audit chain.

Each hash covers its row and the hash before (RFC 8785-like canonical JSON, SHA-256).
"""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, text
from sqlalchemy.orm import Session

from api.store.service_tables import AuditRow

START = "0" * 64  # what the first link has before it
# Made once: every act that changes something asks for them.
_LOCK = text("select pg_advisory_xact_lock(hashtextextended(:org, 20260125))")
_LAST = (
    select(AuditRow.seq, AuditRow.hash)
    .where(AuditRow.org_id == bindparam("whose"))
    .order_by(AuditRow.seq.desc())
    .limit(1)
)
_ENCODE = json.JSONEncoder(ensure_ascii=False).encode


def canonical(detail: dict[str, Any]) -> str:
    """The one text of a detail: sorted keys, no spaces."""
    return json.dumps(detail, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def link_hash(
    org: str, seq: int, at: str, actor: str, action: str, subject: str, detail: str, before: str
) -> str:
    """SHA-256 of a link, in hex."""
    return hashlib.sha256(
        _ENCODE([org, seq, at, actor, action, subject, detail, before]).encode()
    ).hexdigest()


def append_audit(
    session: Session,
    at: datetime,
    actor: str,
    action: str,
    subject: str,
    detail: dict[str, Any] | None = None,
    org: str = "",
) -> None:
    """Appends a link in the transaction of what it tells of, so that neither is there without the
    other.

    The last link is locked (PostgreSQL) or the database is (SQLite), so that writers append one
    after another.
    """
    org = org or session.info["org"]
    if session.get_bind().dialect.name == "postgresql":
        session.execute(_LOCK, {"org": org})
    last = session.execute(_LAST, {"whose": org}).first()
    seq, before = (last.seq + 1, last.hash) if last else (1, START)
    moment, body = at.isoformat(), canonical(detail or {})
    row = AuditRow(
        org_id=org,
        seq=seq,
        at=moment,
        actor=actor,
        action=action,
        subject=subject,
        detail=body,
        before=before,
    )
    row.hash = link_hash(org, seq, moment, actor, action, subject, body, before)
    session.add(row)
    session.flush()
