"""What a person's own account looks like over HTTP."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, Field

from api.people.schemas import Body


class Confirmed(Body):
    """A change of one's own account that asks for the password again."""

    password: str = Field(min_length=1, max_length=1_000)


class Code(Body):
    code: str = Field(min_length=6, max_length=20, examples=["287082"])


class NewSecondFactor(BaseModel):
    """A secret for an authenticator; it counts once `confirm` has got a first code."""

    secret: str
    address: str = Field(description="The same as an otpauth address, to be shown as a QR code.")


class RecoveryCodes(BaseModel):
    """Codes that each stand in for the telephone once; shown this once."""

    recovery_codes: list[str]


class SessionOut(BaseModel):
    """One of one's own sessions; `id` opens nothing."""

    id: str
    created_at: datetime
    seen_at: datetime
    current: bool


class Sessions(BaseModel):
    items: list[SessionOut]


class NoticeOut(BaseModel):
    """What another person changed about one's own account."""

    id: str
    kind: str = Field(description="role, password, second_factor or active")
    by: str
    at: datetime


class Notices(BaseModel):
    items: list[NoticeOut]
