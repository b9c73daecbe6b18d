"""What packets, files, revisions, corrections and reports look like over HTTP."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel, Field

from api.http.pagination import Page
from api.people.schemas import LONGEST, PLAIN, Body

Status = Literal["draft", "queued", "running", "done", "quarantined", "cancelled"]


class NewPacket(Body):
    reference: str = Field(
        min_length=1,
        max_length=100,
        pattern=PLAIN.replace("^[^", r"^[^/\\"),
        description="The application's id in your own system.",
        examples=["APP-2026-0042"],
    )
    branch: str = Field("", max_length=LONGEST, pattern=PLAIN, examples=["杭州分行"])
    amount: str = Field(
        "",
        pattern=r"^(\d{1,15}(\.\d{1,2})?)?$",
        description="Requested amount in yuan.",
        examples=["3000000.00"],
    )


class FileOut(BaseModel):
    id: str
    name: str
    sha256: str
    size: int
    added_at: datetime


class NewUpload(Body):
    """A file that is to come past the log-in."""

    name: str = Field(min_length=1, max_length=255, examples=["流水.pdf"])
    size: int = Field(ge=0, le=2**53, description="Bytes.", examples=[48213])
    sha256: str = Field(
        pattern=r"^[0-9a-f]{64}$",
        description="Digest of the bytes, in hex.",
        examples=["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"],
    )


class UploadOut(BaseModel):
    """Where the bytes go: PUT them to `address` with these `headers`, then finish the upload `id`.

    Who has the address may put this file, so keep it to yourself.
    """

    id: str
    address: str
    method: str = "PUT"
    headers: dict[str, str]
    expires_at: datetime


class UploadDone(Body):
    password: str = Field(
        "", max_length=200, description="Password of an encrypted file; kept sealed."
    )


class FilePassword(Body):
    password: str = Field(
        min_length=1, max_length=200, description="Password of an encrypted file; kept sealed."
    )


class PacketOut(BaseModel):
    """A packet. `revision` is the latest that was submitted, 0 before the first."""

    id: str
    reference: str
    branch: str
    amount: str
    mode: str
    status: str
    revision: int
    reason: str = Field("", description="Why it is in quarantine: a stable code.")
    score: float | None = None
    band: str | None = None
    coverage: float | None = None
    applicant: str | None = None
    case_id: str | None = None
    created_at: datetime
    updated_at: datetime
    files: list[FileOut] = []


class Packets(Page):
    items: list[PacketOut]


class Submit(Body):
    as_of: date | None = Field(
        None,
        description="Judge as of this day; today (China) where left out.",
        examples=["2026-01-31"],
    )


class Step(BaseModel):
    """A step of a packet's verification, as server-sent events tell it."""

    id: int
    revision: int
    at: datetime
    kind: str
    detail: dict[str, Any]


class Steps(BaseModel):
    items: list[Step]


class NewCorrection(Body):
    document: str = Field(
        min_length=1, max_length=LONGEST, description="The document's id in the report."
    )
    field: str = Field(
        min_length=1,
        max_length=LONGEST,
        description="A field's name, `line/column` of a statement, or `rows/n/column`.",
    )
    value: str = Field(min_length=1, max_length=1_000)
    reason: str = Field(min_length=1, max_length=2_000)


class CorrectionOut(BaseModel):
    id: str
    document: str
    field: str
    old_value: str
    value: str
    reason: str
    made_by: str
    made_at: datetime


class Corrections(BaseModel):
    items: list[CorrectionOut]


class ReportHead(BaseModel):
    """A report among those of its packet."""

    id: str
    revision: int
    score: float
    band: str
    coverage: float
    policy_version: str
    created_at: datetime


class ReportHeads(BaseModel):
    items: list[ReportHead]


class LimitsOut(BaseModel):
    """What is accepted. Sizes in bytes, times in seconds."""

    file_bytes: int
    packet_bytes: int
    members: int
    depth: int
    pages: int
    seconds: int
    memory_bytes: int
    files_per_request: int
    json_bytes: int = Field(description="Of a JSON body where nothing else is said.")
    json_bytes_of: dict[str, int] = Field(description="Of single operations, by method and path.")
    wait_seconds: int = Field(description="The longest `wait` of a submission.")
    upload_minutes: int = Field(description="How long an address for an upload holds.")
    idempotency_hours: float = Field(description="How long an Idempotency-Key is remembered.")
    requests_per_minute: int = Field(description="Of one person or key; more is 429.")
    logins_per_minute: int = Field(description="Wrong log-ins of one network; more is 429.")
    queue_limit: int = Field(description="Packets that one organisation may have waiting.")
