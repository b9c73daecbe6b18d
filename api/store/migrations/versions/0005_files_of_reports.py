"""Which files each report was made of, taken once from the reports that are there."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_AT_ONCE = 50  # reports; a body takes some 0.1 MB


def upgrade() -> None:
    made = op.create_table(
        "report_files",
        sa.Column("report_id", sa.String(length=40), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("packet_id", sa.String(length=40), nullable=False),
        sa.Column("org_id", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["org_id"], ["organisations.id"]),
        sa.PrimaryKeyConstraint("report_id", "sha256"),
    )
    op.create_index("ix_report_files_org_id", "report_files", ["org_id"])
    op.create_index("ix_report_files_packet_id", "report_files", ["packet_id"])
    op.create_index("ix_report_files_sha256", "report_files", ["org_id", "sha256"])
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":  # row-level security binds the owner too
        connection.execute(sa.text("select set_config('huoyan.org', '*', true)"))
    ids = connection.execute(sa.text("select id from reports order by id")).scalars().all()
    for start in range(0, len(ids), _AT_ONCE):
        _fill(connection, made, list(ids[start : start + _AT_ONCE]))


def _fill(connection: sa.Connection, table: sa.Table, ids: list[str]) -> None:
    wanted = sa.text("select id, packet_id, org_id, body from reports where id in :ids")
    query = wanted.bindparams(sa.bindparam("ids", expanding=True))
    rows = []
    for report_id, packet_id, org_id, body in connection.execute(query, {"ids": ids}):
        known = {"report_id": report_id, "packet_id": packet_id, "org_id": org_id}
        for sha256 in _files(body):
            rows.append(known | {"sha256": sha256})
    if rows:
        connection.execute(sa.insert(table), rows)


def _files(body: str) -> list[str]:
    inputs = json.loads(body).get("inputs", {})
    return sorted({file["sha256"] for file in inputs.get("files", ())})
