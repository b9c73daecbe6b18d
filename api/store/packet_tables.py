"""Packets, their files, revisions, readings, reports, and the keys by which packets find each
other.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from api.store.columns import Base, Id, Long, OfMode, OfPacket, Owned

UNDER_WAY = ("queued", "running")  # states of a revision, and of its packet, that are not final


class Packet(OfMode, Base):
    """A loan application's papers. `revision` is the latest that was submitted, 0 before."""

    __tablename__ = "packets"
    __table_args__ = (
        Index("ix_packets_page", "org_id", "created_at", "id"),
        UniqueConstraint("org_id", "mode", "reference"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    reference: Mapped[str]  # the application's id in the bank's own system
    branch: Mapped[str] = mapped_column(default="")
    amount: Mapped[str] = mapped_column(
        default=""
    )  # requested, in yuan; the limit of four eyes is measured by it
    status: Mapped[str] = mapped_column(
        default="draft", index=True
    )  # draft | queued | running | done | quarantined | cancelled | erased
    revision: Mapped[int] = mapped_column(default=0)
    created_by: Mapped[str] = mapped_column(Id)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class File(OfPacket, Base):
    """A file of a packet; its bytes are a blob named by its digest."""

    __tablename__ = "files"
    __table_args__ = (Index("ix_files_sha256", "org_id", "sha256"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    packet_id: Mapped[str] = mapped_column(Id, ForeignKey("packets.id"), index=True)
    name: Mapped[str]
    sha256: Mapped[str]
    size: Mapped[int]
    sealed_password: Mapped[str] = mapped_column(default="")
    added_by: Mapped[str] = mapped_column(Id)
    added_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]


class Revision(OfPacket, Base):
    """One submission of a packet: what it was judged on, and how far it has come.

    `attempt` fences late workers off.
    """

    __tablename__ = "revisions"
    __table_args__ = (
        UniqueConstraint("packet_id", "number"),
        Index("ix_revisions_turn", "state", "priority", "queued_at", "id"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    packet_id: Mapped[str] = mapped_column(Id, ForeignKey("packets.id"), index=True)
    number: Mapped[int]
    state: Mapped[str] = mapped_column(
        default="queued"
    )  # queued | running | done | quarantined | cancelled
    as_of: Mapped[date]
    policy_id: Mapped[str] = mapped_column(
        Id, default=""
    )  # empty: the policy that ships with the version
    files: Mapped[list[Any]] = mapped_column(default=list)  # ids of the files that it holds
    corrections: Mapped[list[Any]] = mapped_column(
        default=list
    )  # ids of the corrections that it applies
    reason: Mapped[str] = mapped_column(default="")  # stable code of why it is quarantined
    request_key: Mapped[str] = mapped_column(
        default=""
    )  # caller and Idempotency-Key of the request that submitted it
    attempt: Mapped[int] = mapped_column(default=0)
    strikes: Mapped[int] = mapped_column(
        default=0
    )  # attempts in a row that did not come a step further
    lease: Mapped[int] = mapped_column(default=1)  # which handing out of the revision counts
    priority: Mapped[int] = mapped_column(default=1)  # the lower, the sooner
    executor: Mapped[str] = mapped_column(default="")
    # Which start of the executor's process holds it, and when that last said that it works on it.
    boot: Mapped[str] = mapped_column(default="")
    seen_at: Mapped[datetime | None]
    queued_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]


class Progress(OfPacket, Base):
    """A step of a revision, in order; server-sent events are read from here."""

    __tablename__ = "progress"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    packet_id: Mapped[str] = mapped_column(Id, index=True)
    revision: Mapped[int]
    at: Mapped[datetime]
    kind: Mapped[str]  # queued | started | unpacked | file | done | quarantined | cancelled
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)


class Reading(Owned, Base):
    """What was read from a file by an engine version; the reading itself is a blob."""

    __tablename__ = "readings"

    key: Mapped[str] = mapped_column(
        primary_key=True
    )  # digest of organisation, file, name, limits and engine versions
    blob: Mapped[str]
    created_at: Mapped[datetime]


class Report(OfPacket, Base):
    """The report on a revision. Written once: packet, revision and engine versions are unique."""

    __tablename__ = "reports"
    __table_args__ = (UniqueConstraint("packet_id", "revision", "engines"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    packet_id: Mapped[str] = mapped_column(Id, ForeignKey("packets.id"), index=True)
    revision: Mapped[int]
    engines: Mapped[str]  # digest of the engine versions
    score: Mapped[float]
    band: Mapped[str]
    coverage: Mapped[float]
    applicant: Mapped[str]
    policy_version: Mapped[str]
    body: Mapped[str] = mapped_column(
        Long, deferred=True
    )  # huoyan.report/1; large, and lists show its head alone
    parts: Mapped[str] = mapped_column(
        default=""
    )  # blob of the packet as read, so that it can be judged anew
    created_at: Mapped[datetime]


class ReportFile(OfPacket, Base):
    """A file that a report was made of, so that what no report needs is found without reading them
    all.
    """

    __tablename__ = "report_files"
    __table_args__ = (Index("ix_report_files_sha256", "org_id", "sha256"),)

    report_id: Mapped[str] = mapped_column(Id, primary_key=True)
    sha256: Mapped[str] = mapped_column(primary_key=True)
    packet_id: Mapped[str] = mapped_column(Id, index=True)


class PacketKey(OfPacket, Base):
    """Something by which a packet is found by others: a digest of a fact, a party, an account, a
    page.
    """

    __tablename__ = "packet_keys"

    packet_id: Mapped[str] = mapped_column(Id, primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True, index=True)


class SearchTerm(OfPacket, Base):
    """A value that a packet's papers hold, and where: what a search over all cases looks at."""

    __tablename__ = "search_terms"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    packet_id: Mapped[str] = mapped_column(Id, ForeignKey("packets.id"), index=True)
    kind: Mapped[str]  # the field's name
    value: Mapped[str]
    folded: Mapped[str]  # as it is compared: see api/search/index.py
    document: Mapped[str]
    page: Mapped[int]


class GraphPart(OfPacket, Base):
    """What a packet's latest report adds to the organisation's graph, so that no packet is read
    again for it.
    """

    __tablename__ = "graph_parts"

    packet_id: Mapped[str] = mapped_column(Id, ForeignKey("packets.id"), primary_key=True)
    report_id: Mapped[str] = mapped_column(Id)
    engines: Mapped[str]  # digest of the engine versions that made it
    body: Mapped[str] = mapped_column(Long)  # huoyan.graph/1 of this packet alone


class Correction(OfPacket, Base):
    """A reviewer's value for a field in place of the one that was read.

    Never overwritten; the latest counts.
    """

    __tablename__ = "corrections"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    packet_id: Mapped[str] = mapped_column(Id, ForeignKey("packets.id"), index=True)
    document: Mapped[str]
    field: Mapped[str]  # a field's name, or line/column of a statement
    old_value: Mapped[str]
    value: Mapped[str]
    reason: Mapped[str]
    made_by: Mapped[str] = mapped_column(Id)
    made_at: Mapped[datetime]
