"""/v1/packets/{id}/report…, /documents…, /corrections: what was found, where it stands, and what a
reviewer read instead.
"""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import JSONResponse
from pydantic import FailFast, Field, StringConstraints
from sqlalchemy.orm import Session

from api.errors import Problem
from api.http.authentication import Caller, needs
from api.http.unit_of_work import SessionDep, SessionRoute, after_commit, at_once, session_of
from api.packets import repository
from api.packets import service as packets
from api.packets.schemas import (
    CorrectionOut,
    Corrections,
    NewCorrection,
    PacketOut,
    ReportHead,
    ReportHeads,
)
from api.packets.view import shown
from api.parts import PartsDep
from api.people.schemas import Body
from api.reports import service
from api.reports.compare import compare
from api.reports.crops import crops_of
from api.reports.difference import ReportDifference
from api.reports.errors import FormError
from api.reports.filing import file_name, filing_of
from api.reports.heat import heat_maps_of
from api.reports.html import report_html
from api.reports.pdf import report_pdf
from api.reports.workbook import report_xlsx
from api.store.active_policy import policy_text
from api.store.packet_tables import UNDER_WAY, Correction, Packet
from verify.policy import policy_of
from verify.registry import rules
from verify.scoring.without import without

router = APIRouter(prefix="/v1/packets/{packet_id}", route_class=SessionRoute, tags=["reports"])
Reader = Annotated[Caller, Depends(needs("packets:read"))]
Writer = Annotated[Caller, Depends(needs("packets:write"))]
RevisionOf = Annotated[int | None, Query(ge=1, le=1_000_000)]
Lang = Literal["zh", "en"]
Reason = Annotated[
    str,
    Query(max_length=500, description="Why personal data is needed unmasked; kept in the audit."),
]
_FORMS = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# A report in HTML is a page of its own: it runs nothing and loads nothing.
_SEALED = "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'"


# More findings than any report has had; the screen leaves out those that were judged false alarms.
_MOST_FINDINGS = 5_000
Fingerprint = Annotated[str, StringConstraints(max_length=64)]


class Without(Body):
    fingerprints: Annotated[list[Fingerprint], FailFast()] = Field(max_length=_MOST_FINDINGS)


class WithoutOut(Body):
    """The score as it would be, and its parts."""

    score: float
    band: str
    contributions: list[dict[str, Any]]


class DocumentsOut(Body):
    items: list[dict[str, Any]]


@router.get("/reports")
@at_once
def list_reports(packet_id: str, caller: Reader, session: SessionDep) -> ReportHeads:
    """All reports of a packet, the newest first; none is ever changed."""
    packets.found(session, packet_id)
    return ReportHeads(
        items=[
            ReportHead.model_validate(report, from_attributes=True)
            for report in repository.reports(session, packet_id)
        ]
    )


@router.get("/report", response_model=dict[str, Any])
@at_once
def get_report(
    packet_id: str,
    caller: Reader,
    session: SessionDep,
    wiring: PartsDep,
    revision: RevisionOf = None,
    reveal: Reason = "",
) -> Response:
    """The report (huoyan.report/1), personal data masked unless it is revealed for a reason."""
    text = service.report_text(wiring, session, caller, packet_id, revision, reveal)
    return Response(text, media_type="application/json")


@router.get(
    "/report.{form}",
    response_class=Response,
    responses={200: {"content": {kind: {} for kind in _FORMS.values()}}},
)
def get_form(
    packet_id: str,
    form: Literal["html", "pdf", "xlsx"],
    caller: Reader,
    wiring: PartsDep,
    lang: Lang = "zh",
    revision: RevisionOf = None,
    reveal: Reason = "",
) -> Response:
    """The report as HTML, PDF or a workbook.

    The session ends before the sandbox draws: drawing takes a while.
    """
    with wiring.database.reading(caller.org, caller.mode) as session:
        row = service.report_row(session, packet_id, revision)
        shown_all = service.revealed(wiring, session, caller, packet_id, reveal)
        text = row.body if shown_all else service.masked_text_of(session, row)
        covers = {} if shown_all else service.covers_of(row)
        report: dict[str, Any] = json.loads(text)
        passwords = service.passwords_of(wiring, session, packet_id, revision, report)
        packet = packets.found(session, packet_id)
        filing = filing_of(session, packet, report, lang) if form == "pdf" else None
        application = report["application"]
        named = (packet.reference, application["applicant"]["name"], application["as_of"])
    shown = "inline" if form == "html" else "attachment"
    headers = {"Content-Disposition": f"{shown}; {file_name(named, form)}"}
    try:
        if form == "xlsx":
            body = report_xlsx(report, lang)
        else:
            data = service.bytes_of(wiring, caller.org, report)
            crops = crops_of(report, data, wiring.sandbox, passwords, covers)
            if form == "pdf":
                body = report_pdf(report, crops, lang, filing)
            else:
                maps = heat_maps_of(report, data, wiring.sandbox, passwords, covers)
                body = report_html(report, crops, lang, maps).encode()
    except FormError as error:
        raise Problem(error.code, error.zh, error.en) from error
    if form == "html":
        headers["Content-Security-Policy"] = _SEALED
    return Response(body, media_type=_FORMS[form], headers=headers)


