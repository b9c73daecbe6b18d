"""What people say of findings: appended, told in the case's history and the audit; the latest of a
finding counts.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from api.cases import repository
from api.errors import Problem
from api.http.authentication import Caller
from api.packets.repository import report
from api.store.audit_chain import append_audit
from api.store.case_events import add_case_event
from api.store.case_tables import DOUBT, Case, Judgement
from api.store.ids import new_id
from api.store.packet_tables import Packet
from api.store.rows import insert


def judge(
    session: Session,
    caller: Caller,
    packet: Packet,
    fingerprint: str,
    verdict: str,
    reason: str,
    now: datetime,
) -> tuple[Judgement, Case | None]:
    """Keeps a judgement of a finding of the packet's latest report, or of a doubt about a reading:
    `confirmed` says that the paper was misread, `false_alarm` that it was read right.

    Raises Problem "no_report" or "not_found".
    """
    if not caller.is_person:
        raise Problem("not_allowed")
    latest = report(session, packet.id)
    if latest is None:
        raise Problem("no_report")
    rule = _judged_rule(json.loads(latest.body), fingerprint)
    if rule is None:
        raise Problem("not_found")
    case = repository.case_of_packet(session, packet.id)
    row = Judgement(
        id=new_id("jdg"),
        packet_id=packet.id,
        fingerprint=fingerprint,
        rule=rule,
        verdict=verdict,
        reason=reason,
        made_by=caller.id,
        made_at=now,
    )
    insert(session, row)
    told = {"judgement": row.id, "fingerprint": fingerprint, "rule": rule, "verdict": verdict}
    if case is not None:
        add_case_event(session, case, "judged", caller.id, now, told | {"reason": reason})
    append_audit(session, now, caller.id, "finding.judged", packet.id, told)
    return row, case


def _judged_rule(report: dict[str, Any], fingerprint: str) -> str | None:
    """The rule of a finding, or the mistake of reading that a doubt names: a judged doubt says
    something about the reader and nothing about the rule.
    """
    for finding in report["findings"]:
        if finding["fingerprint"] == fingerprint:
            return str(finding["rule"])
    for check in report.get("checks", ()):
        for doubt in check.get("doubts", ()):
            if doubt.get("fingerprint") == fingerprint:
                return f"{DOUBT}{doubt['slip']}"
    return None
