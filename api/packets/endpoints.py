"""/v1/packets: from the first file to the report."""

from __future__ import annotations

import time
from datetime import date
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, File, Form, Query, Request, Response, UploadFile
from fastapi.responses import JSONResponse
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool

from api.errors import Problem
from api.http.authentication import Caller, needs
from api.http.body_limits import DEFAULT_BYTES, JSON_BYTES
from api.http.pagination import Cursor, Limit
from api.http.unit_of_work import SessionDep, SessionRoute, after_commit, at_once, session_to_write
from api.packets import repository, service
from api.packets.schemas import (
    FileOut,
    FilePassword,
    LimitsOut,
    NewPacket,
    PacketOut,
    Packets,
    Status,
    Submit,
)
from api.packets.uploads import within_limits
from api.packets.view import all_shown, file_shown, shown
from api.parts import Parts, PartsDep
from api.store import packet_tables as tables
from api.store.audit_chain import append_audit
from api.store.database import takes_long

router = APIRouter(prefix="/v1", route_class=SessionRoute, tags=["packets"])
Reader = Annotated[Caller, Depends(needs("packets:read"))]
Writer = Annotated[Caller, Depends(needs("packets:write"))]
Eraser = Annotated[Caller, Depends(needs("packets:erase"))]
MOST_FILES = 1_000  # of one request; as many as a packet may hold, archives opened
_FINAL = ("done", "quarantined", "cancelled")
_LONGEST_WAIT = 60  # seconds that a caller may wait; proxies end longer requests
POLL = 0.1  # seconds between two looks at what workers elsewhere have done
_SHORTEST_POLL = 0.02
_PATIENCE = (
    0.03  # of the time waited so far: the answer comes that much later than it could, at most
)
ALONE = (
    1.0  # seconds between two looks where the work is done in this process, which tells its news
)


@router.get("/limits")
def limits(wiring: PartsDep) -> LimitsOut:
    """What is accepted."""
    kept, settings = wiring.limits, wiring.settings
    return LimitsOut(
        **{
            n: getattr(kept, n)
            for n in (
                "file_bytes",
                "packet_bytes",
                "members",
                "depth",
                "pages",
                "seconds",
                "memory_bytes",
            )
        },
        files_per_request=MOST_FILES,
        json_bytes=DEFAULT_BYTES,
        json_bytes_of={f"{method} {path}": most for (method, path), most in JSON_BYTES.items()},
        wait_seconds=_LONGEST_WAIT,
        upload_minutes=settings.upload_minutes,
        idempotency_hours=settings.idempotency_hours,
        requests_per_minute=settings.requests_per_minute,
        logins_per_minute=settings.logins_per_minute,
        queue_limit=settings.queue_limit,
    )


@router.post("/packets", status_code=201)
def create(
    body: NewPacket, caller: Writer, session: SessionDep, wiring: PartsDep, response: Response
) -> PacketOut:
    """Makes an empty packet."""
    packet = service.create(session, caller, body, wiring.now())
    response.headers["Location"] = f"/v1/packets/{packet.id}"
    return shown(session, packet)


