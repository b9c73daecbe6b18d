"""How many bytes the body of each operation may hold.

A limit is checked before the body is parsed, so that no request costs more than its operation
needs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from extractors.intake.limits import Limits

KB: Final = 1024
MB: Final = 1024 * KB
# The longest text that an ordinary operation takes is a reason of 2,000 characters: 24 kB where
# each is written as two escapes.
DEFAULT_BYTES: Final = 64 * KB
# A name, a password and an organisation; anybody may send them.
LOGIN_BYTES: Final = 4 * KB
# A snapshot is kept up to 2 MB (api/graph/snapshots.py), and has a name besides.
SNAPSHOT_BYTES: Final = 2 * MB + DEFAULT_BYTES
# 5,000 fingerprints of 16 characters with quotes and commas.
WITHOUT_BYTES: Final = 128 * KB
# Part headers and a password beside the files of a form.
FORM_BYTES: Final = 4 * MB

JSON_BYTES: Final[Mapping[tuple[str, str], int]] = {
    ("POST", "/v1/session"): LOGIN_BYTES,
    ("POST", "/v1/me/password"): LOGIN_BYTES,
    ("POST", "/v1/me/second-factor"): LOGIN_BYTES,
    ("POST", "/v1/me/second-factor/confirm"): LOGIN_BYTES,
    ("POST", "/v1/me/second-factor/remove"): LOGIN_BYTES,
    ("POST", "/v1/graph/snapshots"): SNAPSHOT_BYTES,
    ("POST", "/v1/packets/{packet_id}/report/without"): WITHOUT_BYTES,
}
FILES: Final = (
    ("POST", "/v1/packets/{packet_id}/files"),
    ("POST", "/v1/graph/imports"),
    ("PUT", "/v1/uploads/{ticket}"),
)


def most_bytes(method: str, path: str, limits: Limits) -> int:
    """Return how many bytes the body of a request may hold."""
    if any(method == verb and _pattern(route).match(path) for verb, route in FILES):
        return limits.packet_bytes + FORM_BYTES
    for (verb, route), most in JSON_BYTES.items():
        if method == verb and _pattern(route).match(path):
            return most
    return DEFAULT_BYTES


@cache
def _pattern(route: str) -> re.Pattern[str]:
    """The paths of a route whose parameters hold no slash."""
    parts = re.split(r"{\w+}", route)
    return re.compile("[^/]+".join(re.escape(part) for part in parts) + r"\Z")
