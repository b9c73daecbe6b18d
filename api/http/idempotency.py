"""Idempotency-Key with Stripe's semantics: one effect a key and caller; the answer is replayed byte
for byte with Idempotent-Replayed.

The same key with another request is refused (422), one whose first request is under way too (409).
The answer is written in the transaction of the effect, so that a crash leaves both or neither; a
key left in flight by a crash may be used again after a while.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from fastapi import Request, Response
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from api.errors import Problem
from api.http.authentication import identify
from api.store.rows import remove
from api.store.service_tables import IdempotencyKey

if TYPE_CHECKING:
    from api.parts import Parts

_LOST_AFTER = timedelta(seconds=30)  # a request that takes longer was lost with its process
_KEPT = ("content-type", "location", "etag", "retry-after")
_LONGEST = 255  # characters of a key; longer ones are no identifiers


@dataclass(slots=True)
class Claim:
    """A key taken by this request, or the answer that is replayed."""

    org: str
    caller: str
    key: str
    answer: Response | None = None


async def request_digest(request: Request) -> str:
    """SHA-256 of method, path, query and body.

    Of a multipart body, which is streamed, only the length counts.
    """
    seen = hashlib.sha256(f"{request.method} {request.url.path}?{request.url.query}\n".encode())
    if request.headers.get("content-type", "").startswith("multipart/"):
        seen.update(request.headers.get("content-length", "").encode())
    else:
        seen.update(await request.body())
    return seen.hexdigest()


def begin(request: Request, key: str, digest: str) -> Claim:
    """Takes the key. Raises Problem when it is in flight or came with another request."""
    if len(key) > _LONGEST:
        raise Problem("invalid")
    caller = identify(request)
    wiring = request.app.state.wiring
    now = wiring.now()
    claim = Claim(caller.org, caller.id, key)
    with wiring.database.session(caller.org, caller.mode, write=True) as session:
        found = session.get(IdempotencyKey, (caller.id, key))
        if found is not None and now - found.created_at > timedelta(
            hours=wiring.settings.idempotency_hours
        ):
            remove(session, found)
            session.flush()
            found = None
        if found is None:
            session.add(IdempotencyKey(caller=caller.id, key=key, request=digest, created_at=now))
            try:
                session.commit()
            except IntegrityError as error:
                raise Problem("in_flight", retry_after=1) from error
            return claim
        if found.request != digest:
            raise Problem("key_reused")
        if found.status == 0:
            if now - found.created_at < _LOST_AFTER:
                raise Problem("in_flight", retry_after=1)
            found.created_at = now
            session.commit()
            return claim
        claim.answer = Response(
            wiring.sealer.open(found.body).encode(),
            status_code=found.status,
            headers=found.headers | {"Idempotent-Replayed": "true"},
        )
        return claim


def remember(request: Request, session: Session | None, claim: Claim, response: Response) -> None:
    """Writes the answer in the transaction of the effect, or in one of its own where there was
    none.
    """
    values = {
        "status": response.status_code,
        "headers": {key: value for key, value in response.headers.items() if key in _KEPT},
        "body": request.app.state.wiring.sealer.seal(
            bytes(response.body).decode()
        ),  # it may hold a secret that is kept nowhere else
    }
    change = (
        update(IdempotencyKey)
        .where(IdempotencyKey.caller == claim.caller, IdempotencyKey.key == claim.key)
        .values(**values)
    )
    if session is not None:
        session.execute(change)
        return
    with request.app.state.wiring.database.writing(claim.org) as own:
        own.execute(change)


def forget_about(wiring: Parts, session: Session, subject: str) -> None:
    """Forgets the answers that told of a subject (an id)."""
    for row in session.scalars(select(IdempotencyKey).where(IdempotencyKey.body != "")):
        if subject in wiring.sealer.open(row.body):
            remove(session, row)


def forget(request: Request, claim: Claim) -> None:
    """Gives the key back after a request that had no effect."""
    with request.app.state.wiring.database.writing(claim.org) as session:
        session.execute(
            delete(IdempotencyKey).where(
                IdempotencyKey.caller == claim.caller, IdempotencyKey.key == claim.key
            )
        )
