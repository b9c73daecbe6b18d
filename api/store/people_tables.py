"""Organisations, people, sessions, API keys."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from api.store.columns import Base, Id, Owned


class Organisation(Base):
    """A bank, or a branch that shares nothing with others."""

    __tablename__ = "organisations"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    settings: Mapped[dict[str, Any]] = mapped_column(default=dict)


class User(Owned, Base):
    """A person who logs in."""

    __tablename__ = "users"
    __table_args__ = (
        UniqueConstraint("org_id", "login"),
    )  # not over all: a name that is taken elsewhere would tell of someone there

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    login: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    role: Mapped[str]
    password_hash: Mapped[str] = mapped_column(
        default=""
    )  # empty: this person comes from the OpenID provider
    subject: Mapped[str] = mapped_column(
        default="", index=True
    )  # issuer and subject at the OpenID provider
    active: Mapped[bool] = mapped_column(default=True)
    # Secrets of codes by time, sealed: the one in force, and one that no code has confirmed yet.
    sealed_totp: Mapped[str] = mapped_column(default="")
    sealed_new_totp: Mapped[str] = mapped_column(default="")
    totp_step: Mapped[int] = mapped_column(default=0)  # the last one that was taken
    recovery: Mapped[list[Any]] = mapped_column(default=list)  # digests of recovery codes left
    created_at: Mapped[datetime]


class Session(Owned, Base):
    """A login under way; the cookie's value is kept as a digest alone."""

    __tablename__ = "sessions"

    digest: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[str] = mapped_column(Id, index=True)
    csrf: Mapped[str]
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]


class ApiKey(Owned, Base):
    """A key of a program; kept as a digest alone."""

    __tablename__ = "api_keys"
    __table_args__ = (UniqueConstraint("digest"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    name: Mapped[str]
    prefix: Mapped[str]  # its first characters, to tell keys apart in a list
    digest: Mapped[str]
    scopes: Mapped[list[Any]] = mapped_column(default=list)
    mode: Mapped[str] = mapped_column(default="live")  # live | test
    waits: Mapped[bool] = mapped_column(default=False)  # for a second administrator
    created_by: Mapped[str] = mapped_column(Id)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]


class PersonChange(Owned, Base):
    """A change of a person, or the grant of a key, that waits for a second administrator."""

    __tablename__ = "person_changes"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    user_id: Mapped[str] = mapped_column(Id)  # whom it concerns
    asked: Mapped[dict[str, Any]] = mapped_column(default=dict)
    state: Mapped[str] = mapped_column(default="waiting")  # waiting | approved | refused
    made_by: Mapped[str] = mapped_column(Id)
    made_at: Mapped[datetime]
    decided_by: Mapped[str] = mapped_column(Id, default="")
    decided_at: Mapped[datetime | None]


class Notice(Owned, Base):
    """What a person is told at the next log-in: what another one changed about the account."""

    __tablename__ = "notices"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    user_id: Mapped[str] = mapped_column(Id, index=True)
    kind: Mapped[str]  # role | password_hash | second_factor | active
    by: Mapped[str] = mapped_column(Id)
    at: Mapped[datetime]
    seen_at: Mapped[datetime | None]
