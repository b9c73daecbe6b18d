"""Findings to points: named contributions that sum exactly to the score, one fault counted once,
proofs with a floor.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol

from verify.model import BilingualText, Contribution, Severity
from verify.policy import Policy

_TENTH = Decimal("0.1")  # points are shown with one decimal
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


def contributions_of(findings: Sequence[Weighed], policy: Policy) -> tuple[Contribution, ...]:
    """Return the named shares of the score of findings, whatever their order."""
    parts = [_named("base", policy.base, policy.log_odds["base"], BilingualText("基础分", "base"))]
    ordered = sorted(
        findings, key=lambda f: (-_points(f, policy), f.fingerprint, -f.confidence)
    )  # one fault may be seen twice, not equally surely
    parts += _groups(ordered, policy)
    parts += _adjust(parts, ordered, policy)
    return tuple(parts)


def total(parts: Sequence[Contribution]) -> Decimal:
    """Return the score that contributions add up to."""
    return sum((p.points for p in parts), Decimal(0))


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
    """Points of one finding: of its severity, but no more than how rare it is among honest packets
    lets it weigh.
    """
    full = policy.points[finding.severity]
    most = policy.most_points(finding.rule, finding.severity)
    return (min(full, most) * Decimal(str(finding.confidence))).quantize(_TENTH, ROUND_HALF_UP)


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
            weight = policy.log_odds["proof" if top.proof else top.severity]
            rarity = policy.most_log_odds(top.rule, top.severity)
            odds = min(weight, rarity) * top.confidence * float(share)
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
    """The caps on low findings and on credit risks, the floor that a proof sets, and the ends of
    the scale, each as a line of its own.
    """
    out = [*_cap_low(parts, findings, policy), *_cap_credit(parts, policy)]
    reached = total([*parts, *out])
    proofs = tuple(
        f.fingerprint
        for f in findings
        if f.proof and f.confidence >= policy.proof_confidence and f.rule not in policy.muted
    )
    if proofs and reached < policy.proof_floor:
        floor = f"{policy.proof_floor.normalize():f}"
        say = BilingualText(
            f"仍有确证的矛盾，评分不低于 {floor}", f"a contradiction is proven: not below {floor}"
        )
        out.append(_named("floor_proof", policy.proof_floor - reached, 0.0, say, proofs))
        reached = policy.proof_floor
    if reached > _HUNDRED:
        say = BilingualText("评分最高为 100", "the scale ends at 100")
        out.append(_named("cap_scale", _HUNDRED - reached, 0.0, say))
    return out


def _cap_low(
    parts: Sequence[Contribution], findings: Sequence[Weighed], policy: Policy
) -> list[Contribution]:
    weighty = {f.rule for f in findings if f.severity in (Severity.MEDIUM, Severity.HIGH)}
    low_rules = {f.rule for f in findings} - weighty
    low = total([p for p in parts if p.rule in low_rules])
    if low <= policy.low_total_cap:
        return []
    cap = f"{policy.low_total_cap.normalize():f}"
    say = BilingualText(
        f"低等级疑点合计最多计 {cap} 分", f"low findings together count {cap} at most"
    )
    return [_named("cap_low", policy.low_total_cap - low, 0.0, say)]


def _cap_credit(parts: Sequence[Contribution], policy: Policy) -> list[Contribution]:
    """A guarantee circle or a weak guarantor is a credit risk and says nothing against a document:
    alone it must never lift the band.
    """
    credit = total([p for p in parts if p.group in policy.credit_groups])
    if credit <= policy.credit_cap:
        return []
    say = BilingualText("担保类信用风险合计封顶", "cap on guarantees' credit risks together")
    return [_named("cap_credit", policy.credit_cap - credit, 0.0, say)]
