"""Frauds and the honest facts that look like them: each fraud is seen, its honest twin stays quiet."""

from __future__ import annotations

from functools import cache

import pytest
from conftest import read_packet, report_on
from firm import make_firm
from twins import PacketFacts, all_twins
from twins.draw import files_of

from extractors.model import Packet
from verify.model import Report, Severity

SEEDS = (31,)
WEIGHTY = (Severity.MEDIUM, Severity.HIGH)


def _read(facts: PacketFacts, name: str) -> Packet:
    return read_packet(files_of(facts), name)


@cache
def _report(kind: str, side: str, seed: int) -> Report:
    facts = getattr(all_twins()[kind], side)(make_firm(seed), seed)
    others = [_read(other, f"other-{n}") for n, other in enumerate(facts.others)]
    return report_on(_read(facts, "applicant"), *others)


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
