"""Keyset paging: a page ends with the place where the next begins, so that deep pages cost as much as the first."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, TypeVar

from pydantic import BaseModel
from sqlalchemy import Select, and_, or_
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import InstrumentedAttribute

from api.errors import Problem

MOST = 200
_WIDEST = 2**31
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
        found = [datetime.fromisoformat(v) if kind is datetime else kind(v) for v, kind in zip(values, kinds, strict=True)]
        if any("\0" in v if isinstance(v, str) else isinstance(v, int) and abs(v) >= _WIDEST for v in found):
            raise ValueError  # what no database takes
        return found
    except (ValueError, TypeError, RecursionError, OverflowError) as error:
        raise Problem("bad_cursor") from error


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
        values = decode(cursor, [c.type.python_type for c, _ in keys])
        steps = []
        for n, (column, down) in enumerate(keys):
            same = [c == v for (c, _), v in zip(keys[:n], values, strict=False)]
            steps.append(and_(*same, column < values[n] if down else column > values[n]))
        query = query.where(or_(*steps))
    query = query.order_by(*(c.desc() if down else c.asc() for c, down in keys)).limit(limit + 1)
    rows: list[Row] = list(session.scalars(query))
    more = len(rows) > limit
    return rows[:limit], encode(after(rows[limit - 1])) if more else None
