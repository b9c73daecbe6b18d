"""One-time codes by time (RFC 6238), as authenticator programs on telephones show them."""

from __future__ import annotations

import base64
import hmac
import secrets
from typing import Final
from urllib.parse import quote, urlencode

STEP_SECONDS: Final = 30
DIGITS: Final = 6
_SECRET_BYTES: Final = 20  # RFC 4226, section 4: as long as the digest of SHA-1
_STEPS_AROUND: Final = 1  # clocks differ, and typing takes time (RFC 6238, section 5.2)
_RECOVERY_CODES: Final = 10
_RECOVERY_BYTES: Final = 5  # 8 letters in base 32: 40 bits, each code used once


def new_secret() -> str:
    """Return a random secret in base 32, as authenticators take it."""
    return base64.b32encode(secrets.token_bytes(_SECRET_BYTES)).decode()


def address(secret: str, login: str, organisation: str) -> str:
    """Return the otpauth address that an authenticator reads from a QR code."""
    label = quote(f"Huoyan {organisation}:{login}", safe=":")
    return f"otpauth://totp/{label}?{urlencode({'secret': secret, 'issuer': f'Huoyan {organisation}'})}"


def code_at(secret: str, step: int, digits: int = DIGITS, digest: str = "sha1") -> str:
    """Return the code of a step of time (RFC 4226, section 5.3)."""
    mac = hmac.digest(base64.b32decode(secret), step.to_bytes(8, "big"), digest)
    offset = mac[-1] & 0x0F
    number = int.from_bytes(mac[offset : offset + 4], "big") & 0x7FFFFFFF
    return str(number % 10**digits).zfill(digits)


def fitting_step(secret: str, code: str, seconds: float, used: int) -> int | None:
    """Return the step that a code is of, or None. A step up to `used` is not taken again."""
    now = int(seconds // STEP_SECONDS)
    for step in range(now - _STEPS_AROUND, now + _STEPS_AROUND + 1):
        fits = hmac.compare_digest(code_at(secret, step).encode(), code.encode())
        if fits and step > used:
            return step
    return None


def recovery_codes() -> list[str]:
    """Return codes that each stand in for the telephone once."""
    made = [base64.b32encode(secrets.token_bytes(_RECOVERY_BYTES)) for _ in range(_RECOVERY_CODES)]
    return [f"{code[:4].decode()}-{code[4:].decode()}".lower() for code in made]
