"""Passwords, by argon2 (pwdlib). The same time is spent on a name that does not exist."""

from __future__ import annotations

import secrets
from functools import cache

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

SHORTEST = 12
_HASH = PasswordHash((Argon2Hasher(),))


def hash_of(password: str) -> str:
    return _HASH.hash(password)


def fits(password: str, kept: str) -> bool:
    """Whether a password is the one; an empty hash fits none."""
    return _HASH.verify(password, kept or _nobody()) and bool(kept)


def new_password() -> str:
    """A random password for a first login."""
    return secrets.token_urlsafe(15)


@cache
def _nobody() -> str:
    return _HASH.hash(secrets.token_urlsafe(32))
