"""What rules and policies look like over HTTP."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    Field,
    StringConstraints,
    model_validator,
)

from api.http.pagination import MOST, Page
from api.people.schemas import LONGEST, Body

Language = Literal["zh", "en"]


class Words(BaseModel):
    zh: str
    en: str


class RuleOut(BaseModel):
    """A rule. `page` is Markdown; of the languages that were asked for, the others are empty."""

    id: str
    family: str
    severity: str
    group: str
    proof: bool
    title: Words
    page: Words
    limits: dict[str, float] = Field(description="Its thresholds in the policy in force.")


class Rules(BaseModel):
    items: list[RuleOut]


_MOST_CHANGES = 1_000  # a policy has fewer values
_Word = Annotated[str, StringConstraints(max_length=LONGEST)]
Change = int | float | Annotated[list[_Word], Field(max_length=_MOST_CHANGES, fail_fast=True)]


def _few(given: Any) -> Any:
    """Refuse too many changes before each is looked at."""
    if isinstance(given, dict) and len(given) > _MOST_CHANGES:
        raise ValueError(f"more than {_MOST_CHANGES} changes")
    return given


Changes = Annotated[dict[str, Change], Field(max_length=_MOST_CHANGES), BeforeValidator(_few)]


class NewPolicy(Body):
    """A draft: either a whole policy or changes, by dotted path, to the one in force."""

    body: dict[str, Any] | None = Field(
        None, description="A whole policy, shaped like /v1/policies/active."
    )
    changes: Changes | None = Field(None, examples=[{"bands.high": 65, "limits.CON02.warn": 0.12}])
    version: str = Field(
        "", max_length=60, pattern=r"^[0-9A-Za-z._-]*$", description="Chosen where left out."
    )

    @model_validator(mode="after")
    def _one_of_two(self) -> NewPolicy:
        if (self.body is None) == (self.changes is None):
            raise ValueError("give either body or changes")
        return self


class Try(Body):
    packets: int = Field(
        50, ge=1, le=MOST, description="How many packets, those with the newest reports."
    )


class PolicyHead(BaseModel):
    """A policy among others. The id is empty for the policy that ships with the version."""

    id: str
    version: str
    state: str
    made_by: str
    made_at: datetime | None
    activated_by: str
    activated_at: datetime | None
    back_tested: bool


class PolicyOut(PolicyHead):
    """A policy with its text and what its back-test came to: `moves` between bands, `changed`
    packets, `rules` whose findings come or go, and `load`: packets that people have to look at, and
    alarms and misses among those that people have decided.
    """

    body: dict[str, Any]
    back_test: dict[str, Any]


class Policies(Page):
    items: list[PolicyHead]
