"""Folders in which readers work: each is named for the process that made it, so that those of
processes that were killed are taken away by the next one.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from pathlib import Path
from typing import Final

_PREFIX: Final = "huoyan-"
_NAME: Final = re.compile(rf"{_PREFIX}(\d+)-\w+")


def new_folder() -> str:
    """Return a new folder, readable by its owner alone."""
    return tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-")


def sweep() -> int:
    """Take away the folders of processes that are gone; return how many."""
    gone = 0
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        named = _NAME.fullmatch(folder.name)
        if named and _is_ours(folder) and not _is_alive(int(named[1])):
            shutil.rmtree(folder, ignore_errors=True)
            gone += 1
    return gone


def _is_ours(folder: Path) -> bool:
    try:
        return not folder.is_symlink() and folder.stat().st_uid == os.getuid()
    except OSError:
        return False


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OverflowError:
        return False
    except PermissionError:
        return True
    return True
