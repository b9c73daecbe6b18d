"""Files and folders of installed code and data: all of a machine that a reading process may see."""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path

from extractors.engines.tesseract import path as tesseract_path

TRUST_LIST = (
    "HUOYAN_TRUST_LIST"  # names a PEM file of trusted issuers; the one setting that readers take
)
PACKAGE = Path(__file__).resolve().parents[1]
_SYSTEM = (
    *(
        "/usr/lib",
        "/usr/lib64",
        "/usr/local/lib",
        "/lib",
        "/lib64",
        "/etc/ld.so.cache",
        "/sbin/ldconfig",
        "/usr/share/zoneinfo",
    ),  # ldconfig: by it libseccomp is found
    *(
        "/usr/share/tesseract-ocr",
        "/usr/share/tessdata",
        "/usr/share/fonts",
        "/usr/local/share/fonts",
        "/usr/share/X11/fonts",
    ),
)


@cache
def installed_paths() -> tuple[str, ...]:
    """Libraries, fonts, Tesseract and its data, the interpreter, its packages and this one; never a
    folder of work, a database or settings.
    """
    paths = [
        *_SYSTEM,
        str(PACKAGE),
        *(p for p in (sys.prefix, sys.base_prefix) if p not in ("/usr", "/usr/local")),
        *_interpreter(),
    ]
    paths += [p for p in (tesseract_path(), os.environ.get(TRUST_LIST, "")) if p]
    return tuple(p for p in dict.fromkeys(paths) if os.path.exists(p))


def _interpreter() -> list[str]:
    """The interpreter by every name on its chain of links."""
    names, name = [], sys.executable
    while os.path.islink(name):
        names.append(name)
        name = os.path.join(os.path.dirname(name), os.readlink(name))
    return [*names, name]
