"""A snapshot has a mode: its packet's, else that of the key that made it, else live."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_OF_PACKET = "select packets.mode from packets where packets.id = snapshots.packet_id"
_OF_KEY = "select api_keys.mode from api_keys where api_keys.id = snapshots.made_by"


def upgrade() -> None:
    with op.batch_alter_table("snapshots") as table:
        table.add_column(sa.Column("mode", sa.String(), nullable=False, server_default="live"))
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":  # row-level security binds the owner too
        connection.execute(sa.text("select set_config('huoyan.org', '*', true)"))
    connection.execute(
        sa.text(f"update snapshots set mode = coalesce(({_OF_PACKET}), ({_OF_KEY}), 'live')")
    )
    with op.batch_alter_table("snapshots") as table:
        table.alter_column("mode", existing_type=sa.String(), server_default=None)
