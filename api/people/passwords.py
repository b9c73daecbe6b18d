"""Passwords, by argon2 (pwdlib). The same time is spent on a name that does not exist."""

from __future__ import annotations

import secrets
from functools import cache

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

SHORTEST = 12
_HASH = PasswordHash((Argon2Hasher(),))


# Passwords that people choose first; any that holds little else is as easy to guess.
_COMMON = (
    "password", "passw0rd", "p@ssword", "p@ssw0rd", "admin", "administrator", "huoyan", "welcome", "letmein", "changeme",
    "qwerty", "qwertyuiop", "asdfgh", "zxcvbn", "1qaz2wsx", "abc", "123456789", "iloveyou",
    "woaini", "mima", "secret", "default", "test", "root", "bank",
)  # fmt: skip
_FEWEST_KINDS = 5  # different characters
_FEWEST_LETTERS = 4  # beside such words and the login


def weakness(password: str, login: str = "") -> str | None:
    """Return in a sentence why a password is easy to guess, or None."""
    if len(password) < SHORTEST:
        return f"密码至少 {SHORTEST} 个字符 / a password has at least {SHORTEST} characters"
    easy = "密码容易被猜到，请换一个 / the password is easy to guess: choose another"
    if len(set(password)) < _FEWEST_KINDS:
        return easy
    rest = password.lower()
    for word in sorted((*_COMMON, login.lower()), key=len, reverse=True):
        rest = rest.replace(word, "") if word else rest
    letters = [letter for letter in rest if letter.isalpha()]
    return easy if len(letters) < _FEWEST_LETTERS else None


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
