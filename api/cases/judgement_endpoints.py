"""/v1/packets/{id}/findings/{fingerprint}/judgement and /v1/packets/{id}/judgements."""

from __future__ import annotations

from fastapi import APIRouter, Response
from sqlalchemy.orm import Session

from api.cases import repository
from api.cases.endpoints import Reader, Worker
from api.cases.judgements import judge
from api.cases.schemas import JudgementOut, Judgements, NewJudgement
from api.cases.tag import tag
from api.http.pagination import Cursor, Limit
from api.http.unit_of_work import SessionDep, SessionRoute, at_once
from api.packets.service import found
from api.parts import PartsDep
from api.people import repository as people
from api.store.case_tables import Judgement

router = APIRouter(prefix="/v1", route_class=SessionRoute, tags=["findings"])


@router.post("/packets/{packet_id}/findings/{fingerprint}/judgement", status_code=201)
def add_judgement(
    packet_id: str,
    fingerprint: str,
    body: NewJudgement,
    caller: Worker,
    session: SessionDep,
    wiring: PartsDep,
    response: Response,
) -> JudgementOut:
    """Says what a finding of the latest report has turned out to be.

    The answer's ETag is the case's, which this changes.
    """
    row, case = judge(
        session,
        caller,
        found(session, packet_id),
        fingerprint,
        body.verdict,
        body.reason,
        wiring.now(),
    )
    if case is not None:
        response.headers["ETag"] = tag(case.version)
    return _shown(session, [row])[0]


@router.get("/packets/{packet_id}/judgements")
@at_once
def list_judgements(
    packet_id: str, caller: Reader, session: SessionDep, cursor: Cursor = None, limit: Limit = 100
) -> Judgements:
    """All judgements of a packet's findings, the newest first; `counts` marks the latest of each."""
    found(session, packet_id)
    rows, following = repository.judgements(session, packet_id, cursor, limit)
    return Judgements(items=_shown(session, rows), next_cursor=following)


def _shown(session: Session, rows: list[Judgement]) -> list[JudgementOut]:
    names, counting = (
        people.names(session, {judgement.made_by for judgement in rows}),
        repository.latest_of(session, [judgement.id for judgement in rows]),
    )
    kept = ("id", "fingerprint", "rule", "verdict", "reason", "made_by", "made_at")
    return [
        JudgementOut(
            **{name: getattr(judgement, name) for name in kept},
            made_by_name=names.get(judgement.made_by, ""),
            counts=judgement.id in counting,
        )
        for judgement in rows
    ]
