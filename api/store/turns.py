"""Whose turn it is to write: one writer at a time, in the order in which they asked.

SQLite lets one connection write and has the others try again and again, so that among many some wait
for ever. Here they wait in a queue: threads by `take`, the event loop by `taken` without a thread.
"""

from __future__ import annotations

import asyncio
from collections import deque
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TookTooLong
from threading import Lock

from sqlalchemy.exc import TimeoutError as NoTurn


class Turns:
    """A queue of writers, for threads and event loops alike."""

    def __init__(self, patience: float) -> None:
        """`patience`: seconds that a writer waits at most."""
        self._patience = patience
        self._lock = Lock()
        self._is_taken = False
        self._waiting: deque[Future[None]] = deque()

    def take(self) -> None:
        """Wait for the turn. Raises NoTurn, which is answered like a database that is away."""
        asked = self._ask()
        try:
            asked.result(self._patience)
        except TookTooLong as error:
            self._give_up(asked)
            raise NoTurn("others write for too long") from error

    async def taken(self) -> None:
        """The same for an event loop, in which no thread waits."""
        asked = self._ask()
        if asked.done():
            return
        try:
            await asyncio.wait_for(asyncio.shield(asyncio.wrap_future(asked)), self._patience)
        except TimeoutError as error:
            self._give_up(asked)
            raise NoTurn("others write for too long") from error
        except asyncio.CancelledError:
            self._give_up(asked)
            raise

    def give_back(self) -> None:
        """The next one's turn."""
        with self._lock:
            while self._waiting:
                following = self._waiting.popleft()
                if following.set_running_or_notify_cancel():
                    following.set_result(None)
                    return
            self._is_taken = False

    def _ask(self) -> Future[None]:
        asked: Future[None] = Future()
        with self._lock:
            if self._is_taken:
                self._waiting.append(asked)
            else:
                self._is_taken = True
                asked.set_result(None)
        return asked

    def _give_up(self, asked: Future[None]) -> None:
        """Wait no longer; a turn that came at the same moment is passed on."""
        if not asked.cancel():
            self.give_back()
