"""Rows of people, sessions and keys."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from api.http.authentication import digest
from api.http.pagination import page
from api.store.people_tables import ApiKey, Organisation, User
from api.store.people_tables import Session as SessionRow


def names(session: Session, ids: Iterable[str]) -> dict[str, str]:
    """Names of people by their ids; ids of none are left out."""
    return dict(
        session.execute(select(User.id, User.name).where(User.id.in_([i for i in ids if i]))).all()
    )


def user(session: Session, user_id: str) -> User | None:
    return session.scalar(select(User).where(User.id == user_id))


def users_by_login(session: Session, login: str, organisation_name: str) -> list[User]:
    """People of that name in any organisation, or in the named one."""
    query = (
        select(User).join(Organisation, Organisation.id == User.org_id).where(User.login == login)
    )
    return list(
        session.scalars(
            query.where(Organisation.name == organisation_name) if organisation_name else query
        )
    )


def users(session: Session, cursor: str | None, limit: int) -> tuple[list[User], str | None]:
    return page(session, select(User), ((User.id, False),), cursor, limit, lambda u: (u.id,))


def count_users(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(User)) or 0


def administrators(session: Session) -> int:
    """How many may still manage people."""
    return (
        session.scalar(
            select(func.count()).select_from(User).where(User.role == "administrator", User.active)
        )
        or 0
    )


def end_sessions(session: Session, user_id: str) -> None:
    session.execute(delete(SessionRow).where(SessionRow.user_id == user_id))


def end_session(session: Session, secret: str) -> None:
    session.execute(delete(SessionRow).where(SessionRow.digest == digest(secret)))


def key(session: Session, key_id: str) -> ApiKey | None:
    return session.scalar(select(ApiKey).where(ApiKey.id == key_id))


def keys(session: Session, cursor: str | None, limit: int) -> tuple[list[ApiKey], str | None]:
    return page(session, select(ApiKey), ((ApiKey.id, False),), cursor, limit, lambda k: (k.id,))
