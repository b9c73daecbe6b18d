"""The last few of something, kept in memory by key."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Generic, TypeVar
from weakref import WeakValueDictionary

Key = TypeVar("Key")
Kept = TypeVar("Kept")


class Recent(Generic[Key, Kept]):
    """Keeps at most so many, those last asked for; safe among threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Key, Kept] = OrderedDict()
        self._making: WeakValueDictionary[Key, Lock] = WeakValueDictionary()
        self._lock = Lock()

    def get(self, key: Key) -> Kept | None:
        """What is kept under a key, which is thereby asked for; None where nothing is."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    @contextmanager
    def making(self, key: Key) -> Iterator[None]:
        """Around making one: who else would make the same waits, and then finds it kept."""
        with self._lock:
            own = self._making.setdefault(key, Lock())
        with own:
            yield

    def keep(self, key: Key, one: Kept) -> Kept:
        """Keeps one under a key in place of what was, and returns it."""
        with self._lock:
            self._kept[key] = one
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
            return one
