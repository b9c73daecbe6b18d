"""The score is the exact sum of its contributions, whatever the findings."""

from __future__ import annotations

import math
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.model import WHOLE_PAGE, Packet
from verify.model import BilingualText, Evidence, Finding, Outcome, RuleRun, Severity
from verify.policy import HonestRate, HonestRates, Policy, default_policy, policy_of
from verify.registry import rules
from verify.scoring.scorecard import score

NO_DOCUMENTS = Packet(id="packet", documents=(), files=())
SAY = BilingualText("话", "word")


def _finding(rule_index: int, severity: str, confidence: float, number: int) -> Finding:
    rule = rules()[rule_index]
    place = Evidence(packet="p", file="f", document="d", page=1, box=WHOLE_PAGE, text=str(number))
    return Finding(
        rule=rule.id,
        severity=Severity(severity),
        confidence=confidence,
        message=SAY,
        expected="",
        observed="",
        difference="",
        question=SAY,
        paper_to_ask_for=SAY,
        innocent_explanations=SAY,
        evidence=(place,),
        group=rule.group,
        proof=rule.proof and severity == "high",
    )


FINDINGS = st.lists(
    st.builds(
        _finding,
        st.integers(0, len(rules()) - 1),
        st.sampled_from(["info", "low", "medium", "high"]),
        st.floats(0, 1).map(lambda x: round(x, 3)),
        st.integers(0, 5),
    ),
    max_size=40,
)


def _runs(findings: list[Finding]) -> list[RuleRun]:
    out = []
    for rule in rules():
        own = tuple(f for f in findings if f.rule == rule.id)
        out.append(
            RuleRun(
                rule=rule.id,
                outcome=Outcome.HIT if own else Outcome.CLEAR,
                reason=SAY,
                findings=own,
            )
        )
    return out


@given(FINDINGS)
def test_contributions_sum_to_the_score(findings: list[Finding]) -> None:
    result = score(NO_DOCUMENTS, _runs(findings), rules(), default_policy())
    assert sum((c.points for c in result.contributions), Decimal(0)) == result.value
    assert 0 <= result.value <= 100
    assert result.coverage == 1.0
    assert result.band == (
        "high" if result.value >= 60 else "medium" if result.value >= 25 else "low"
    )


def test_one_fault_seen_twice_scores_the_same_in_either_order() -> None:
    """Of equal points and place, not equally sure."""
    seen = [_finding(0, "medium", confidence, 1) for confidence in (0.844, 0.846)]
    assert score(NO_DOCUMENTS, _runs(seen), rules(), default_policy()) == score(
        NO_DOCUMENTS, _runs(seen[::-1]), rules(), default_policy()
    )


@given(FINDINGS)
def test_a_certain_proof_is_high_whatever_else(findings: list[Finding]) -> None:
    proof = next(i for i, r in enumerate(rules()) if r.proof)
    result = score(
        NO_DOCUMENTS,
        _runs([*findings, _finding(proof, "high", 0.95, 99)]),
        rules(),
        default_policy(),
    )
    assert result.band == "high"


@given(
    st.lists(
        st.builds(
            _finding,
            st.integers(0, len(rules()) - 1),
            st.sampled_from(["info", "low"]),
            st.just(1.0),
            st.integers(0, 9),
        ),
        max_size=60,
    )
)
def test_low_findings_alone_stay_low(findings: list[Finding]) -> None:
    assert score(NO_DOCUMENTS, _runs(findings), rules(), default_policy()).band == "low"


def _by_rule(rule: str, severity: str = "high") -> Finding:
    index = next(i for i, r in enumerate(rules()) if r.id == rule)
    return _finding(index, severity, 1.0, 1)


def test_circles_and_weak_guarantors_alone_never_lift_the_band() -> None:
    found = [_by_rule("GUA06"), _by_rule("GUA04", "medium"), _by_rule("GUA02", "low")]
    result = score(NO_DOCUMENTS, _runs(found), rules(), default_policy())
    assert result.band == "low"
    assert "cap_credit" in {c.rule for c in result.contributions}
    other = score(NO_DOCUMENTS, _runs([_by_rule("CON02")]), rules(), default_policy())
    assert other.band == "medium"


def _policy(**changes: object) -> Policy:
    return replace(default_policy(), **changes)  # type: ignore[arg-type]


def test_a_finding_that_honest_packets_carry_weighs_no_more_than_its_rarity() -> None:
    found = _runs([_by_rule("CON02")])
    usual = score(NO_DOCUMENTS, found, rules(), default_policy()).value
    values = []
    for times in (1, 10, 50):
        rates = HonestRates("made", "2026-12-01", {"CON02/high": HonestRate(times, 100)})
        values.append(score(NO_DOCUMENTS, found, rules(), _policy(honest_rates=rates)).value)
    assert usual == values[0] > values[1] > values[2]
    half = Decimal("38") * Decimal(str(round(math.log(2) / 3.0, 4)))
    assert abs(values[2] - 2 - half) < Decimal("0.1")


def test_a_muted_rule_still_speaks_and_weighs_nothing() -> None:
    proof = next(r.id for r in rules() if r.proof)
    policy = _policy(muted=frozenset({proof}))
    result = score(NO_DOCUMENTS, _runs([_by_rule(proof)]), rules(), policy)
    assert result.value == policy.base and result.band == "low"
    assert proof in {c.rule for c in result.contributions}


@given(FINDINGS)
def test_the_score_lies_in_its_interval(findings: list[Finding]) -> None:
    result = score(NO_DOCUMENTS, _runs(findings), rules(), default_policy())
    low, high = result.interval
    assert 0 <= low <= result.value <= high <= 100


def test_an_old_policy_is_still_at_hand() -> None:
    old = policy_of("", "2026.2")
    assert old.version == "2026.2" and not old.credit_groups and not old.muted
    assert policy_of("", default_policy().version) is default_policy()
    with pytest.raises(KeyError):
        policy_of("", "1999.1")
