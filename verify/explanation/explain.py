"""A report in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from extractors.model import Packet
from verify.explanation.counterfactual import counterfactuals
from verify.explanation.sentences import sentences
from verify.explanation.useful_papers import useful_papers
from verify.model import BilingualText, Explanation, Finding, Outcome, RuleRun, Score
from verify.policy import Policy
from verify.rule import Rule
from verify.scoring.open_reading import open_readings

_WAITING = (Outcome.NOT_CHECKED, Outcome.READING_IN_DOUBT, Outcome.ERROR)
# Reasons that a reader takes in; the list of checks has all.
_MOST_REASONS = 8


def explain(
    packet: Packet,
    findings: Sequence[Finding],
    runs: Sequence[RuleRun],
    rules: Sequence[Rule],
    score: Score,
    policy: Policy,
) -> Explanation:
    """Return the explanation of a score; `findings` with the weightiest first."""
    opened = open_readings(packet, runs, rules, policy)
    return Explanation(
        sentences=sentences(findings, runs, score),
        counterfactuals=counterfactuals(findings, score, policy),
        useful_papers=useful_papers(packet, runs, rules, opened, score, policy),
        not_checked=_not_checked(runs),
    )


def _not_checked(runs: Sequence[RuleRun]) -> tuple[BilingualText, ...]:
    """Reasons why checks were not made, with the rules that each stopped, the commonest first."""
    waiting = [run for run in runs if run.outcome in _WAITING or run.missing]
    counts = Counter(run.reason for run in waiting)
    out = []
    for reason, count in counts.most_common(_MOST_REASONS):
        stopped = ", ".join(run.rule for run in waiting if run.reason == reason)
        out.append(
            BilingualText(
                f"{reason.zh}（{count} 项：{stopped}）", f"{reason.en} ({count}: {stopped})"
            )
        )
    return tuple(out)
