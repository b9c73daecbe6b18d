"""/v1/audit: what was done, by whom, and whether the record is whole."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Query

from api.audit import repository, service
from api.audit.checkpoints import Signer
from api.audit.schemas import AuditOut, AuditPage, Said, VerdictOut
from api.audit.verify import WORDS
from api.http.authentication import Caller, needs
from api.http.pagination import Cursor, Limit
from api.http.unit_of_work import SessionDep, SessionRoute
from api.parts import PartsDep

router = APIRouter(prefix="/v1", route_class=SessionRoute, tags=["audit"])
Auditor = Annotated[Caller, Depends(needs("audit:read"))]
Name = Annotated[str, Query(max_length=100, pattern=r"^[A-Za-z0-9_.:-]*$")]


@router.get("/audit")
def audit(
    caller: Auditor,
    session: SessionDep,
    actor: Name = "",
    action: Name = "",
    subject: Name = "",
    cursor: Cursor = None,
    limit: Limit = 100,
) -> AuditPage:
    """Rows of the organisation's audit, the newest first; by who did it, what was done (such as
    packet.erased), or to what (its id).
    """
    rows, following = repository.rows(session, actor, action, subject, cursor, limit)
    names = service.SYSTEM | repository.names(session, {row.actor for row in rows})
    items = [
        AuditOut(
            seq=row.seq,
            at=datetime.fromisoformat(row.at),
            actor=row.actor,
            actor_name=names.get(row.actor, row.actor),
            action=row.action,
            subject=row.subject,
            detail=json.loads(row.detail),
            hash=row.hash,
        )
        for row in rows
    ]
    return AuditPage(items=items, next_cursor=following)


@router.get("/audit/verify")
def verify_audit(caller: Auditor, session: SessionDep, wiring: PartsDep) -> VerdictOut:
    """Walks the whole chain and its checkpoints.

    `huoyan audit verify` does so offline, over an export.
    """
    found = service.verified(wiring, session, caller.org)
    zh, en = WORDS[found.code]
    return VerdictOut(
        whole=found.whole,
        rows=found.rows,
        code=found.code,
        detail=Said(zh=zh, en=en),
        first_bad=found.first_bad,
        covered=found.covered,
        key=Signer(wiring.settings.key).public_text,
    )
