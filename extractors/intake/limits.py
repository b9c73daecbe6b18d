"""Limits of what is read. Source: the sizes that banks' upload portals allow, and what a reader needs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Sizes in bytes, times in seconds."""

    file_bytes: int = 25 * 2**20
    packet_bytes: int = 200 * 2**20
    members: int = 1000
    depth: int = 3
    pages: int = 500
    cells: int = 2_000_000
    memory_bytes: int = 2**30
    picture_memory_bytes: int = 3 * 2**29
    seconds: int = 300
    answer_bytes: int = 256 * 2**20
