"""/v1/people-changes: what waits for a second administrator."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends

from api.http.authentication import Caller, needs
from api.http.pagination import Cursor, Limit
from api.http.unit_of_work import SessionDep, SessionRoute
from api.parts import PartsDep
from api.people import approvals, repository
from api.people.schemas import ChangeOut, Changes
from api.people.view import change_shown

router = APIRouter(prefix="/v1/people-changes", route_class=SessionRoute, tags=["people"])
Manager = Annotated[Caller, Depends(needs("people:manage"))]


@router.get("")
def list_changes(
    caller: Manager, session: SessionDep, cursor: Cursor = None, limit: Limit = 100
) -> Changes:
    """Changes that wait or waited for a second administrator, the newest first."""
    rows, following = repository.changes(session, cursor, limit)
    return Changes(items=[change_shown(row) for row in rows], next_cursor=following)


@router.post("/{change_id}/approve")
def approve(change_id: str, caller: Manager, session: SessionDep, wiring: PartsDep) -> ChangeOut:
    """Agree as the second administrator; the change takes place. A key cannot agree."""
    return change_shown(approvals.approve(session, caller, change_id, wiring.now()))


@router.post("/{change_id}/refuse")
def refuse(change_id: str, caller: Manager, session: SessionDep, wiring: PartsDep) -> ChangeOut:
    """End a proposal without effect."""
    return change_shown(approvals.refuse(session, caller, change_id, wiring.now()))
