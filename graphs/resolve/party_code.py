"""Codes that identify a party: credit codes of companies, identity numbers of persons."""

from __future__ import annotations

import hashlib
import re

from extractors.values.credit_code import check_holds

_IDENTITY_NUMBER = re.compile(r"[1-9]\d{16}[\dX]")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643-1999
_CHECK_CHARACTERS = "10X98765432"
_DIGEST_LENGTH = 16  # characters of the digest: persons of one bank never collide


def party_code(text: str) -> str:
    """The code under which a party is one; empty where the text holds no code whose check character
    holds.

    An identity number is kept as a digest only, so that no file or screen shows it.
    """
    if not text:
        return ""
    code = re.sub(r"[\s-]+", "", text).upper()
    if check_holds(code):
        return code
    if _is_identity_number(code):
        return "id-" + hashlib.sha256(code.encode()).hexdigest()[:_DIGEST_LENGTH]
    return code if is_person_code(text) else ""


def is_person_code(code: str) -> bool:
    """Whether a code is the digest of an identity number."""
    return bool(re.fullmatch(rf"(?i)id-[0-9a-f]{{{_DIGEST_LENGTH}}}", code.strip()))


def _is_identity_number(code: str) -> bool:
    if not _IDENTITY_NUMBER.fullmatch(code):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(code[:17], _WEIGHTS, strict=True))
    return _CHECK_CHARACTERS[total % 11] == code[17]
