"""/v1/cases: the queue, acts in cases, their history, bulk and export."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Header, Query, Response
from fastapi.responses import StreamingResponse
from sqlalchemy import ColumnElement, Row
from sqlalchemy.orm import Session

from api.cases import repository, service
from api.cases.permission import permitted
from api.cases.schemas import (
    Assign,
    Band,
    Bulk,
    CaseDetail,
    CaseEventOut,
    CaseEvents,
    CaseOut,
    Cases,
    Comment,
    Counts,
    Disposal,
    Order,
    Outcome,
    Outcomes,
    QueueView,
    Reason,
    State,
)
from api.cases.table import csv_of
from api.cases.tag import tag
from api.errors import Problem
from api.http.authentication import Caller, needs
from api.http.pagination import MOST, Cursor, Limit
from api.http.unit_of_work import SessionDep, SessionRoute, at_once
from api.parts import Parts, PartsDep
from api.people import repository as people
from api.runtime.business_day import day_in_china
from api.store.audit_chain import append_audit
from api.store.case_tables import Case
from api.store.database import takes_long
from api.store.organisation_settings import own_settings

router = APIRouter(prefix="/v1", route_class=SessionRoute, tags=["cases"])
Reader = Annotated[Caller, Depends(needs("cases:read"))]
Worker = Annotated[Caller, Depends(needs("cases:work"))]
Decider = Annotated[Caller, Depends(needs("cases:decide"))]
Tag = Annotated[
    str | None, Header(alias="If-Match", max_length=200, description="The ETag that was read.")
]
Filter = Annotated[str | None, Query(max_length=200)]


@router.get("/cases")
@at_once
def list_cases(
    caller: Reader,
    session: SessionDep,
    state: State | None = None,
    band: Band | None = None,
    branch: Filter = None,
    assignee: Annotated[
        str | None, Query(max_length=40, description="`me`, `none` or a person's id.")
    ] = None,
    q: Annotated[
        str, Query(max_length=100, description="Part of the reference or of the applicant's name.")
    ] = "",
    view: QueueView | None = None,
    order: Order = "newest",
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Cases:
    """The queue; `view` narrows it to one of the caller's piles of work."""
    if q or band or branch or assignee or view:  # which no index finds
        takes_long(session)
    asked = {"state": state, "band": band, "branch": branch, "assignee": assignee}
    query = repository.SHOWN.where(*_criteria(caller, asked, q, view))
    rows, following = repository.cases(session, query, order, cursor, limit)
    return Cases(items=_told(session, rows), next_cursor=following)


def _criteria(
    caller: Caller, asked: Mapping[str, str | None], text: str, view: QueueView | None
) -> list[ColumnElement[bool]]:
    """The criteria of a queue as its address states them."""
    given = {name: value for name, value in asked.items() if value is not None}
    if "assignee" in given:
        whose = given["assignee"]
        given["assignee"] = {"me": caller.id, "none": ""}.get(whose, whose)
    criteria = repository.wanted(given, text)
    if view is not None:
        criteria.append(repository.in_view(view, caller.id))
    return criteria


# Rows of a table that is downloaded: more than a person reads, and few enough for one answer.
_MOST_ROWS = 5_000


@router.get(
    "/cases/table.csv",
    response_class=Response,
    responses={200: {"content": {"text/csv": {}}}},
)
def table(
    caller: Reader,
    session: SessionDep,
    wiring: PartsDep,
    state: State | None = None,
    band: Band | None = None,
    branch: Filter = None,
    assignee: Annotated[str | None, Query(max_length=40)] = None,
    q: Annotated[str, Query(max_length=100)] = "",
    view: QueueView | None = None,
    order: Order = "newest",
    lang: Literal["zh", "en"] = "zh",
) -> Response:
    """The cases that the same filters show in the queue, for a spreadsheet; told to the audit."""
    takes_long(session)
    asked = {"state": state, "band": band, "branch": branch, "assignee": assignee}
    query = repository.SHOWN.where(*_criteria(caller, asked, q, view))
    rows: list[Row[Any]] = []
    cursor: str | None = None
    while len(rows) < _MOST_ROWS:
        more, cursor = repository.cases(session, query, order, cursor, MOST)
        rows += more
        if cursor is None:
            break
    append_audit(
        session, wiring.now(), caller.id, "cases.exported", caller.org, {"rows": len(rows)}
    )
    day = day_in_china(wiring.now()).isoformat()
    headers = {"Content-Disposition": f'attachment; filename="cases_{day}.csv"'}
    return Response(csv_of(_told(session, rows), lang), media_type="text/csv", headers=headers)


