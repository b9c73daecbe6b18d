"""/v1/me/…: one's own second factor, sessions, keys and notices."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from sqlalchemy.orm import Session

from api.errors import Problem
from api.http.authentication import COOKIE, Caller, digest, needs
from api.http.unit_of_work import SessionDep, SessionRoute, at_once
from api.parts import PartsDep
from api.people import repository, second_factor, service
from api.people.own_schemas import (
    Code,
    Confirmed,
    NewSecondFactor,
    NoticeOut,
    Notices,
    RecoveryCodes,
    SessionOut,
    Sessions,
)
from api.people.schemas import KeyOut, Keys
from api.store.audit_chain import append_audit
from api.store.people_tables import ApiKey
from api.store.rows import remove

router = APIRouter(prefix="/v1/me", route_class=SessionRoute, tags=["people"])
Anyone = Annotated[Caller, Depends(needs(""))]
_SHOWN = 16  # characters of a session's digest: enough to tell one's own apart


def _person(caller: Anyone) -> Caller:
    """A key has no account of its own. Raises Problem "not_allowed"."""
    if not caller.is_person:
        raise Problem("not_allowed")
    return caller


Person = Annotated[Caller, Depends(_person)]


@router.post("/second-factor")
def begin_second_factor(
    body: Confirmed, caller: Person, session: SessionDep, wiring: PartsDep
) -> NewSecondFactor:
    """Make a secret for an authenticator (RFC 6238)."""
    _count(wiring, caller)
    secret, address = second_factor.begin(session, wiring.sealer, caller, body.password)
    return NewSecondFactor(secret=secret, address=address)


@router.post("/second-factor/confirm")
def confirm_second_factor(
    body: Code, caller: Person, session: SessionDep, wiring: PartsDep
) -> RecoveryCodes:
    """Put the second factor into force by its first code."""
    _count(wiring, caller)
    codes = second_factor.confirm(session, wiring.sealer, caller, body.code, wiring.now())
    return RecoveryCodes(recovery_codes=codes)


@router.post("/second-factor/remove", status_code=204)
def remove_second_factor(
    body: Confirmed, caller: Person, session: SessionDep, wiring: PartsDep
) -> Response:
    """Take one's own second factor away."""
    _count(wiring, caller)
    second_factor.remove(session, caller, body.password, wiring.now())
    return Response(status_code=204)


@router.get("/sessions")
@at_once
def list_sessions(caller: Person, request: Request, session: SessionDep) -> Sessions:
    """One's own sessions, the last seen first."""
    current = digest(request.cookies.get(COOKIE, ""))
    rows = repository.sessions_of(session, caller.id)
    items = [
        SessionOut(
            id=row.digest[:_SHOWN],
            created_at=row.created_at,
            seen_at=row.seen_at,
            current=row.digest == current,
        )
        for row in rows
    ]
    return Sessions(items=items)


@router.delete("/sessions/{session_id}", status_code=204)
def end_session(session_id: str, caller: Person, session: SessionDep, wiring: PartsDep) -> Response:
    """End one of one's own sessions."""
    for row in repository.sessions_of(session, caller.id):
        if row.digest[:_SHOWN] == session_id:
            remove(session, row)
            append_audit(session, wiring.now(), caller.id, "session.ended", caller.id)
            return Response(status_code=204)
    raise Problem("not_found")


@router.get("/keys")
def list_own_keys(caller: Person, session: SessionDep) -> Keys:
    """Keys that one has made and that are in force or wait."""
    rows = repository.live_keys_of(session, caller.id)
    items = [KeyOut.model_validate(row, from_attributes=True) for row in rows]
    return Keys(items=items, next_cursor=None)


@router.delete("/keys/{key_id}", status_code=204)
def revoke_own_key(key_id: str, caller: Person, session: SessionDep, wiring: PartsDep) -> Response:
    """End a key that one has made."""
    if not _is_own(session, caller, key_id):
        raise Problem("not_found")
    service.revoke_key(session, caller, key_id, wiring.now())
    return Response(status_code=204)


def _is_own(session: Session, caller: Caller, key_id: str) -> bool:
    key: ApiKey | None = repository.key(session, key_id)
    return key is not None and repository.maker_of(session, key.id) == caller.id


@router.get("/notices")
@at_once
def list_notices(caller: Person, session: SessionDep) -> Notices:
    """What others changed about one's own account and one has not seen yet."""
    rows = repository.unseen_notices(session, caller.id)
    names = repository.names(session, {row.by for row in rows})
    items = [
        NoticeOut(
            id=row.id,
            kind="password" if row.kind == "password_hash" else row.kind,
            by=names.get(row.by, ""),
            at=row.at,
        )
        for row in rows
    ]
    return Notices(items=items)


@router.post("/notices/seen", status_code=204)
def see_notices(caller: Person, session: SessionDep, wiring: PartsDep) -> Response:
    """Say that one has seen them."""
    for row in repository.unseen_notices(session, caller.id):
        row.seen_at = wiring.now()
    return Response(status_code=204)


def _count(wiring: PartsDep, caller: Caller) -> None:
    """Passwords and codes are not guessed from within a session either."""
    wiring.throttle.take("login-person", caller.id, wiring.settings.logins_per_minute)
