"""An explanation says what the score says: its counterfactuals hold when they are tried."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from conftest import honest_files, honest_packet, read_packet, report_on
from make_packets import FORGERIES

from extractors.model import Packet
from verify.model import Explanation, Report, Severity
from verify.policy import default_policy
from verify.registry import rules
from verify.report import report_json
from verify.scoring.without import without


def _forged(*kinds: str) -> Report:
    firm, files = honest_files(31, "unruled.pdf")
    files = dict(files)
    for kind in kinds:
        FORGERIES[kind](firm, files)
    return report_on(read_packet(files))


def _told(report: Report) -> Explanation:
    assert report.explanation is not None
    return report.explanation


def test_three_sentences_in_both_languages() -> None:
    for report in (report_on(honest_packet()), _forged("revenue_inflated")):
        sentences = _told(report).sentences
        assert len(sentences) == 3
        assert all(s.zh and s.en and s.zh != s.en for s in sentences)
        assert str(report.score.value) in sentences[0].zh
        assert f"{report.score.coverage:.0%}" in sentences[2].en


def test_the_weightiest_finding_is_read_aloud_with_its_document_and_question() -> None:
    report = _forged("revenue_inflated")
    spoken = _told(report).sentences[1]
    worst = report.findings[0]
    assert worst.message.en in spoken.en and worst.question.zh in spoken.zh
    assert any(e.file in spoken.en for e in worst.evidence)


@pytest.mark.parametrize(
    "kinds",
    [("revenue_inflated",), ("row_raised",), ("row_raised", "cash_inflated", "slip_raised")],
)
def test_answering_what_is_named_gives_the_band_that_is_named(kinds: tuple[str, ...]) -> None:
    report = _forged(*kinds)
    named = [c for c in _told(report).counterfactuals if c.findings and c.band != report.score.band]
    assert named
    for one in named:
        after = without(report_json(report), one.findings, default_policy(), rules())
        assert after.band == one.band
        assert str(after.value) in one.say.en


def test_no_named_rule_is_dispensable() -> None:
    report = _forged("row_raised", "cash_inflated", "slip_raised")
    one = next(c for c in _told(report).counterfactuals if c.findings and c.band != "high")
    held = {f.fingerprint: f.rule for f in report.findings}
    named = {held[f] for f in one.findings}
    for spared in named:
        fewer = [f for f in one.findings if held[f] != spared]
        after = without(report_json(report), fewer, default_policy(), rules())
        assert after.band == report.score.band


def test_a_floor_is_told() -> None:
    report = _forged("row_raised")
    assert any(c.rule == "floor_proof" for c in report.score.contributions)
    said = " ".join(c.say.en for c in _told(report).counterfactuals)
    assert str(default_policy().proof_floor) in said


def test_a_low_packet_tells_what_would_raise_it() -> None:
    report = report_on(honest_packet())
    (one,) = _told(report).counterfactuals
    assert one.band == "medium"
    assert str(default_policy().bands["medium"] - report.score.value) in one.say.en


def _without_type(kind: str) -> Packet:
    packet = honest_packet()
    return replace(packet, documents=tuple(d for d in packet.documents if d.type != kind))


def test_a_missing_paper_is_useful_by_the_checks_that_wait_for_it() -> None:
    told = _told(report_on(_without_type("vat_return")))
    first = told.useful_papers[0]
    assert first.paper.en.startswith("Value added tax") or "VAT" in first.paper.en
    assert first.coverage > 0 and first.points == 0
    assert any("missing" in reason.en for reason in told.not_checked)


def test_the_paper_that_answers_most_comes_first() -> None:
    report = _forged("revenue_inflated")
    papers = _told(report).useful_papers
    weights = [abs(p.points) for p in papers if p.points]
    assert weights == sorted(weights, reverse=True)
    worst = next(f for f in report.findings if f.severity is Severity.HIGH)
    assert papers[0].paper == worst.paper_to_ask_for
    assert papers[0].points < Decimal(0)


def test_the_report_carries_the_explanation() -> None:
    held = report_json(_forged("revenue_inflated"))["explanation"]
    assert len(held["sentences"]) == 3 and held["useful_papers"] and held["counterfactuals"]
