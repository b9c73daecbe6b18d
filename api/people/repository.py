"""Rows of people, sessions and keys."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from api.http.authentication import digest
from api.http.pagination import page
from api.store.people_tables import ApiKey, Notice, Organisation, PersonChange, User
from api.store.people_tables import Session as SessionRow

_MOST_SHOWN = 200  # people of one answer; a branch has fewer
_LONGEST_CHAIN = 10  # keys that made keys


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


def administrators(session: Session, but: str = "") -> int:
    """How many may still manage people, beside one of them."""
    query = select(func.count()).select_from(User).where(User.role == "administrator", User.active)
    return session.scalar(query.where(User.id != but)) or 0


def end_sessions(session: Session, user_id: str) -> None:
    session.execute(delete(SessionRow).where(SessionRow.user_id == user_id))


def end_session(session: Session, secret: str) -> None:
    session.execute(delete(SessionRow).where(SessionRow.digest == digest(secret)))


def key(session: Session, key_id: str) -> ApiKey | None:
    return session.scalar(select(ApiKey).where(ApiKey.id == key_id))


def keys(session: Session, cursor: str | None, limit: int) -> tuple[list[ApiKey], str | None]:
    return page(session, select(ApiKey), ((ApiKey.id, False),), cursor, limit, lambda k: (k.id,))


def live_keys_of(session: Session, user_id: str) -> list[ApiKey]:
    """Keys that a person made, or that such keys made, and that are not revoked."""
    makers, found = {user_id}, dict[str, ApiKey]()
    for _ in range(_LONGEST_CHAIN):
        query = select(ApiKey).where(ApiKey.created_by.in_(makers)).order_by(ApiKey.id)
        made = {key.id: key for key in session.scalars(query) if key.id not in found}
        if not made:
            break
        found |= made
        makers = set(made)
    return [key for key in found.values() if key.revoked_at is None]


def maker_of(session: Session, caller_id: str) -> str:
    """The person behind a caller: of a key the person who made it, through other keys."""
    for _ in range(_LONGEST_CHAIN):
        made = session.scalar(select(ApiKey.created_by).where(ApiKey.id == caller_id))
        if made is None:
            return caller_id
        caller_id = made
    return caller_id


def sessions_of(session: Session, user_id: str) -> list[SessionRow]:
    """Sessions of a person, the last seen first."""
    query = select(SessionRow).where(SessionRow.user_id == user_id)
    return list(session.scalars(query.order_by(SessionRow.seen_at.desc()).limit(_MOST_SHOWN)))


def change(session: Session, change_id: str) -> PersonChange | None:
    return session.scalar(select(PersonChange).where(PersonChange.id == change_id))


def changes(
    session: Session, cursor: str | None, limit: int
) -> tuple[list[PersonChange], str | None]:
    """Changes that wait or waited for a second administrator, the newest first."""
    order = ((PersonChange.made_at, True), (PersonChange.id, True))
    return page(session, select(PersonChange), order, cursor, limit, lambda c: (c.made_at, c.id))


def unseen_notices(session: Session, user_id: str) -> list[Notice]:
    query = select(Notice).where(Notice.user_id == user_id, Notice.seen_at.is_(None))
    return list(session.scalars(query.order_by(Notice.at, Notice.id).limit(_MOST_SHOWN)))
