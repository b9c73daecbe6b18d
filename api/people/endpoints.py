"""/v1/session, /v1/me, /v1/users, /v1/keys, /v1/organisation."""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from typing import Annotated, Final

from anyio import to_thread
from fastapi import APIRouter, Depends, Request, Response

from api.http.addresses import address_of, network_of
from api.http.authentication import (
    BROWSER_COOKIE,
    COOKIE,
    Caller,
    digest,
    give_mark,
    give_session,
    needs,
)
from api.http.pagination import Cursor, Limit
from api.http.roles import ROLES
from api.http.unit_of_work import SessionDep, SessionRoute, at_once
from api.parts import PartsDep
from api.people import repository, service
from api.people.approvals import FOUR_EYES, needs_second, propose
from api.people.schemas import (
    KeyMade,
    KeyOut,
    Keys,
    Login,
    Me,
    NewKey,
    NewUser,
    OrganisationChange,
    OrganisationOut,
    OwnPassword,
    UserChange,
    UserOut,
    Users,
    Ways,
)
from api.people.view import change_shown, key_shown, user_shown
from api.runtime.guessing import MARK_DAYS, mark_of, marked
from api.runtime.thread_limit import ThreadLimit
from api.store.audit_chain import append_audit
from api.store.organisation_settings import own_organisation, settings_of
from api.store.people_tables import Organisation, PersonChange, Session

router = APIRouter(prefix="/v1", route_class=SessionRoute, tags=["people"])
Anyone = Annotated[Caller, Depends(needs(""))]
Manager = Annotated[Caller, Depends(needs("people:manage"))]


# Well-formed and other attempts of one network, by each that may be wrong. A branch whose people log
# in at nine o'clock stays far below.
_ATTEMPTS_TO_WRONG: Final = 20
# Threads that check passwords; argon2 takes a core and 64 MB for each.
_CHECKERS: Final = ThreadLimit("password checkers", 2)


async def _attempt(request: Request, wiring: PartsDep) -> None:
    """Count an attempt to log in by its network, before its body is validated."""
    if marked(wiring.sealer, request.cookies.get(BROWSER_COOKIE, ""), wiring.now().timestamp()):
        return  # its wrong attempts are counted by themselves
    most = _ATTEMPTS_TO_WRONG * wiring.settings.logins_per_minute
    wiring.throttle.take("login-attempts", _network(request, wiring), most)


def _network(request: Request, wiring: PartsDep) -> str:
    return network_of(address_of(request, wiring.settings.trusted_proxies))


@router.post("/session", dependencies=[Depends(_attempt)])
async def log_in(body: Login, request: Request, response: Response, wiring: PartsDep) -> Me:
    """Begins a session: sets the cookie and returns the CSRF token.

    The answer to a wrong password comes later and later; no thread waits for it.
    """
    mark = request.cookies.get(BROWSER_COOKIE, "")
    network = _network(request, wiring)
    try:
        found = await to_thread.run_sync(
            service.log_in, wiring, body, network, mark, limiter=_CHECKERS.limiter()
        )
    except service.Refused as refused:
        await asyncio.sleep(refused.delay)
        raise refused.problem from refused
    give_session(response, wiring.settings, found.secret)
    own = mark_of(wiring.sealer, found.user.id, wiring.now().timestamp())
    give_mark(response, wiring.settings, own, MARK_DAYS * 24 * 3600)
    return await to_thread.run_sync(_begun, wiring, found)


def _begun(wiring: PartsDep, found: service.LoggedIn) -> Me:
    user = found.user
    with wiring.database.reading(user.org_id) as session:
        return Me(
            id=user.id,
            name=user.name,
            role=user.role,
            organisation=own_organisation(session).name,
            scopes=sorted(ROLES[user.role]),
            csrf=found.csrf,
            second_factor=bool(user.sealed_totp),
            notices=len(repository.unseen_notices(session, user.id)),
        )


@router.get("/session/ways")
def ways(wiring: PartsDep) -> Ways:
    """How one may log in. Open to all: a log-in screen asks before anybody is known."""
    return Ways(provider=bool(wiring.settings.oidc_issuer))


@router.delete("/session", status_code=204)
def log_out(caller: Anyone, request: Request, session: SessionDep) -> Response:
    """Ends the session of the cookie."""
    repository.end_session(session, request.cookies.get(COOKIE, ""))
    response = Response(status_code=204)
    response.delete_cookie(COOKIE, path="/")
    return response


