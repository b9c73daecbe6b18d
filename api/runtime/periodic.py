"""An act done again and again in a thread of its own, until it is stopped, and sooner when asked.

One that fails is tried again in the next round.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

import structlog

_LOG = structlog.get_logger("huoyan.rounds")


class Repeating:
    """Calls `act` every `seconds`; it may stand still for so long after a failure, no longer."""

    def __init__(self, name: str, seconds: float, act: Callable[[], object]) -> None:
        self._seconds, self._act, self._stop, self._due = (
            seconds,
            act,
            threading.Event(),
            threading.Event(),
        )
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def wake(self) -> None:
        """Has a round begin now, or once the one that is under way is over."""
        self._due.set()

    def stop(self) -> None:
        """Ends after the round that is under way, at most ten seconds later."""
        self._stop.set()
        self._due.set()
        if self._thread.is_alive():
            self._thread.join(timeout=10)

    def _run(self) -> None:
        while True:
            self._due.wait(self._seconds)
            self._due.clear()
            if self._stop.is_set():
                return
            try:
                self._act()
            except Exception as error:  # noqa: BLE001 - the store may be away; the next round tries again
                _LOG.warning(
                    "a round failed and is tried again",
                    round=self._thread.name,
                    error=type(error).__name__,
                )
