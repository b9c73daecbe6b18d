"""/v1/statistics and /v1/statistics/rules."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends

from api.http.authentication import Caller, needs
from api.http.unit_of_work import SessionDep, SessionRoute
from api.statistics import service
from api.statistics.schemas import RulePrecisions, Statistics

router = APIRouter(prefix="/v1", route_class=SessionRoute, tags=["statistics"])
Reader = Annotated[Caller, Depends(needs("cases:read"))]


@router.get("/statistics")
def statistics(caller: Reader, session: SessionDep) -> Statistics:
    """Bands by month and branch, states, dispositions, and files that several applications share."""
    return service.statistics(session)


@router.get("/statistics/rules")
def rule_statistics(caller: Reader, session: SessionDep) -> RulePrecisions:
    """How right each rule was, and each kind of doubt about a reading, by people's judgements."""
    return service.precisions(session)
