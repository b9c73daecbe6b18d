"""/v1/packets/{id}/steps and /events: how far a packet's verification has come."""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Header, Query
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool

from api.http.authentication import Caller
from api.http.unit_of_work import SessionDep, SessionRoute, at_once
from api.packets import repository, service
from api.packets.endpoints import ALONE, POLL, Reader, state_of
from api.packets.schemas import Step, Steps
from api.parts import Parts, PartsDep
from api.store import packet_tables as tables
from api.store.packet_tables import UNDER_WAY

router = APIRouter(prefix="/v1", route_class=SessionRoute, tags=["packets"])
_SILENCE = 15.0  # seconds after which an open stream says that it is still there


@router.get("/packets/{packet_id}/steps")
@at_once
def steps(
    packet_id: str,
    caller: Reader,
    session: SessionDep,
    after: Annotated[int, Query(ge=0, le=2**53)] = 0,
) -> Steps:
    """What has happened to a packet, in order."""
    service.found(session, packet_id)
    return Steps(items=[_step(n, p) for n, p in repository.progress(session, packet_id, after)])


@router.get(
    "/packets/{packet_id}/events",
    response_class=StreamingResponse,
    responses={200: {"content": {"text/event-stream": {}}}},
)
async def events(
    packet_id: str,
    caller: Reader,
    wiring: PartsDep,
    last_event_id: Annotated[str | None, Header(max_length=20, pattern=r"^\d*$")] = None,
) -> StreamingResponse:
    """The same as server-sent events, from Last-Event-ID on, until the packet is final."""
    await run_in_threadpool(state_of, wiring, caller, packet_id)
    stream = _stream(wiring, caller, packet_id, int(last_event_id or 0))
    return StreamingResponse(
        stream,
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


async def _stream(wiring: Parts, caller: Caller, packet_id: str, after: int) -> AsyncIterator[str]:
    spoke = time.monotonic()
    with wiring.news.about(packet_id) as ear:
        while True:
            rows, final = await run_in_threadpool(_news, wiring, caller, packet_id, after)
            for row in rows:
                after, spoke = row.id, time.monotonic()
                yield (
                    f"id: {row.id}\nevent: {row.kind}\ndata: "
                    f"{json.dumps(row.model_dump(mode='json'), ensure_ascii=False)}\n\n"
                )
            if final and not rows:
                yield "event: end\ndata: {}\n\n"
                return
            if time.monotonic() - spoke >= _SILENCE:
                spoke = time.monotonic()
                yield ": still here\n\n"
            if not final:
                await ear.hear(ALONE if wiring.database.is_sqlite else POLL * 3)


def _news(wiring: Parts, caller: Caller, packet_id: str, after: int) -> tuple[list[Step], bool]:
    with wiring.database.reading(caller.org, caller.mode) as session:
        packet = repository.packet(session, packet_id)
        rows = repository.progress(session, packet_id, after)
        return [_step(n, p) for n, p in rows], packet is None or packet.status not in UNDER_WAY


def _step(number: int, row: tables.Progress) -> Step:
    return Step(id=number, revision=row.revision, at=row.at, kind=row.kind, detail=row.detail)
