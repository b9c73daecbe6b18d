"""Keyset paging: a page ends with the place where the next begins, so that deep pages cost as much
as the first.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Annotated, Any, TypeVar

from fastapi import Query
from pydantic import BaseModel
from sqlalchemy import ColumnElement, Row, Select, and_, literal, or_, tuple_
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import InstrumentedAttribute

from api.errors import Problem

MOST = 200  # items of a page; more would make slow answers
Cursor = Annotated[str | None, Query(max_length=500)]
Limit = Annotated[int, Query(ge=1, le=MOST)]
Found = TypeVar("Found")
Key = tuple[InstrumentedAttribute[Any], bool]  # a column, and whether it descends


class Page(BaseModel):
    """What pages have in common: where the next one begins, null at the end."""

    next_cursor: str | None = None


def encode(values: Sequence[Any]) -> str:
    """A cursor of the sort values of the last row."""
    plain = [value.isoformat() if isinstance(value, datetime) else value for value in values]
    return base64.urlsafe_b64encode(json.dumps(plain).encode()).decode().rstrip("=")


def decode(cursor: str, kinds: Sequence[type]) -> list[Any]:
    """The values of a cursor. Raises Problem "bad_cursor"."""
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if not isinstance(values, list) or len(values) != len(kinds):
            raise ValueError
        return [_value(value, kind) for value, kind in zip(values, kinds, strict=True)]
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
    keys: Sequence[Key],
    cursor: str | None,
    limit: int,
    after: Callable[[Found], Sequence[Any]],
) -> tuple[list[Found], str | None]:
    """Objects of one page in the order of `keys` (column, descending?), the last of which is
    unique; and the next cursor.
    """
    rows: list[Found] = list(session.scalars(_of_page(query, keys, cursor, limit)))
    return rows[:limit], encode(after(rows[limit - 1])) if len(rows) > limit else None


def page_of_rows(
    session: Session, query: Select[Any], keys: Sequence[Key], cursor: str | None, limit: int
) -> tuple[list[Row[Any]], str | None]:
    """The same of columns, among which are those of `keys`."""
    rows = list(session.execute(_of_page(query, keys, cursor, limit)))
    place = [getattr(rows[limit - 1], c.key) for c, _ in keys] if len(rows) > limit else None
    return rows[:limit], encode(place) if place else None


def _of_page(
    query: Select[Any], keys: Sequence[Key], cursor: str | None, limit: int
) -> Select[Any]:
    """One row more than the page has, which tells that there is another page."""
    if cursor:
        query = query.where(
            _beyond(keys, decode(cursor, [change.type.python_type for change, _ in keys]))
        )
    return query.order_by(*(c.desc() if down else c.asc() for c, down in keys)).limit(limit + 1)


def _beyond(keys: Sequence[Key], values: Sequence[Any]) -> ColumnElement[bool]:
    """What lies after `values`.

    One direction is a comparison of rows, which an index answers by itself; an OR makes it read all
    rows before.
    """
    if len({down for _, down in keys}) == 1:
        place = tuple_(
            *(literal(value, change.type) for (change, _), value in zip(keys, values, strict=True))
        )
        own = tuple_(*(c for c, _ in keys))
        return own < place if keys[0][1] else own > place
    steps = []
    for n, (column, down) in enumerate(keys):
        same = [c == value for (c, _), value in zip(keys[:n], values, strict=False)]
        steps.append(and_(*same, column < values[n] if down else column > values[n]))
    return or_(*steps)
