"""Text cells of CSV files: what a spreadsheet would take for a formula is stored so that it stays
text, and can be taken back.
"""

from __future__ import annotations

_LEADS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
_SKIPPED = " \u00a0\u3000\ufeff"  # programs that import CSV drop these before they look at a cell


def is_formula_like(text: str) -> bool:
    """Whether a spreadsheet may take the text for a formula: by its first character, blanks before
    it apart.
    """
    return text.lstrip(_SKIPPED).startswith(_LEADS)


def guarded(text: str) -> str:
    """The text with an apostrophe before it where it is formula-like, or begins with an apostrophe
    itself: so `restored` is exact.
    """
    return f"'{text}" if is_formula_like(text) or text.startswith("'") else text


def restored(cell: str) -> str:
    """The text that `guarded` was given."""
    return cell.removeprefix("'")