@router.get("/packets")
@at_once
def list_packets(
    caller: Reader,
    session: SessionDep,
    status: Status | None = None,
    reference: Annotated[str | None, Query(max_length=100)] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Packets:
    """Packets, the newest first."""
    query = select(tables.Packet).where(
        tables.Packet.status != "erased", tables.Packet.mode == caller.mode
    )
    if status is not None:
        takes_long(session)  # no index finds it
        query = query.where(tables.Packet.status == status)
    if reference is not None:
        query = query.where(tables.Packet.reference == reference)
    rows, following = repository.packets(session, query, cursor, limit)
    return Packets(items=all_shown(session, rows), next_cursor=following)


@router.get("/packets/{packet_id}")
@at_once
def get(packet_id: str, caller: Reader, session: SessionDep) -> PacketOut:
    """A packet, its state and its files."""
    return shown(session, service.found(session, packet_id))


@router.delete("/packets/{packet_id}", status_code=204)
def erase(
    packet_id: str,
    caller: Eraser,
    session: SessionDep,
    wiring: PartsDep,
    request: Request,
    reason: Annotated[str, Query(min_length=1, max_length=500)],
) -> Response:
    """Erases a packet and all that came from it; the audit keeps what was removed, as digests."""
    after_commit(
        request,
        service.erase(wiring, session, caller.id, service.found(session, packet_id), reason),
    )
    return Response(status_code=204)


@router.post("/packets/{packet_id}/files", status_code=201)
async def add_files(
    packet_id: str,
    caller: Writer,
    request: Request,
    wiring: PartsDep,
    files: Annotated[
        list[UploadFile],
        File(
            max_length=MOST_FILES,
            description="Files of the packet; zips are opened when it is verified.",
        ),
    ],
    password: Annotated[
        str, Form(max_length=200, description="Password of encrypted files; kept sealed.")
    ] = "",
) -> list[FileOut]:
    """Adds files. The same bytes under the same name are added once."""
    if not files:
        raise Problem("no_files")
    names = [service.base_name(f.filename) for f in files]
    kept = [await run_in_threadpool(_keep, wiring, caller.org, f) for f in files]
    session = await session_to_write(request, caller)
    named = list(zip(names, kept, strict=True))
    return await run_in_threadpool(_add, session, wiring, caller, packet_id, named, password)


def _keep(wiring: Parts, org: str, upload: UploadFile) -> tuple[str, int]:
    """The bytes as a blob, before any row names them.

    Raises Problem over the limit of a packet's file or archive.
    """
    data = upload.file.read(wiring.limits.packet_bytes + 1)
    if len(data) > wiring.limits.packet_bytes:
        raise Problem("over_limit")
    return wiring.blobs.put(org, data), len(data)


def _add(
    session: Session,
    wiring: Parts,
    caller: Caller,
    packet_id: str,
    kept: list[tuple[str, tuple[str, int]]],
    password: str,
) -> list[FileOut]:
    packet = service.found(session, packet_id)
    within_limits(wiring, session, packet, [size for _, (_, size) in kept])
    sealed = wiring.sealer.seal(password)
    return [
        file_shown(service.add_file(session, caller, packet, name, blob, sealed, wiring.now()))
        for name, blob in kept
    ]


@router.patch("/packets/{packet_id}/files/{file_id}")
def give_password(
    packet_id: str,
    file_id: str,
    body: FilePassword,
    caller: Writer,
    session: SessionDep,
    wiring: PartsDep,
) -> FileOut:
    """Gives an encrypted file its password; submit the packet again afterwards."""
    packet, sealed = service.found(session, packet_id), wiring.sealer.seal(body.password)
    file = service.set_password(session, caller, packet, file_id, sealed, wiring.now())
    return file_shown(file)


@router.delete("/packets/{packet_id}/files/{file_id}", status_code=204)
def remove_file(
    packet_id: str, file_id: str, caller: Writer, session: SessionDep, wiring: PartsDep
) -> Response:
    """Takes a file out of the packet."""
    service.remove_file(session, caller, service.found(session, packet_id), file_id, wiring.now())
    return Response(status_code=204)


@router.get(
    "/packets/{packet_id}/files/{file_id}",
    response_class=Response,
    responses={200: {"content": {"application/octet-stream": {}}}},
)
def download(
    packet_id: str, file_id: str, caller: Reader, session: SessionDep, wiring: PartsDep
) -> Response:
    """A file as it was uploaded, for keeping: never shown in the browser.

    The reading is told to the audit.
    """
    file = _found_file(session, packet_id, file_id)
    data = wiring.blobs.get(caller.org, file.sha256)
    with wiring.database.writing(caller.org, caller.mode) as own:
        append_audit(own, wiring.now(), caller.id, "file.downloaded", packet_id, {"file": file.id})
    # The name as it was uploaded, each byte escaped: no name can end the header or name a folder.
    name = quote(file.name.rsplit("/", 1)[-1], safe="")
    headers = {
        "Content-Disposition": f"attachment; filename=\"{file.id}.bin\"; filename*=UTF-8''{name}",
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }
    return Response(data, media_type="application/octet-stream", headers=headers)


@router.post(
    "/packets/{packet_id}/submit",
    responses={202: {"description": "Accepted; see Location and Retry-After."}},
)
async def submit(
    packet_id: str,
    caller: Writer,
    request: Request,
    wiring: PartsDep,
    body: Submit | None = None,
    wait: Annotated[int, Query(ge=0, le=_LONGEST_WAIT)] = 0,
) -> JSONResponse:
    """Verifies the packet as it is now.

    With `wait`, answers 200 when it is final within so many seconds, else 202.
    """
    number = await run_in_threadpool(
        _submit, request, wiring, caller, packet_id, body.as_of if body else None
    )
    out = await _final(wiring, caller, packet_id, number, wait) if wait else None
    if out is None:
        out = await run_in_threadpool(_look, wiring, caller, packet_id)
        headers = {"Location": f"/v1/packets/{packet_id}", "Retry-After": "2"}
        return JSONResponse(out.model_dump(mode="json"), status_code=202, headers=headers)
    return JSONResponse(out.model_dump(mode="json"))


def _submit(
    request: Request, wiring: Parts, caller: Caller, packet_id: str, as_of: date | None
) -> int:
    """Commits at once, so that the work may begin before the answer; the idempotency key is settled
    with the answer.
    """
    key = request.headers.get("Idempotency-Key", "")
    with wiring.database.writing(caller.org, caller.mode) as session:
        packet = service.found(session, packet_id)
        before = repository.revision(session, packet.id, packet.revision)
        if key and before is not None and before.request_key == f"{caller.id}:{key}":
            return before.number  # the answer to this very request was lost in a crash
        revision = service.submit(wiring, session, caller.id, packet, as_of)
        revision.request_key = f"{caller.id}:{key}" if key else ""
    wiring.jobs.wake()
    return revision.number


async def _final(
    wiring: Parts, caller: Caller, packet_id: str, number: int, wait: int
) -> PacketOut | None:
    began = time.monotonic()
    with wiring.news.about(packet_id, end=True) as ear:
        while (waited := time.monotonic() - began) < wait:
            status, revision = await run_in_threadpool(state_of, wiring, caller, packet_id)
            if status in _FINAL or revision > number:
                return await run_in_threadpool(_look, wiring, caller, packet_id)
            pause = (
                ALONE
                if wiring.database.is_sqlite
                else min(max(_SHORTEST_POLL, waited * _PATIENCE), POLL)
            )
            await ear.hear(min(pause, wait - waited))
    return None


def state_of(wiring: Parts, caller: Caller, packet_id: str) -> tuple[str, int]:
    with wiring.database.reading(caller.org, caller.mode) as session:
        found = repository.state(session, packet_id)
    if found is None:
        raise Problem("not_found")
    return found


def _look(wiring: Parts, caller: Caller, packet_id: str) -> PacketOut:
    with wiring.database.reading(caller.org, caller.mode) as session:
        return shown(session, service.found(session, packet_id))


@router.post("/packets/{packet_id}/cancel")
def cancel(
    packet_id: str, caller: Writer, session: SessionDep, wiring: PartsDep, request: Request
) -> PacketOut:
    """Ends a verification that waits or is under way."""
    packet = service.found(session, packet_id)
    after_commit(request, service.cancel(wiring, session, caller, packet))
    return shown(session, packet)


def _found_file(session: Session, packet_id: str, file_id: str) -> tables.File:
    service.found(session, packet_id)
    file = next(
        (f for f in repository.files_by_id(session, [file_id]) if f.packet_id == packet_id), None
    )
    if file is None:
        raise Problem("not_found")
    return file
