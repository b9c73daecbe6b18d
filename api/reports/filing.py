"""What a bank files with a report: branch, amount, what people said of the findings, who proposed
and who decided.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from sqlalchemy.orm import Session

from api.cases import repository
from api.people import repository as people
from api.reports.wording import Wording
from api.runtime.business_day import day_in_china
from api.store.case_tables import CaseEvent, Judgement
from api.store.packet_tables import Packet

# Acts of a case that a file is kept for.
_FILED = ("proposed", "decided", "returned", "reopened")
# More judgements than any packet has findings that people look at.
_MOST = 200
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


def filing_of(
    session: Session, packet: Packet, report: Mapping[str, Any], lang: str
) -> dict[str, Any]:
    """The case of a packet as its report files it, in `lang`."""
    wording = Wording(lang)
    judgements = _judgements(session, packet.id)
    case = repository.case_to_read(session, packet.id)
    events = repository.events(session, case.id, None, _MOST)[0] if case else []
    acts = [e for e in events if e.kind in _FILED]
    names = people.names(session, {j.made_by for j in judgements} | {e.actor for e in acts})
    messages = {f["fingerprint"]: wording.say(f["message"]) for f in report["findings"]}
    return {
        "branch": packet.branch,
        "amount": packet.amount,
        "judgements": [
            _judgement(j, messages[j.fingerprint], names, wording)
            for j in judgements
            if j.fingerprint in messages
        ],
        "acts": [_act(e, names, wording) for e in acts],
    }


def _judgements(session: Session, packet_id: str) -> list[Judgement]:
    """Those that count, the earliest first."""
    rows, _ = repository.judgements(session, packet_id, None, _MOST)
    counting = repository.latest_of(session, {row.id for row in rows})
    return [row for row in reversed(rows) if row.id in counting]


def _judgement(
    row: Judgement, message: str, names: Mapping[str, str], wording: Wording
) -> dict[str, str]:
    return {
        "message": message,
        "verdict": wording.word(f"verdict_{row.verdict}"),
        "reason": row.reason,
        "by": names.get(row.made_by, row.made_by),
        "day": day_in_china(row.made_at).isoformat(),
    }


def _act(event: CaseEvent, names: Mapping[str, str], wording: Wording) -> dict[str, str]:
    disposition = str(event.body.get("disposition", ""))
    return {
        "act": wording.word(f"act_{event.kind}"),
        "disposition": wording.word(f"disposition_{disposition}") if disposition else "",
        "reason": str(event.body.get("reason", "")),
        "by": names.get(event.actor, event.actor),
        "day": day_in_china(event.at).isoformat(),
    }


def file_name(parts: Sequence[str], ending: str) -> str:
    """The head of a download by what it is of, in Chinese too: reference, company, date."""
    plain = (_NOT_IN_NAMES.sub("", part).strip() for part in parts)
    name = "_".join(part for part in plain if part) + f".{ending}"
    return f"filename=\"report.{ending}\"; filename*=UTF-8''{quote(name, safe='')}"
