"""/v1/packets/{id}/request: the letter that asks an applicant for answers and papers."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, FailFast, Field

from api.cases import repository
from api.errors import Problem
from api.http.authentication import Caller, needs
from api.http.pagination import MOST
from api.http.unit_of_work import SessionDep, SessionRoute, at_once
from api.packets import service as packets
from api.parts import PartsDep
from api.people.schemas import PLAIN_LINES, Body
from api.reports import service
from api.reports.errors import FormError
from api.reports.filing import file_name
from api.reports.letter import Letter, asked_of, letter_docx, letter_pdf
from api.runtime.business_day import day_in_china

router = APIRouter(prefix="/v1/packets/{packet_id}", route_class=SessionRoute, tags=["reports"])
Reader = Annotated[Caller, Depends(needs("packets:read"))]
Lang = Literal["zh", "en"]
Line = Annotated[str, Field(max_length=1_000, pattern=PLAIN_LINES)]
Lines = Annotated[list[Line], FailFast(), Field(max_length=200)]
_FORMS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


class Asked(BaseModel):
    """What a report asks an applicant, to be edited before the letter is made."""

    questions: list[str]
    papers: list[str]


class NewLetter(Body):
    lang: Lang = "zh"
    questions: Lines = Field(examples=[["请说明 2025 年 2 月 3 日回单金额与对账单不一致的原因。"]])
    papers: Lines = Field(examples=[["2025 年全年银行对账单原件"]])


@router.get("/request")
@at_once
def asked(
    packet_id: str, caller: Reader, session: SessionDep, wiring: PartsDep, lang: Lang = "zh"
) -> Asked:
    """All questions and papers of the latest report, each once, without findings that were judged
    false alarms.
    """
    report = service.report_of(wiring, session, caller, packet_id, None)
    rows, _ = repository.judgements(session, packet_id, None, MOST)
    counting = repository.latest_of(session, {row.id for row in rows})
    dismissed = {
        row.fingerprint for row in rows if row.id in counting and row.verdict == "false_alarm"
    }
    questions, papers = asked_of(report, dismissed, lang)
    return Asked(questions=questions, papers=papers)


@router.post(
    "/request.{form}",
    response_class=Response,
    responses={200: {"content": {kind: {} for kind in _FORMS.values()}}},
)
def make_letter(
    packet_id: str,
    form: Literal["pdf", "docx"],
    body: NewLetter,
    caller: Reader,
    wiring: PartsDep,
) -> Response:
    """The letter with these lines as Word or PDF. Nothing is changed."""
    with wiring.database.reading(caller.org, caller.mode) as session:
        packet = packets.found(session, packet_id)
        reference = packet.reference
        applicant = service.report_row(session, packet_id, None).applicant
    letter = Letter(
        company=applicant,
        reference=reference,
        day=day_in_china(wiring.now()),
        lang=body.lang,
        questions=tuple(body.questions),
        papers=tuple(body.papers),
    )
    try:
        made = letter_pdf(letter) if form == "pdf" else letter_docx(letter)
    except FormError as error:
        raise Problem(error.code, error.zh, error.en) from error
    named = (reference, applicant, letter.day.isoformat())
    headers = {"Content-Disposition": f"attachment; {file_name(named, form)}"}
    return Response(made, media_type=_FORMS[form], headers=headers)
