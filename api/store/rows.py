"""Putting rows into the database and taking them out, for services that have no query of their own."""

from __future__ import annotations

from sqlalchemy.orm import Session

from api.store.columns import Base


def insert(session: Session, *rows: Base) -> None:
    """Write rows at once, so that what the database refuses is refused here."""
    session.add_all(rows)
    session.flush()


def remove(session: Session, row: Base) -> None:
    """Delete a row when the transaction is written."""
    session.delete(row)


def write(session: Session) -> None:
    """Write what was changed so far, so that what the database refuses is refused here."""
    session.flush()
