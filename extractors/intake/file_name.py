"""Names of files as they may be shown, logged and printed."""

from __future__ import annotations

import unicodedata
from typing import Final

LONGEST_NAME: Final = 240  # characters; file systems take 255 bytes of a name, screens fewer
# Control characters, marks that turn the direction of writing or are not seen, halves of
# characters, ends of lines. What Unicode has not assigned yet is kept: rare characters of names
# of persons come with later versions.
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_SPACES: Final = "Zs"


def clean_name(name: str, longest: int = LONGEST_NAME, otherwise: str = "file") -> str:
    """Return a name without what a terminal obeys or a reader does not see.

    A name that is too long keeps its beginning and its end, which tells the kind of file. One of
    which nothing is left becomes `otherwise`.
    """
    seen = "".join(_cleaned(letter) for letter in name).strip()
    if len(seen) > longest:
        half = longest // 2
        seen = seen[:half] + seen[-half:]
    return seen or otherwise


def _cleaned(letter: str) -> str:
    category = unicodedata.category(letter)
    if category in _UNSEEN:
        return ""
    return " " if category == _SPACES else letter
