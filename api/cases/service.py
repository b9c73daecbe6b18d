"""Acts in cases.

Each appends to the case's history and to the audit in one transaction; none changes what was
appended.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row
from sqlalchemy.orm import Session

from api.cases import repository
from api.cases.permission import Situation, reaches, refusal
from api.cases.tag import match
from api.errors import Problem
from api.http.authentication import Caller
from api.http.roles import ROLES
from api.people.repository import user
from api.store.audit_chain import append_audit
from api.store.case_events import add_case_event
from api.store.case_tables import Case
from api.store.organisation_settings import own_settings
from api.store.outbox import publish_event
from api.store.packet_tables import UNDER_WAY


def found(session: Session, case_id: str) -> Case:
    """Raises Problem "not_found"."""
    case = repository.case(session, case_id)
    if case is None:
        raise Problem("not_found")
    return case


def to_change(session: Session, case_id: str, if_match: str | None) -> Case:
    """The case, locked, as the caller has seen it.

    Raises Problem "not_found", "if_match_needed" or "changed_meanwhile".
    """
    case = repository.locked(session, [case_id]).get(case_id)
    if case is None:
        raise Problem("not_found")
    match(case.version, if_match)
    return case


def needs_two(case: Row[Any], amount_from: str) -> bool:
    """Whether one person cannot decide a case, as repository.SHOWN tells it."""
    return case.band == "high" or case.ever_high or reaches(case.amount, amount_from)


def shown(session: Session, case_id: str) -> Row[Any]:
    """A case as it is listed."""
    return session.execute(repository.SHOWN.where(Case.id == case_id)).one()


def situation(session: Session, case: Row[Any]) -> Situation:
    """What decides who may act in a shown case."""
    return Situation(
        state=case.state,
        assignee=case.assignee,
        proposed_by=case.proposed_by,
        proposed=case.disposition,
        two=needs_two(case, own_settings(session).four_eyes_from),
        makers=repository.makers(session, case.packet_id),
        under_way=repository.packet_status(session, case.packet_id) in UNDER_WAY,
    )


def _allow(session: Session, caller: Caller, case: Case, act: str) -> Situation:
    now = situation(session, shown(session, case.id))
    code = refusal(act, now, caller)
    if code:
        raise Problem(code)
    return now


def _done(
    session: Session, caller: Caller, case: Case, kind: str, at: datetime, body: dict[str, Any]
) -> Case:
    """History and audit of an act.

    The audit tells that there was text, not what it said: it may be personal data, and cannot be
    erased.
    """
    add_case_event(session, case, kind, caller.id, at, body)
    told = {key: value for key, value in body.items() if key not in ("text", "reason")}
    append_audit(session, at, caller.id, f"case.{kind}", case.id, told | {"version": case.version})
    return case


def claim(session: Session, caller: Caller, case: Case, now: datetime) -> Case:
    """Takes an open case."""
    _allow(session, caller, case, "claim")
    case.state, case.assignee = "claimed", caller.id
    return _done(session, caller, case, "claimed", now, {})


def claim_next(
    session: Session, caller: Caller, wanted: Sequence[ColumnElement[bool]], now: datetime
) -> Case | None:
    """Takes the wanted open case of the highest score; None when there is none."""
    case = repository.next_open(session, wanted)
    return None if case is None else claim(session, caller, case, now)


def release(session: Session, caller: Caller, case: Case, now: datetime) -> Case:
    """Gives a claimed case back to the queue."""
    _allow(session, caller, case, "release")
    before, case.state, case.assignee = case.assignee, "open", ""
    return _done(session, caller, case, "released", now, {"from": before})


def assign(session: Session, caller: Caller, case: Case, user_id: str, now: datetime) -> Case:
    """Gives a case to someone who may work on it.

    Raises Problem "not_found" when there is no such person.
    """
    _allow(session, caller, case, "assign")
    person = user(session, user_id)
    if person is None or not person.active or "cases:work" not in ROLES[person.role]:
        raise Problem(
            "not_found", "没有可受理案件的此人员。", "There is no such person who works on cases."
        )
    before, case.state, case.assignee = case.assignee, "claimed", person.id
    return _done(session, caller, case, "assigned", now, {"from": before, "to": person.id})


def comment(session: Session, caller: Caller, case: Case, text: str, now: datetime) -> Case:
    """Adds a remark."""
    _allow(session, caller, case, "comment")
    return _done(session, caller, case, "commented", now, {"text": text})


def propose(
    session: Session, caller: Caller, case: Case, disposition: str, reason: str, now: datetime
) -> Case:
    """Proposes how to decide; another person decides."""
    _allow(session, caller, case, "propose")
    case.state, case.disposition, case.proposed_by = "proposed", disposition, caller.id
    return _done(
        session, caller, case, "proposed", now, {"disposition": disposition, "reason": reason}
    )


def decide(
    session: Session, caller: Caller, case: Case, disposition: str, reason: str, now: datetime
) -> Case:
    """Decides, alone where one person is enough, else as the second person and just what was
    proposed. Raises Problem.
    """
    seen = _allow(session, caller, case, "decide")
    if seen.two and disposition != seen.proposed:
        raise Problem("not_as_proposed")
    proposer = case.proposed_by
    case.state, case.disposition = "decided", disposition
    publish_event(session, "case.decided", {"case": case.id, "packet": case.packet_id}, now)
    body = {
        "disposition": disposition,
        "reason": reason,
        "proposed_by": proposer,
        "four_eyes": seen.two,
    }
    return _done(session, caller, case, "decided", now, body)


def give_back(session: Session, caller: Caller, case: Case, reason: str, now: datetime) -> Case:
    """Returns a proposal to its reviewer, or takes back one's own."""
    _allow(session, caller, case, "return")
    body = {"disposition": case.disposition, "proposed_by": case.proposed_by, "reason": reason}
    case.state, case.disposition, case.proposed_by = "claimed", "", ""
    return _done(session, caller, case, "returned", now, body)


def reopen(session: Session, caller: Caller, case: Case, reason: str, now: datetime) -> Case:
    """Opens a decided case again: it is proposed and decided anew."""
    _allow(session, caller, case, "reopen")
    body = {"disposition": case.disposition, "reason": reason}
    case.state, case.assignee, case.disposition, case.proposed_by = "open", "", "", ""
    return _done(session, caller, case, "reopened", now, body)


def many(
    session: Session,
    caller: Caller,
    ids: list[str],
    act: str,
    user_id: str,
    preview: bool,
    now: datetime,
) -> list[tuple[str, str]]:
    """Each case's outcome, "ok" or a problem's code.

    With `preview` nothing is kept: the same acts are done and taken back.
    """
    rows = repository.locked(session, ids)
    acts = {
        "claim": lambda c: claim(session, caller, c, now),
        "release": lambda c: release(session, caller, c, now),
    }
    acts["assign"] = lambda c: assign(session, caller, c, user_id, now)
    outcomes = []
    kept = session.begin_nested()
    for case_id in dict.fromkeys(ids):
        try:
            if case_id not in rows:
                raise Problem("not_found")
            acts[act](rows[case_id])
            outcomes.append((case_id, "ok"))
        except Problem as problem:
            outcomes.append((case_id, problem.code))
    if preview:
        kept.rollback()
    else:
        kept.commit()
    return outcomes
