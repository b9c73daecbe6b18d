"""Bank account numbers. Corporate numbers do not follow Luhn, so only their form is looked at."""

from __future__ import annotations

import re

from extractors.values.glyphs import fold

_SHOWN = 4  # digits at each end by which a number masked to another length is known
FIND = re.compile(r"(?<![\dA-Z.])\d(?:[ -]?[\d*]){7,33}(?![\d.])")


def parse_account(text: str) -> str | None:
    """Digits of an account number (spaces and dashes dropped, mask stars kept), or None."""
    match = FIND.search(fold(text))
    return re.sub(r"[ -]", "", match[0]) if match else None


def same_account(first: str, second: str) -> bool:
    """Equal numbers; a masked one equals every number it could stand for: 6222****1234 keeps the
    length or stars four at any length.
    """
    if "*" not in first + second:
        return first == second
    if len(first) == len(second):
        return all(a == b or "*" in (a, b) for a, b in zip(first, second, strict=True))
    (head, tail), (other_head, other_tail) = _ends(first), _ends(second)
    heads, tails = min(len(head), len(other_head)), min(len(tail), len(other_tail))
    enough = heads >= _SHOWN and tails >= _SHOWN
    return enough and head[:heads] == other_head[:heads] and tail[-tails:] == other_tail[-tails:]


def _ends(number: str) -> tuple[str, str]:
    """What stands before the first star and after the last; a whole number is both."""
    return (
        (number[: number.index("*")], number[number.rindex("*") + 1 :])
        if "*" in number
        else (number, number)
    )