@router.get("/cases/counts")
@at_once
def counts(caller: Reader, session: SessionDep) -> Counts:
    """How many cases wait for the caller, for a second person, for anybody, and are decided."""
    takes_long(session)
    return Counts(**repository.counts(session, caller.id))


@router.get(
    "/cases/export",
    response_class=StreamingResponse,
    responses={200: {"content": {"application/x-ndjson": {}}}},
)
def export(caller: Reader, wiring: PartsDep) -> StreamingResponse:
    """All cases, one JSON object a line, the oldest first; told to the audit."""
    with wiring.database.writing(caller.org, caller.mode) as session:
        append_audit(session, wiring.now(), caller.id, "cases.exported", caller.org)
    return StreamingResponse(_lines(wiring, caller), media_type="application/x-ndjson")


def _lines(wiring: Parts, caller: Caller) -> Iterator[str]:
    """A session a page: no transaction stays open while a slow reader reads."""
    cursor: str | None = None
    while True:
        with wiring.database.reading(caller.org, caller.mode) as session:
            rows, cursor = repository.cases_by_id(session, cursor, MOST)
            lines = [told.model_dump_json() + "\n" for told in _told(session, rows)]
        yield "".join(lines)
        if cursor is None:
            return


@router.post("/cases/bulk")
def bulk(body: Bulk, caller: Worker, session: SessionDep, wiring: PartsDep) -> Outcomes:
    """Claims, assigns or releases many cases, each by its own outcome."""
    if body.action == "assign" and "cases:decide" not in caller.scopes:
        raise Problem("not_allowed")
    done = service.many(
        session, caller, body.ids, body.action, body.user_id or "", body.preview, wiring.now()
    )
    return Outcomes(preview=body.preview, items=[Outcome(id=i, outcome=o) for i, o in done])


@router.post(
    "/cases/next", response_model=CaseDetail, responses={204: {"description": "Nothing is open."}}
)
def claim_next(
    caller: Worker,
    session: SessionDep,
    wiring: PartsDep,
    response: Response,
    band: Band | None = None,
    branch: Filter = None,
    q: Annotated[str, Query(max_length=100)] = "",
) -> Any:
    """Claims the open case of the highest score among those that the filters of the queue leave."""
    asked = {"band": band, "branch": branch}
    criteria = repository.wanted({k: v for k, v in asked.items() if v is not None}, q)
    case = service.claim_next(session, caller, criteria, wiring.now())
    return Response(status_code=204) if case is None else _detail(session, caller, case, response)


@router.get("/cases/{case_id}")
@at_once
def get(case_id: str, caller: Reader, session: SessionDep, response: Response) -> CaseDetail:
    """A case; its ETag is what a change sends as If-Match."""
    return _detail(session, caller, service.found(session, case_id), response)


@router.get("/cases/{case_id}/events")
@at_once
def events(
    case_id: str, caller: Reader, session: SessionDep, cursor: Cursor = None, limit: Limit = 100
) -> CaseEvents:
    """What happened in a case, in order."""
    service.found(session, case_id)
    rows, following = repository.events(session, case_id, cursor, limit)
    names = people.names(session, {event.actor for event in rows})
    shown = [
        CaseEventOut(
            id=event.id,
            seq=event.seq,
            kind=event.kind,
            actor=event.actor,
            actor_name=names.get(event.actor, ""),
            at=event.at,
            body=event.body,
        )
        for event in rows
    ]
    return CaseEvents(items=shown, next_cursor=following)


