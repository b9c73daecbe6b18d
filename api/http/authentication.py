"""Who is asking: a person by session cookie, or a program by key.

The dependency `needs(scope)` guards every operation.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from fastapi import Request, Response
from sqlalchemy import Update, bindparam, select, update
from sqlalchemy.orm import Session as Reading
from starlette.concurrency import run_in_threadpool

from api.errors import Problem
from api.http.roles import ROLES, TRIAL_SCOPES
from api.settings import Settings
from api.store.database import EVERY, Database
from api.store.people_tables import ApiKey, Session, User

COOKIE = "huoyan_session"
BROWSER_COOKIE = "huoyan_browser"
CSRF_HEADER = "X-CSRF-Token"
_SAFE = ("GET", "HEAD", "OPTIONS")
_SEEN_EVERY = timedelta(minutes=1)  # a later moment would write to the database at every request
# Made once: making a statement takes longer than answering it.
_KEY = select(ApiKey).where(ApiKey.digest == bindparam("digest"))
_SESSION = (
    select(Session, User)
    .join(User, User.id == Session.user_id)
    .where(Session.digest == bindparam("digest"))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """A person or a program within its organisation, and what it may do."""

    org: str
    id: str
    name: str
    role: str
    scopes: frozenset[str]
    mode: str = "live"

    @property
    def is_person(self) -> bool:
        return self.id.startswith("usr_")


Found = tuple[Caller, Update | None]  # and what notes, once a minute, that it was seen


def give_session(response: Response, settings: Settings, secret: str) -> None:
    """Sets the cookie of a session: not for scripts, not for other sites."""
    _give(response, settings, COOKIE, secret, int(settings.session_hours * 3600), "/")


def give_mark(response: Response, settings: Settings, mark: str, seconds: int) -> None:
    """Sets the mark of a browser in which a person has logged in."""
    # No other request needs it, so that no other request carries it.
    _give(response, settings, BROWSER_COOKIE, mark, seconds, "/v1/session")


def _give(
    response: Response, settings: Settings, name: str, value: str, seconds: int, path: str
) -> None:
    response.set_cookie(
        name,
        value,
        max_age=seconds,
        httponly=True,
        samesite="strict",
        secure=settings.secure_cookies,
        path=path,
    )


def digest(secret: str) -> str:
    """What is kept of a secret that is random: its SHA-256."""
    return hashlib.sha256(secret.encode()).hexdigest()


def needs(scope: str) -> Callable[[Request], Awaitable[Caller]]:
    """A dependency: the caller, who must hold `scope` ('' for anyone who is logged in)."""

    async def caller_with_scope(request: Request) -> Caller:
        caller = await caller_of_request(request)
        if scope and scope not in caller.scopes:
            raise Problem("not_allowed")
        return caller

    caller_with_scope.scope = scope  # type: ignore[attr-defined]
    return caller_with_scope


async def caller_of_request(request: Request) -> Caller:
    """`identify`, in a thread only where the database is not near."""
    if known := _known(request):
        return known
    database: Database = request.app.state.wiring.database
    if not database.is_sqlite:
        return await run_in_threadpool(identify, request)
    with database.reading(EVERY, at_once=True) as session:
        caller, seen = _found(request, session)
    if seen is not None:
        await run_in_threadpool(_note, database, seen)
    return _let_in(request, caller)


def _known(request: Request) -> Caller | None:
    known = getattr(request.state, "caller", None)
    return known if isinstance(known, Caller) else None


def identify(request: Request) -> Caller:
    """The caller of a request, found once.

    Raises Problem when there is none, or a cookie comes without its CSRF token.
    """
    if known := _known(request):
        return known
    database: Database = request.app.state.wiring.database
    with database.reading(EVERY) as session:
        caller, seen = _found(request, session)
    if seen is not None:
        _note(database, seen)
    return _let_in(request, caller)


def _found(request: Request, session: Reading) -> Found:
    wiring = request.app.state.wiring
    header = request.headers.get("Authorization", "")
    if header:
        return _by_key(session, header.removeprefix("Bearer ").strip(), wiring.now())
    return _by_cookie(request, session, wiring.now(), wiring.settings)


def _note(database: Database, seen: Update) -> None:
    with database.writing(EVERY) as session:
        session.execute(seen)


def _let_in(request: Request, caller: Caller) -> Caller:
    wiring = request.app.state.wiring
    wiring.throttle.take("requests", caller.id, wiring.settings.requests_per_minute)
    request.state.caller = caller
    return caller


def _by_key(session: Reading, secret: str, now: datetime) -> Found:
    """The program that a key belongs to. Raises Problem."""
    key = session.scalar(_KEY, {"digest": digest(secret)})
    if key is None or not _is_in_force(key, now):
        raise Problem("not_logged_in")
    scopes = frozenset(key.scopes)
    caller = Caller(
        org=key.org_id,
        id=key.id,
        name=key.name,
        role="system",
        scopes=scopes & TRIAL_SCOPES if key.mode == "test" else scopes,
        mode=key.mode,
    )
    late = key.used_at is None or now - key.used_at > _SEEN_EVERY
    return caller, update(ApiKey).where(ApiKey.id == key.id).values(used_at=now) if late else None


def _is_in_force(key: ApiKey, now: datetime) -> bool:
    is_over = key.expires_at is not None and key.expires_at <= now
    return key.revoked_at is None and not key.waits and not is_over


def _by_cookie(request: Request, session: Reading, now: datetime, settings: Settings) -> Found:
    """The person whose session a cookie names. Raises Problem."""
    secret = request.cookies.get(COOKIE, "")
    found = session.execute(_SESSION, {"digest": digest(secret)}).first()
    if not secret or found is None:
        raise Problem("not_logged_in")
    row, user = found
    longest, idle = (
        timedelta(hours=settings.session_hours),
        timedelta(minutes=settings.session_idle_minutes),
    )
    if now - row.created_at > longest or now - row.seen_at > idle or not user.active:
        raise Problem("not_logged_in")
    if request.method not in _SAFE and not hmac.compare_digest(
        request.headers.get(CSRF_HEADER, "").encode(), row.csrf.encode()
    ):
        raise Problem("csrf")
    late = now - row.seen_at > _SEEN_EVERY
    return caller_of(user), update(Session).where(Session.digest == row.digest).values(
        seen_at=now
    ) if late else None


def caller_of(user: User) -> Caller:
    """A person with what his role may do."""
    return Caller(
        org=user.org_id, id=user.id, name=user.name, role=user.role, scopes=ROLES[user.role]
    )
