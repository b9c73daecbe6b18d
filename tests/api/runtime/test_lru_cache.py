"""Of something the last few are kept, and each is made once though many ask for it at once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from api.runtime.lru_cache import Recent


def test_those_last_asked_for_are_kept() -> None:
    kept: Recent[int, str] = Recent(2)
    kept.keep(1, "one")
    kept.keep(2, "two")
    assert kept.get(1) == "one"
    kept.keep(3, "three")
    assert (kept.get(1), kept.get(2), kept.get(3)) == ("one", None, "three")
    assert kept.keep(3, "three anew") == "three anew" == kept.get(3)


def test_what_many_ask_for_at_once_is_made_once() -> None:
    kept: Recent[str, str] = Recent(2)
    made, together = [], threading.Barrier(8)

    def ask(_: int) -> str:
        together.wait(30)
        with kept.making("report"):
            known = kept.get("report")
            if known is None:
                made.append(1)
                known = kept.keep("report", "text")
            return known

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(ask, range(8))) == {"text"}
    assert made == [1]


def test_one_that_cannot_be_made_keeps_nobody_waiting() -> None:
    kept: Recent[str, str] = Recent(2)
    with pytest.raises(OSError, match="away"), kept.making("report"):
        raise OSError("away")
    with kept.making("report"), kept.making("another"):
        assert kept.keep("report", "text") == "text"
