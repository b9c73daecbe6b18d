"""/v1/graph: what the papers of all the organisation's applications say of who guarantees, owns,
leads, invoices and reaches whom.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Path, Query, Response

from api.graph import measured, service, snapshots
from api.graph.schemas import (
    CheckOut,
    CutOut,
    GraphOut,
    Hits,
    NewSnapshot,
    PathOut,
    PatternsOut,
    SnapshotHead,
    SnapshotOut,
    Snapshots,
    StressOut,
)
from api.http.authentication import Caller, needs
from api.http.pagination import Cursor, Limit
from api.http.unit_of_work import SessionDep, SessionRoute
from api.packets.service import found as found_packet
from api.parts import PartsDep
from api.people.schemas import PLAIN

router = APIRouter(prefix="/v1/graph", route_class=SessionRoute, tags=["graph"])
Reader = Annotated[Caller, Depends(needs("graph:read"))]
Writer = Annotated[Caller, Depends(needs("graph:write"))]
Kind = Literal["guarantees", "holds_shares", "represents", "invoices", "pays", "has_contact"]
Kinds = Annotated[
    list[Kind],
    Query(max_length=6, description="Relations of these kinds alone; all where none is given."),
]
PatternKind = Literal[
    "guarantee_circle",
    "mutual_guarantee",
    "joint_group",
    "guarantee_chain",
    "star_guarantor",
    "common_controller",
    "shared_contact",
    "invoice_ring",
]
Form = Literal["graphml", "gexf", "csv", "ftm"]
Source = Annotated[
    Literal["", "packets", "imported"],
    Query(description="Relations that packets tell, or other systems' files; both where left out."),
]
SnapshotId = Annotated[str, Path(max_length=40, pattern=PLAIN)]
Hops = Annotated[int, Query(ge=1, le=3)]
Name = Annotated[
    str,
    Query(
        max_length=200,
        pattern=PLAIN,
        description="An entity's id, or a name that only one entity bears.",
    ),
]
Needed = Annotated[str, Query(min_length=1, max_length=200, pattern=PLAIN)]
PacketId = Annotated[str, Query(max_length=40, pattern=PLAIN)]
AsOf = Annotated[
    date | None, Query(description="Relations live on this day, and what happened up to it.")
]
Reason = Annotated[
    str,
    Query(
        max_length=500,
        pattern=PLAIN,
        description="Why numbers of persons are needed uncovered; kept in the audit.",
    ),
]


@router.get("")
def graph(
    caller: Reader,
    session: SessionDep,
    wiring: PartsDep,
    packet: PacketId = "",
    entity: Name = "",
    q: Name = "",
    hops: Hops = 1,
    kinds: Kinds = [],  # noqa: B006 - FastAPI copies it
    source: Source = "",
    as_of: AsOf = None,
    reveal: Reason = "",
) -> GraphOut:
    """What lies around a packet's parties, an entity, or names like q; at most 2,000 entities, the
    nearest first.
    """
    asked = service.ask(wiring, session, caller, as_of, reveal, kinds, source)
    return GraphOut.model_validate(service.around(asked, session, hops, packet, entity, q))


@router.get("/search")
def search(
    caller: Reader,
    session: SessionDep,
    wiring: PartsDep,
    q: Needed,
    limit: Annotated[int, Query(ge=1, le=service.HITS)] = 20,
    reveal: Reason = "",
) -> Hits:
    """Entities by name or credit code, those of the organisation's own graph alone."""
    return Hits.model_validate(
        service.search(service.ask(wiring, session, caller, None, reveal), q, limit)
    )


@router.get("/path")
def path(
    caller: Reader,
    session: SessionDep,
    wiring: PartsDep,
    start: Annotated[str, Query(alias="from", min_length=1, max_length=200, pattern=PLAIN)],
    end: Annotated[str, Query(alias="to", min_length=1, max_length=200, pattern=PLAIN)],
    kinds: Kinds = [],  # noqa: B006 - FastAPI copies it
    as_of: AsOf = None,
    reveal: Reason = "",
) -> PathOut:
    """The shortest way between two entities, whatever the direction of its relations, each with its
    evidence.
    """
    return PathOut.model_validate(
        service.way(service.ask(wiring, session, caller, as_of, reveal, kinds), start, end)
    )


@router.get("/patterns")
def patterns(
    caller: Reader,
    session: SessionDep,
    wiring: PartsDep,
    kind: PatternKind | None = None,
    entity: Name = "",
    as_of: AsOf = None,
    cursor: Cursor = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
    reveal: Reason = "",
) -> PatternsOut:
    """Circles with what their list is complete to, mutual guarantees, joint groups, chains, stars;
    controllers, contacts, rings of invoices.
    """
    asked = service.ask(wiring, session, caller, as_of, reveal)
    return PatternsOut.model_validate(measured.patterns(asked, kind, entity, cursor, limit))


