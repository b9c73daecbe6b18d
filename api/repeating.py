"""An act done again and again in a thread of its own, until it is stopped. One that fails is tried again in the next round."""

from __future__ import annotations

import threading
from collections.abc import Callable

import structlog

_LOG = structlog.get_logger("huoyan.rounds")


class Repeating:
    """Calls `act` every `seconds`; it may stand still for so long after a failure, no longer."""

    def __init__(self, name: str, seconds: float, act: Callable[[], object]) -> None:
        self._seconds, self._act, self._stop = seconds, act, threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Ends after the round that is under way, at most ten seconds later."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(timeout=10)

    def _run(self) -> None:
        while not self._stop.wait(self._seconds):
            try:
                self._act()
            except Exception as error:  # noqa: BLE001 - the store may be away; the next round tries again
                _LOG.warning("a round failed and is tried again", round=self._thread.name, error=type(error).__name__)
