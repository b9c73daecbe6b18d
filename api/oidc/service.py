"""From a provider's answer to a person of the service.

People are known by issuer and subject; names and addresses of a provider change hands.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy.exc import IntegrityError

from api.errors import Problem
from api.oidc import repository
from api.people.schemas import LONGEST
from api.people.service import LoggedIn, begin_session
from api.store.audit_chain import append_audit
from api.store.database import EVERY
from api.store.ids import new_id
from api.store.people_tables import User
from api.store.rows import insert

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from api.parts import Parts

MINUTES = 10  # in which a person logs in at the provider
_SCREEN = re.compile(
    r"/[A-Za-z0-9._~/-]{0,200}(\?[A-Za-z0-9._~/?=&%+,:@!$'()*;-]{0,800})?"
)  # a cookie holds 4 kB at most
_LONGEST_SUBJECT = 255  # OpenID Connect Core 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """What a log-in must come back with; it travels sealed in a cookie."""

    state: str
    nonce: str
    verifier: str
    at: str
    to: str = "/"


def screen(asked: str) -> str:
    """The address of a screen of this service as it was asked for; "/" for whatever else: nobody is
    led elsewhere, nor to an endpoint.
    """
    path = asked.split("?", 1)[0]
    elsewhere = "//" in path or path.split("/")[1:2] == ["v1"]
    return asked if _SCREEN.fullmatch(asked) and not elsewhere else "/"


def start(wiring: Parts, asked: str) -> tuple[str, str]:
    """Where to send the person, and the sealed cookie.

    Raises Problem "not_found" where no provider is set, ProviderError.
    """
    _needs_provider(wiring)
    started = Started(
        state=secrets.token_urlsafe(24),
        nonce=secrets.token_urlsafe(24),
        verifier=secrets.token_urlsafe(48),
        at=wiring.now().isoformat(),
        to=screen(asked),
    )
    return wiring.oidc.address(started.state, started.nonce, started.verifier), wiring.sealer.seal(
        json.dumps(asdict(started))
    )


def finish(wiring: Parts, code: str, state: str, cookie: str) -> tuple[LoggedIn, str]:
    """A session for the person who came back, and the screen that was asked for.

    Raises Problem "oidc_failed" or "wrong_login", ProviderError.
    """
    _needs_provider(wiring)
    started = _started(wiring, cookie)
    if (
        started is None
        or not code
        or not secrets.compare_digest(started.state.encode(), state.encode())
    ):
        raise Problem("oidc_failed")
    claims = wiring.oidc.claims(code, started.nonce, started.verifier)
    return begin_session(wiring.database, _person(wiring, claims), wiring.now()), started.to


def _needs_provider(wiring: Parts) -> None:
    if not wiring.settings.oidc_issuer:
        raise Problem(
            "not_found",
            "未配置统一身份登录；请用用户名和密码登录。",
            "No OpenID provider is set up; log in with name and password.",
        )


def _started(wiring: Parts, cookie: str) -> Started | None:
    try:
        started = Started(**json.loads(wiring.sealer.open(cookie)))
    except (ValueError, TypeError):
        return None
    fresh = wiring.now() - datetime.fromisoformat(started.at) <= timedelta(minutes=MINUTES)
    return started if fresh else None


def _person(wiring: Parts, claims: dict[str, Any]) -> User:
    if not 0 < len(claims["sub"]) <= _LONGEST_SUBJECT or "\0" in claims["sub"]:
        raise Problem("oidc_failed")
    subject = f"{wiring.settings.oidc_issuer} {claims['sub']}"
    with wiring.database.reading(EVERY) as session:
        org = repository.organisation_id(session, wiring.settings.oidc_organisation)
    if org is None:
        raise Problem("not_configured")
    for _ in range(3):  # two first log-ins at once meet in the name that both would take
        try:
            with wiring.database.writing(org) as session:
                user = repository.by_subject(session, subject) or _joined(
                    wiring, session, subject, claims
                )
        except IntegrityError:
            continue
        if not user.active:
            raise Problem("wrong_login")
        return user
    raise Problem("busy")


def _joined(wiring: Parts, session: Session, subject: str, claims: dict[str, Any]) -> User:
    if not wiring.settings.oidc_create:
        raise Problem("not_added")
    login = _login(claims)
    if repository.login_taken(
        session, login
    ):  # never joined to an account of that name: a provider's names can be chosen
        login = f"{login[: LONGEST - 13]}-{hashlib.sha256(subject.encode()).hexdigest()[:12]}"
    user = User(
        id=new_id("usr"),
        org_id=session.info["org"],
        login=login,
        name=_text(claims.get("name")) or login,
        role="reviewer",
        password_hash="",
        subject=subject,
        active=True,
        created_at=wiring.now(),
    )
    insert(session, user)
    append_audit(
        session, wiring.now(), "system", "user.added", user.id, {"role": user.role, "by": "oidc"}
    )
    return user


def _login(claims: dict[str, Any]) -> str:
    for name in ("preferred_username", "email", "sub"):
        login = re.sub(r"[^A-Za-z0-9._@-]", "", _text(claims.get(name)))
        if len(login) >= 2:
            return login
    return "oidc-" + hashlib.sha256(claims["sub"].encode()).hexdigest()[:12]


def _text(value: Any) -> str:
    return (
        re.sub(r"[\x00-\x1f\x7f\ud800-\udfff]", "", value).strip()[:LONGEST]
        if isinstance(value, str)
        else ""
    )
