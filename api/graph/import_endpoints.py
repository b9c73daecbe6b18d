"""/v1/graph/imports: tables of the bank's own that join its graph, and are set against applications
from then on.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, File, Path, Request, Response, UploadFile
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool

from api.errors import Problem
from api.graph import imports
from api.graph.endpoints import Reader
from api.graph.schemas import ImportOut, Imports
from api.http.authentication import Caller, needs
from api.http.pagination import Cursor, Limit
from api.http.unit_of_work import (
    SessionDep,
    SessionRoute,
    after_commit,
    session_of,
    session_to_write,
)
from api.packets.service import base_name
from api.parts import Parts, PartsDep
from api.people.schemas import PLAIN

_MOST_FILES = 10  # more than one is answered by the problem "one_file"
router = APIRouter(prefix="/v1/graph/imports", route_class=SessionRoute, tags=["graph"])
Importer = Annotated[Caller, Depends(needs("graph:import"))]
ImportId = Annotated[str, Path(max_length=40, pattern=PLAIN)]


@router.get("")
def list_imports(
    caller: Reader, session: SessionDep, cursor: Cursor = None, limit: Limit = 50
) -> Imports:
    """Imported tables, the newest first."""
    rows, following = imports.listed(session, caller.mode, cursor, limit)
    return Imports(items=[imports.shown(r) for r in rows], next_cursor=following)


@router.post(
    "",
    status_code=201,
    response_model=ImportOut,
    responses={
        200: {
            "model": ImportOut,
            "description": "These bytes were imported under this name before.",
        }
    },
)
async def add(
    caller: Importer,
    request: Request,
    wiring: PartsDep,
    files: Annotated[
        list[UploadFile],
        File(
            max_length=_MOST_FILES,
            description=(
                "One file: CSV or xlsx of guarantees, loans with their guarantors, "
                "shareholders or firms; FollowTheMoney (JSON lines); BODS 0.4 (JSON)."
            ),
        ),
    ],
) -> JSONResponse:
    """Reads a table in a confined process and joins it to the graph.

    The same bytes under the same name are imported once.
    """
    if len(files) != 1:
        raise Problem("one_file")
    name = base_name(files[0].filename)
    made = await run_in_threadpool(_read, wiring, caller.org, name, files[0])
    await session_to_write(request, caller)
    return await run_in_threadpool(_add, request, wiring, caller, name, made)


def _read(wiring: Parts, org: str, name: str, upload: UploadFile) -> imports.Read:
    return imports.read(wiring, org, name, upload.file.read(imports.MOST_BYTES + 1))


def _add(
    request: Request, wiring: Parts, caller: Caller, name: str, made: imports.Read
) -> JSONResponse:
    row, new = imports.added(wiring, session_of(request, caller), caller, name, made)
    headers = {"Location": f"/v1/graph/imports/{row.id}"}
    return JSONResponse(
        imports.shown(row, made.noted).model_dump(mode="json"),
        status_code=201 if new else 200,
        headers=headers,
    )


@router.get("/{import_id}")
def get(import_id: ImportId, caller: Reader, session: SessionDep) -> ImportOut:
    """An imported table: how much it tells, and who sent it."""
    return imports.shown(imports.found(session, caller, import_id))


@router.delete("/{import_id}", status_code=204)
def remove(
    import_id: ImportId, caller: Importer, session: SessionDep, wiring: PartsDep, request: Request
) -> Response:
    """Takes a table out of the graph.

    Reports that rest on it stay as they are; the audit keeps its digest.
    """
    after_commit(request, imports.removed(wiring, session, caller, import_id))
    return Response(status_code=204)
