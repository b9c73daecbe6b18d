"""What every command shares: readers, writing a result to a file or standard output, telling
progress, ending with a usage error (exit code 2).
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn, TypeVar

import typer

from extractors.sandbox.isolation import IsolationTooLow, chosen
from extractors.sandbox.parent import Sandbox

T = TypeVar("T")


def write(path: Path, content: str | bytes) -> None:
    """To standard output where the path is "-"; ends with exit code 2 where the file cannot be
    written.
    """
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
    """Readers in confined processes; ends with exit code 2 where they cannot be confined as is
    required.
    """
    require_isolation()
    return Sandbox(jobs=jobs, contracts=contracts)


def tracked(items: Sequence[T], what: str) -> Iterator[T]:
    """The items, with a progress bar on standard error where that is a terminal."""
    with progress(what) as done:
        for number, item in enumerate(items):
            done(number, len(items))
            yield item
            done(number + 1, len(items))


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on standard error where that is a terminal; the function handed out tells how much of
    how much is done. Untold, the bar moves to and fro.
    """
    from rich.console import Console
    from rich.progress import Progress

    with Progress(
        console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()
    ) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, whole: bar.update(task, completed=done, total=whole)
