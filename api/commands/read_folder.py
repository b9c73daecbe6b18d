"""Packets of a folder, read one after the other with a progress bar; readings may be kept and taken
up again.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from api.commands.console import readers, tracked, wrong
from extractors.intake.file_name import clean_name

if TYPE_CHECKING:
    from api.commands.verify_files import Read


def read_folder(
    folder: Path,
    jobs: int,
    *,
    out: Path | None = None,
    resume: bool = False,
    password: str | None = None,
) -> list[Read]:
    """Every packet (sub-folder or zip) of a folder, without the bytes of its files. Readings are
    kept in `out` where it is given; with `resume` those of the same files are taken from there.
    Ends with exit code 2 where there is no such folder or no packet in it.
    """
    packets = _packets_in(folder)
    reads = []
    taken: set[str] = set()
    with readers(jobs, contracts=len(packets) > 2) as sandbox:
        from api.commands.readings_cache import keep, kept  # while these load, the readers start
        from api.commands.verify_files import read_packet
        from extractors.gather import gather

        for path in tracked(packets, "读取 / reading"):
            name = _own_name(path, taken)
            gathered = gather([path], sandbox, password)
            before = kept(out, name, gathered) if out and resume else None
            reads.append(before or read_packet(name, gathered, sandbox, password))
            if out and before is None:
                keep(out, name, gathered, reads[-1])
            reads[-1].data = {}
    return reads


def _packets_in(folder: Path) -> list[Path]:
    if not folder.is_dir():
        wrong(f"找不到文件夹 / no such folder: {folder}")
    packets = sorted(
        path for path in folder.iterdir() if path.is_dir() or path.suffix.lower() == ".zip"
    )
    if not packets:
        wrong(f"文件夹中没有材料包 / no packets in {folder}")
    return packets


def _own_name(path: Path, taken: set[str]) -> str:
    """A packet's name as it may be shown; names that then look the same are numbered."""
    name = clean_name(path.stem if path.is_file() else path.name, otherwise="packet")
    own, number = name, 1
    while own in taken:
        number += 1
        own = f"{name} ({number})"
    taken.add(own)
    return own
