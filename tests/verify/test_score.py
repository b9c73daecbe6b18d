"""The score is the exact sum of its contributions, whatever the findings."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from extractors.model import WHOLE_PAGE, Packet
from verify.model import BilingualText, Evidence, Finding, Outcome, RuleRun, Severity
from verify.policy import default_policy
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
