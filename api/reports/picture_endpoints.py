"""/v1/packets/{id}/documents/{id}/…: pages, crops and heat maps as pictures, and earlier saves of a
file.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal, TypeVar

from fastapi import APIRouter, Depends, Path, Query, Response

from api.errors import Problem
from api.http.authentication import Caller, needs
from api.http.unit_of_work import SessionRoute
from api.parts import Parts, PartsDep
from api.reports import service
from api.reports.crops import png_of
from api.reports.masking import masked
from api.reports.service import Drawable
from extractors.errors import ReadError
from extractors.model import Box
from extractors.sandbox.revision_model import FileRevisions, PageChanges

router = APIRouter(prefix="/v1/packets/{packet_id}", route_class=SessionRoute, tags=["reports"])
Reader = Annotated[Caller, Depends(needs("packets:read"))]
RevisionOf = Annotated[int | None, Query(ge=1, le=1_000_000)]
FileRevisionOf = Annotated[
    int | None,
    Query(ge=1, le=100, description="An earlier state of the file, from 1; see file-revisions."),
]
Reason = Annotated[
    str,
    Query(
        max_length=500,
        description="Why numbers of persons are needed uncovered; kept in the audit.",
    ),
]
PageNumber = Annotated[int, Path(ge=1, le=10_000)]
Width = Annotated[int, Query(ge=100, le=2400)]
Text = Annotated[str, Path(max_length=200)]
T = TypeVar("T")
_PNG = "image/png"
_PICTURE: dict[int | str, dict[str, Any]] = {200: {"content": {_PNG: {}}}}


@router.get(
    "/documents/{document_id}/pages/{number}.png", response_class=Response, responses=_PICTURE
)
def page(
    packet_id: str,
    document_id: Text,
    number: PageNumber,
    caller: Reader,
    wiring: PartsDep,
    width: Width = 1200,
    revision: RevisionOf = None,
    file_revision: FileRevisionOf = None,
    reveal: Reason = "",
) -> Response:
    """A page as a picture, drawn in the sandbox: of the latest report or that of a revision, and of
    the file as it is or as it was saved before.
    """

    def draw(file: Drawable) -> bytes:
        return wiring.sandbox.page(
            file.data, number, width, file.password, file_revision, file.cover
        )

    return _picture(wiring, caller, packet_id, document_id, draw, revision, reveal)


@router.get("/documents/{document_id}/file-revisions")
def file_revisions(
    packet_id: str, document_id: Text, caller: Reader, wiring: PartsDep
) -> FileRevisions:
    """Earlier states that a document's PDF still holds, the oldest first; opened in the sandbox."""

    def ask(file: Drawable) -> FileRevisions:
        return wiring.sandbox.revisions(file.data, file.password)

    return _asked(wiring, caller, packet_id, document_id, ask)


@router.get("/documents/{document_id}/pages/{number}/changes")
def page_changes(
    packet_id: str,
    document_id: Text,
    number: PageNumber,
    caller: Reader,
    wiring: PartsDep,
    file_revision: Annotated[int, Query(ge=1, le=100)],
) -> PageChanges:
    """Words that a page shows now and did not at an earlier revision of its file, or the other way
    round; personal numbers masked.
    """

    def ask(file: Drawable) -> PageChanges:
        return wiring.sandbox.changes(file.data, file_revision, number, file.password)

    found = _asked(wiring, caller, packet_id, document_id, ask)
    return PageChanges.model_validate(masked(found.model_dump(mode="json")))


@router.get("/documents/{document_id}/crop.png", response_class=Response, responses=_PICTURE)
def crop(
    packet_id: str,
    document_id: Text,
    caller: Reader,
    wiring: PartsDep,
    page: Annotated[int, Query(ge=1, le=10_000)],
    box: Annotated[
        str,
        Query(
            pattern=r"^[01](\.\d{1,6})?(,[01](\.\d{1,6})?){3}$",
            description="left,top,right,bottom as fractions of the page",
        ),
    ],
    revision: RevisionOf = None,
    file_revision: FileRevisionOf = None,
    reveal: Reason = "",
) -> Response:
    """A part of a page with its box drawn; of which report and which save as for a page."""
    edges = [float(v) for v in box.split(",")]
    if edges[0] >= edges[2] or edges[1] >= edges[3] or max(edges) > 1:
        raise Problem("invalid")

    def cut(file: Drawable) -> bytes:
        places = [(page, Box(*edges))]
        text = wiring.sandbox.crops(file.data, places, file.password, file_revision, file.cover)[0]
        return (text and png_of(text)) or b""

    return _picture(wiring, caller, packet_id, document_id, cut, revision, reveal)


@router.get("/documents/{document_id}/heat/{kind}.png", response_class=Response, responses=_PICTURE)
def heat_map(
    packet_id: str,
    document_id: Text,
    kind: Literal["compression", "noise", "sharpness"],
    caller: Reader,
    wiring: PartsDep,
    page: Annotated[int, Query(ge=1, le=10_000)],
    revision: RevisionOf = None,
    file_revision: FileRevisionOf = None,
    reveal: Reason = "",
) -> Response:
    """A heat map of a page that is a picture: for the eye, it scores nothing.

    Of which report and which save as for a page.
    """

    def draw(file: Drawable) -> bytes:
        found = wiring.sandbox.heat_maps(
            file.data, page, [kind], file.password, file_revision, file.cover
        )
        return png_of(found.get(kind, "")) or b""

    return _picture(wiring, caller, packet_id, document_id, draw, revision, reveal)


def _picture(
    wiring: Parts,
    caller: Caller,
    packet_id: str,
    document_id: str,
    draw: Callable[[Drawable], bytes],
    revision: int | None,
    reveal: str,
) -> Response:
    png = _asked(wiring, caller, packet_id, document_id, draw, revision, reveal)
    if not png.startswith(b"\x89PNG"):
        raise Problem("unreadable_page")
    return Response(png, media_type=_PNG, headers={"Cache-Control": "private, max-age=600"})


def _asked(
    wiring: Parts,
    caller: Caller,
    packet_id: str,
    document_id: str,
    ask: Callable[[Drawable], T],
    revision: int | None = None,
    reveal: str = "",
) -> T:
    """What the sandbox says of a document's file.

    The session ends before it is asked: that takes a while. Raises Problem.
    """
    with wiring.database.reading(caller.org, caller.mode) as session:
        file = service.drawable(wiring, session, caller, packet_id, document_id, revision, reveal)
    try:
        return ask(file)
    except ReadError as error:
        raise Problem("unreadable_page", error.zh, error.en) from error
