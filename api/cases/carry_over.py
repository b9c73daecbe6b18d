"""Judgements follow their findings from a packet's report to the next, also where a finding's id
changed.

A finding's id hangs on the ids of its documents, which version 0.1 formed in another way. The same
rule with the same words at the same pages of the same files is the same finding.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.cases import repository
from api.cases.opening import happened
from api.store.case_tables import Case, Judgement
from api.store.ids import new_id

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
    judged = [each for each in _latest(session, packet_id, before) if each.fingerprint not in known]
    if not judged:
        return
    identities = {finding["fingerprint"]: identity(finding) for finding in before["findings"]}
    places = {identity(finding): finding["fingerprint"] for finding in after["findings"]}
    lost = []
    for judgement in judged:
        found = places.get(identities.get(judgement.fingerprint, ""))
        if found:
            session.add(_copied(judgement, found, now))
        else:
            lost.append(judgement)
    if lost and case is not None:
        happened(session, case, "judgement_lost", "system", now, {"judgements": _told(lost)})


def is_judged(session: Session, packet_id: str) -> bool:
    """Return whether anybody judged a finding of the packet: most reports need not be compared."""
    query = select(Judgement.id).where(Judgement.packet_id == packet_id).limit(1)
    return session.scalar(query) is not None


def identity(finding: Mapping[str, Any]) -> str:
    """Return what a finding says and where, without the ids of its documents."""
    places = sorted(_places(finding))
    told = [finding["rule"], finding["expected"], finding["observed"], *places]
    return json.dumps(told, ensure_ascii=False)


def _places(finding: Mapping[str, Any]) -> Iterator[str]:
    for evidence in (*finding["evidence"], *finding.get("against", ())):
        yield f"{evidence['document'][:DIGEST]}:{evidence['page']}:{evidence['text']}"


def _latest(session: Session, packet_id: str, before: Mapping[str, Any]) -> Sequence[Judgement]:
    judged = {finding["fingerprint"] for finding in before["findings"]}
    query = select(Judgement).where(Judgement.packet_id == packet_id, repository.latest())
    return [
        judgement
        for judgement in session.scalars(query.order_by(Judgement.id))
        if judgement.fingerprint in judged
    ]


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