@router.get("/report/diff")
def diff(
    packet_id: str,
    caller: Reader,
    session: SessionDep,
    wiring: PartsDep,
    before: Annotated[int, Query(ge=1, le=1_000_000)],
    after: Annotated[int, Query(ge=1, le=1_000_000)],
) -> ReportDifference:
    """What changed between the reports of two revisions."""
    old, new = (service.report_of(wiring, session, caller, packet_id, n) for n in (before, after))
    return ReportDifference.model_validate(compare(old, new))


@router.post("/report/without")
def score_without(packet_id: str, body: Without, caller: Reader, wiring: PartsDep) -> WithoutOut:
    """The score without some findings. Nothing is changed."""
    with wiring.database.reading(caller.org, caller.mode) as session:
        row = service.report_row(session, packet_id, None)
        revision = repository.revision(session, packet_id, row.revision)
        report, text = row.body, policy_text(session, revision.policy_id if revision else "")
    try:
        held = json.loads(report)
        policy = policy_of(text, held["risk"]["policy_version"])
        score = without(held, body.fingerprints, policy, rules())
    except (KeyError, ValueError) as error:
        raise Problem(
            "invalid",
            "疑点不在此报告中，或报告所用策略已不可用。",
            "A finding is not of this report, or its policy is gone.",
        ) from error
    parts = [
        {
            "rule": contribution.rule,
            "group": contribution.group,
            "points": float(contribution.points),
            "sentence": contribution.sentence.as_dict(),
        }
        for contribution in score.contributions
    ]
    return WithoutOut(score=float(score.value), band=score.band, contributions=parts)


@router.get("/documents")
def documents(
    packet_id: str, caller: Reader, session: SessionDep, wiring: PartsDep, reveal: Reason = ""
) -> DocumentsOut:
    """The documents of the latest report, with the file of each."""
    report = service.report_of(wiring, session, caller, packet_id, None, reveal)
    files = {file.sha256: file.id for file in repository.files(session, packet_id)}
    return DocumentsOut(
        items=[
            document | {"file_id": files.get(document["sha256"])}
            for document in report["documents"]
        ]
    )


@router.get("/corrections")
@at_once
def corrections(packet_id: str, caller: Reader, session: SessionDep) -> Corrections:
    """Corrections of a packet's fields, in order."""
    packets.found(session, packet_id)
    return Corrections(
        items=[_correction(correction) for correction in repository.corrections(session, packet_id)]
    )


@router.post("/corrections", status_code=202)
def correct(
    packet_id: str, body: NewCorrection, caller: Writer, wiring: PartsDep, request: Request
) -> JSONResponse:
    """Puts a value in place of the one that was read, keeps both, and verifies the packet anew.

    The value is checked in the judging child before the writing session begins: on SQLite that one
    keeps all other writers waiting.
    """
    with wiring.database.reading(caller.org, caller.mode) as looking:
        seen = _correctable(looking, packet_id).revision
        parts = service.report_row(looking, packet_id, None).parts
    old, value = service.checked_correction(
        wiring, caller.org, parts, body.document, body.field, body.value
    )
    session = session_of(request, caller)
    packet = _correctable(session, packet_id)
    if packet.revision != seen:
        raise Problem("wrong_state")
    packets.correct(session, caller, packet, body, old, value, wiring.now())
    packets.submit(wiring, session, caller.id, packet, None)
    after_commit(request, wiring.jobs.wake)
    out: PacketOut = shown(session, packet)
    return JSONResponse(
        out.model_dump(mode="json"),
        status_code=202,
        headers={"Location": f"/v1/packets/{packet_id}", "Retry-After": "2"},
    )


def _correctable(session: Session, packet_id: str) -> Packet:
    """Raises Problem "wrong_state" while the packet is verified."""
    packet = packets.found(session, packet_id)
    if packet.status in UNDER_WAY:
        raise Problem("wrong_state")
    return packet


def _correction(row: Correction) -> CorrectionOut:
    return CorrectionOut.model_validate(row, from_attributes=True)
