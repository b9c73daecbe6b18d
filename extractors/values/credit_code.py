"""统一社会信用代码 (GB 32100-2015) and the organisation code within it (GB 11714-1997)."""

from __future__ import annotations

import re

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_ORG_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
FIND = re.compile(r"(?<![0-9A-Z])[0-9A-Z]{18}(?![0-9A-Z])")
PROVINCES = frozenset(
    [
        "10",
        "11",
        "12",
        "13",
        "14",
        "15",
        "21",
        "22",
        "23",
        "31",
        "32",
        "33",
        "34",
        "35",
        "36",
        "37",
        "41",
        "42",
        "43",
        "44",
        "45",
        "46",
        "50",
        "51",
        "52",
        "53",
        "54",
        "61",
        "62",
        "63",
        "64",
        "65",
        "71",
        "81",
        "82",
        "91",
    ]
)


def well_formed(code: str) -> bool:
    """Eighteen characters of the standard's alphabet (no I, O, S, V, Z)."""
    return len(code) == 18 and all(c in ALPHABET for c in code)


def check_character(code: str) -> str:
    """The 18th character that the first seventeen call for."""
    total = sum(ALPHABET.index(c) * word for c, word in zip(code[:17], _WEIGHTS, strict=True))
    return ALPHABET[(31 - total % 31) % 31]


def check_holds(code: str) -> bool:
    return well_formed(code) and check_character(code) == code[17]


def organisation_check_holds(code: str) -> bool:
    """Whether characters 9 to 17 satisfy GB 11714: weights 3 7 9 10 5 8 4 2, modulus 11, X for 10."""
    total = sum(
        ALPHABET_36.index(c) * word for c, word in zip(code[8:16], _ORG_WEIGHTS, strict=True)
    )
    expected = (11 - total % 11) % 11
    return code[16] == ("X" if expected == 10 else str(expected))


ALPHABET_36 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
