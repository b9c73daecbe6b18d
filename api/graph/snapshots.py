"""Snapshots: a part of the graph frozen as evidence.

Its bytes never change; making and removing it stand in the audit.
"""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from api.errors import Problem
from api.graph import repository
from api.graph.held import COVERED
from api.graph.schemas import NewSnapshot, SnapshotHead, SnapshotOut
from api.http.authentication import Caller
from api.packets.service import found as found_packet
from api.reports.masking import covered, masked
from api.store.audit_chain import append_audit
from api.store.case_tables import Snapshot
from api.store.ids import new_id
from api.store.organisation_settings import own_settings
from api.store.rows import insert, remove

listed = repository.snapshots
_DEPTH, _BYTES = 40, 2 * 2**20


def found(session: Session, snapshot_id: str) -> Snapshot:
    """Raises Problem "not_found"."""
    row = repository.snapshot(session, snapshot_id)
    if row is None:
        raise Problem("not_found")
    return row


def frozen(session: Session, caller: Caller, new: NewSnapshot, now: datetime) -> Snapshot:
    """Keeps what is drawn, numbers of persons covered where the organisation covers them, however
    they were drawn.
    """
    if new.packet:
        found_packet(session, new.packet)
    if _deeper_than(new.body, _DEPTH):
        raise Problem(
            "invalid",
            f"快照内容嵌套超过 {_DEPTH} 层。",
            f"The body is nested deeper than {_DEPTH}.",
        )
    kept = _without_numbers(masked(new.body)) if own_settings(session).mask else new.body
    try:
        # Escaped: no text of it holds what a database refuses.
        body = json.dumps(kept, sort_keys=True, separators=(",", ":"), allow_nan=False)
        json.dumps(kept, ensure_ascii=False).encode()
    except ValueError as error:
        raise Problem(
            "invalid",
            "快照内容含有非数值或不完整的字符。",
            "The body holds NaN, infinity or half a character.",
        ) from error
    if len(body) > _BYTES:
        raise Problem(
            "over_limit", "快照内容过大；请减少所画范围。", "The snapshot is too large; draw less."
        )
    row = Snapshot(
        id=new_id("snp"),
        org_id=caller.org,
        name=new.name,
        packet_id=new.packet,
        sha256=hashlib.sha256(body.encode()).hexdigest(),
        body=body,
        made_by=caller.id,
        made_at=now,
    )
    insert(session, row)
    append_audit(
        session,
        now,
        caller.id,
        "snapshot.made",
        row.id,
        {"sha256": row.sha256, "packet": new.packet},
    )
    return row


def removed(session: Session, caller: Caller, snapshot_id: str, now: datetime) -> None:
    """Removes a snapshot and tells the audit its digest."""
    row = found(session, snapshot_id)
    remove(session, row)
    append_audit(
        session,
        now,
        caller.id,
        "snapshot.removed",
        row.id,
        {"sha256": row.sha256, "packet": row.packet_id},
    )


def head(row: Snapshot) -> SnapshotHead:
    return SnapshotHead(
        id=row.id,
        name=row.name,
        packet=row.packet_id,
        sha256=row.sha256,
        size=row.size,
        made_by=row.made_by,
        made_at=row.made_at,
    )


def whole(row: Snapshot) -> SnapshotOut:
    return SnapshotOut(**head(row).model_dump(), body=json.loads(row.body))


def _deeper_than(value: Any, most: int) -> bool:
    level = [value]
    for _ in range(most):
        level = [
            inner
            for each in level
            if isinstance(each, dict | list)
            for inner in (each.values() if isinstance(each, dict) else each)
        ]
        if not level:
            return False
    return True


def _without_numbers(value: Any) -> Any:
    """Names of contacts covered, in whatever an entity stands."""
    if isinstance(value, list):
        return [_without_numbers(each) for each in value]
    if not isinstance(value, dict):
        return value
    hide = value.get("kind") in COVERED
    return {
        key: _hidden(v) if hide and key in ("name", "names", "label") else _without_numbers(v)
        for key, v in value.items()
    }


def _hidden(value: Any) -> Any:
    if isinstance(value, list):
        return [_hidden(each) for each in value]
    return covered(value) if isinstance(value, str) else value
