"""Cases, what happened in them, judgements of findings, policies, evidence snapshots, imported
tables.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, column_property, mapped_column

from api.store.columns import Base, Id, Long, OfCase, OfMode, OfPacket, Owned


class Case(OfPacket, Base):
    """A packet before people.

    `version` changes with each change and is the ETag. Score and band are those of the latest
    report.
    """

    __tablename__ = "cases"
    __table_args__ = (
        Index("ix_cases_newest", "org_id", "opened_at", "id"),
        Index("ix_cases_score", "org_id", "score", "id"),
        Index("ix_cases_updated", "org_id", "updated_at", "id"),
        Index("ix_cases_state", "org_id", "state", "opened_at", "id"),
        Index("ix_cases_next", "org_id", "state", "score", "id"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    packet_id: Mapped[str] = mapped_column(Id, ForeignKey("packets.id"), unique=True)
    reference: Mapped[str]
    applicant: Mapped[str]
    branch: Mapped[str] = mapped_column(default="")
    amount: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default="open")  # open | claimed | proposed | decided
    assignee: Mapped[str] = mapped_column(Id, default="", index=True)
    score: Mapped[float]
    band: Mapped[str]
    coverage: Mapped[float]
    # The verdict of the latest report in both languages, personal numbers masked.
    reason: Mapped[dict[str, Any]] = mapped_column(default=dict)
    disposition: Mapped[str] = mapped_column(
        default=""
    )  # clean | ask_for_papers | false_information | unclear
    proposed_by: Mapped[str] = mapped_column(Id, default="")
    version: Mapped[int] = mapped_column(default=1)
    opened_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class CaseEvent(OfCase, Base):
    """Something that happened in a case. Appended, never changed."""

    __tablename__ = "case_events"
    __table_args__ = (UniqueConstraint("case_id", "seq"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    case_id: Mapped[str] = mapped_column(Id, ForeignKey("cases.id"), index=True)
    seq: Mapped[int]
    kind: Mapped[
        str
    ]  # opened | reported | claimed | released | assigned | commented | judged | corrected | proposed | decided | returned | reopened
    actor: Mapped[str] = mapped_column(Id)
    at: Mapped[datetime]
    body: Mapped[dict[str, Any]] = mapped_column(default=dict)


# What the rule of a judgement begins with where a doubt about a reading was judged.
DOUBT = "doubt:"


class Judgement(OfPacket, Base):
    """What a person says of a finding: confirmed, false_alarm or unclear, with the reason.

    The latest of a fingerprint counts. Of a doubt about a reading, `rule` is DOUBT and the mistake
    of reading.
    """

    __tablename__ = "judgements"
    __table_args__ = (
        Index("ix_judgements_rule", "org_id", "rule"),
        Index("ix_judgements_finding", "packet_id", "fingerprint", "made_at", "id"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    packet_id: Mapped[str] = mapped_column(Id, ForeignKey("packets.id"), index=True)
    fingerprint: Mapped[str]
    rule: Mapped[str]
    verdict: Mapped[str]
    reason: Mapped[str]
    made_by: Mapped[str] = mapped_column(Id)
    made_at: Mapped[datetime]


class PolicyVersion(Owned, Base):
    """A policy of an organisation: draft, tried on past cases, then active; one is active at a
    time.
    """

    __tablename__ = "policies"
    __table_args__ = (
        UniqueConstraint("org_id", "version"),
        Index(
            "ux_policies_active",
            "org_id",
            unique=True,
            sqlite_where=text("state = 'active'"),
            postgresql_where=text("state = 'active'"),
        ),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    version: Mapped[str]
    body: Mapped[str] = mapped_column(Long)
    state: Mapped[str] = mapped_column(default="draft")  # draft | active | retired
    back_test: Mapped[dict[str, Any]] = mapped_column(default=dict)
    made_by: Mapped[str] = mapped_column(Id)
    made_at: Mapped[datetime]
    activated_by: Mapped[str] = mapped_column(Id, default="")
    activated_at: Mapped[datetime | None]


class Snapshot(OfMode, Base):
    """A part of the graph as it was when someone froze it as evidence."""

    __tablename__ = "snapshots"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    name: Mapped[str]
    packet_id: Mapped[str] = mapped_column(Id, default="", index=True)
    sha256: Mapped[str]
    body: Mapped[str] = mapped_column(Long, deferred=True)  # lists show its size alone
    size: Mapped[int] = column_property(func.length(body))  # it is ASCII: characters are bytes
    made_by: Mapped[str] = mapped_column(Id)
    made_at: Mapped[datetime]


class GraphImport(OfMode, Base):
    """A table of the bank's own that joined its graph: the file and, as huoyan.graph/1, what was
    read from it, both as blobs.
    """

    __tablename__ = "graph_imports"
    __table_args__ = (
        UniqueConstraint("org_id", "mode", "name", "sha256"),
        Index("ix_graph_imports_newest", "org_id", "made_at", "id"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    name: Mapped[str]
    sha256: Mapped[str]
    size: Mapped[int]
    graph: Mapped[str]
    entities: Mapped[int]
    relations: Mapped[dict[str, Any]]  # how many of each kind
    made_by: Mapped[str] = mapped_column(Id)
    made_at: Mapped[datetime]


class SavedView(Owned, Base):
    """Filters of the queue under a name, a person's own or shared with the organisation."""

    __tablename__ = "saved_views"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    owner: Mapped[str] = mapped_column(Id)
    name: Mapped[str]
    filter: Mapped[dict[str, Any]] = mapped_column(default=dict)
    shared: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[datetime]
