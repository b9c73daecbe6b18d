"""Paths that a user names to the files of one packet, the checks file beside them, and failures on
the way.
"""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from extractors.errors import OverLimit, ReadError
from extractors.intake.archive import ZIP_START, Budget, is_clutter
from extractors.intake.file_name import clean_name
from extractors.model import Failure, ManualCheck
from extractors.sandbox.parent import Sandbox

CHECKS_FILE = "checks.yaml"


@dataclass(slots=True)
class Gathered:
    """Files of a packet by name, with recorded checks and what could not be opened."""

    files: list[tuple[str, bytes]] = field(default_factory=list)
    checks: list[ManualCheck] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)


def gather(paths: Sequence[Path], sandbox: Sandbox, password: str | None = None) -> Gathered:
    """All files below `paths`: files, folders, zips, the latter opened in the sandbox.

    Raises FileNotFoundError for a path that is not there.
    """
    result, budget = Gathered(), Budget(sandbox.limits)
    for path in paths:
        if not path.exists():
            raise FileNotFoundError(path)
        inside = (
            sorted(p for p in path.rglob("*") if p.is_file() and not p.is_symlink())
            if path.is_dir()
            else [path]
        )
        for each in inside:
            _one(each, sandbox, budget, password, result)
    return result


def _one(
    path: Path, sandbox: Sandbox, budget: Budget, password: str | None, result: Gathered
) -> None:
    if is_clutter(path.name):
        return
    name = clean_name(path.name)
    try:
        size = path.stat().st_size
        if size > sandbox.limits.packet_bytes:
            raise OverLimit(f"{size} bytes")
        add(name, path.read_bytes(), sandbox, budget, password, result)
    except ReadError as error:
        result.failures.append(Failure(code=error.code, zh=error.zh, en=error.en, file=name))


def add(
    name: str, data: bytes, sandbox: Sandbox, budget: Budget, password: str | None, result: Gathered
) -> None:
    """One file into the packet; a zip is opened in the sandbox. Raises a ReadError for an archive
    or checks file that is refused.

    No byte of the file is looked at here but its first two.
    """
    inside = sandbox.unpack(name, data, budget, password) if data[:2] == ZIP_START else None
    if inside is None:
        budget.take(len(data))
        inside = [(name, data)]
    for inner, body in inside:
        if posixpath.basename(inner) == CHECKS_FILE:
            result.checks.extend(sandbox.checks(body))
        else:
            result.files.append((inner, body))
