"""A sign that reading goes on: a process that gives none for too long is ended by the one that
watches it.
"""

from __future__ import annotations

import os
import time

SIGN = b"."
_APART = 1.0  # seconds between two signs at least


class _Told:
    """Where signs go, and when the last one went. One a process."""

    pipe = -1
    last = 0.0


def tell(pipe: int) -> None:
    """From now on signs are written to this file descriptor."""
    _Told.pipe, _Told.last = pipe, time.monotonic()


def step() -> None:
    """To be called wherever a bounded part of the work is done: a page, a sheet, a batch of lines.

    Costs nothing outside a reading process.
    """
    if _Told.pipe >= 0 and (now := time.monotonic()) - _Told.last > _APART:
        _Told.last = now
        os.write(_Told.pipe, SIGN)
