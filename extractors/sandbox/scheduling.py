"""Several at a time, the longest first: then nobody waits for a long one that was begun last
(Graham 1969, LPT: at most 4/3 of the shortest time).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

One = TypeVar("One")
Made = TypeVar("Made")


def longest_first(
    act: Callable[[One], Made], items: Sequence[One], sizes: Sequence[int], at_once: int
) -> list[Made]:
    """What `act` makes of each, in the order of `items`; `sizes` stand for how long each takes.

    Raises what the first of them raised.
    """
    with ThreadPoolExecutor(at_once) as pool:
        begun = {
            n: pool.submit(act, items[n])
            for n in sorted(range(len(items)), key=lambda n: -sizes[n])
        }
        return [begun[n].result() for n in range(len(items))]
