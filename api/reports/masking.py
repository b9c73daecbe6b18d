"""Personal data in a report masked: identity numbers, telephone numbers, bank accounts. Revealed
only with a reason, which the audit keeps.

The middle of a number is covered, so that a reviewer still tells two apart. Names stay: a review is
about them. A firm's credit code and an invoice's number are public and stay too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_IDENTITY = re.compile(
    r"(?<![0-9A-Z])([1-9]\d{5})((?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{2})(\d[\dXx])(?![0-9A-Z])"
)
_MOBILE = re.compile(r"(?<!\d)(1[3-9]\d)(\d{4})(\d{4})(?!\d)")
_CARD = re.compile(r"(?<!\d)(62\d{4})(\d{6,9})(\d{4})(?!\d)")
# Each with what stays, what is covered, and what stays.
PATTERNS = (_IDENTITY, _CARD, _MOBILE)
_DIGEST = re.compile(r"(?<![0-9A-Za-z])(?=[0-9]*[a-f])[0-9a-f]{16,}(?![0-9A-Za-z])")
_NUMBER_FIELDS = frozenset({"account_number", "telephone", "id_number"})
_NUMBER_ENDINGS = (
    "account",
    "phone",
    "email",
)  # of a field's name, which may begin with whose it is
_OF_FIELD = ("value", "raw")  # a field's parts
_SHORTEST = 7  # a shorter text stands elsewhere by chance


def masked(value: Any) -> Any:
    """The same JSON with personal numbers covered: in the fields that hold them, and wherever else
    in it the same number stands.
    """
    numbers = {number for number in _numbers(value) if len(number) >= _SHORTEST}
    anywhere = (
        re.compile("|".join(re.escape(number) for number in sorted(numbers, key=len, reverse=True)))
        if numbers
        else None
    )
    return _masked(value, "", anywhere)


def _masked(value: Any, field: str, anywhere: re.Pattern[str] | None) -> Any:
    if isinstance(value, dict):
        return {
            key: _masked(v, field if key in _OF_FIELD else key, anywhere)
            for key, v in value.items()
        }
    if isinstance(value, list):
        return [_masked(v, field, anywhere) for v in value]
    if not isinstance(value, str):
        return value
    if holds_number(field):
        return covered(value)
    return masked_text(value, anywhere)


def holds_number(field: str) -> bool:
    """Whether a field of this name holds a number of a person."""
    return field in _NUMBER_FIELDS or field.rpartition("_")[2] in _NUMBER_ENDINGS


def _numbers(value: Any, field: str = "") -> Iterator[str]:
    """What stands in the fields that hold personal numbers."""
    if isinstance(value, dict):
        for key, v in value.items():
            yield from _numbers(v, field if key in _OF_FIELD else key)
    elif isinstance(value, list):
        for v in value:
            yield from _numbers(v, field)
    elif isinstance(value, str) and holds_number(field):
        yield value


def masked_text(text: str, known: re.Pattern[str] | None = None) -> str:
    """A text with identity, mobile and card numbers in it covered, and those that are `known`.
    Digests stay: their digits are no one's number, and files and findings are found by them.
    """
    parts, end = [], 0
    for digest in _DIGEST.finditer(text):
        parts += [_covered_in(text[end : digest.start()], known), digest[0]]
        end = digest.end()
    return "".join([*parts, _covered_in(text[end:], known)])


def _covered_in(text: str, known: re.Pattern[str] | None) -> str:
    if known:
        text = known.sub(lambda m: covered(m[0]), text)
    for pattern in PATTERNS:
        text = pattern.sub(lambda m: m[1] + "*" * len(m[2]) + m[3], text)
    return text


def personal_numbers_in(text: str) -> list[str]:
    """Identity, card and mobile numbers in a text."""
    plain = _DIGEST.sub(" ", text)
    return [match[0] for pattern in PATTERNS for match in pattern.finditer(plain)]


def covered(text: str) -> str:
    """All but the last four characters of a number."""
    return "*" * max(0, len(text) - 4) + text[-4:] if len(text) > 4 else "*" * len(text)
