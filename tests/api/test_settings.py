"""Every setting is documented."""

from __future__ import annotations

import os

from conftest import ROOT

from api.settings import Settings


def test_every_setting_is_in_the_docs() -> None:
    text = (ROOT / "docs" / "operate.md").read_text("utf-8")
    assert not [n for n in Settings.model_fields if f"`{n.upper()}`" not in text]


def test_a_process_verifies_as_many_packets_as_it_has_cores() -> None:
    cores = len(os.sched_getaffinity(0))
    assert Settings().at_once == min(cores, 4)
    assert [Settings(workers=number).at_once for number in (0, 1, 9)] == [0, 1, 9]
