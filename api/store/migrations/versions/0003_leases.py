"""A revision has a lease of its own, and a worker's name belongs to one start of a process."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from api.store.columns import Utc

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    _add("revisions", "boot")
    _add("workers", "boot", "place")
    for table, column in (("revisions", "seen_at"), ("workers", "ended_at")):
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column(column, Utc(timezone=True), nullable=True))


def _add(table: str, *names: str) -> None:
    """Add texts that are empty in the rows that are there."""
    with op.batch_alter_table(table) as batch:
        for name in names:
            batch.add_column(sa.Column(name, sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table(table) as batch:
        for name in names:
            batch.alter_column(name, existing_type=sa.String(), server_default=None)
