"""What a stored report's score would be with some of its findings left out."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from verify.model import BilingualText, Doubt, Score, Severity
from verify.policy import Policy
from verify.rule import Rule
from verify.scoring.scorecard import score_of
from verify.scoring.stakes import DoubtedFinding, doubted_finding


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFinding:
    """What the score takes of a finding, as a report's JSON holds it."""

    fingerprint: str
    rule: str
    group: str
    severity: Severity
    confidence: float
    proof: bool
    message: BilingualText


def without(
    report: Mapping[str, Any],
    fingerprints: Collection[str],
    policy: Policy,
    rules: Sequence[Rule],
) -> Score:
    """The score of a report (huoyan.report/1 JSON) less the findings of `fingerprints`; with none
    of them, the report's own score.

    The coverage stays: a rule whose finding is set aside has still run. `policy` is the one of the
    report. Raises ValueError for another version of the policy, KeyError for a fingerprint that the
    report does not hold.
    """
    risk = report["risk"]
    if risk["policy_version"] != policy.version:
        raise ValueError(
            f"the report was scored by policy {risk['policy_version']}, not {policy.version}"
        )
    held = {f["fingerprint"]: f for f in report["findings"]}
    unknown = sorted(set(fingerprints) - held.keys())
    if unknown:
        raise KeyError(", ".join(unknown))
    kept = [_stored(f) for f in report["findings"] if f["fingerprint"] not in fingerprints]
    not_low = risk.get("not_low")  # absent from reports of versions that did not doubt
    told = BilingualText(**not_low) if not_low else None
    doubts = list(_stored_doubts(report, rules))
    return score_of(kept, risk["coverage"], risk["cross_checked"], policy, told, doubts)


def _stored_doubts(report: Mapping[str, Any], rules: Sequence[Rule]) -> Iterator[DoubtedFinding]:
    """Yield the doubts of a report's checks; none of a rule that no longer exists."""
    known = {rule.id: rule for rule in rules}
    for check in report.get("checks", ()):
        rule = known.get(check["rule"])
        for number, held in enumerate(check.get("doubts", ())):
            if rule is None:
                continue
            doubt = Doubt(
                rule=rule.id,
                slip=held["slip"],
                severity=Severity(held["severity"]),
                say=BilingualText(**held["message"]),
                evidence=(),
                documents=tuple(held["documents"]),
            )
            yield doubted_finding(doubt, rule, number)


def _stored(finding: Mapping[str, Any]) -> StoredFinding:
    return StoredFinding(
        fingerprint=finding["fingerprint"],
        rule=finding["rule"],
        group=finding["group"],
        severity=Severity(finding["severity"]),
        confidence=finding["confidence"],
        proof=finding["proof"],
        message=BilingualText(**finding["message"]),
    )
