"""A worker that stood still for longer than its lease writes nothing when it goes on (T15).

The whole figure, 100 packets held, is `make soak`.
"""

from __future__ import annotations

import os
from pathlib import Path

from killing import Killed
from postgres import own_database
from zombies import run

ZOMBIES = int(os.environ.get("HUOYAN_ZOMBIES", "2"))


def test_a_worker_that_stood_still_is_refused(tmp_path: Path) -> None:
    with own_database() as url:
        seen = run(tmp_path / "data", url, ZOMBIES, seed=15)
    packets = seen.after.packets
    print(
        f"{seen.stops} stops, {seen.zombies} packets held, {seen.refused} late attempts refused, {packets} packets"
    )
    assert seen.zombies >= ZOMBIES
    assert seen.refused == seen.zombies, seen
    assert seen.after == Killed(
        packets, states={"done": packets}, reports=packets, events=packets, audited=packets
    ), seen
