"""/v1/search: one search over cases and what their papers say."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from api.http.authentication import Caller, needs
from api.http.unit_of_work import SessionDep, SessionRoute, at_once
from api.reports.masking import masked
from api.search import repository
from api.search.index import SHORTEST_TERM, folded
from api.search.schemas import CaseHit, CaseHits
from api.store.case_tables import Case
from api.store.database import takes_long
from api.store.organisation_settings import own_settings
from api.store.packet_tables import SearchTerm

router = APIRouter(prefix="/v1", route_class=SessionRoute, tags=["search"])
Reader = Annotated[Caller, Depends(needs("cases:read"))]

# One packet may hold the text many times: so many values are looked at for each case that is shown.
_VALUES_A_CASE = 10


@router.get("/search")
@at_once
def search(
    caller: Reader,
    session: SessionDep,
    q: Annotated[str, Query(max_length=100, description="Part of a name, number, date or word.")],
    limit: Annotated[int, Query(ge=1, le=50)] = 20,
) -> CaseHits:
    """Cases by reference, applicant or branch, then by any value that their papers hold."""
    if len(folded(q)) < SHORTEST_TERM:
        return CaseHits(items=[])
    takes_long(session)
    found = {case.packet_id: _hit(case) for case in repository.cases_named(session, q, limit)}
    terms = repository.terms_holding(session, q, limit * _VALUES_A_CASE)
    cases = repository.cases_of(session, {term.packet_id for term in terms})
    mask = own_settings(session).mask
    for term in terms:
        case = cases.get(term.packet_id)
        if case is not None and term.packet_id not in found:
            found[term.packet_id] = _hit_in(case, term, mask)
    return CaseHits(items=list(found.values())[:limit])


def _hit(case: Case) -> CaseHit:
    return CaseHit(
        case_id=case.id,
        packet_id=case.packet_id,
        reference=case.reference,
        applicant=case.applicant,
        branch=case.branch,
        state=case.state,
        score=case.score,
        band=case.band,
    )


def _hit_in(case: Case, term: SearchTerm, mask: bool) -> CaseHit:
    hit = _hit(case)
    value = masked({term.kind: term.value})[term.kind] if mask else term.value
    hit.kind, hit.value = term.kind, value
    hit.document, hit.page = term.document, term.page
    return hit
