"""The nouns of judging: finding, evidence, outcome, contribution, score, report."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from extractors.model import Box, Packet
from graphs.model import PartyGraph, Pattern


class Severity(StrEnum):
    """How bad it is if true; how sure the reading is stands apart, in `confidence`."""

    INFO = "info"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Outcome(StrEnum):
    """What became of a rule. An error, a doubtful reading or a missing document is never a pass."""

    HIT = "hit"
    READING_IN_DOUBT = "reading_in_doubt"
    CLEAR = "clear"
    NOT_APPLICABLE = "not_applicable"
    NOT_CHECKED = "not_checked"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class BilingualText:
    """A sentence in both languages."""

    zh: str
    en: str

    def as_dict(self) -> dict[str, str]:
        return {"zh": self.zh, "en": self.en}


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A place that a finding points to: in a paper, or the row `page` of a table that the bank
    imported, which is of no packet.
    """

    packet: str
    file: str
    document: str
    page: int
    box: Box
    text: str

    @property
    def is_of_table(self) -> bool:
        return not self.packet


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One 疑点: what was expected, what was observed, where, and how sure the reading is."""

    rule: str
    severity: Severity
    confidence: float
    message: BilingualText
    expected: str
    observed: str
    difference: str
    question: BilingualText
    paper_to_ask_for: BilingualText
    innocent_explanations: BilingualText
    evidence: tuple[Evidence, ...]
    against: tuple[
        Evidence, ...
    ] = ()  # what the places in doubt were set against, itself not in doubt
    group: str
    proof: bool
    cross: bool = False

    @property
    def fingerprint(self) -> str:
        """The same for the same fault in the same papers, run after run."""
        places = sorted(f"{e.document}:{e.page}:{e.text}" for e in (*self.evidence, *self.against))
        return hashlib.sha256(
            "|".join([self.rule, self.expected, self.observed, *places]).encode()
        ).hexdigest()[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A difference that one mistake of reading explains: what to look at, and the document to ask
    for again.

    `slip` names the mistake; `documents` are those whose reading is in doubt; `severity` is what
    the finding would have had.
    """

    rule: str
    slip: str
    severity: Severity
    say: BilingualText
    evidence: tuple[Evidence, ...]
    documents: tuple[str, ...]

    @property
    def is_weighty(self) -> bool:
        return self.severity in (Severity.MEDIUM, Severity.HIGH)

    @property
    def fingerprint(self) -> str:
        """The same for the same doubt about the same papers, run after run."""
        places = sorted(f"{e.document}:{e.page}:{e.text}" for e in self.evidence)
        text = "|".join(["doubt", self.rule, self.slip, *places])
        return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleRun:
    """A rule's outcome with its reason, findings and doubts.

    `missing` names the papers that it lacked, `holds_for` the documents whose figures it found
    right.
    """

    rule: str
    outcome: Outcome
    reason: BilingualText
    findings: tuple[Finding, ...] = ()
    missing: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    holds_for: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """A named share of the score. All shares sum exactly to it."""

    rule: str
    group: str
    points: Decimal
    log_odds: float
    findings: tuple[str, ...]
    sentence: BilingualText


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """0 to 100, higher is worse; band; share of applicable checks that ran, weighted by severity;
    whether any paper was set against another.

    `not_low` says why the packet cannot be in band low, whatever its points; None where it can.
    `interval` is what the score would be if all that was not read for certain fell, and if every
    doubtful reading were right. `chance` is how often packets like this one were forged where the
    policy was calibrated; None where it never was.
    """

    value: Decimal
    band: str
    coverage: float
    cross_checked: bool
    policy_version: str
    contributions: tuple[Contribution, ...]
    reason: BilingualText
    interval: tuple[Decimal, Decimal]
    chance: float | None = None
    not_low: BilingualText | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One source of a reconciled figure."""

    name: str
    value: Decimal
    document: str
    note: BilingualText


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """Money that a source did not count, and why."""

    reason: str
    value: Decimal
    why: BilingualText


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciled:
    """A figure by every source that states it."""

    figure: BilingualText
    sources: tuple[Source, ...]
    tolerance: str
    outcome: str  # agrees | differs | one_source
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NextPaper:
    """A paper to ask for, and why."""

    type: str
    why: BilingualText


@dataclass(frozen=True, slots=True, kw_only=True)
class Counterfactual:
    """What would have to be otherwise for the packet to be in another band.

    `findings` are the fingerprints of those that would have to be answered.
    """

    band: str
    say: BilingualText
    findings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class UsefulPaper:
    """A paper that may change the answer: by how many points, and by what share of the checks."""

    paper: BilingualText
    why: BilingualText
    points: Decimal
    coverage: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Three sentences to read aloud, what would change the band, the papers that would change most,
    and what was not checked."""

    sentences: tuple[BilingualText, ...]
    counterfactuals: tuple[Counterfactual, ...]
    useful_papers: tuple[UsefulPaper, ...]
    not_checked: tuple[BilingualText, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All that is said about one packet."""

    packet: Packet
    applicant_name: str
    applicant_code: str
    as_of: str
    score: Score
    findings: tuple[Finding, ...]
    runs: tuple[RuleRun, ...]
    graph: PartyGraph
    patterns: tuple[Pattern, ...]
    reconciliation: tuple[Reconciled, ...]
    next_papers: tuple[NextPaper, ...]
    context_sha256: str
    engines: dict[str, str]
    explanation: Explanation | None = None
    timings: dict[str, float] = field(default_factory=dict)
