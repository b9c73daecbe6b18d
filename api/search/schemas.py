"""What a search looks like over HTTP."""

from __future__ import annotations

from pydantic import BaseModel


class CaseHit(BaseModel):
    """A case, and where its papers say what was looked for.

    `kind` and `value` are the field and its value, personal numbers masked; both empty where the
    case's own head holds the text.
    """

    case_id: str
    packet_id: str
    reference: str
    applicant: str
    branch: str
    state: str
    score: float
    band: str
    kind: str = ""
    value: str = ""
    document: str = ""
    page: int = 1


class CaseHits(BaseModel):
    items: list[CaseHit]
