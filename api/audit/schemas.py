"""What the audit looks like over HTTP."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field

from api.http.pagination import Page


class AuditOut(BaseModel):
    """A row: who (`actor`: a person, a key, or "system") did what (`action`) to what (`subject`)."""

    seq: int
    at: datetime
    actor: str
    actor_name: str
    action: str
    subject: str
    detail: dict[str, Any]
    hash: str


class AuditPage(Page):
    items: list[AuditOut]


class Said(BaseModel):
    zh: str
    en: str


class VerdictOut(BaseModel):
    """Whether the chain is whole; if not, the first row that is not right and why."""

    whole: bool
    rows: int = Field(description="Rows found right, from the first on.")
    code: str
    detail: Said
    first_bad: int | None
    covered: int = Field(description="Up to this row a signed checkpoint vouches for the chain.")
    key: str = Field(description="The public key (Ed25519, hex) that signs the checkpoints.")
