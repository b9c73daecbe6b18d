"""Judgements follow their findings to the next report, also from reports of version 0.1."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from office import Office, opened
from sqlalchemy import select

from api.cases.carry_over import carry_over
from api.cases.repository import case_of_packet
from api.store.case_tables import CaseEvent, Judgement
from api.store.ids import new_id

OLD, NEW = "ab12cd34ef56-117-0.100-2-bank_slip", "ab12cd34ef56-2-2-1"


@pytest.fixture(params=["sqlite", "postgresql"])
def office(request: pytest.FixtureRequest, tmp_path: Any) -> Iterator[Office]:
    with opened(tmp_path, request.param) as made:
        yield made


def finding(fingerprint: str, document: str, text: str = "5,000.00") -> dict[str, Any]:
    place = {"document": document, "page": 2, "text": text, "box": [0, 0, 1, 1]}
    return {
        "fingerprint": fingerprint,
        "rule": "ARI16",
        "expected": "5000.00",
        "observed": "50000.00",
        "evidence": [place],
    }


def judged(office: Office, before: dict[str, Any], after: dict[str, Any]) -> tuple[Any, Any]:
    """Judge the finding `old`, carry over to `after`; return all judgements and the case's events."""
    packet = office.packet()
    with office.wiring.database.writing(office.org) as session:
        row = Judgement(
            id=new_id("jdg"),
            packet_id=packet,
            fingerprint="old",
            rule="ARI16",
            verdict="false_alarm",
            reason="a smudge",
            made_by="usr_1",
            made_at=office.now,
        )
        session.add(row)
        session.flush()
        office.later(minutes=1)
        case = case_of_packet(session, packet)
        carry_over(session, packet, case, before, after, office.now)
        session.flush()
        query = select(Judgement.fingerprint, Judgement.verdict, Judgement.reason)
        found = session.execute(query.where(Judgement.packet_id == packet)).all()
        assert case is not None
        events = select(CaseEvent.kind).where(CaseEvent.case_id == case.id)
        return sorted(tuple(f) for f in found), list(session.scalars(events))


def test_a_judgement_follows_its_finding_to_a_new_id(office: Office) -> None:
    before = {"findings": [finding("old", OLD)]}
    after = {"findings": [finding("new", NEW)]}
    found, events = judged(office, before, after)
    assert found == [("new", "false_alarm", "a smudge"), ("old", "false_alarm", "a smudge")]
    assert "judgement_lost" not in events


def test_a_finding_that_keeps_its_id_keeps_its_judgement_alone(office: Office) -> None:
    before = {"findings": [finding("old", NEW)]}
    found, events = judged(office, before, before)
    assert found == [("old", "false_alarm", "a smudge")]
    assert "judgement_lost" not in events


def test_a_judgement_whose_finding_is_gone_is_noted_in_the_case(office: Office) -> None:
    before = {"findings": [finding("old", OLD)]}
    after = {"findings": [finding("new", NEW, text="6,000.00")]}
    found, events = judged(office, before, after)
    assert found == [("old", "false_alarm", "a smudge")]
    assert events[-1] == "judgement_lost"
