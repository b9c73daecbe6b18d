"""Rates: how often a caller, an address or a name may ask, by a sliding window of one minute (the
library `limits`).

Counted within each process: several web processes together allow a multiple, which docs/operate.md
says.
"""

from __future__ import annotations

import math
import time

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter, SlidingWindowCounterRateLimiter

from api.errors import Problem

# What follows within a quarter of an hour is one row; nobody counts further than to a hundred.
_ROW = RateLimitItemPerMinute(100, 15)


class Throttle:
    """Counts by kind and name."""

    def __init__(self) -> None:
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._rows = FixedWindowRateLimiter(MemoryStorage())

    def take(self, kind: str, name: str, per_minute: int) -> None:
        """Counts one.

        Raises Problem "too_many" with the seconds to wait and the IETF's RateLimit fields.
        """
        item = RateLimitItemPerMinute(per_minute)
        if not self._limiter.hit(item, kind, name):
            raise self._too_many(item, kind, name)

    def look(self, kind: str, name: str, per_minute: int) -> None:
        """Raises the same where the count is full, and counts nothing."""
        item = RateLimitItemPerMinute(per_minute)
        if not self._limiter.test(item, kind, name):
            raise self._too_many(item, kind, name)

    def count(self, kind: str, name: str, per_minute: int) -> None:
        """Counts one, for `look` to find."""
        self._limiter.hit(RateLimitItemPerMinute(per_minute), kind, name)

    def in_a_row(self, kind: str, name: str) -> int:
        """Counts one, and returns how many there were before since the row began anew."""
        before = _ROW.amount - self._rows.get_window_stats(_ROW, kind, name).remaining
        self._rows.hit(_ROW, kind, name)
        return before

    def forget_row(self, kind: str, name: str) -> None:
        """The row begins anew."""
        self._rows.clear(_ROW, kind, name)

    def _too_many(self, item: RateLimitItemPerMinute, kind: str, name: str) -> Problem:
        reset = self._limiter.get_window_stats(item, kind, name).reset_time
        wait = max(1, math.ceil(reset - time.time()))
        headers = {
            "RateLimit-Policy": f'"{kind}";q={item.amount};w=60',
            "RateLimit": f'"{kind}";r=0;t={wait}',
        }
        return Problem("too_many", retry_after=wait, headers=headers)
