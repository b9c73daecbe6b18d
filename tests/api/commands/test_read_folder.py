"""Folders of packets: what is no folder or holds none is told; a kept reading is taken up again, a
changed file read anew.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import typer
from conftest import honest_files

from api.commands import verify_files
from api.commands.read_folder import read_folder


def test_no_folder_and_no_packets_end_with_usage_errors(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("no packet", "utf-8")
    for folder in (tmp_path / "none", tmp_path):
        with pytest.raises(typer.Exit) as stopped:
            read_folder(folder, 1)
        assert stopped.value.exit_code == 2


def test_a_kept_reading_is_taken_up_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = honest_files(7, "ruled.pdf")[1]
    packet, out = tmp_path / "in" / "one", tmp_path / "out"
    packet.mkdir(parents=True)
    (packet / "licence.pdf").write_bytes(files["营业执照.pdf"])
    (first,) = read_folder(tmp_path / "in", 1, out=out)
    monkeypatch.setattr(verify_files, "read_packet", lambda *_: pytest.fail("read again"))
    (again,) = read_folder(tmp_path / "in", 1, out=out, resume=True)
    assert again.packet == first.packet
    monkeypatch.undo()
    (packet / "licence.pdf").write_bytes(files["股东名册.pdf"])
    (changed,) = read_folder(tmp_path / "in", 1, out=out, resume=True)
    assert [d.type for d in changed.packet.documents] == ["shareholder_register"]