@router.post("/cases/{case_id}/claim")
def claim(
    case_id: str,
    caller: Worker,
    session: SessionDep,
    wiring: PartsDep,
    response: Response,
    if_match: Tag = None,
) -> CaseDetail:
    """Takes an open case."""
    case = service.to_change(session, case_id, if_match)
    return _detail(session, caller, service.claim(session, caller, case, wiring.now()), response)


@router.post("/cases/{case_id}/release")
def release(
    case_id: str,
    caller: Worker,
    session: SessionDep,
    wiring: PartsDep,
    response: Response,
    if_match: Tag = None,
) -> CaseDetail:
    """Gives a claimed case back to the queue."""
    case = service.to_change(session, case_id, if_match)
    return _detail(session, caller, service.release(session, caller, case, wiring.now()), response)


@router.post("/cases/{case_id}/assign")
def assign(
    case_id: str,
    body: Assign,
    caller: Decider,
    session: SessionDep,
    wiring: PartsDep,
    response: Response,
    if_match: Tag = None,
) -> CaseDetail:
    """Gives a case to someone who works on cases."""
    case = service.to_change(session, case_id, if_match)
    return _detail(
        session, caller, service.assign(session, caller, case, body.user_id, wiring.now()), response
    )


@router.post("/cases/{case_id}/comment")
def comment(
    case_id: str,
    body: Comment,
    caller: Worker,
    session: SessionDep,
    wiring: PartsDep,
    response: Response,
    if_match: Tag = None,
) -> CaseDetail:
    """Adds a remark to the history."""
    case = service.to_change(session, case_id, if_match)
    return _detail(
        session, caller, service.comment(session, caller, case, body.text, wiring.now()), response
    )


@router.post("/cases/{case_id}/propose")
def propose(
    case_id: str,
    body: Disposal,
    caller: Worker,
    session: SessionDep,
    wiring: PartsDep,
    response: Response,
    if_match: Tag = None,
) -> CaseDetail:
    """Proposes how to decide one's own case."""
    case = service.to_change(session, case_id, if_match)
    return _detail(
        session,
        caller,
        service.propose(session, caller, case, body.disposition, body.reason, wiring.now()),
        response,
    )


@router.post("/cases/{case_id}/decide")
def decide(
    case_id: str,
    body: Disposal,
    caller: Worker,
    session: SessionDep,
    wiring: PartsDep,
    response: Response,
    if_match: Tag = None,
) -> CaseDetail:
    """Decides: alone where one person is enough, else what another person proposed."""
    case = service.to_change(session, case_id, if_match)
    return _detail(
        session,
        caller,
        service.decide(session, caller, case, body.disposition, body.reason, wiring.now()),
        response,
    )


@router.post("/cases/{case_id}/return")
def give_back(
    case_id: str,
    body: Reason,
    caller: Worker,
    session: SessionDep,
    wiring: PartsDep,
    response: Response,
    if_match: Tag = None,
) -> CaseDetail:
    """Returns a proposal to its reviewer; a proposer may take back his own."""
    case = service.to_change(session, case_id, if_match)
    return _detail(
        session,
        caller,
        service.give_back(session, caller, case, body.reason, wiring.now()),
        response,
    )


@router.post("/cases/{case_id}/reopen")
def reopen(
    case_id: str,
    body: Reason,
    caller: Decider,
    session: SessionDep,
    wiring: PartsDep,
    response: Response,
    if_match: Tag = None,
) -> CaseDetail:
    """Opens a decided case again."""
    case = service.to_change(session, case_id, if_match)
    return _detail(
        session, caller, service.reopen(session, caller, case, body.reason, wiring.now()), response
    )


def _detail(session: Session, caller: Caller, case: Case, response: Response) -> CaseDetail:
    response.headers["ETag"] = tag(case.version)
    row = service.shown(session, case.id)
    (told,) = _told(session, [row])
    return CaseDetail(**dict(told), permitted=permitted(service.situation(session, row), caller))


def _told(session: Session, rows: Sequence[Row[Any]]) -> list[CaseOut]:
    """Shown cases, as they are answered."""
    amount_from = own_settings(session).four_eyes_from
    return [CaseOut(**row._mapping, four_eyes=service.needs_two(row, amount_from)) for row in rows]
