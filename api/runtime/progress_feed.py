"""ProgressFeed of packets: who waits for a packet in the process that verifies it is woken at once.

What other processes do is found by asking again.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Lock


class Ear:
    """One who waits, in the event loop in which it was made: for the end alone, or for every step."""

    def __init__(self, *, end: bool) -> None:
        self.end, self._loop, self._told = end, asyncio.get_running_loop(), asyncio.Event()

    def wake(self) -> None:
        """From any thread."""
        with suppress(RuntimeError):  # the loop has ended, and with it who waited
            self._loop.call_soon_threadsafe(self._told.set)

    async def hear(self, seconds: float) -> None:
        """Returns when there is news that was not heard yet, after so many seconds at the latest."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._told.wait(), seconds)
        self._told.clear()


class ProgressFeed:
    """Who waits for which packet of this process."""

    def __init__(self) -> None:
        self._ears: dict[str, set[Ear]] = defaultdict(set)
        self._lock = Lock()

    @contextmanager
    def about(self, packet_id: str, *, end: bool = False) -> Iterator[Ear]:
        """An ear for a packet's steps, or its end alone.

        Nothing is missed when what is there already is looked at after this, and again after each
        `hear`.
        """
        ear = Ear(end=end)
        with self._lock:
            self._ears[packet_id].add(ear)
        try:
            yield ear
        finally:
            with self._lock:
                self._ears[packet_id].discard(ear)
                if not self._ears[packet_id]:
                    del self._ears[packet_id]

    def tell(self, packet_id: str, *, end: bool = False) -> None:
        """A step of a packet, or its end, was written and is durable. From any thread."""
        with self._lock:
            ears = [each for each in self._ears.get(packet_id, ()) if end or not each.end]
        for ear in ears:
            ear.wake()
