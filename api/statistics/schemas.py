"""What figures look like over HTTP."""

from __future__ import annotations

from pydantic import BaseModel, Field


class Bands(BaseModel):
    """Cases of one month (in China) or branch by band: counts and shares of `total`."""

    name: str
    total: int
    counts: dict[str, int]
    shares: dict[str, float]


class Holder(BaseModel):
    id: str
    reference: str


class SharedFile(BaseModel):
    """The same bytes in several applications; `packets` lists the first of them."""

    sha256: str
    count: int
    packets: list[Holder]


class Statistics(BaseModel):
    cases: int
    states: dict[str, int]
    bands: dict[str, int]
    dispositions: dict[str, int] = Field(description="Of decided and proposed cases.")
    months: list[Bands] = Field(description="The latest 24, the newest first.")
    branches: list[Bands] = Field(description="The 100 with the most cases.")
    duplicates: list[SharedFile] = Field(description="At most 100 files, the most shared first.")


class RulePrecision(BaseModel):
    """How often a rule was right where people judged: confirmed / (confirmed + false_alarm), null
    before the first. `low`, `high`: Wilson, 95 %. `misleads`: even the upper bound lies below a
    half, so that most of what it says is false; a policy may mute it.
    """

    rule: str
    confirmed: int
    false_alarm: int
    unclear: int
    precision: float | None
    low: float
    high: float
    misleads: bool


class RulePrecisions(BaseModel):
    items: list[RulePrecision]
    doubts: list[RulePrecision] = Field(
        description="How often doubts about readings were right, by the mistake of reading."
    )
