"""/v1/packets/{id}/uploads and /v1/uploads/{ticket}: a file whose bytes come without the log-in of
who asked for its address.
"""

from __future__ import annotations

from datetime import UTC, datetime
from tempfile import SpooledTemporaryFile
from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from starlette.concurrency import run_in_threadpool

from api.errors import Problem
from api.http.unit_of_work import SessionDep, SessionRoute, after_commit, session_of
from api.packets import uploads
from api.packets.endpoints import Writer
from api.packets.schemas import FileOut, NewUpload, UploadDone, UploadOut
from api.packets.view import file_shown
from api.parts import PartsDep

router = APIRouter(
    prefix="/v1/packets/{packet_id}/uploads", route_class=SessionRoute, tags=["packets"]
)
open_router = APIRouter(prefix=uploads.ADDRESS, tags=["packets"])
Sealed = Annotated[str, Path(min_length=1, max_length=4_000)]
_IN_MEMORY = 2**20
_ANY_BYTES = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}


@router.post("", status_code=201)
def ask(
    packet_id: str, body: NewUpload, caller: Writer, session: SessionDep, wiring: PartsDep
) -> UploadOut:
    """An address to which just this file can be PUT without further credentials, for some minutes;
    where the store of blobs has addresses of its own, one of those.
    """
    ticket, sealed = uploads.asked(wiring, session, caller, packet_id, body)
    seconds = wiring.settings.upload_minutes * 60
    address, headers = wiring.blobs.upload_address(
        caller.org, ticket.id, ticket.sha256, ticket.size, seconds
    )
    own = f"{wiring.settings.public_url.rstrip('/')}{uploads.ADDRESS}/{sealed}"
    return UploadOut(
        id=sealed,
        address=address or own,
        headers=headers,
        expires_at=datetime.fromtimestamp(ticket.until, UTC),
    )


@router.post("/{upload_id}", status_code=201)
def finish(
    packet_id: str,
    upload_id: Sealed,
    caller: Writer,
    wiring: PartsDep,
    request: Request,
    body: UploadDone | None = None,
) -> FileOut:
    """Makes the file of what was put to the address, once it is what was said.

    The writing session begins when the bytes are kept.
    """
    ticket = uploads.opened(wiring, upload_id, within=(caller.org, caller.mode, packet_id))
    uploads.collect(wiring, ticket)
    file = uploads.finish(
        wiring, session_of(request, caller), caller, ticket, body.password if body else ""
    )
    after_commit(request, lambda: uploads.clear(wiring, ticket))
    return file_shown(file)


@open_router.put("/{ticket}", status_code=204, openapi_extra=_ANY_BYTES)
async def put(ticket: Sealed, request: Request, wiring: PartsDep) -> Response:
    """Takes the bytes.

    The address itself is the permission: it is signed, holds for minutes and fits one file of one
    packet.
    """
    known = uploads.opened(wiring, ticket)
    wiring.throttle.take("uploads", known.id, wiring.settings.requests_per_minute)
    await run_in_threadpool(uploads.refuse_used, wiring, known)
    with SpooledTemporaryFile(_IN_MEMORY) as kept:
        taken = 0
        async for chunk in request.stream():
            taken += len(chunk)
            if taken > known.size:
                raise Problem("upload_differs")
            await run_in_threadpool(kept.write, chunk)
        kept.seek(0)
        await run_in_threadpool(lambda: uploads.receive(wiring, known, kept.read()))
    return Response(status_code=204)
