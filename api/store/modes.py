"""Whether what hangs on a packet is of a mode: the packet itself says so, and no row repeats it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, exists

from api.store.case_tables import Case
from api.store.packet_tables import Packet

# Names of their own: a statement that also asks for packets keeps its packets apart.
_PACKETS = Packet.__table__.alias("packets_of_mode")
_CASES = Case.__table__.alias("cases_of_mode")


def of_packet_in(packet_id: Any, mode: str) -> ColumnElement[bool]:
    """Whether the packet with an id is of a mode; found by its primary key."""
    return exists().where(_PACKETS.c.id == packet_id, _PACKETS.c.mode == mode)


def of_packet_of_case_in(case_id: Any, mode: str) -> ColumnElement[bool]:
    """Whether the packet of the case with an id is of a mode."""
    return exists().where(_CASES.c.id == case_id, of_packet_in(_CASES.c.packet_id, mode))