@router.get("/stress")
def stress(
    caller: Reader,
    session: SessionDep,
    wiring: PartsDep,
    entity: Annotated[
        str, Query(min_length=1, max_length=200, pattern=PLAIN, description="The firm that fails.")
    ],
    capacity: Annotated[
        str,
        Query(
            pattern=r"^\d{1,15}(\.\d{1,2})?$",
            description="What a firm can pay, in yuan, where its net assets are not known.",
        ),
    ] = "0",
    loss: Annotated[
        float,
        Query(ge=0, le=1, description="Share of a guaranteed debt that the debtor cannot pay."),
    ] = 1.0,
    as_of: AsOf = None,
    reveal: Reason = "",
) -> StressOut:
    """Which firms fail with one, in which round, by calls on their guarantees."""
    asked = service.ask(wiring, session, caller, as_of, reveal)
    return StressOut.model_validate(
        measured.stress(asked, entity, Decimal(capacity), Decimal(str(loss)))
    )


@router.get("/cut")
def cut(
    caller: Reader, session: SessionDep, wiring: PartsDep, as_of: AsOf = None, reveal: Reason = ""
) -> CutOut:
    """The cheapest guarantees to release so that none of the circles is left."""
    return CutOut.model_validate(measured.cut(service.ask(wiring, session, caller, as_of, reveal)))


@router.get("/check")
def check(
    caller: Reader,
    session: SessionDep,
    wiring: PartsDep,
    packet: Annotated[str, Query(min_length=1, max_length=40, pattern=PLAIN)],
    as_of: AsOf = None,
    reveal: Reason = "",
) -> CheckOut:
    """Which circles and mutual pairs a packet's guarantees close with the portfolio's."""
    asked = service.ask(wiring, session, caller, as_of, reveal)
    reference = found_packet(session, packet).reference
    return CheckOut.model_validate(measured.check(asked, reference))


@router.get("/export", response_class=Response)
def export(
    caller: Reader,
    session: SessionDep,
    wiring: PartsDep,
    form: Annotated[Form, Query(alias="format")] = "graphml",
    entity: Name = "",
    hops: Hops = 1,
    kinds: Kinds = [],  # noqa: B006 - FastAPI copies it
    as_of: AsOf = None,
    reveal: Reason = "",
) -> Response:
    """The graph, or what lies around an entity, for other programs: GraphML, GEXF, CSV,
    FollowTheMoney.
    """
    asked = service.ask(wiring, session, caller, as_of, reveal, kinds)
    media, name = measured.MEDIA[form], f"huoyan-graph.{'jsonl' if form == 'ftm' else form}"
    return Response(
        measured.exported(asked, form, entity, hops),
        media_type=media,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@router.get("/snapshots")
def list_snapshots(
    caller: Reader,
    session: SessionDep,
    packet: Annotated[str | None, Query(max_length=40, pattern=PLAIN)] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Snapshots:
    """Snapshots, the newest first."""
    rows, following = snapshots.listed(session, packet, cursor, limit)
    return Snapshots(items=[snapshots.head(row) for row in rows], next_cursor=following)


@router.post("/snapshots", status_code=201)
def freeze(
    body: NewSnapshot, caller: Writer, session: SessionDep, wiring: PartsDep, response: Response
) -> SnapshotHead:
    """Freezes what is drawn: its bytes never change, and their SHA-256 stands in the audit."""
    made = snapshots.frozen(session, caller, body, wiring.now())
    response.headers["Location"] = f"/v1/graph/snapshots/{made.id}"
    return snapshots.head(made)


@router.get("/snapshots/{snapshot_id}")
def snapshot(snapshot_id: SnapshotId, caller: Reader, session: SessionDep) -> SnapshotOut:
    """A snapshot as it was frozen."""
    return snapshots.whole(snapshots.found(session, snapshot_id))


@router.get("/snapshots/{snapshot_id}/body", response_class=Response)
def snapshot_body(snapshot_id: SnapshotId, caller: Reader, session: SessionDep) -> Response:
    """The frozen bytes, whose SHA-256 is the ETag."""
    row = snapshots.found(session, snapshot_id)
    headers = {
        "Content-Disposition": f'attachment; filename="{row.id}.json"',
        "ETag": f'"{row.sha256}"',
    }
    return Response(row.body.encode(), media_type="application/json", headers=headers)


@router.delete("/snapshots/{snapshot_id}", status_code=204)
def remove(
    snapshot_id: SnapshotId, caller: Writer, session: SessionDep, wiring: PartsDep
) -> Response:
    """Removes a snapshot; the audit keeps its digest."""
    snapshots.removed(session, caller, snapshot_id, wiring.now())
    return Response(status_code=204)
