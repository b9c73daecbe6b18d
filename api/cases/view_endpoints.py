"""/v1/views: filters of the queue kept under names, one's own or shared."""

from __future__ import annotations

from fastapi import APIRouter, Response
from sqlalchemy.orm import Session

from api.cases import repository
from api.cases.endpoints import Reader
from api.cases.schemas import NewView, ViewOut, Views
from api.errors import Problem
from api.http.unit_of_work import SessionDep, SessionRoute, at_once
from api.parts import PartsDep
from api.people import repository as people
from api.store.case_tables import SavedView
from api.store.ids import new_id
from api.store.rows import remove

router = APIRouter(prefix="/v1", route_class=SessionRoute, tags=["cases"])

# Views that a person keeps: more than a screen has room for helps nobody.
_MOST_VIEWS = 50


@router.get("/views")
@at_once
def list_views(caller: Reader, session: SessionDep) -> Views:
    """One's own views of the queue, and those that others share."""
    return Views(items=_shown(session, repository.views(session, caller.id)))


@router.post("/views", status_code=201)
def add_view(body: NewView, caller: Reader, session: SessionDep, wiring: PartsDep) -> ViewOut:
    """Keeps a view; one's own of the same name is replaced."""
    own = [v for v in repository.views(session, caller.id) if v.owner == caller.id]
    if len(own) >= _MOST_VIEWS:
        raise Problem("invalid")
    row = next((v for v in own if v.name == body.name), None)
    if row is None:
        row = SavedView(
            id=new_id("view"),
            org_id=caller.org,
            owner=caller.id,
            name=body.name,
            made_at=wiring.now(),
        )
        session.add(row)
    row.filter = {str(name): value for name, value in body.filter.items()}
    row.shared = body.shared
    session.flush()
    return _shown(session, [row])[0]


@router.delete("/views/{view_id}", status_code=204)
def remove_view(view_id: str, caller: Reader, session: SessionDep) -> Response:
    """Removes one of one's own views."""
    row = repository.view(session, view_id)
    if row is None or row.owner != caller.id:
        raise Problem("not_found")
    remove(session, row)
    return Response(status_code=204)


def _shown(session: Session, rows: list[SavedView]) -> list[ViewOut]:
    names = people.names(session, {row.owner for row in rows})
    return [
        ViewOut(
            id=row.id,
            name=row.name,
            filter=row.filter,
            shared=row.shared,
            owner=row.owner,
            owner_name=names.get(row.owner, ""),
        )
        for row in rows
    ]
