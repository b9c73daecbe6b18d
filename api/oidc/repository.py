"""Rows of people who come from an OpenID provider."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.store.people_tables import Organisation, User


def organisation_id(session: Session, name: str) -> str | None:
    return session.scalar(select(Organisation.id).where(Organisation.name == name))


def by_subject(session: Session, subject: str) -> User | None:
    """The person of the session's organisation with that issuer and subject."""
    return session.scalar(select(User).where(User.subject == subject).order_by(User.id).limit(1))


def login_taken(session: Session, login: str) -> bool:
    return session.scalar(select(User.id).where(User.login == login).limit(1)) is not None
