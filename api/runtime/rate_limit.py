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
from limits.strategies import SlidingWindowCounterRateLimiter

from api.errors import Problem


class Throttle:
    """Counts by kind and name."""

    def __init__(self) -> None:
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())

    def take(self, kind: str, name: str, per_minute: int) -> None:
        """Counts one.

        Raises Problem "too_many" with the seconds to wait and the IETF's RateLimit fields.
        """
        item = RateLimitItemPerMinute(per_minute)
        if not self._limiter.hit(item, kind, name):
            reset = self._limiter.get_window_stats(item, kind, name).reset_time
            wait = max(1, math.ceil(reset - time.time()))
            headers = {
                "RateLimit-Policy": f'"{kind}";q={per_minute};w=60',
                "RateLimit": f'"{kind}";r=0;t={wait}',
            }
            raise Problem("too_many", retry_after=wait, headers=headers)
