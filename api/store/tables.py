"""All tables under one metadata; importing this module makes it whole."""

from __future__ import annotations

from api.store import case_tables, packet_tables, people_tables, service_tables
from api.store.columns import Base, Owned

__all__ = [
    "METADATA",
    "case_tables",
    "owned_tables",
    "packet_tables",
    "people_tables",
    "service_tables",
]

METADATA = Base.metadata


def owned_tables() -> tuple[str, ...]:
    """Names of the tables whose rows belong to organisations."""
    owned = (
        mapper.local_table for mapper in Base.registry.mappers if issubclass(mapper.class_, Owned)
    )
    return tuple(sorted(table.name for table in owned))  # type: ignore[attr-defined]
