"""kill -9 of any process at any instant loses no packet and reports none twice (T14, T15).

The whole figure, 200 packets and 40 kills, is `make soak`.
"""

from __future__ import annotations

import os
from contextlib import nullcontext
from pathlib import Path

import pytest
from killing import run
from postgres import own_database

PACKETS, KILLS = (
    int(os.environ.get("HUOYAN_KILL_PACKETS", "20")),
    int(os.environ.get("HUOYAN_KILLS", "5")),
)


@pytest.mark.parametrize(("store", "workers"), [("sqlite", 0), ("postgres", 1), ("postgres", 3)])
def test_killed_at_random_instants(store: str, workers: int, tmp_path: Path) -> None:
    with own_database() if store == "postgres" else nullcontext("") as url:
        seen = run(tmp_path / "data", url, workers, PACKETS, KILLS, seed=workers + 1)
    assert seen.states == {"done": PACKETS}, seen
    assert (seen.reports, seen.doubled, seen.events, seen.audited) == (
        PACKETS,
        0,
        PACKETS,
        PACKETS,
    ), seen
