"""Frauds and the honest facts that look like them: each fraud is seen, its honest twin stays quiet."""

from __future__ import annotations

from functools import cache

import pytest
from conftest import read_packet, report_on
from firm import make_firm
from twins import PacketFacts, all_twins
from twins.draw import files_of
from twins.honest_facts import HONEST_FACTS

from extractors.model import Packet
from verify.model import Report, Severity

SEEDS = (31,)
WEIGHTY = (Severity.MEDIUM, Severity.HIGH)


def _read(facts: PacketFacts, name: str) -> Packet:
    return read_packet(files_of(facts), name)


@cache
def _packets(kind: str, side: str, seed: int) -> tuple[Packet, tuple[Packet, ...]]:
    facts = getattr(all_twins()[kind], side)(make_firm(seed), seed)
    others = tuple(_read(other, f"other-{n}") for n, other in enumerate(facts.others))
    return _read(facts, "applicant"), others


@cache
def _report(kind: str, side: str, seed: int) -> Report:
    packet, others = _packets(kind, side, seed)
    return report_on(packet, *others)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("kind", sorted(all_twins()))
def test_a_fraud_is_seen(kind: str, seed: int) -> None:
    report = _report(kind, "forged", seed)
    found = [f for f in report.findings if f.severity in WEIGHTY]
    told = [(f.rule, f.severity, f.message.zh) for f in report.findings]
    assert {f.rule for f in found} & set(all_twins()[kind].rules), told


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("kind", sorted(all_twins()))
def test_its_honest_twin_stays_quiet(kind: str, seed: int) -> None:
    report = _report(kind, "honest", seed)
    assert not [r for r in report.runs if r.outcome == "error"]
    found = [f for f in report.findings if f.severity in WEIGHTY]
    assert not found, [(f.rule, f.severity, f.message.zh) for f in found]


def test_the_doubt_falls_on_the_forger_and_both_reports_say_why() -> None:
    packet, (partner,) = _packets("receipt_raised_by_expert", "forged", SEEDS[0])
    forger = next(f for f in report_on(packet, partner).findings if f.rule == "DUP06")
    honest = next(f for f in report_on(partner, packet).findings if f.rule == "DUP06")
    assert forger.severity is Severity.HIGH and "疑点在本申请" in forger.message.zh
    assert honest.severity is Severity.LOW and "疑点在对方" in honest.message.zh
    assert "larger receipt" in forger.message.en and "larger receipt" in honest.message.en


@pytest.mark.parametrize("name", sorted(HONEST_FACTS))
def test_an_honest_fact_raises_nothing_above_low(name: str) -> None:
    report = report_on(_read(HONEST_FACTS[name](make_firm(41), 41), "applicant"))
    assert not [r for r in report.runs if r.outcome == "error"]
    found = [f for f in report.findings if f.severity in WEIGHTY]
    assert not found, [(f.rule, f.severity, f.message.zh) for f in found]
