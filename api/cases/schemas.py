"""What cases, their history and judgements look like over HTTP."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, FailFast, Field, model_validator

from api.http.pagination import MOST, Page
from api.people.schemas import PLAIN, PLAIN_LINES, Body

State = Literal["open", "claimed", "proposed", "decided"]
Band = Literal["low", "medium", "high", "not_verified"]
Order = Literal["newest", "oldest", "score", "updated"]
QueueView = Literal["mine", "review", "unclaimed", "decided"]
Disposition = Literal["clean", "ask_for_papers", "false_information", "unclear"]
Verdict = Literal["confirmed", "false_alarm", "unclear"]
Prose = Annotated[
    str,
    Field(
        min_length=1,
        max_length=2_000,
        pattern=PLAIN_LINES,
        examples=["发票号码与税务平台不符，已电话核实。"],
    ),
]
ViewKey = Literal["view", "state", "band", "branch", "assignee", "q", "order"]
ViewValue = Annotated[str, Field(max_length=200, pattern=PLAIN)]
Identifier = Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[0-9A-Za-z_]+$")]


class CaseOut(BaseModel):
    """A packet before people. `version` is the ETag's; `four_eyes`: one person cannot decide it."""

    id: str
    packet_id: str
    reference: str
    applicant: str
    branch: str
    amount: str
    state: str
    assignee: str
    assignee_name: str
    score: float
    band: str
    coverage: float
    disposition: str
    proposed_by: str
    proposed_by_name: str
    four_eyes: bool
    version: int
    opened_at: datetime
    updated_at: datetime
    reason: dict[str, str] = Field(
        description="The verdict of the latest report, `zh` and `en`; empty for older ones."
    )


class CaseDetail(CaseOut):
    """A case with what the caller may do to it now."""

    permitted: list[str]


class Cases(Page):
    items: list[CaseOut]


class Counts(BaseModel):
    """How many cases each view of the queue holds for the caller."""

    mine: int
    review: int
    unclaimed: int
    decided: int
    all: int


class NewView(Body):
    """Filters of the queue, as they stand in its address, under a name."""

    name: str = Field(min_length=1, max_length=40, pattern=PLAIN, examples=["本行高风险"])
    filter: dict[ViewKey, ViewValue] = Field(
        max_length=len(get_args(ViewKey)), examples=[{"band": "high"}]
    )
    shared: bool = Field(False, description="For all of the organisation.")


class ViewOut(BaseModel):
    id: str
    name: str
    filter: dict[str, str]
    shared: bool
    owner: str
    owner_name: str


class Views(BaseModel):
    items: list[ViewOut]


class CaseEventOut(BaseModel):
    """Something that happened in a case; `body` depends on `kind`."""

    id: str
    seq: int
    kind: str
    actor: str
    actor_name: str
    at: datetime
    body: dict[str, Any]


class CaseEvents(Page):
    items: list[CaseEventOut]


class Assign(Body):
    user_id: Identifier = Field(examples=["usr_01KBC0000000000000000000AA"])


class Comment(Body):
    text: Prose


class Reason(Body):
    reason: Prose


class Disposal(Body):
    """How the case ends, or is proposed to."""

    disposition: Disposition = Field(examples=["ask_for_papers"])
    reason: Prose


class Bulk(Body):
    """One act on many cases. With `preview` the outcomes are told and nothing is changed."""

    ids: Annotated[list[Identifier], FailFast()] = Field(
        min_length=1, max_length=MOST, examples=[["cas_01KBC0000000000000000000AA"]]
    )
    action: Literal["claim", "assign", "release"]
    user_id: Identifier | None = Field(None, description="For `assign`.")
    preview: bool = False

    @model_validator(mode="after")
    def _to_whom(self) -> Bulk:
        if (self.action == "assign") != (self.user_id is not None):
            raise ValueError("user_id belongs to `assign`, which needs it")
        return self


class Outcome(BaseModel):
    """`ok`, or the code of why not."""

    id: str
    outcome: str


class Outcomes(BaseModel):
    preview: bool
    items: list[Outcome]


class NewJudgement(Body):
    verdict: Verdict
    reason: Prose


class JudgementOut(BaseModel):
    """What a person says of a finding; of several of one finding the latest counts."""

    id: str
    fingerprint: str
    rule: str
    verdict: str
    reason: str
    made_by: str
    made_by_name: str
    made_at: datetime
    counts: bool


class Judgements(Page):
    items: list[JudgementOut]
