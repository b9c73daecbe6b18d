"""Findings to a score: contributions that sum exactly to it, its interval, coverage and band."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from extractors.model import Packet
from verify.model import BilingualText, Contribution, Outcome, RuleRun, Score
from verify.policy import Policy
from verify.rule import Rule
from verify.scoring.open_reading import is_other_kind, is_unread, open_readings, reason_not_low
from verify.scoring.points import Weighed, contributions_of, total
from verify.scoring.stakes import doubted, interval_of

_OPEN = (Outcome.NOT_CHECKED, Outcome.READING_IN_DOUBT, Outcome.ERROR)


def score(packet: Packet, runs: Sequence[RuleRun], rules: Sequence[Rule], policy: Policy) -> Score:
    """Return score, band and coverage of the rule runs over a packet."""
    share, crossed = coverage(packet, runs, rules, policy)
    not_low = reason_not_low(open_readings(packet, runs, rules, policy))
    findings = [f for run in runs for f in run.findings]
    return score_of(findings, round(share, 4), crossed, policy, not_low, doubted(runs, rules))


def score_of(
    findings: Sequence[Weighed],
    share: float,
    crossed: bool,
    policy: Policy,
    not_low: BilingualText | None = None,
    doubts: Sequence[Weighed] = (),
) -> Score:
    """The score of findings, whatever their order, at a coverage of `share`; `crossed` where any
    paper was set against another.

    `not_low` says why the packet cannot be called low; `doubts` are what doubtful readings would
    weigh if they were right.
    """
    parts = contributions_of(findings, policy)
    value = total(parts)
    band, reason = _band(value, share, crossed, policy, not_low)
    return Score(
        value=value,
        band=band,
        coverage=share,
        cross_checked=crossed,
        policy_version=policy.version,
        contributions=parts,
        reason=reason,
        not_low=not_low,
        interval=interval_of(findings, doubts, policy),
        chance=_chance(parts, policy),
    )


def _chance(parts: Sequence[Contribution], policy: Policy) -> float | None:
    chance = policy.calibration.chance(sum(part.log_odds for part in parts))
    return None if chance is None else round(chance, 4)


def coverage(
    packet: Packet, runs: Sequence[RuleRun], rules: Sequence[Rule], policy: Policy
) -> tuple[float, bool]:
    """Share of applicable rules that ran, weighted by severity, and whether any paper was set
    against another.

    A rule that lacks only papers which every packet should hold counts as applicable and not run.
    """
    by_id = {r.id: r for r in rules}
    ran = whole = 0
    crossed = False
    for run in runs:
        rule = by_id[run.rule]
        weight = policy.coverage_weights[rule.severity]
        done = run.outcome in (Outcome.HIT, Outcome.CLEAR)
        lacks_usual = bool(run.missing) and set(run.missing) <= set(policy.usual_papers)
        if done or run.outcome in _OPEN or lacks_usual:
            whole += weight
            ran += weight * done
        crossed = crossed or (done and rule.cross)
    share = ran / whole if whole else 0.0
    return share * _read_share(packet, policy), crossed


def _read_share(packet: Packet, policy: Policy) -> float:
    """Share of a packet's documents that were read. One that was not would have let as many checks
    run as a document of this packet does on average; one of a kind that no rule asks for, only a
    few.
    """
    if not packet.documents:
        return 1.0
    others = sum(is_other_kind(d) for d in packet.documents)
    unread = sum(is_unread(d) and not is_other_kind(d) for d in packet.documents)
    return 1.0 - (unread + others * policy.other_kind_share) / len(packet.documents)


def _band(
    value: Decimal, share: float, crossed: bool, policy: Policy, not_low: BilingualText | None
) -> tuple[str, BilingualText]:
    if value >= policy.bands["high"]:
        return "high", BilingualText("存在需优先处理的疑点", "findings that need attention first")
    if not crossed:
        return "not_verified", BilingualText(
            "没有任何材料能够相互核对，不能给出低风险结论",
            "no paper could be set against another, so nothing can be called low",
        )
    if share < policy.least_coverage:
        return "not_verified", BilingualText(
            "可核查的内容过少，不能给出低风险结论", "too little could be checked to call it low"
        )
    if value >= policy.bands["medium"]:
        return "medium", BilingualText("存在需要核实的疑点", "findings that need an answer")
    if not_low is not None:
        return "not_verified", not_low
    return "low", BilingualText(
        "已核查的部分未见重大疑点", "no weighty finding in what was checked"
    )
