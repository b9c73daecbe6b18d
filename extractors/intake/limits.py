"""Limits of what is read.

Source: the sizes that banks' upload portals allow, and what a reader needs.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Sizes in bytes, times in seconds. `seconds` is for one file in all, `idle_seconds` for going
    on without a sign of progress.

    `memory_bytes` is for decoding, `picture_memory_bytes` for a process that reads pixels, beyond
    what it had before the file.
    """

    file_bytes: int = 25 * 2**20
    packet_bytes: int = 200 * 2**20
    members: int = 1000
    depth: int = 3
    pages: int = 500
    pixels: int = 100_000_000
    cells: int = 2_000_000
    memory_bytes: int = 2**30
    picture_memory_bytes: int = 3 * 2**29
    seconds: int = 300
    idle_seconds: int = 60
    processes: int = 8
    job_bytes: int = 64 * 2**20
    answer_bytes: int = 256 * 2**20
