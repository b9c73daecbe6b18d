"""Rows of the graph: latest reports, what each adds to the graph, snapshots, imported tables."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from api.http.pagination import page
from api.store.case_tables import GraphImport, Snapshot
from api.store.packet_tables import GraphPart, Packet, Report

_AT_ONCE = 400  # below SQLite's limit of parameters in one statement


@dataclass(frozen=True, slots=True)
class Head:
    """A packet's latest report, without its body; `parts` is the blob of the packet as read."""

    packet: str
    reference: str
    report: str
    parts: str


def heads(session: Session, mode: str) -> list[Head]:
    """The latest report of every packet of a mode, in order of the packets' ids."""
    place = func.row_number().over(
        partition_by=Report.packet_id, order_by=(Report.revision.desc(), Report.id.desc())
    )
    latest = select(Report.id, Report.packet_id, Report.parts, place.label("place")).subquery()
    query = select(Packet.id, Packet.reference, latest.c.id, latest.c.parts).join(
        latest, latest.c.packet_id == Packet.id
    )
    query = query.where(
        latest.c.place == 1, latest.c.parts != "", Packet.mode == mode, Packet.status != "erased"
    )
    return [Head(*row) for row in session.execute(query.order_by(Packet.id))]


def parts(
    session: Session, packets: Collection[str], engines: str
) -> Iterator[tuple[str, str, str]]:
    """Packet, report and graph of those packets whose part was made by these engines."""
    listed = sorted(packets)
    for start in range(0, len(listed), _AT_ONCE):
        query = select(GraphPart.packet_id, GraphPart.report_id, GraphPart.body)
        query = query.where(
            GraphPart.packet_id.in_(listed[start : start + _AT_ONCE]), GraphPart.engines == engines
        )
        yield from ((row[0], row[1], row[2]) for row in session.execute(query))


def keep_part(session: Session, head: Head, engines: str, body: str) -> None:
    """Puts a packet's part in place of an older one, unless its report was erased meanwhile: the
    report is locked against that.
    """
    if session.scalar(select(Report.id).where(Report.id == head.report).with_for_update()) is None:
        return
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    new = {"report_id": head.report, "engines": engines, "body": body}
    org = session.info["org"]
    row = insert(GraphPart).values(org_id=org, packet_id=head.packet, **new)
    session.execute(
        row.on_conflict_do_update(
            index_elements=[GraphPart.packet_id], set_=new, where=GraphPart.org_id == org
        )
    )


def snapshot(session: Session, snapshot_id: str) -> Snapshot | None:
    return session.scalar(select(Snapshot).where(Snapshot.id == snapshot_id))


def snapshots(
    session: Session, packet: str | None, cursor: str | None, limit: int
) -> tuple[list[Snapshot], str | None]:
    """A page of snapshots, the newest first."""
    query = select(Snapshot)
    if packet is not None:
        query = query.where(Snapshot.packet_id == packet)
    return page(
        session,
        query,
        ((Snapshot.made_at, True), (Snapshot.id, True)),
        cursor,
        limit,
        lambda s: (s.made_at, s.id),
    )


def graph_import(session: Session, import_id: str, mode: str) -> GraphImport | None:
    return session.scalar(
        select(GraphImport).where(GraphImport.id == import_id, GraphImport.mode == mode)
    )


def same_import(session: Session, mode: str, name: str, sha256: str) -> GraphImport | None:
    """The import of these very bytes under this name."""
    return session.scalar(
        select(GraphImport).where(
            GraphImport.mode == mode, GraphImport.name == name, GraphImport.sha256 == sha256
        )
    )


def graph_imports(
    session: Session, mode: str, cursor: str | None, limit: int
) -> tuple[list[GraphImport], str | None]:
    """A page of imports, the newest first."""
    order = ((GraphImport.made_at, True), (GraphImport.id, True))
    return page(
        session,
        select(GraphImport).where(GraphImport.mode == mode),
        order,
        cursor,
        limit,
        lambda i: (i.made_at, i.id),
    )


def all_imports(session: Session, mode: str) -> list[GraphImport]:
    """Every import of a mode, in a fixed order."""
    return list(
        session.scalars(
            select(GraphImport).where(GraphImport.mode == mode).order_by(GraphImport.id)
        )
    )
