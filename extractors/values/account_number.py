"""Bank account numbers. Corporate numbers do not follow Luhn, so only their form is looked at."""

from __future__ import annotations

import re

from extractors.values.glyphs import fold

FIND = re.compile(r"(?<![\dA-Z.])\d(?:[ -]?[\d*]){7,33}(?![\d.])")


def parse_account(text: str) -> str | None:
    """Digits of an account number (spaces and dashes dropped, mask stars kept), or None."""
    match = FIND.search(fold(text))
    return re.sub(r"[ -]", "", match[0]) if match else None


def same_account(first: str, second: str) -> bool:
    """Equal numbers; a masked one (6222****1234) equals every number it could stand for."""
    if "*" not in first + second:
        return first == second
    return len(first) == len(second) and all(a == b or "*" in (a, b) for a, b in zip(first, second, strict=True))
