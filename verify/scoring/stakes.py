"""What doubtful readings would change: the interval that the score lies in, and whether doubts alone
could lift the band.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from verify.model import BilingualText, Doubt, RuleRun, Severity
from verify.policy import Policy
from verify.rule import Rule
from verify.scoring.points import Weighed, contributions_of, total


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtedFinding:
    """What a doubtful reading would be if it were right."""

    fingerprint: str
    rule: str
    group: str
    severity: Severity
    proof: bool
    message: BilingualText
    confidence: float = 1.0


def doubted(runs: Sequence[RuleRun], rules: Sequence[Rule]) -> tuple[DoubtedFinding, ...]:
    """Return the findings that the doubts of a packet would be if every reading were right."""
    by_id = {rule.id: rule for rule in rules}
    return tuple(
        doubted_finding(d, by_id[d.rule], n) for run in runs for n, d in enumerate(run.doubts)
    )


def doubted_finding(doubt: Doubt, rule: Rule, number: int) -> DoubtedFinding:
    """Return one doubt as a finding; `number` tells doubts of one rule apart."""
    return DoubtedFinding(
        fingerprint=f"doubt/{rule.id}/{number:03d}",
        rule=rule.id,
        group=rule.group,
        severity=doubt.severity,
        proof=rule.proof and doubt.severity is Severity.HIGH,
        message=doubt.say,
    )


def interval_of(
    findings: Sequence[Weighed], doubts: Sequence[Weighed], policy: Policy
) -> tuple[Decimal, Decimal]:
    """Return the score if all that was not read for certain fell, and if every doubt were right."""
    sure = [f for f in findings if f.confidence >= policy.proof_confidence]
    low = total(contributions_of(sure, policy))
    high = total(contributions_of([*findings, *doubts], policy))
    return min(low, high), high


def may_lift(findings: Sequence[Weighed], doubts: Sequence[Weighed], policy: Policy) -> bool:
    """Whether the doubts, were they right, would take the packet out of band low.

    A reviewer's time is asked for only where the answer can change what happens next: a small open
    place alone does not.
    """
    reached = total(contributions_of([*findings, *doubts], policy))
    return bool(doubts) and reached >= policy.bands["medium"]
