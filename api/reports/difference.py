"""The published format huoyan.report-diff/1: what differs between two revisions of one
application's report.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

SCHEMA: Literal["huoyan.report-diff/1"] = "huoyan.report-diff/1"


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Sentence(_Part):
    zh: str
    en: str


class Risk(_Part):
    score: float
    band: str
    coverage: float
    policy_version: str


class RiskChange(_Part):
    before: Risk
    after: Risk
    points: float = Field(description="Score after less score before, exact to its last decimal.")


class FindingTold(_Part):
    fingerprint: str
    rule: str
    severity: str
    confidence: float
    message: Sentence
    expected: str
    observed: str


class FindingChange(_Part):
    fingerprint: str
    rule: str
    message: Sentence
    changed: dict[str, tuple[Any, Any]] = Field(
        description="Name of what changed (severity, confidence, …): before and after."
    )


class Findings(_Part):
    gone: list[FindingTold]
    new: list[FindingTold]
    changed: list[FindingChange] = Field(
        description="The same fingerprint with another severity, confidence or wording."
    )


class ValueState(_Part):
    value: str = Field(description="Amounts in yuan, dates ISO.")
    raw: str = Field(description="As printed.")
    method: str = Field(description="text, ocr, table, qr, xml or reviewer; empty within lists.")
    confidence: float | None


class ValueChange(_Part):
    document: str
    file: str
    type: str
    path: str = Field(
        description=(
            "A field's name, `items.2.name` within a list (from 1), or `line/column` of a "
            "statement."
        )
    )
    before: ValueState | None = Field(description="null where there was none.")
    after: ValueState | None = Field(description="null where there is none.")


class RowsChange(_Part):
    document: str
    file: str
    removed: list[dict[str, str | None]] = Field(
        description="Transactions of the earlier report alone, without places."
    )
    added: list[dict[str, str | None]]


class ContributionChange(_Part):
    rule: str
    group: str
    sentence: Sentence
    before: float | None
    after: float | None
    points: float = Field(
        description="After less before; all of them sum exactly to the change of the score."
    )


class DocumentTold(_Part):
    id: str
    file: str
    type: str
    sha256: str


class Documents(_Part):
    added: list[DocumentTold]
    removed: list[DocumentTold]


class CheckChange(_Part):
    rule: str
    title: Sentence
    before: str | None
    after: str | None


class InputChange(_Part):
    name: str = Field(
        description=(
            "as_of, context_sha256, policy_version, corrections, manual_checks, file:NAME "
            "or engine:NAME."
        )
    )
    before: Any
    after: Any


class ReportDifference(_Part):
    """What differs between two revisions of one application's report.

    Lists are empty where nothing differs.
    """

    schema_: Literal["huoyan.report-diff/1"] = Field(alias="schema", default=SCHEMA)
    application: str
    risk: RiskChange
    findings: Findings
    values: list[ValueChange]
    rows: list[RowsChange]
    contributions: list[ContributionChange]
    documents: Documents
    checks: list[CheckChange]
    inputs: list[InputChange]
    sentences: list[Sentence] = Field(description="The difference in words, weightiest first.")
