"""Log-in, people, keys.

Each act that changes something is told to the audit in the same transaction.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from api.errors import Problem
from api.http.authentication import Caller, digest
from api.http.roles import SCOPES, TRIAL_SCOPES
from api.people import repository
from api.people.approvals import GUARDED, KEY, carry_out, needs_second, propose
from api.people.passwords import fits, hash_of, new_password
from api.people.schemas import Login, NewKey, NewUser, OwnPassword, UserChange
from api.people.second_factor import accepts
from api.runtime.guessing import Attempt, marked
from api.store.audit_chain import append_audit
from api.store.database import EVERY, Database
from api.store.ids import new_id
from api.store.people_tables import ApiKey, Organisation, PersonChange, User
from api.store.people_tables import Session as SessionRow
from api.store.rows import insert

if TYPE_CHECKING:
    from api.parts import Parts

KEY_MARK = "hyk_"


@dataclass(frozen=True, slots=True)
class LoggedIn:
    """A session just begun: the cookie's secret and the CSRF token."""

    user: User
    secret: str
    csrf: str


class Refused(Exception):
    """An attempt to log in that failed: its problem, and the seconds that its answer is to wait."""

    def __init__(self, problem: Problem, delay: float = 0) -> None:
        super().__init__(problem.code)
        self.problem, self.delay = problem, delay


def log_in(wiring: Parts, asked: Login, network: str, mark: str) -> LoggedIn:
    """Begins a session. `mark`: what the browser kept of an earlier log-in.

    Raises Refused; which of name and password is wrong is not said.
    """
    with wiring.database.reading(EVERY) as session:
        named = repository.users_by_login(session, asked.login, asked.organisation)
    known = marked(wiring.sealer, mark, wiring.now().timestamp())
    attempt = Attempt(network, known if any(user.id == known for user in named) else "")
    try:
        wiring.guessing.admit(attempt)
    except Problem as problem:
        raise Refused(problem) from problem
    if not named:
        fits(asked.password, "")  # takes as long as for a name that is there
    fitting = [u for u in named if fits(asked.password, u.password_hash) and u.active]
    if len(fitting) != 1:
        raise _refused(wiring, attempt, asked, named, "wrong_login")
    user = fitting[0]
    if user.sealed_totp:
        _require_code(wiring, attempt, asked, user)
    wiring.guessing.succeeded((user.org_id, asked.login.lower()))
    return begin_session(wiring.database, user, wiring.now())


def _refused(
    wiring: Parts, attempt: Attempt, asked: Login, named: list[User], code: str
) -> Refused:
    """Counts a wrong attempt, and tells it to the audit of whoever was named."""
    for user in named:
        with wiring.database.writing(user.org_id) as session:
            append_audit(session, wiring.now(), user.id, "login.refused", user.id)
    login = asked.login.lower()
    # A name that is not there is counted like one that is, so that delays tell nothing.
    names = [(user.org_id, login) for user in named] or [(f"no {asked.organisation}", login)]
    return Refused(Problem(code), wiring.guessing.failed(attempt, names))


def _require_code(wiring: Parts, attempt: Attempt, asked: Login, user: User) -> None:
    """Raises Refused where the second factor is missing or wrong."""
    if not asked.code:
        raise Refused(Problem("code_needed"))
    with wiring.database.writing(user.org_id) as session:
        fitting = accepts(session, wiring.sealer, user.id, asked.code, wiring.now())
    if not fitting:
        raise _refused(wiring, attempt, asked, [user], "wrong_code")


def begin_session(database: Database, user: User, now: datetime) -> LoggedIn:
    """A new session of a person who has shown who he is."""
    secret, csrf = secrets.token_urlsafe(32), secrets.token_urlsafe(24)
    with database.writing(user.org_id) as session:
        session.add(
            SessionRow(
                digest=digest(secret), user_id=user.id, csrf=csrf, created_at=now, seen_at=now
            )
        )
        append_audit(session, now, user.id, "login", user.id)
    return LoggedIn(user, secret, csrf)


def add_user(
    session: Session, caller: Caller, new: NewUser, now: datetime
) -> tuple[User, PersonChange | None]:
    """A new person of the caller's organisation. Raises Problem "already_there".

    Another administrator comes in once a second one agrees, where that is asked for.
    """
    waits = new.role == "administrator" and needs_second(session, caller)
    user = User(
        id=new_id("usr"),
        org_id=caller.org,
        login=new.login,
        name=new.name,
        role=new.role,
        password_hash=hash_of(new.password),
        subject="",
        active=not waits,
        created_at=now,
    )
    try:
        with session.begin_nested():
            session.add(user)
    except IntegrityError as error:
        raise Problem("already_there") from error
    append_audit(session, now, caller.id, "user.added", user.id, {"role": new.role})
    return user, propose(session, caller, user.id, {"active": True}, now) if waits else None


def change_user(
    session: Session, caller: Caller, user_id: str, change: UserChange, now: datetime
) -> tuple[User, PersonChange | None]:
    """Changes a person, or proposes the change where a second administrator must agree."""
    user = repository.user(session, user_id)
    if user is None:
        raise Problem("not_found")
    given = change.model_dump(exclude_none=True)
    if change.password is not None:
        given["password_hash"] = hash_of(given.pop("password"))
    if _is_guarded(user, given) and needs_second(session, caller):
        return user, propose(session, caller, user.id, given, now)
    return carry_out(session, caller, user.id, given, now), None


def _is_guarded(user: User, given: dict[str, Any]) -> bool:
    """Whether a change gives rights or another's log-in. To shut a person out at once is not held
    up, unless it is an administrator who would be looking.
    """
    guarded = GUARDED & set(given)
    if guarded == {"active"} and not given["active"]:
        return user.role == "administrator"
    return bool(guarded)


def change_own_password(
    session: Session, caller: Caller, change: OwnPassword, now: datetime
) -> None:
    """Raises Problem "wrong_login" when the old one does not fit."""
    user = repository.user(session, caller.id)
    if user is None or not fits(change.old, user.password_hash):
        raise Problem("wrong_login")
    user.password_hash = hash_of(change.new)
    repository.end_sessions(session, user.id)
    append_audit(session, now, caller.id, "password.changed", user.id)


def add_key(session: Session, caller: Caller, new: NewKey, now: datetime) -> tuple[ApiKey, str]:
    """A key and its secret, which is kept nowhere.

    Nobody gives a key what he may not do himself. A key opens nothing until a second administrator
    agrees, where that is asked for.
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
        waits=needs_second(session, caller),
    )
    insert(session, key)
    if key.waits:
        propose(session, caller, caller.id, {KEY: key.id}, now)
    append_audit(
        session, now, caller.id, "key.added", key.id, {"scopes": key.scopes, "mode": key.mode}
    )
    return key, secret


def revoke_key(session: Session, caller: Caller, key_id: str, now: datetime) -> ApiKey:
    key = repository.key(session, key_id)
    if key is None:
        raise Problem("not_found")
    if key.revoked_at is None:
        key.revoked_at = now
        append_audit(session, now, caller.id, "key.revoked", key.id)
    return key


def found_organisation(
    database: Database, name: str, login: str, now: datetime, password: str = ""
) -> tuple[User, str]:
    """A new organisation and its first administrator, with a random password where none is given."""
    password = password or new_password()
    with database.writing(EVERY) as session:
        org = Organisation(id=new_id("org"), name=name, created_at=now, settings={})
        insert(session, org)
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
        insert(session, user)
        append_audit(session, now, user.id, "organisation.founded", org.id, org=org.id)
    return user, password
