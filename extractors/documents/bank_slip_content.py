"""What stands on every transfer slip, whatever its labels say: one sum written twice, and accounts."""

from __future__ import annotations

from extractors.keyvalue.value_types import accounts, amounts, words_amounts
from extractors.layout.lines import lines_of
from extractors.layout.page import Page

_ACCOUNT_FITS = 1.0  # fit of a number that is as long as accounts of mainland banks are


def shows_a_transfer(page: Page) -> bool:
    """Return whether figures equal an amount in words, and an account number stands on the page."""
    figures: set[str] = set()
    words: set[str] = set()
    numbers: set[str] = set()
    for line in lines_of(page):
        figures |= {found.value for found in amounts(line.text)}
        words |= {found.value for found in words_amounts(line.text)}
        numbers |= {x.value for x in accounts(line.text) if x.fit >= _ACCOUNT_FITS}
    return bool(figures & words) and bool(numbers)
