"""/v1/session, /v1/me, /v1/users, /v1/keys, /v1/organisation."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from api.http.authentication import COOKIE, Caller, address_of, digest, give_session, needs
from api.http.pagination import Cursor, Limit
from api.http.roles import ROLES
from api.http.unit_of_work import Unit, UnitRoute, at_once
from api.parts import PartsDep
from api.people import repository, service
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
from api.store.audit_chain import record
from api.store.organisation_settings import own_organisation, settings_of
from api.store.people_tables import ApiKey, Organisation, Session, User

router = APIRouter(prefix="/v1", route_class=UnitRoute, tags=["people"])
Anyone = Annotated[Caller, Depends(needs(""))]
Manager = Annotated[Caller, Depends(needs("people:manage"))]


async def _attempt(request: Request, wiring: PartsDep) -> None:
    """Count an attempt to log in by its address, before its body is validated."""
    wiring.throttle.take("login-address", address_of(request), wiring.settings.logins_per_minute)


@router.post("/session", dependencies=[Depends(_attempt)])
def log_in(body: Login, response: Response, wiring: PartsDep) -> Me:
    """Begins a session: sets the cookie and returns the CSRF token."""
    found = service.log_in(wiring, body)
    give_session(response, wiring.settings, found.secret)
    with wiring.database.reading(found.user.org_id) as session:
        name = own_organisation(session).name
    return _me(
        found.user.id,
        found.user.name,
        found.user.role,
        name,
        sorted(ROLES[found.user.role]),
        found.csrf,
    )


@router.get("/session/ways")
def ways(wiring: PartsDep) -> Ways:
    """How one may log in. Open to all: a log-in screen asks before anybody is known."""
    return Ways(provider=bool(wiring.settings.oidc_issuer))


@router.delete("/session", status_code=204)
def log_out(caller: Anyone, request: Request, session: Unit) -> Response:
    """Ends the session of the cookie."""
    repository.end_session(session, request.cookies.get(COOKIE, ""))
    response = Response(status_code=204)
    response.delete_cookie(COOKIE, path="/")
    return response


@router.get("/me")
@at_once
def me(caller: Anyone, request: Request, session: Unit) -> Me:
    """Who is asking."""
    secret = request.cookies.get(COOKIE, "")
    row = session.get(Session, digest(secret)) if caller.is_person and secret else None
    return _me(
        caller.id,
        caller.name,
        caller.role,
        own_organisation(session).name,
        sorted(caller.scopes),
        row.csrf if row else "",
    )


@router.post("/me/password", status_code=204)
def change_own_password(
    body: OwnPassword, caller: Anyone, session: Unit, wiring: PartsDep
) -> Response:
    """Changes one's own password and ends one's sessions."""
    wiring.throttle.take("login-name", caller.id, wiring.settings.logins_per_minute)
    service.change_own_password(session, caller, body, wiring.now())
    return Response(status_code=204)


@router.get("/users")
@at_once
def list_users(caller: Anyone, session: Unit, cursor: Cursor = None, limit: Limit = 100) -> Users:
    """People of the organisation."""
    rows, following = repository.users(session, cursor, limit)
    return Users(items=[_user(u) for u in rows], next_cursor=following)


@router.post("/users", status_code=201)
def add_user(body: NewUser, caller: Manager, session: Unit, wiring: PartsDep) -> UserOut:
    """Adds a person."""
    return _user(service.add_user(session, caller, body, wiring.now()))


@router.patch("/users/{user_id}")
def change_user(
    user_id: str, body: UserChange, caller: Manager, session: Unit, wiring: PartsDep
) -> UserOut:
    """Changes a person's name, role, password, or shuts him out."""
    return _user(service.change_user(session, caller, user_id, body, wiring.now()))


@router.get("/keys")
def list_keys(caller: Manager, session: Unit, cursor: Cursor = None, limit: Limit = 100) -> Keys:
    """Keys of programs, without their secrets."""
    rows, following = repository.keys(session, cursor, limit)
    return Keys(items=[_key(k) for k in rows], next_cursor=following)


@router.post("/keys", status_code=201)
def add_key(body: NewKey, caller: Manager, session: Unit, wiring: PartsDep) -> KeyMade:
    """Makes a key. Its secret is in this answer alone."""
    key, secret = service.add_key(session, caller, body, wiring.now())
    return KeyMade(**_key(key).model_dump(), key=secret)


@router.delete("/keys/{key_id}")
def revoke_key(key_id: str, caller: Manager, session: Unit, wiring: PartsDep) -> KeyOut:
    """Makes a key useless."""
    return _key(service.revoke_key(session, caller, key_id, wiring.now()))


@router.get("/organisation")
@at_once
def organisation(caller: Anyone, session: Unit) -> OrganisationOut:
    """The caller's organisation and its settings."""
    return _organisation(own_organisation(session))


@router.patch("/organisation")
def change_organisation(
    body: OrganisationChange, caller: Manager, session: Unit, wiring: PartsDep
) -> OrganisationOut:
    """Changes the organisation's settings."""
    row = own_organisation(session)
    given = body.model_dump(exclude_none=True)
    row.settings = row.settings | given
    record(session, wiring.now(), caller.id, "organisation.changed", row.id, given)
    return _organisation(row)


def _me(
    user_id: str, name: str, role: str, organisation_name: str, scopes: list[str], csrf: str
) -> Me:
    return Me(
        id=user_id, name=name, role=role, organisation=organisation_name, scopes=scopes, csrf=csrf
    )


def _user(user: User) -> UserOut:
    return UserOut(
        id=user.id,
        login=user.login,
        name=user.name,
        role=user.role,
        active=user.active,
        created_at=user.created_at,
    )


def _key(key: ApiKey) -> KeyOut:
    return KeyOut.model_validate(key, from_attributes=True)


def _organisation(row: Organisation) -> OrganisationOut:
    return OrganisationOut(id=row.id, name=row.name, **asdict(settings_of(row.settings)))
