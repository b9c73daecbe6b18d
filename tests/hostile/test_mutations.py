"""Damaged files: the reader answers for each, with documents and typed failures. tests/soak.py
reads all 2,000 of the figure; here a part of them.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from mutations import fuzz, mutations, samples

from extractors.intake.limits import Limits
from extractors.read import read_file


def test_samples_are_of_many_formats_and_are_read() -> None:
    assert len(samples()) >= 7
    readings = {
        name: read_file(name, data, Limits())
        for name, data in samples().items()
        if name in ("pdf", "csv", "ofd", "xlsx")
    }
    assert all(r.kind != "unknown" for r in readings.values())


@pytest.mark.parametrize("seed", range(6))
def test_a_reader_answers_for_damaged_files(seed: int, tmp_path: Path) -> None:
    count, wrong = fuzz(48, seed, str(tmp_path))
    assert count == 48
    assert not [(name, status) for name, status, _ in wrong]


def test_the_same_seed_damages_alike() -> None:
    assert list(mutations(24, 5)) == list(mutations(24, 5)) != list(mutations(24, 6))
