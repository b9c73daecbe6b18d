"""Resident identity numbers (GB 11643-1999): region, day of birth, sequence and check character."""

from __future__ import annotations

import re

_FORM = re.compile(r"[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]")


def is_citizen_id(number: str) -> bool:
    """Whether a number is built as a resident's: individual traders and sellers of farm produce
    bear theirs as tax number.
    """
    return _FORM.fullmatch(number) is not None
