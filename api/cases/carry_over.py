"""Judgements follow their findings from a packet's report to the next, also where a finding's id
changed.

A finding's id hangs on the ids of its documents, which version 0.1 formed in another way. The same
rule with the same values at the same places of the same files is the same finding.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from api.cases import repository
from api.store.case_events import add_case_event
from api.store.case_tables import Case, Judgement
from api.store.ids import new_id
from api.store.rows import insert

DIGEST = 12  # characters of a file's digest that every form of a document's id begins with


def carry_over(
    session: Session,
    packet_id: str,
    case: Case | None,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    now: datetime,
) -> None:
    """Append each judgement that counts under the new id of its finding.

    Judgements whose finding is in neither form in the new report are noted in the case's history.
    """
    known = {finding["fingerprint"] for finding in after["findings"]}
    old = {finding["fingerprint"]: finding for finding in before["findings"]}
    latest = repository.latest_judgements(session, packet_id)
    judged = [each for each in latest if each.fingerprint in old and each.fingerprint not in known]
    if not judged:
        return
    lost = []
    for judgement in judged:
        found = successor(old[judgement.fingerprint], after["findings"])
        if found is not None:
            insert(session, _copied(judgement, found["fingerprint"], now))
        else:
            lost.append(judgement)
    if lost and case is not None:
        add_case_event(session, case, "judgement_lost", "system", now, {"judgements": _told(lost)})


def successor(
    old: Mapping[str, Any], findings: Sequence[Mapping[str, Any]]
) -> Mapping[str, Any] | None:
    """Return the finding that says the same as an old one, by the same places of the same files."""
    for new in findings:
        if _says(new) == _says(old) and _stand_alike(_places(old), _places(new)):
            return new
    return None


def _says(finding: Mapping[str, Any]) -> tuple[str, str, str]:
    return finding["rule"], finding["expected"], finding["observed"]


def _places(finding: Mapping[str, Any]) -> list[tuple[str, int, str]]:
    """Return file, page and text of each place, without the id of its document."""
    evidence = (*finding["evidence"], *finding.get("against", ()))
    return [(each["document"][:DIGEST], each["page"], each["text"]) for each in evidence]


def _stand_alike(old: Sequence[tuple[str, int, str]], new: list[tuple[str, int, str]]) -> bool:
    """Return whether each place has its own one in the other list.

    A better reader may take less or more of what is printed at a place: 人民币壹万元整 is 壹万元整.
    """
    left = list(new)
    for file, page, text in old:
        alike = [place for place in left if place[:2] == (file, page) and _is_part(text, place[2])]
        if not alike:
            return False
        left.remove(alike[0])
    return not left


def _is_part(one: str, other: str) -> bool:
    return one in other or other in one


def _copied(judgement: Judgement, fingerprint: str, now: datetime) -> Judgement:
    return Judgement(
        id=new_id("jdg"),
        packet_id=judgement.packet_id,
        fingerprint=fingerprint,
        rule=judgement.rule,
        verdict=judgement.verdict,
        reason=judgement.reason,
        made_by=judgement.made_by,
        made_at=now,
    )


def _told(judgements: Sequence[Judgement]) -> list[dict[str, str]]:
    return [
        {"rule": judgement.rule, "verdict": judgement.verdict, "reason": judgement.reason}
        for judgement in judgements
    ]
