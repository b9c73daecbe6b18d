"""Values of papers to search by, saved views of the queue, and the main reason of a case."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_ID = sa.String(length=40)


def upgrade() -> None:
    op.create_table(
        "search_terms",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column("org_id", _ID, sa.ForeignKey("organisations.id"), nullable=False),
        sa.Column("packet_id", _ID, sa.ForeignKey("packets.id"), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
    )
    op.create_index("ix_search_terms_org_id", "search_terms", ["org_id"])
    op.create_index("ix_search_terms_packet_id", "search_terms", ["packet_id"])
    op.create_table(
        "saved_views",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("org_id", _ID, sa.ForeignKey("organisations.id"), nullable=False),
        sa.Column("owner", _ID, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("filter", sa.JSON(), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_saved_views_org_id", "saved_views", ["org_id"])
    # In place: SQLite would make the table anew for any other change, which the rows of its history
    # forbid.
    op.add_column("cases", sa.Column("reason", sa.JSON(), nullable=False, server_default="{}"))
