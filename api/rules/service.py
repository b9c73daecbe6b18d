"""Policies: drafted, tried on past packets, activated by a second person.

A draft's text never changes.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from api.errors import Problem
from api.http.authentication import Caller
from api.parts import Parts
from api.people import repository as people
from api.rules import repository, trial
from api.rules.checked import changed, checked, shipped
from api.store.audit_chain import append_audit
from api.store.case_tables import PolicyVersion
from api.store.ids import new_id
from api.store.organisation_settings import settings_of


def found(session: Session, policy_id: str) -> PolicyVersion:
    """Raises Problem "not_found"."""
    policy = repository.policy(session, policy_id)
    if policy is None:
        raise Problem("not_found")
    return policy


def draft(
    session: Session,
    caller: Caller,
    body: dict[str, Any] | None,
    changes: dict[str, Any] | None,
    version: str,
    now: datetime,
) -> PolicyVersion:
    """A draft from a whole policy, or from changes to the one in force.

    Raises Problem "bad_policy" or "already_there".
    """
    if body is None:
        in_force = repository.active(session)
        body = changed(json.loads(in_force.body) if in_force else shipped(), changes or {})
        body["version"] = version or f"{shipped()['version']}.{repository.how_many(session) + 1}"
    elif version:
        body = body | {"version": version}
    text = checked(body)
    if body["version"] == shipped()["version"]:
        raise Problem("already_there")
    row = PolicyVersion(
        id=new_id("pol"),
        version=body["version"],
        body=text,
        state="draft",
        made_by=caller.id,
        made_at=now,
    )
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError as error:
        raise Problem("already_there") from error
    append_audit(
        session,
        now,
        caller.id,
        "policy.drafted",
        row.id,
        {"version": row.version, "body_sha256": trial.digest(text)},
    )
    return row


def back_test(wiring: Parts, caller: Caller, policy_id: str, packets: int) -> PolicyVersion:
    """Tries a policy on the last packets and keeps what came of it.

    Long: no transaction is open while packets are judged.
    """
    with wiring.database.reading(caller.org, caller.mode) as session:
        policy, in_force = found(session, policy_id), repository.active(session)
    base = in_force.body if in_force else ""
    came = trial.run(wiring, caller.org, base, policy.body, packets)
    now = wiring.now()
    against = in_force.version if in_force else shipped()["version"]
    with wiring.database.writing(caller.org, caller.mode) as session:
        policy = found(session, policy_id)
        policy.back_test = came | {"against": against, "by": caller.id, "at": now.isoformat()}
        told = {n: came[n] for n in ("body_sha256", "packets", "left_out", "moves")}
        append_audit(
            session, now, caller.id, "policy.back_tested", policy.id, told | {"against": against}
        )
    return policy


def activate(session: Session, caller: Caller, policy_id: str, now: datetime) -> PolicyVersion:
    """Puts a policy into force and retires the former.

    Raises Problem "not_back_tested", "wrong_state" or "same_person".
    """
    organisation = repository.lock(session)
    policy = found(session, policy_id)
    if policy.state == "active":
        raise Problem("wrong_state")
    if policy.back_test.get("body_sha256") != trial.digest(policy.body):
        raise Problem("not_back_tested")
    checked(json.loads(policy.body))  # an older version may have drafted it
    drafted, activates = (people.maker_of(session, who) for who in (policy.made_by, caller.id))
    if settings_of(organisation.settings).policy_four_eyes and drafted == activates:
        raise Problem("same_person")
    former = repository.active(session)
    if former is not None:
        former.state = "retired"
        session.flush()
    policy.state, policy.activated_by, policy.activated_at = "active", caller.id, now
    session.flush()
    told = {
        "version": policy.version,
        "former": former.id if former else "",
        "body_sha256": trial.digest(policy.body),
        "muted": json.loads(policy.body)["muted"],
    }
    append_audit(session, now, caller.id, "policy.activated", policy.id, told)
    return policy
