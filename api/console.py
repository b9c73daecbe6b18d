"""What every command shares: readers, writing a result to a file or standard output, and ending with a usage error (exit code 2)."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NoReturn

import typer

from extractors.intake.isolation import IsolationTooLow, chosen
from extractors.intake.sandbox import Sandbox


def write(path: Path, text: str) -> None:
    """To standard output where the path is "-"; ends with exit code 2 where the file cannot be written."""
    if str(path) == "-":
        sys.stdout.write(text + "\n")
        return
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        wrong(f"无法写入 / cannot write {path}: {error.strerror}")


def wrong(text: str) -> NoReturn:
    """Says what to do otherwise, and ends with exit code 2."""
    typer.echo(text, err=True)
    raise typer.Exit(2)


def require_isolation() -> None:
    """Ends with exit code 2 where this machine isolates less than the configured minimum."""
    try:
        chosen()
    except IsolationTooLow as error:
        wrong(f"{error.code}: {error.zh}\n{error.en}")


def readers(jobs: int, *, contracts: bool = False) -> Sandbox:
    """Readers in confined processes; ends with exit code 2 where they cannot be confined as is required."""
    require_isolation()
    return Sandbox(jobs=jobs, contracts=contracts)
