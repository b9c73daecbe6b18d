"""The score with findings left out is the score that a run without them would give, exactly."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from conftest import honest_packet, report_on
from hypothesis import given
from hypothesis import strategies as st
from test_score import FINDINGS, NO_DOCUMENTS, _runs

from verify.model import Finding
from verify.policy import default_policy
from verify.registry import rules
from verify.report import report_json
from verify.scoring.scorecard import score
from verify.scoring.without import without


def _stored(findings: list[Finding]) -> dict[str, Any]:
    """What a report's JSON holds of a score, as it comes back from a store."""
    told = score(NO_DOCUMENTS, _runs(findings), rules(), default_policy())
    risk = {
        "policy_version": told.policy_version,
        "coverage": told.coverage,
        "cross_checked": told.cross_checked,
    }
    names = ("fingerprint", "rule", "group", "confidence", "proof")
    held = [
        {n: getattr(f, n) for n in names}
        | {"severity": f.severity.value, "message": f.message.as_dict()}
        for f in findings
    ]
    return json.loads(json.dumps({"risk": risk, "findings": held}))  # type: ignore[no-any-return]


@given(FINDINGS, st.data())
def test_without_some_findings(findings: list[Finding], data: st.DataObject) -> None:
    left_out = (
        set(data.draw(st.lists(st.sampled_from([f.fingerprint for f in findings]))))
        if findings
        else set()
    )
    told = without(_stored(findings[::-1]), left_out, default_policy(), rules())
    assert told == score(
        NO_DOCUMENTS,
        _runs([f for f in findings if f.fingerprint not in left_out]),
        rules(),
        default_policy(),
    )
    assert sum((c.points for c in told.contributions), Decimal(0)) == told.value


def test_of_a_whole_report() -> None:
    report = report_on(honest_packet())
    assert without(report_json(report), (), default_policy(), rules()) == report.score
    assert (
        without(
            report_json(report),
            [f.fingerprint for f in report.findings],
            default_policy(),
            rules(),
        ).value
        == default_policy().base
    )


def test_what_the_report_does_not_hold_is_refused() -> None:
    stored = _stored([])
    with pytest.raises(KeyError):
        without(stored, ["abc"], default_policy(), rules())
    stored["risk"]["policy_version"] = "1999.1"
    with pytest.raises(ValueError, match="policy"):
        without(stored, (), default_policy(), rules())
