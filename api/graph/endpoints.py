"""/v1/graph: what the papers of all the organisation's applications say of who guarantees, owns, leads, invoices and reaches whom."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query

from api.graph import service
from api.graph.schemas import PLAIN, GraphOut, Hits, PathOut
from api.people.caller import Caller, needs
from api.unit import Unit, UnitRoute
from api.wiring import WiringOf

router = APIRouter(prefix="/v1/graph", route_class=UnitRoute, tags=["graph"])
Reader = Annotated[Caller, Depends(needs("graph:read"))]
Writer = Annotated[Caller, Depends(needs("graph:write"))]
Kind = Literal["guarantees", "holds_shares", "represents", "invoices", "pays", "has_contact"]
Kinds = Annotated[list[Kind], Query(max_length=6, description="Relations of these kinds alone; all where none is given.")]
Source = Annotated[
    Literal["", "packets", "imported"], Query(description="Relations that packets tell, or other systems' files; both where left out.")
]
Hops = Annotated[int, Query(ge=1, le=3)]
Name = Annotated[str, Query(max_length=200, pattern=PLAIN, description="An entity's id, or a name that only one entity bears.")]
Needed = Annotated[str, Query(min_length=1, max_length=200, pattern=PLAIN)]
PacketId = Annotated[str, Query(max_length=40, pattern=PLAIN)]
AsOf = Annotated[date | None, Query(description="Relations live on this day, and what happened up to it.")]
Reason = Annotated[str, Query(max_length=500, pattern=PLAIN, description="Why numbers of persons are needed uncovered; kept in the audit.")]


@router.get("")
def graph(
    caller: Reader,
    session: Unit,
    wiring: WiringOf,
    packet: PacketId = "",
    entity: Name = "",
    q: Name = "",
    hops: Hops = 1,
    kinds: Kinds = [],  # noqa: B006 - FastAPI copies it
    source: Source = "",
    as_of: AsOf = None,
    reveal: Reason = "",
) -> GraphOut:
    """What lies around a packet's parties, an entity, or names like q; at most 2,000 entities, the nearest first."""
    asked = service.ask(wiring, session, caller, as_of, reveal, kinds, source)
    return GraphOut.model_validate(service.around(asked, session, hops, packet, entity, q))


@router.get("/search")
def search(
    caller: Reader,
    session: Unit,
    wiring: WiringOf,
    q: Needed,
    limit: Annotated[int, Query(ge=1, le=service.HITS)] = 20,
    reveal: Reason = "",
) -> Hits:
    """Entities by name or credit code, those of the organisation's own graph alone."""
    return Hits.model_validate(service.search(service.ask(wiring, session, caller, None, reveal), q, limit))


@router.get("/path")
def path(
    caller: Reader,
    session: Unit,
    wiring: WiringOf,
    start: Annotated[str, Query(alias="from", min_length=1, max_length=200, pattern=PLAIN)],
    end: Annotated[str, Query(alias="to", min_length=1, max_length=200, pattern=PLAIN)],
    kinds: Kinds = [],  # noqa: B006 - FastAPI copies it
    as_of: AsOf = None,
    reveal: Reason = "",
) -> PathOut:
    """The shortest way between two entities, whatever the direction of its relations, each with its evidence."""
    return PathOut.model_validate(service.way(service.ask(wiring, session, caller, as_of, reveal, kinds), start, end))
