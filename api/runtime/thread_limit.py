"""Threads set apart for one kind of work, so that it never waits behind another kind."""

from __future__ import annotations

from anyio import CapacityLimiter
from anyio.lowlevel import RunVar


class ThreadLimit:
    """At most `count` threads of an event loop at a time."""

    def __init__(self, name: str, count: int) -> None:
        self._count = count
        # A limiter belongs to the loop in which it was made, and tests run several loops.
        self._limiter: RunVar[CapacityLimiter | None] = RunVar(name, None)

    def limiter(self) -> CapacityLimiter:
        """The limiter of the running loop, made when it is first asked for."""
        found = self._limiter.get(None)
        if found is None:
            found = CapacityLimiter(self._count)
            self._limiter.set(found)
        return found
