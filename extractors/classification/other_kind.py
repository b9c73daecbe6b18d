"""A kind of document that is recognised and not read."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OtherKind:
    """A kind of document that is recognised and not read."""

    id: str
    zh: str
    en: str
    titles: re.Pattern[str]
    cues: tuple[str, ...] = ()
    near: tuple[str, ...] = ()  # declared types that have these words too
    annex: bool = False  # a page of it may stand within a longer document


def other_kind(id: str, zh: str, en: str, titles: str, *cues: str) -> OtherKind:
    """Declare a kind by its titles and cues."""
    return OtherKind(id, zh, en, re.compile(f"(?:{titles})$"), cues)
