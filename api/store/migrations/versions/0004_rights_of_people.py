"""Second factors, changes that wait for a second administrator, and notices to people.

Keys whose maker was shut out before end here, as they now end with the shutting out.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from api.store.columns import Utc

revision = "0004"
down_revision = "0003"

_TEXTS = ("sealed_totp", "sealed_new_totp")
_SHUT_OUT = "select users.id from users where not users.active"


def upgrade() -> None:
    _add_columns()
    _end_keys()
    op.create_table(
        "person_changes",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("user_id", sa.String(length=40), nullable=False),
        sa.Column("asked", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("made_by", sa.String(length=40), nullable=False),
        sa.Column("made_at", Utc(timezone=True), nullable=False),
        sa.Column("decided_by", sa.String(length=40), nullable=False),
        sa.Column("decided_at", Utc(timezone=True), nullable=True),
        sa.Column("org_id", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["org_id"], ["organisations.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_person_changes_org_id", "person_changes", ["org_id"])
    op.create_table(
        "notices",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("user_id", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("by", sa.String(length=40), nullable=False),
        sa.Column("at", Utc(timezone=True), nullable=False),
        sa.Column("seen_at", Utc(timezone=True), nullable=True),
        sa.Column("org_id", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["org_id"], ["organisations.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_notices_org_id", "notices", ["org_id"])
    op.create_index("ix_notices_user_id", "notices", ["user_id"])


def _add_columns() -> None:
    added: list[tuple[str, sa.types.TypeEngine[Any], str]]
    added = [(name, sa.String(), "") for name in _TEXTS]
    added += [("totp_step", sa.Integer(), "0"), ("recovery", sa.JSON(), "[]")]
    with op.batch_alter_table("users") as table:
        for name, kind, default in added:
            table.add_column(sa.Column(name, kind, nullable=False, server_default=default))
    with op.batch_alter_table("api_keys") as table:
        waits: sa.Column[bool] = sa.Column(
            "waits", sa.Boolean(), nullable=False, server_default=sa.false()
        )
        table.add_column(waits)
    with op.batch_alter_table("users") as table:
        for name, kind, _ in added:
            table.alter_column(name, existing_type=kind, server_default=None)
    with op.batch_alter_table("api_keys") as table:
        table.alter_column("waits", existing_type=sa.Boolean(), server_default=None)


def _end_keys() -> None:
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":  # row-level security binds the owner too
        connection.execute(sa.text("select set_config('huoyan.org', '*', true)"))
    ended = (
        "update api_keys set revoked_at = current_timestamp"
        f" where revoked_at is null and created_by in ({_SHUT_OUT})"
    )
    connection.execute(sa.text(ended))
