"""What every command shares: readers, writing a result to a file or standard output, and ending with a usage error (exit code 2)."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NoReturn

import typer

from extractors.intake.isolation import IsolationTooLow, chosen
from extractors.intake.sandbox import Sandbox


def write(path: Path, content: str | bytes) -> None:
    """To standard output where the path is "-"; ends with exit code 2 where the file cannot be written."""
    body = content.encode() if isinstance(content, str) else content
    if str(path) == "-":
        sys.stdout.buffer.write(body + (b"\n" if isinstance(content, str) else b""))
        return
    try:
        path.write_bytes(body)
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
