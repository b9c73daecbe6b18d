"""/v1/rules and /v1/policies."""

from __future__ import annotations

import json
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from sqlalchemy.orm import Session

from api.errors import Problem
from api.http.authentication import Caller, needs
from api.http.pagination import Cursor, Limit
from api.http.unit_of_work import SessionDep, SessionRoute
from api.parts import PartsDep
from api.rules import repository, service
from api.rules.checked import shipped
from api.rules.schemas import (
    Language,
    NewPolicy,
    Policies,
    PolicyHead,
    PolicyOut,
    RuleOut,
    Rules,
    Try,
    Words,
)
from api.rules.trial import digest
from api.store.case_tables import PolicyVersion
from verify.docs import page_in
from verify.registry import rules
from verify.rule import Rule

router = APIRouter(prefix="/v1", route_class=SessionRoute, tags=["rules"])
Reader = Annotated[Caller, Depends(needs("policy:read"))]
Writer = Annotated[Caller, Depends(needs("policy:write"))]


@router.get("/rules")
def list_rules(caller: Reader, session: SessionDep, lang: Language | None = None) -> Rules:
    """All rules with their pages, in both languages or in one."""
    limits = _in_force(session)["limits"]
    return Rules(items=[_rule(rule, limits, lang) for rule in rules()])


@router.get("/rules/{rule_id}")
def get_rule(
    rule_id: str, caller: Reader, session: SessionDep, lang: Language | None = None
) -> RuleOut:
    """A rule with its page."""
    for each in rules():
        if each.id == rule_id:
            return _rule(each, _in_force(session)["limits"], lang)
    raise Problem("not_found")


@router.get("/policies")
def list_policies(
    caller: Reader, session: SessionDep, cursor: Cursor = None, limit: Limit = 50
) -> Policies:
    """The organisation's policies, the newest first."""
    rows, following = repository.policies(session, cursor, limit)
    return Policies(items=[PolicyHead(**_head(p)) for p in rows], next_cursor=following)


@router.get("/policies/active")
def active_policy(caller: Reader, session: SessionDep) -> PolicyOut:
    """The policy in force: the organisation's own, or the one that ships with the version."""
    policy = repository.active(session)
    if policy is not None:
        return _policy(session, policy)
    body = shipped()
    nobody: dict[str, Any] = {
        "made_by": "system",
        "made_at": None,
        "activated_by": "system",
        "activated_at": None,
    }
    return PolicyOut(
        id="",
        version=body["version"],
        state="active",
        back_tested=False,
        body=body,
        back_test={},
        **nobody,
    )


@router.get("/policies/{policy_id}")
def get_policy(policy_id: str, caller: Reader, session: SessionDep) -> PolicyOut:
    """A policy with its text and its back-test."""
    return _policy(session, service.found(session, policy_id))


@router.post("/policies", status_code=201)
def add_policy(body: NewPolicy, caller: Writer, session: SessionDep, wiring: PartsDep) -> PolicyOut:
    """Keeps a draft, which can then be tried."""
    return _policy(
        session, service.draft(session, caller, body.body, body.changes, body.version, wiring.now())
    )


@router.post("/policies/{policy_id}/back-test")
def back_test(
    policy_id: str, caller: Writer, wiring: PartsDep, body: Try | None = None
) -> PolicyOut:
    """Judges the last packets by the policy in force and by this one, and tells what changes.

    Answers when all are judged.
    """
    policy = service.back_test(wiring, caller, policy_id, (body or Try(packets=50)).packets)
    with wiring.database.reading(caller.org, caller.mode) as session:
        return _policy(session, policy)


@router.post("/policies/{policy_id}/activate")
def activate(policy_id: str, caller: Writer, session: SessionDep, wiring: PartsDep) -> PolicyOut:
    """Puts a tried policy into force, for packets submitted from now on; another person than its
    author does so.
    """
    return _policy(session, service.activate(session, caller, policy_id, wiring.now()))


def _in_force(session: Session) -> dict[str, Any]:
    policy = repository.active(session)
    body: dict[str, Any] = json.loads(policy.body) if policy else shipped()
    return body


def _rule(rule: Rule, limits: dict[str, Any], lang: str | None) -> RuleOut:
    own = limits.get(rule.id, {})
    pages = {
        name: page_in(rule, name, own) if lang in (None, name) else "" for name in ("zh", "en")
    }
    return RuleOut(
        id=rule.id,
        family=rule.id[:3],
        severity=str(rule.severity),
        group=rule.group,
        proof=rule.proof,
        title=Words(zh=rule.title_zh, en=rule.title),
        page=Words(**pages),
        limits=own,
    )


def _head(policy: PolicyVersion) -> dict[str, Any]:
    kept = ("id", "version", "state", "made_by", "made_at", "activated_by", "activated_at")
    tried = policy.back_test.get("body_sha256") == digest(policy.body)
    return {name: getattr(policy, name) for name in kept} | {"back_tested": tried}


def _policy(session: Session, policy: PolicyVersion) -> PolicyOut:
    changed = policy.back_test.get("changed", [])
    names = repository.references(session, [c["packet"] for c in changed])
    tried = (
        policy.back_test
        | {"changed": [c | {"reference": names.get(c["packet"], "")} for c in changed]}
        if policy.back_test
        else {}
    )
    return PolicyOut(**_head(policy), body=json.loads(policy.body), back_test=tried)
