"""Folders of readers whose process was killed are taken away by the next one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from extractors.sandbox import job_folders


def test_folders_of_processes_that_are_gone_are_taken_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    own = Path(job_folders.new_folder())
    left = tmp_path / f"huoyan-{ended.pid}-abc"
    left.mkdir()
    (left / "page.png").write_bytes(b"x")
    others = [tmp_path / "huoyan-notes", tmp_path / f"other-{ended.pid}-abc"]
    for each in others:
        each.mkdir()
    assert job_folders.sweep() == 1
    assert not left.exists() and own.is_dir() and all(each.is_dir() for each in others)
