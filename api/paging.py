"""Keyset paging: a page ends with the place where the next begins, so that deep pages cost as much as the first."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Annotated, Any, TypeVar

from fastapi import Query
from pydantic import BaseModel
from sqlalchemy import ColumnElement, Select, and_, literal, or_, tuple_
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import InstrumentedAttribute

from api.errors import Problem

MOST = 200
Cursor = Annotated[str | None, Query(max_length=500)]
Limit = Annotated[int, Query(ge=1, le=MOST)]
Row = TypeVar("Row")


class Page(BaseModel):
    """What pages have in common: where the next one begins, null at the end."""

    next_cursor: str | None = None


def encode(values: Sequence[Any]) -> str:
    """A cursor of the sort values of the last row."""
    plain = [v.isoformat() if isinstance(v, datetime) else v for v in values]
    return base64.urlsafe_b64encode(json.dumps(plain).encode()).decode().rstrip("=")


def decode(cursor: str, kinds: Sequence[type]) -> list[Any]:
    """The values of a cursor. Raises Problem "bad_cursor"."""
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if not isinstance(values, list) or len(values) != len(kinds):
            raise ValueError
        return [_value(v, kind) for v, kind in zip(values, kinds, strict=True)]
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        raise Problem("bad_cursor") from error


def _value(given: Any, kind: type) -> Any:
    """A value that the database can be asked for. Raises ValueError, TypeError or OverflowError."""
    if kind is datetime:
        return datetime.fromisoformat(given).astimezone(UTC)
    value = kind(given)
    if isinstance(value, str):
        if "\0" in value:  # PostgreSQL holds none
            raise ValueError
        value.encode()
    elif isinstance(value, int) and not -(2**63) <= value < 2**63:
        raise OverflowError
    return value


def page(
    session: Session,
    query: Select[Any],
    keys: Sequence[tuple[InstrumentedAttribute[Any], bool]],
    cursor: str | None,
    limit: int,
    after: Callable[[Row], Sequence[Any]],
) -> tuple[list[Row], str | None]:
    """Rows of one page in the order of `keys` (column, descending?), the last of which is unique; and the next cursor."""
    if cursor:
        query = query.where(_beyond(keys, decode(cursor, [c.type.python_type for c, _ in keys])))
    query = query.order_by(*(c.desc() if down else c.asc() for c, down in keys)).limit(limit + 1)
    rows: list[Row] = list(session.scalars(query))
    more = len(rows) > limit
    return rows[:limit], encode(after(rows[limit - 1])) if more else None


def _beyond(keys: Sequence[tuple[InstrumentedAttribute[Any], bool]], values: Sequence[Any]) -> ColumnElement[bool]:
    """What lies after `values`. One direction is a comparison of rows, which an index answers by itself; an OR makes it read all rows before."""
    if len({down for _, down in keys}) == 1:
        place = tuple_(*(literal(v, c.type) for (c, _), v in zip(keys, values, strict=True)))
        own = tuple_(*(c for c, _ in keys))
        return own < place if keys[0][1] else own > place
    steps = []
    for n, (column, down) in enumerate(keys):
        same = [c == v for (c, _), v in zip(keys[:n], values, strict=False)]
        steps.append(and_(*same, column < values[n] if down else column > values[n]))
    return or_(*steps)
