"""Paths that a user names to the files of one packet, the checks file beside them, and failures on the way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from extractors.errors import OverLimit, ReadError
from extractors.intake.archive import Budget, members
from extractors.intake.limits import Limits
from extractors.intake.sniff import sniff
from extractors.model import Failure, ManualCheck

CHECKS_FILE = "checks.yaml"


class BadChecks(ReadError):
    code = "bad_checks_file"
    zh = "checks.yaml 格式有误。每项需有 what、result（passed/failed/unclear）、date、by。"
    en = "checks.yaml is not right: each entry needs what, result (passed/failed/unclear), date and by."


@dataclass(slots=True)
class Gathered:
    """Files of a packet by name, with recorded checks and what could not be opened."""

    files: list[tuple[str, bytes]] = field(default_factory=list)
    checks: list[ManualCheck] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)


def gather(paths: Sequence[Path], limits: Limits, password: str | None = None) -> Gathered:
    """All files below `paths`: files, folders, zips. Raises FileNotFoundError for a path that is not there."""
    result, budget = Gathered(), Budget(limits)
    for path in paths:
        if not path.exists():
            raise FileNotFoundError(path)
        inside = sorted(p for p in path.rglob("*") if p.is_file() and not p.is_symlink()) if path.is_dir() else [path]
        for each in inside:
            _one(each, limits, budget, password, result)
    return result


def _one(path: Path, limits: Limits, budget: Budget, password: str | None, result: Gathered) -> None:
    if re.match(r"\.|~\$|Thumbs\.db$|desktop\.ini$", path.name):
        return
    try:
        size = path.stat().st_size
        if size > limits.packet_bytes:
            raise OverLimit(f"{size} bytes")
        add(path.name, path.read_bytes(), limits, budget, password, result)
    except ReadError as error:
        result.failures.append(Failure(code=error.code, zh=error.zh, en=error.en, file=path.name))


def add(name: str, data: bytes, limits: Limits, budget: Budget, password: str | None, result: Gathered) -> None:
    """One file into the packet; a zip is opened. Raises a ReadError for an archive or checks file that is refused."""
    if name == CHECKS_FILE:
        result.checks.extend(read_checks(data))
    elif sniff(data) == "zip":
        inside = list(members(name, data, limits, budget, 1, password))
        result.checks.extend(check for n, body in inside if n == CHECKS_FILE for check in read_checks(body))
        result.files.extend((n, body) for n, body in inside if n != CHECKS_FILE)
    else:
        budget.take(len(data))
        result.files.append((name, data))


def read_checks(data: bytes) -> Iterable[ManualCheck]:
    """Entries of a checks file. Raises BadChecks naming what is missing."""
    import yaml

    try:
        entries = yaml.safe_load(data.decode("utf-8-sig")) or []
        return [
            ManualCheck(what=str(e["what"]), result=_result(str(e["result"])), day=str(e["date"]), by=str(e["by"]), note=str(e.get("note", "")))
            for e in entries
        ]
    except (yaml.YAMLError, UnicodeDecodeError, KeyError, TypeError, AttributeError, ValueError) as error:
        raise BadChecks(repr(error)) from error


def _result(text: str) -> str:
    words = {
        "passed": "passed",
        "通过": "passed",
        "一致": "passed",
        "failed": "failed",
        "不通过": "failed",
        "不一致": "failed",
        "unclear": "unclear",
        "不明": "unclear",
    }
    if text not in words:
        raise ValueError(f"result {text}")
    return words[text]