@router.get("/me")
@at_once
def me(caller: Anyone, request: Request, session: SessionDep) -> Me:
    """Who is asking."""
    secret = request.cookies.get(COOKIE, "")
    row = session.get(Session, digest(secret)) if caller.is_person and secret else None
    user = repository.user(session, caller.id)
    return Me(
        id=caller.id,
        name=caller.name,
        role=caller.role,
        organisation=own_organisation(session).name,
        scopes=sorted(caller.scopes),
        csrf=row.csrf if row else "",
        second_factor=bool(user and user.sealed_totp),
        notices=len(repository.unseen_notices(session, caller.id)),
    )


@router.post("/me/password", status_code=204)
def change_own_password(
    body: OwnPassword, caller: Anyone, session: SessionDep, wiring: PartsDep
) -> Response:
    """Changes one's own password and ends one's sessions."""
    wiring.throttle.take("login-person", caller.id, wiring.settings.logins_per_minute)
    service.change_own_password(session, caller, body, wiring.now())
    return Response(status_code=204)


@router.get("/users")
@at_once
def list_users(
    caller: Anyone, session: SessionDep, cursor: Cursor = None, limit: Limit = 100
) -> Users:
    """People of the organisation."""
    rows, following = repository.users(session, cursor, limit)
    return Users(items=[user_shown(u) for u in rows], next_cursor=following)


@router.post("/users", status_code=201)
def add_user(body: NewUser, caller: Manager, session: SessionDep, wiring: PartsDep) -> UserOut:
    """Adds a person; another administrator comes in once a second one agrees (`waiting`)."""
    return user_shown(*service.add_user(session, caller, body, wiring.now()))


@router.patch("/users/{user_id}")
def change_user(
    user_id: str, body: UserChange, caller: Manager, session: SessionDep, wiring: PartsDep
) -> UserOut:
    """Changes a person's name, role, password, or shuts him out.

    Where a second administrator must agree, nothing changes yet: `waiting` says what is to change.
    """
    return user_shown(*service.change_user(session, caller, user_id, body, wiring.now()))


@router.get("/keys")
def list_keys(
    caller: Manager, session: SessionDep, cursor: Cursor = None, limit: Limit = 100
) -> Keys:
    """Keys of programs, without their secrets."""
    rows, following = repository.keys(session, cursor, limit)
    return Keys(items=[key_shown(k) for k in rows], next_cursor=following)


@router.post("/keys", status_code=201)
def add_key(body: NewKey, caller: Manager, session: SessionDep, wiring: PartsDep) -> KeyMade:
    """Makes a key. Its secret is in this answer alone; while it `waits` for a second administrator it
    opens nothing.
    """
    key, secret = service.add_key(session, caller, body, wiring.now())
    return KeyMade(**key_shown(key).model_dump(), key=secret)


@router.delete("/keys/{key_id}")
def revoke_key(key_id: str, caller: Manager, session: SessionDep, wiring: PartsDep) -> KeyOut:
    """Makes a key useless."""
    return key_shown(service.revoke_key(session, caller, key_id, wiring.now()))


@router.get("/organisation")
@at_once
def organisation(caller: Anyone, session: SessionDep) -> OrganisationOut:
    """The caller's organisation and its settings."""
    return _organisation(own_organisation(session))


@router.patch("/organisation")
def change_organisation(
    body: OrganisationChange, caller: Manager, session: SessionDep, wiring: PartsDep
) -> OrganisationOut:
    """Changes the organisation's settings.

    That four eyes are asked for no longer waits for a second administrator: `waiting` says so.
    """
    row = own_organisation(session)
    given = body.model_dump(exclude_none=True)
    waiting = None
    if given.get(FOUR_EYES) is False and needs_second(session, caller):
        asked = {FOUR_EYES: given.pop(FOUR_EYES)}
        waiting = propose(session, caller, caller.id, asked, wiring.now())
    row.settings = row.settings | given
    append_audit(session, wiring.now(), caller.id, "organisation.changed", row.id, given)
    return _organisation(row, waiting)


def _organisation(row: Organisation, waiting: PersonChange | None = None) -> OrganisationOut:
    return OrganisationOut(
        id=row.id,
        name=row.name,
        **asdict(settings_of(row.settings)),
        waiting=change_shown(waiting) if waiting else None,
    )
