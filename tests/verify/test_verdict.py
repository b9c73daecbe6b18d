"""The verdict names the weightiest causes with their amounts, each cause once."""

from __future__ import annotations

from extractors.model import WHOLE_PAGE, Packet
from verify.model import BilingualText, Evidence, Finding, Outcome, RuleRun, Severity
from verify.policy import default_policy
from verify.registry import rules
from verify.scoring.scorecard import score
from verify.scoring.verdict import verdict

NO_DOCUMENTS = Packet(id="packet", documents=(), files=())
NOTHING = BilingualText("", "")


def _finding(
    rule: str, group: str, message: str, *, severity: str = "high", difference: str = ""
) -> Finding:
    place = Evidence(packet="p", file="f", document="d", page=1, box=WHOLE_PAGE, text=message)
    return Finding(
        rule=rule,
        severity=Severity(severity),
        confidence=0.9,
        message=BilingualText(message, f"in English: {message}"),
        expected="",
        observed="",
        difference=difference,
        question=NOTHING,
        paper_to_ask_for=NOTHING,
        innocent_explanations=NOTHING,
        evidence=(place,),
        group=group,
        proof=severity == "high",
    )


def _said(*findings: Finding) -> str:
    ids = [r.id for r in rules()]
    runs = [
        RuleRun(
            rule=rule,
            outcome=Outcome.HIT,
            reason=NOTHING,
            findings=tuple(f for f in findings if f.rule == rule),
        )
        for rule in ids
    ]
    found = score(NO_DOCUMENTS, runs, rules(), default_policy())
    return verdict(found, findings).zh


def test_three_causes_are_named_and_the_rest_counted() -> None:
    names = [r.id for r in rules()[:5]]
    heavy = [_finding(rule, f"cause {rule}", f"重 {rule}") for rule in names[:3]]
    light = [_finding(rule, f"cause {rule}", f"轻 {rule}", severity="low") for rule in names[3:]]
    said = _said(*light, *heavy)
    assert all(f"重 {rule}" in said for rule in names[:3])
    assert "轻" not in said
    assert said.endswith("另有 2 类疑点。")


def test_a_cause_seen_by_several_rules_is_named_once() -> None:
    one, other = (r.id for r in rules()[:2])
    said = _said(
        _finding(one, "the same", "余额链被改"),
        _finding(other, "the same", "利息不符", severity="medium"),
    )
    assert said == "余额链被改。"


def test_the_amount_at_issue_is_said_where_the_message_has_none() -> None:
    rule = rules()[0].id
    assert _said(_finding(rule, "cause", "收入不符", difference="3240000.00")) == (
        "收入不符（相差 3,240,000.00 元）。"
    )
    assert _said(_finding(rule, "cause", "少记 1.00 元", difference="1.00")) == "少记 1.00 元。"


def test_without_findings_the_reason_of_the_band_is_the_verdict() -> None:
    assert "未见重大疑点" in _said() or "不能给出低风险结论" in _said()
