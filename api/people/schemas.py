"""What people, keys and organisations look like over HTTP."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, FailFast, Field, StringConstraints, model_validator

from api.http.pagination import Page
from api.people.passwords import SHORTEST

ScopeName = Annotated[str, StringConstraints(max_length=40)]
Role = Literal["reviewer", "senior_reviewer", "investigator", "administrator"]
LONGEST = 200
# Marks that turn the direction of writing or are not seen.
_UNSEEN = r"\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff"
# One line without control characters, as names are shown and logged.
PLAIN = rf"^[^\x00-\x1f\x7f-\x9f{_UNSEEN}]*$"
# The same of several lines.
PLAIN_LINES = rf"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f{_UNSEEN}]*$"
_SPARE_FIELDS = 10  # unknown fields that are each named in an error


class Body(BaseModel):
    """A request's body: unknown fields are refused, text is stripped."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    @model_validator(mode="before")
    @classmethod
    def _few_fields(cls, given: Any) -> Any:
        """Refuse many unknown fields at once, since each one would be an error of its own."""
        if isinstance(given, dict) and len(given) > len(cls.model_fields) + _SPARE_FIELDS:
            raise ValueError("too many fields")
        return given


class Login(Body):
    login: str = Field(min_length=1, max_length=LONGEST, examples=["wang.fang"])
    password: str = Field(min_length=1, max_length=1_000, examples=["correct horse battery staple"])
    organisation: str = Field(
        "",
        max_length=LONGEST,
        description="Needed only where two organisations have a person of that name.",
    )
    code: str = Field(
        "",
        max_length=20,
        description="Where the person has a second factor: its code, or a recovery code.",
    )


class Ways(BaseModel):
    """How a person may log in here: always by name and password; `provider`: also by the house's
    own account (OpenID), which begins at /v1/oidc/start.
    """

    provider: bool


class Me(BaseModel):
    """Who is asking, and the token that changing requests of a browser must carry in X-CSRF-Token."""

    id: str
    name: str
    role: str
    organisation: str
    scopes: list[str]
    csrf: str = ""
    second_factor: bool = Field(False, description="Whether a log-in also asks for a code.")
    notices: int = Field(0, description="Notices that were not seen yet: GET /v1/me/notices.")


class NewUser(Body):
    login: str = Field(
        min_length=2, max_length=LONGEST, pattern=r"^[A-Za-z0-9._@-]+$", examples=["li.na"]
    )
    name: str = Field(min_length=1, max_length=LONGEST, pattern=PLAIN, examples=["李娜"])
    role: Role = "reviewer"
    password: str = Field(min_length=SHORTEST, max_length=1_000, examples=["a-long-first-password"])


class UserChange(Body):
    name: str | None = Field(None, min_length=1, max_length=LONGEST, pattern=PLAIN)
    role: Role | None = None
    active: bool | None = None
    password: str | None = Field(None, min_length=SHORTEST, max_length=1_000)
    second_factor: Literal[False] | None = Field(
        None, description="false takes the second factor away of who lost telephone and codes."
    )


class OwnPassword(Body):
    old: str = Field(min_length=1, max_length=1_000)
    new: str = Field(min_length=SHORTEST, max_length=1_000)


class ChangeOut(BaseModel):
    """A change that waits, or waited, for a second administrator."""

    id: str
    user_id: str = Field(description="Whom it concerns: of a key who asks for it.")
    fields: list[str] = Field(description="What is to change: role, password, active, key …")
    values: dict[str, str | bool] = Field(description="To what; passwords are not told.")
    state: str
    made_by: str
    made_at: datetime
    decided_by: str
    decided_at: datetime | None


class Changes(Page):
    items: list[ChangeOut]


class UserOut(BaseModel):
    id: str
    login: str
    name: str
    role: str
    active: bool
    created_at: datetime
    second_factor: bool
    waiting: ChangeOut | None = Field(
        None, description="What of this request waits for a second administrator."
    )


class Users(Page):
    items: list[UserOut]


class NewKey(Body):
    name: str = Field(
        min_length=1, max_length=LONGEST, pattern=PLAIN, examples=["credit approval system"]
    )
    scopes: Annotated[list[ScopeName], FailFast()] = Field(
        min_length=1, max_length=30, examples=[["packets:read", "packets:write"]]
    )
    mode: Literal["live", "test"] = "live"
    expires_at: datetime | None = None


class KeyOut(BaseModel):
    id: str
    name: str
    prefix: str
    scopes: list[str]
    mode: str
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    used_at: datetime | None
    waits: bool = Field(description="It opens nothing until a second administrator agrees.")


class KeyMade(KeyOut):
    """A key just made; `key` is shown this once."""

    key: str


class Keys(Page):
    items: list[KeyOut]


class OrganisationOut(BaseModel):
    id: str
    name: str
    four_eyes_from: str
    policy_four_eyes: bool
    people_four_eyes: bool
    mask: bool
    waiting: ChangeOut | None = Field(
        None, description="What of this request waits for a second administrator."
    )


class OrganisationChange(Body):
    four_eyes_from: str | None = Field(
        None,
        pattern=r"^\d{1,15}(\.\d{1,2})?$",
        description="Requested amounts from this on (yuan) need a second person.",
    )
    policy_four_eyes: bool | None = Field(
        None, description="A policy is activated by another person than its author."
    )
    people_four_eyes: bool | None = Field(
        None,
        description="Rights of people and keys wait for a second administrator where there is one.",
    )
    mask: bool | None = Field(
        None, description="Mask personal data until it is revealed with a reason."
    )
