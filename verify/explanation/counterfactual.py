"""What would have to be otherwise for the packet to be in another band."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from verify.explanation.words import BANDS, listed
from verify.model import BilingualText, Counterfactual, Finding, Score, Severity
from verify.policy import Policy
from verify.scoring.points import contributions_of, total

_BELOW = {"high": "medium", "medium": "low"}


def counterfactuals(
    findings: Sequence[Finding], score: Score, policy: Policy
) -> tuple[Counterfactual, ...]:
    """Return what would lower the band, or what would raise it where it is low, with the floors and
    caps that hold it.
    """
    return tuple(_all(findings, score, policy))


def _all(findings: Sequence[Finding], score: Score, policy: Policy) -> Iterator[Counterfactual]:
    below = _BELOW.get(score.band)
    if below is not None:
        yield from _lowered(findings, score, policy, below)
    if score.band == "low":
        yield _raised(score, policy)
    if score.band == "not_verified":
        yield Counterfactual(band="low", say=_verified(score))
    floor = next((c for c in score.contributions if c.rule == "floor_proof"), None)
    if floor is not None:
        yield Counterfactual(band=score.band, say=_floor(policy), findings=floor.findings)


def _lowered(
    findings: Sequence[Finding], score: Score, policy: Policy, below: str
) -> Iterator[Counterfactual]:
    """The fewest rules whose findings, answered, would lower the band."""
    answered = _fewest(findings, policy, policy.bands[score.band])
    if not answered:
        return
    gone = tuple(f.fingerprint for f in findings if f.rule in answered)
    left = [f for f in findings if f.rule not in answered]
    reached = total(contributions_of(left, policy))
    band = below
    if reached < policy.bands["medium"]:
        band = "low" if score.not_low is None else "not_verified"
    names = listed(sorted(answered))
    say = BilingualText(
        f"若 {names.zh} 的疑点得到合理解释，分数降至 {reached}，风险等级为{BANDS[band].zh}",
        f"the band would be {BANDS[band].en} (score {reached}) if the findings of {names.en} "
        "were answered",
    )
    yield Counterfactual(band=band, say=say, findings=gone)


def _fewest(findings: Sequence[Finding], policy: Policy, edge: Decimal) -> frozenset[str]:
    """Rules without whose findings the score falls below an edge, none of them dispensable."""
    points = {c.rule: c.points for c in contributions_of(findings, policy)}
    proofs = {f.rule for f in findings if f.proof}
    order = sorted(
        {f.rule for f in findings}, key=lambda r: (r not in proofs, -points.get(r, 0), r)
    )
    answered: list[str] = []
    for rule in order:
        if _reached(findings, answered, policy) < edge:
            break
        answered.append(rule)
    for rule in list(answered):
        fewer = [r for r in answered if r != rule]
        if _reached(findings, fewer, policy) < edge:
            answered = fewer
    return frozenset(answered)


def _reached(findings: Sequence[Finding], answered: Sequence[str], policy: Policy) -> Decimal:
    return total(contributions_of([f for f in findings if f.rule not in answered], policy))


def _raised(score: Score, policy: Policy) -> Counterfactual:
    needed = policy.bands["medium"] - score.value
    high, medium = policy.points[Severity.HIGH], policy.points[Severity.MEDIUM]
    count = int(-(-needed // medium))
    one = BilingualText("一项高等级疑点即可达到", "one of severity high would be enough")
    several = BilingualText(
        f"约需 {count} 项中等级疑点", f"about {count} of severity medium would be needed"
    )
    how = one if high >= needed else several
    say = BilingualText(
        f"再有 {needed} 分的疑点，风险等级将升为中（{how.zh}）",
        f"the band would be medium with findings worth {needed} more points ({how.en})",
    )
    return Counterfactual(band="medium", say=say)


def _verified(score: Score) -> BilingualText:
    why = score.not_low or score.reason
    return BilingualText(
        f"若补齐后未见新的疑点，风险等级为低；目前的障碍：{why.zh}",
        f"the band would be low if what is open were settled and showed nothing; now: {why.en}",
    )


def _floor(policy: Policy) -> BilingualText:
    return BilingualText(
        f"存在已证实的矛盾，在其得到解释之前分数不低于 {policy.proof_floor}",
        f"while a proven contradiction stands, the score does not fall below {policy.proof_floor}",
    )
