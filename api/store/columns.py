"""What all tables share: the declarative base, times in UTC, and the mark of a row that belongs to
one organisation.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import JSON, DateTime, ForeignKey, String, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator


class Utc(TypeDecorator[datetime]):
    """A moment in UTC; SQLite keeps no zone, so it is put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    @property
    def python_type(self) -> type[datetime]:
        return datetime

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Base of all tables."""

    type_annotation_map: ClassVar = {
        datetime: Utc,
        dict[str, Any]: JSON,
        list[Any]: JSON,
        str: String,
    }


class Owned:
    """A row of one organisation.

    Sessions see the rows of their own organisation alone (database.py).
    """

    org_id: Mapped[str] = mapped_column(String(40), ForeignKey("organisations.id"), index=True)


class OfMode(Owned):
    """A row that is live or for trials; a program's key sees the rows of its own mode alone."""

    mode: Mapped[str] = mapped_column(default="live")  # live | test


class OfPacket(Owned):
    """A row that hangs on a packet by `packet_id`, and is of the packet's mode."""

    if TYPE_CHECKING:
        packet_id: Mapped[str]


class OfCase(Owned):
    """A row that hangs on a case by `case_id`, and is of the mode of the case's packet."""

    if TYPE_CHECKING:
        case_id: Mapped[str]


Id = String(40)
Long = Text()
