"""Log-in, people, keys.

Each act that changes something is told to the audit in the same transaction.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from api.errors import Problem
from api.http.authentication import Caller, digest
from api.http.roles import SCOPES, TRIAL_SCOPES
from api.people import repository
from api.people.passwords import fits, hash_of, new_password
from api.people.schemas import Login, NewKey, NewUser, OwnPassword, UserChange
from api.store.audit_chain import record
from api.store.database import EVERY, Database
from api.store.ids import new_id
from api.store.people_tables import ApiKey, Organisation, User
from api.store.people_tables import Session as SessionRow

if TYPE_CHECKING:
    from api.parts import Parts

KEY_MARK = "hyk_"


@dataclass(frozen=True, slots=True)
class LoggedIn:
    """A session just begun: the cookie's secret and the CSRF token."""

    user: User
    secret: str
    csrf: str


def log_in(wiring: Parts, asked: Login) -> LoggedIn:
    """Begins a session.

    Raises Problem "wrong_login" or "too_many"; which of name and password is wrong is not said.
    """
    wiring.throttle.take("login-name", asked.login.lower(), wiring.settings.logins_per_minute)
    with wiring.database.reading(EVERY) as session:
        named = repository.users_by_login(session, asked.login, asked.organisation)
    if not named:
        fits(asked.password, "")  # takes as long as for a name that is there
    fitting = [u for u in named if fits(asked.password, u.password_hash) and u.active]
    if len(fitting) != 1:
        for user in named:
            with wiring.database.writing(user.org_id) as session:
                record(session, wiring.now(), user.id, "login.refused", user.id)
        raise Problem("wrong_login")
    return begin_session(wiring.database, fitting[0], wiring.now())


def begin_session(database: Database, user: User, now: datetime) -> LoggedIn:
    """A new session of a person who has shown who he is."""
    secret, csrf = secrets.token_urlsafe(32), secrets.token_urlsafe(24)
    with database.writing(user.org_id) as session:
        session.add(
            SessionRow(
                digest=digest(secret), user_id=user.id, csrf=csrf, created_at=now, seen_at=now
            )
        )
        record(session, now, user.id, "login", user.id)
    return LoggedIn(user, secret, csrf)


def add_user(session: Session, caller: Caller, new: NewUser, now: datetime) -> User:
    """A new person of the caller's organisation. Raises Problem "already_there"."""
    user = User(
        id=new_id("usr"),
        org_id=caller.org,
        login=new.login,
        name=new.name,
        role=new.role,
        password_hash=hash_of(new.password),
        subject="",
        active=True,
        created_at=now,
    )
    try:
        with session.begin_nested():
            session.add(user)
    except IntegrityError as error:
        raise Problem("already_there") from error
    record(session, now, caller.id, "user.added", user.id, {"role": new.role})
    return user


def change_user(
    session: Session, caller: Caller, user_id: str, change: UserChange, now: datetime
) -> User:
    """Changes a person; a new password, a lower role or being shut out ends that person's sessions."""
    user = repository.user(session, user_id)
    if user is None:
        raise Problem("not_found")
    given = change.model_dump(exclude_none=True)
    if change.password is not None:
        user.password_hash = hash_of(change.password)
    for name in ("name", "role", "active"):
        if name in given:
            setattr(user, name, given[name])
    session.flush()
    if repository.administrators(session) == 0:
        raise Problem(
            "wrong_state", "至少须保留一名在用的管理员。", "One active administrator must remain."
        )
    if {"password", "role", "active"} & set(given):
        repository.end_sessions(session, user.id)
    record(
        session,
        now,
        caller.id,
        "user.changed",
        user.id,
        {k: v for k, v in given.items() if k in ("role", "active")} | {"fields": sorted(given)},
    )
    return user


def change_own_password(
    session: Session, caller: Caller, change: OwnPassword, now: datetime
) -> None:
    """Raises Problem "wrong_login" when the old one does not fit."""
    user = repository.user(session, caller.id)
    if user is None or not fits(change.old, user.password_hash):
        raise Problem("wrong_login")
    user.password_hash = hash_of(change.new)
    repository.end_sessions(session, user.id)
    record(session, now, caller.id, "password.changed", user.id)


def add_key(session: Session, caller: Caller, new: NewKey, now: datetime) -> tuple[ApiKey, str]:
    """A key and its secret, which is kept nowhere.

    Nobody gives a key what he may not do himself.
    """
    unknown = set(new.scopes) - set(SCOPES)
    if unknown or set(new.scopes) - caller.scopes:
        raise Problem(
            "invalid",
            "密钥的权限范围有误或超出您本人的权限。",
            "A scope is unknown or beyond your own.",
        )
    if new.mode == "test" and set(new.scopes) - TRIAL_SCOPES:
        raise Problem(
            "invalid",
            "测试密钥不能管理整个机构（策略、人员与密钥、推送、审计）；请去掉这些权限。",
            "A test key cannot act on the whole organisation (policies, people and keys, webhooks,"
            " audit); leave these scopes out.",
        )
    secret = KEY_MARK + secrets.token_urlsafe(32)
    key = ApiKey(
        id=new_id("key"),
        org_id=caller.org,
        name=new.name,
        prefix=secret[:10],
        digest=digest(secret),
        scopes=sorted(set(new.scopes)),
        mode=new.mode,
        created_by=caller.id,
        created_at=now,
        expires_at=new.expires_at,
    )
    session.add(key)
    session.flush()
    record(session, now, caller.id, "key.added", key.id, {"scopes": key.scopes, "mode": key.mode})
    return key, secret


def revoke_key(session: Session, caller: Caller, key_id: str, now: datetime) -> ApiKey:
    key = repository.key(session, key_id)
    if key is None:
        raise Problem("not_found")
    if key.revoked_at is None:
        key.revoked_at = now
        record(session, now, caller.id, "key.revoked", key.id)
    return key


def found_organisation(
    database: Database, name: str, login: str, now: datetime, password: str = ""
) -> tuple[User, str]:
    """A new organisation and its first administrator, with a random password where none is given."""
    password = password or new_password()
    with database.writing(EVERY) as session:
        org = Organisation(id=new_id("org"), name=name, created_at=now, settings={})
        session.add(org)
        session.flush()
        user = User(
            id=new_id("usr"),
            org_id=org.id,
            login=login,
            name=login,
            role="administrator",
            password_hash=hash_of(password),
            subject="",
            active=True,
            created_at=now,
        )
        session.add(user)
        session.flush()
        record(session, now, user.id, "organisation.founded", org.id, org=org.id)
    return user, password
