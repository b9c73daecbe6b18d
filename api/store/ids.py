"""Identifiers: a word for the kind and a ULID, so that they sort by the time they were made."""

from __future__ import annotations

from ulid import ULID


def new_id(kind: str) -> str:
    """An identifier such as pkt_01J….; 80 bits of it are random."""
    return f"{kind}_{ULID()}"
