"""Findings to a score: named contributions that sum exactly to it, one fault counted once, proofs
with a floor.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol

from extractors.model import Packet
from verify.model import BilingualText, Contribution, Outcome, RuleRun, Score, Severity
from verify.policy import Policy
from verify.rule import Rule
from verify.scoring.open_reading import is_other_kind, is_unread, open_readings, reason_not_low

_OPEN = (Outcome.NOT_CHECKED, Outcome.READING_IN_DOUBT, Outcome.ERROR)
_TENTH = Decimal("0.1")
_HUNDRED = Decimal(100)


class Weighed(Protocol):
    """What the score takes of a finding: `Finding` itself, or what a stored report holds of one."""

    @property
    def fingerprint(self) -> str: ...
    @property
    def rule(self) -> str: ...
    @property
    def group(self) -> str: ...
    @property
    def severity(self) -> Severity: ...
    @property
    def confidence(self) -> float: ...
    @property
    def proof(self) -> bool: ...
    @property
    def message(self) -> BilingualText: ...


def score(packet: Packet, runs: Sequence[RuleRun], rules: Sequence[Rule], policy: Policy) -> Score:
    """Return score, band and coverage of the rule runs over a packet."""
    share, crossed = coverage(packet, runs, rules, policy)
    not_low = reason_not_low(open_readings(packet, runs))
    findings = [f for run in runs for f in run.findings]
    return score_of(findings, round(share, 4), crossed, policy, not_low)


def score_of(
    findings: Sequence[Weighed],
    share: float,
    crossed: bool,
    policy: Policy,
    not_low: BilingualText | None = None,
) -> Score:
    """The score of findings, whatever their order, at a coverage of `share`; `crossed` where any
    paper was set against another.

    `not_low` says why the packet cannot be called low.
    """
    parts = [_named("base", policy.base, policy.log_odds["base"], BilingualText("基础分", "base"))]
    ordered = sorted(
        findings, key=lambda f: (-_points(f, policy), f.fingerprint, -f.confidence)
    )  # one fault may be seen twice, not equally surely
    parts += _groups(ordered, policy)
    parts += _adjust(parts, ordered, policy)
    value = sum((p.points for p in parts), Decimal(0))
    band, reason = _band(value, share, crossed, policy, not_low)
    return Score(
        value=value,
        band=band,
        coverage=share,
        cross_checked=crossed,
        policy_version=policy.version,
        contributions=tuple(parts),
        reason=reason,
        not_low=not_low,
    )


def _named(
    name: str,
    points: Decimal,
    log_odds: float,
    sentence: BilingualText,
    findings: tuple[str, ...] = (),
) -> Contribution:
    return Contribution(
        rule=name,
        group=name,
        points=points,
        log_odds=log_odds,
        findings=findings,
        sentence=sentence,
    )


def _points(finding: Weighed, policy: Policy) -> Decimal:
    return (policy.points[finding.severity] * Decimal(str(finding.confidence))).quantize(
        _TENTH, ROUND_HALF_UP
    )


def _groups(findings: Sequence[Weighed], policy: Policy) -> list[Contribution]:
    """One contribution a rule, of findings with the weightiest first; within a group the worst
    counts in full, further rules a quarter, up to the cap.
    """
    by_group: dict[str, dict[str, list[Weighed]]] = {}
    for finding in findings:
        by_group.setdefault(finding.group, {}).setdefault(finding.rule, []).append(finding)
    out: list[Contribution] = []
    for group, by_rule in sorted(by_group.items()):
        best = sorted(
            ((max(_points(f, policy) for f in fs), rule) for rule, fs in by_rule.items()),
            key=lambda x: (-x[0], x[1]),
        )
        left = policy.group_cap
        for rank, (worst, rule) in enumerate(best):
            own = by_rule[rule]
            full = worst + policy.repeat.points(worst, len(own))
            share = Decimal(1) if rank == 0 else policy.further_share
            points = min((full * share).quantize(_TENTH, ROUND_HALF_UP), left)
            left -= points
            top = own[0]
            odds = (
                policy.log_odds["proof" if top.proof else top.severity]
                * top.confidence
                * float(share)
            )
            out.append(
                Contribution(
                    rule=rule,
                    group=group,
                    points=points,
                    log_odds=round(odds, 3),
                    findings=tuple(f.fingerprint for f in own),
                    sentence=top.message,
                )
            )
    return out


def _adjust(
    parts: Sequence[Contribution], findings: Sequence[Weighed], policy: Policy
) -> list[Contribution]:
    """The cap on low findings, the floor that a proof sets, and the ends of the scale, each as a
    line of its own.
    """
    out: list[Contribution] = []
    low_rules = {f.rule for f in findings} - {
        f.rule for f in findings if f.severity in (Severity.MEDIUM, Severity.HIGH)
    }
    low = sum((p.points for p in parts if p.rule in low_rules), Decimal(0))
    if low > policy.low_total_cap:
        out.append(
            _named(
                "cap_low",
                policy.low_total_cap - low,
                0.0,
                BilingualText("低等级疑点合计封顶", "cap on low findings together"),
            )
        )
    total = sum((p.points for p in [*parts, *out]), Decimal(0))
    proofs = tuple(
        f.fingerprint for f in findings if f.proof and f.confidence >= policy.proof_confidence
    )
    if proofs and total < policy.proof_floor:
        out.append(
            _named(
                "floor_proof",
                policy.proof_floor - total,
                0.0,
                BilingualText(
                    "存在已证实的矛盾，分数不低于下限", "a proven contradiction sets a floor"
                ),
                proofs,
            )
        )
        total = policy.proof_floor
    if total > _HUNDRED:
        out.append(
            _named(
                "cap_scale",
                _HUNDRED - total,
                0.0,
                BilingualText("分数上限为 100", "the scale ends at 100"),
            )
        )
    return out


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
