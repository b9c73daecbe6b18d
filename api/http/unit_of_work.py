"""One commit a request: the route opens no session itself, commits the one that its endpoint used,
and remembers answers to Idempotency-Keys in it.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import wraps
from inspect import iscoroutinefunction
from typing import Annotated, Any, Final, TypeVar

from anyio import CancelScope, to_thread
from fastapi import Depends, Request, Response
from fastapi.routing import APIRoute
from pydantic import BaseModel
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool

from api.http import idempotency
from api.http.authentication import Caller, caller_of_request
from api.http.body_limits import DEFAULT_BYTES, most_bytes
from api.http.entity_tags import unchanged
from api.runtime.thread_limit import ThreadLimit
from api.store.database import Database, Later
from api.store.scope import give_turn_back

# Threads that end requests, apart from those in which requests wait for each other; on SQLite one
# commits at a time.
_ENDERS: Final = ThreadLimit("enders", 8)
Handler = Callable[[Request], Coroutine[Any, Any, Response]]
Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])


def session_of(request: Request, caller: Caller) -> Session:
    """The session of this request, of the caller's organisation; it writes unless the method is
    GET.
    """
    known = getattr(request.state, "unit", None)
    if isinstance(known, Session):
        return known
    database: Database = request.app.state.wiring.database
    session = database.session(
        caller.org,
        caller.mode,
        write=request.method != "GET",
        at_once=getattr(request.state, "at_once", False),
    )
    request.state.unit = session
    return session


async def unit(request: Request) -> Session:
    """The same, as a dependency; of one that writes it is the turn to write."""
    return await session_to_write(request, await caller_of_request(request))


async def session_to_write(request: Request, caller: Caller) -> Session:
    """The session of this request once it may write, for an endpoint of the event loop."""
    session = session_of(request, caller)
    await request.app.state.wiring.database.turn_to_write(session)
    return session


SessionDep = Annotated[Session, Depends(unit)]


class SessionRoute(APIRoute):
    """A route whose endpoint's session is committed before the answer leaves, or rolled back when
    there is none.
    """

    def __init__(self, path: str, endpoint: Callable[..., Any], **given: Any) -> None:
        reads = given.get("methods") in (["GET"], {"GET"}) and not iscoroutinefunction(endpoint)
        self._at_once = reads and getattr(endpoint, "at_once", False)
        super().__init__(path, _read_whole(endpoint, self._at_once) if reads else endpoint, **given)

    def get_route_handler(self) -> Handler:
        handler = super().get_route_handler()

        async def run(request: Request) -> Response:
            request.state.at_once = self._at_once and request.app.state.wiring.database.is_sqlite
            if _is_large(request):
                await caller_of_request(request)  # a stranger's is not taken in
            key = request.headers.get("Idempotency-Key", "") if request.method == "POST" else ""
            if not key:
                return unchanged(request, await _committed(request, handler, None))
            digest = await idempotency.request_digest(request)
            claim = await run_in_threadpool(idempotency.begin, request, key, digest)
            if claim.answer is not None:
                return claim.answer
            return await _committed(request, handler, claim)

        return run


def _is_large(request: Request) -> bool:
    """Whether a body holds files, or is larger than what anybody may send."""
    if request.headers.get("content-type", "").startswith("multipart/"):
        return True
    limits = request.app.state.wiring.limits
    if most_bytes(request.method, request.url.path, limits) <= DEFAULT_BYTES:
        return False  # where a large one is refused for its length
    length = request.headers.get("content-length", "")
    declared = int(length) if length.isdigit() else 0
    return declared > DEFAULT_BYTES or "transfer-encoding" in request.headers


def at_once(endpoint: Endpoint) -> Endpoint:
    """Marks a GET endpoint that reads a few rows by their indexes, and says `takes_long` before it
    does more: the event loop runs it.
    """
    endpoint.at_once = True  # type: ignore[attr-defined]  # a mark on a function
    return endpoint


def _read_whole(endpoint: Callable[..., Any], at_once: bool) -> Callable[..., Any]:
    """The endpoint with its session closed and its answer written in the same thread: each hop
    between threads waits its turn when many ask.
    """

    @wraps(endpoint)
    def run(**given: Any) -> Any:
        try:
            told = endpoint(**given)
        finally:
            if "session" in given:
                given["session"].close()
        if not isinstance(told, BaseModel):
            return told
        headers = given["response"].headers if "response" in given else None
        return Response(
            told.model_dump_json(by_alias=True), media_type="application/json", headers=headers
        )

    @wraps(endpoint)
    async def run_at_once(**given: Any) -> Any:
        if given["session"].info["at_once"]:
            try:
                return run(**given)
            except Later:
                given["session"] = given["session"].info["elsewhere"]()
        return await run_in_threadpool(run, **given)

    return run_at_once if at_once else run


async def _committed(
    request: Request, handler: Handler, claim: idempotency.Claim | None
) -> Response:
    try:
        response = await handler(request)
        if request.method != "GET":  # whose session only read, and is closed
            await to_thread.run_sync(_commit, request, response, claim, limiter=_ENDERS.limiter())
        return response
    except BaseException:
        with CancelScope(shield=True):  # a turn that is not given back stops all who write
            await to_thread.run_sync(_undo, request, claim, limiter=_ENDERS.limiter())
        raise


def _commit(request: Request, response: Response, claim: idempotency.Claim | None) -> None:
    session: Session | None = getattr(request.state, "unit", None)
    if claim is not None:
        idempotency.remember(request, session, claim, response)
    if session is not None:
        session.commit()
        session.close()
        give_turn_back(session)  # of one that sent nothing
    for after in getattr(request.state, "after_commit", ()):
        after()


def _undo(request: Request, claim: idempotency.Claim | None) -> None:
    session: Session | None = getattr(request.state, "unit", None)
    if session is not None:
        session.close()  # which rolls back
        give_turn_back(session)
    if claim is not None:
        idempotency.forget(request, claim)


def after_commit(request: Request, act: Callable[[], None]) -> None:
    """Runs `act` once the request's transaction is durable."""
    acts: list[Callable[[], None]] = getattr(request.state, "after_commit", [])
    request.state.after_commit = [*acts, act]
