"""One commit a request: the route opens no session itself, commits the one that its endpoint used, and remembers answers to Idempotency-Keys in it."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import wraps
from inspect import iscoroutinefunction
from typing import Annotated, Any

from fastapi import Depends, Request, Response
from fastapi.routing import APIRoute
from pydantic import BaseModel
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool

from api import idempotency
from api.people.caller import Caller, caller_of_request

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


def session_of(request: Request, caller: Caller) -> Session:
    """The session of this request, of the caller's organisation; it writes unless the method is GET."""
    known = getattr(request.state, "unit", None)
    if isinstance(known, Session):
        return known
    session: Session = request.app.state.wiring.database.session(caller.org, write=request.method != "GET")
    request.state.unit = session
    return session


async def unit(request: Request) -> Session:
    """The same, as a dependency."""
    return session_of(request, await caller_of_request(request))


Unit = Annotated[Session, Depends(unit)]


class UnitRoute(APIRoute):
    """A route whose endpoint's session is committed before the answer leaves, or rolled back when there is none."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **given: Any) -> None:
        reads = given.get("methods") in (["GET"], {"GET"}) and not iscoroutinefunction(endpoint)
        super().__init__(path, _read_at_once(endpoint) if reads else endpoint, **given)

    def get_route_handler(self) -> Handler:
        handler = super().get_route_handler()

        async def run(request: Request) -> Response:
            key = request.headers.get("Idempotency-Key", "") if request.method == "POST" else ""
            if not key:
                return await _committed(request, handler, None)
            digest = await idempotency.request_digest(request)
            claim = await run_in_threadpool(idempotency.begin, request, key, digest)
            if claim.answer is not None:
                return claim.answer
            return await _committed(request, handler, claim)

        return run


def _read_at_once(endpoint: Callable[..., Any]) -> Callable[..., Any]:
    """The endpoint with its session closed and its answer written in the same thread: each hop between threads waits its turn when many ask."""

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
        return Response(told.model_dump_json(by_alias=True), media_type="application/json", headers=headers)

    return run


async def _committed(request: Request, handler: Handler, claim: idempotency.Claim | None) -> Response:
    try:
        response = await handler(request)
        if request.method != "GET":  # whose session only read, and is closed
            await run_in_threadpool(_commit, request, response, claim)
        return response
    except BaseException:
        await run_in_threadpool(_undo, request, claim)
        raise


def _commit(request: Request, response: Response, claim: idempotency.Claim | None) -> None:
    session: Session | None = getattr(request.state, "unit", None)
    if claim is not None:
        idempotency.remember(request, session, claim, response)
    if session is not None:
        session.commit()
        session.close()
    for after in getattr(request.state, "after_commit", ()):
        after()


def _undo(request: Request, claim: idempotency.Claim | None) -> None:
    session: Session | None = getattr(request.state, "unit", None)
    if session is not None:
        session.close()  # which rolls back
    if claim is not None:
        idempotency.forget(request, claim)


def after_commit(request: Request, act: Callable[[], None]) -> None:
    """Runs `act` once the request's transaction is durable."""
    acts: list[Callable[[], None]] = getattr(request.state, "after_commit", [])
    request.state.after_commit = [*acts, act]
