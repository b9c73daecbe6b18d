"""Words of a PDF page that a stamp says, set apart so that they join no value beneath them."""

from __future__ import annotations

from extractors.layout.page import Page, Run, Word
from extractors.values.stamp_text import is_stamp

_RED = 60  # by which red exceeds green and blue in stamp ink, of 255
_MOST_RED = 0.5  # share of red runs beyond which red is the page's own ink


def part_stamps(page: Page) -> None:
    """Move the words of stamps from `page.words` to `page.stamps`.

    A stamp's text is set in red on a page whose print is not, and names a stamp or lies over print.
    """
    red = [run for run in page.runs if _is_red(run)]
    if not red or len(red) > _MOST_RED * len(page.runs):
        return
    inked = [w for w in page.words if any(_within(w, run) for run in red)]
    inked_ids = {id(w) for w in inked}
    print_words = [w for w in page.words if id(w) not in inked_ids]
    page.stamps = [w for w in inked if is_stamp(w.text) or _lies_over(w, print_words)]
    apart = {id(w) for w in page.stamps}
    page.words = [w for w in page.words if id(w) not in apart]


def _is_red(run: Run) -> bool:
    red, green, blue = run.colour >> 16 & 255, run.colour >> 8 & 255, run.colour & 255
    return red - max(green, blue) > _RED


def _within(word: Word, run: Run) -> bool:
    left, top, right, bottom = run.place
    return left - 1 <= word.cx <= right + 1 and top - 1 <= word.mid <= bottom + 1


def _lies_over(word: Word, others: list[Word]) -> bool:
    """Return whether a word is printed across another one."""
    for other in others:
        across = min(word.x1, other.x1) - max(word.x0, other.x0)
        down = min(word.bottom, other.bottom) - max(word.top, other.top)
        if across > 0.3 * word.height and down > 0.3 * word.height:
            return True
    return False
