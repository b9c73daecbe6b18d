"""The papers that would most change the answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractors.documents.registry import document_types
from extractors.model import Packet
from verify.model import BilingualText, Finding, RuleRun, Score, Severity, UsefulPaper
from verify.policy import Policy
from verify.rule import Rule
from verify.scoring.open_reading import OpenReading
from verify.scoring.points import contributions_of, total

# More papers than these nobody asks for at once.
_MOST = 5
# A check that can be made is worth about as much as so many points of the score.
_POINTS_OF_ALL_CHECKS = 40.0


def useful_papers(
    packet: Packet,
    runs: Sequence[RuleRun],
    rules: Sequence[Rule],
    opened: Sequence[OpenReading],
    score: Score,
    policy: Policy,
) -> tuple[UsefulPaper, ...]:
    """Return a few papers, the one that may change most first."""
    findings = [f for run in runs for f in run.findings]
    papers = [
        *_that_answer(findings, score, policy),
        *_that_are_missing(packet, runs, rules, policy),
        *_that_are_open(opened, score),
    ]
    return tuple(sorted(papers, key=_worth, reverse=True)[:_MOST])


def _worth(paper: UsefulPaper) -> tuple[float, str]:
    return float(abs(paper.points)) + paper.coverage * _POINTS_OF_ALL_CHECKS, paper.paper.en


def _that_answer(
    findings: Sequence[Finding], score: Score, policy: Policy
) -> Iterator[UsefulPaper]:
    """Papers that would settle a weighty finding: by how much the score falls if they do."""
    weighty = [f for f in findings if f.severity in (Severity.HIGH, Severity.MEDIUM)]
    for rule in dict.fromkeys(f.rule for f in weighty):
        left = total(contributions_of([f for f in findings if f.rule != rule], policy))
        first = next(f for f in weighty if f.rule == rule)
        why = BilingualText(
            f"可解释 {rule}，分数将由 {score.value} 变为 {left}",
            f"may answer {rule}: the score would go from {score.value} to {left}",
        )
        yield UsefulPaper(
            paper=first.paper_to_ask_for, why=why, points=left - score.value, coverage=0.0
        )


def _that_are_missing(
    packet: Packet, runs: Sequence[RuleRun], rules: Sequence[Rule], policy: Policy
) -> Iterator[UsefulPaper]:
    """Usual papers that are not there: the share of the checks that wait for each."""
    weights = {rule.id: policy.coverage_weights[rule.severity] for rule in rules}
    whole = sum(weights.values())
    for type_id in policy.usual_papers:
        waiting = [run.rule for run in runs if type_id in run.missing]
        if not waiting:
            continue
        kind = document_types()[type_id]
        why = BilingualText(
            f"{len(waiting)} 项核查因缺少该材料未能进行", f"{len(waiting)} check(s) wait for it"
        )
        yield UsefulPaper(
            paper=BilingualText(kind.title_zh, kind.title),
            why=why,
            points=Decimal(0),
            coverage=round(sum(weights[rule] for rule in waiting) / whole, 4),
        )


def _that_are_open(opened: Sequence[OpenReading], score: Score) -> Iterator[UsefulPaper]:
    """Documents whose reading is open: the score may rise as far as its interval."""
    for each in opened:
        name = each.document.file
        yield UsefulPaper(
            paper=BilingualText(f"“{name}”的清晰原件或电子版", f"a clear original of “{name}”"),
            why=each.why,
            points=score.interval[1] - score.value,
            coverage=0.0,
        )
