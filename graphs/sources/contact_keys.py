"""Telephones, e-mails, accounts and addresses in a text, with the key under which equal ones are
equal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.values.contact import EMAIL, PHONE
from extractors.values.glyphs import squeeze
from extractors.values.party_name import folded_name

_SHORTEST_ADDRESS = 8  # characters: fewer name no place
_SHORTEST_ACCOUNT = 9  # digits: no bank's account number has fewer


def keys_of(kind: str, text: str) -> Iterator[tuple[str, str]]:
    """Key and printed form of each contact of a kind in a text; nothing where the text holds none."""
    plain = squeeze(text)
    if kind == "phone":
        yield from ((each[1].replace("-", ""), each[1]) for each in PHONE.finditer(plain))
    elif kind == "email":
        yield from ((each[0].casefold(), each[0]) for each in EMAIL.finditer(plain))
    elif (
        kind == "account"
        and len(number := re.sub(r"\D", "", plain)) >= _SHORTEST_ACCOUNT
        and "*" not in plain
    ):
        yield number, number
    elif kind == "address" and len(plain) >= _SHORTEST_ADDRESS:
        yield re.sub(r"[,，。、;；\s]", "", folded_name(plain)), text
