"""What stands on every transfer slip, whatever its labels say: one sum written twice, and accounts."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.keyvalue.value_types import accounts, amounts, words_amounts
from extractors.layout.lines import cells_of, join_words, lines_of
from extractors.layout.page import Page

_ACCOUNT_FITS = 1.0  # fit of a number that is as long as accounts of mainland banks are


def shows_a_transfer(page: Page) -> bool:
    """Return whether figures equal an amount in words, and an account number stands on the page."""
    figures: set[str] = set()
    words: set[str] = set()
    numbers: set[str] = set()
    for text in _texts(page):
        figures |= {found.value for found in amounts(text)}
        words |= {found.value for found in words_amounts(text)}
        numbers |= {x.value for x in accounts(text) if x.fit >= _ACCOUNT_FITS}
    return bool(figures & words) and bool(numbers)


def _texts(page: Page) -> Iterator[str]:
    """Yield the lines of a page, and the text of each ruled cell that takes several lines."""
    for line in lines_of(page):
        yield line.text
    if page.is_sheet:
        return
    cells = cells_of(page)
    for index in range(len(cells.boxes)):
        yield join_words(cells.members(index))
