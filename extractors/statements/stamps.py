"""Words of a stamp that lies over a statement's table, told from the table's own words by their
ink.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.layout.page import Page, Run, Word

_LEAST_RED, _MOST_OTHER = 0xA0, 0x60  # of 255: the ink of a stamp
_LEVEL = 0.6  # points by which words of one line of print stand at the same height
_SEAL = re.compile(r"[★☆]|(?:专用|电子|业务|财务|回单|公)?[印]?章$")
_FIGURE = re.compile(r"\d")


def without_stamps(pages: Sequence[Page]) -> list[Page]:
    """The pages without the words of stamps. A red figure or a row printed in red stays."""
    return [_cleared(page) for page in pages]


def _cleared(page: Page) -> Page:
    red = [run for run in page.runs if _is_red(run.colour)]
    if not red or page.is_sheet or page.scan is not None:
        return page
    inked = [word for word in page.words if _is_inked(word, red, page.runs)]
    marked = {id(word) for word in inked}
    levels = [word.mid for word in page.words if id(word) not in marked]
    stamped = {id(word) for word in inked if _is_stamp(word, levels)}
    if not stamped:
        return page
    return replace(page, words=[word for word in page.words if id(word) not in stamped], known={})


def _is_red(colour: int) -> bool:
    red, green, blue = colour >> 16 & 255, colour >> 8 & 255, colour & 255
    return red >= _LEAST_RED and max(green, blue) <= _MOST_OTHER


def _holds(run: Run, word: Word) -> bool:
    left, top, right, bottom = run.place
    return left - 1 <= word.cx <= right + 1 and top - 2 <= word.mid <= bottom + 2


def _is_inked(word: Word, red: Sequence[Run], runs: Sequence[Run]) -> bool:
    """Whether red ink draws a word: of the runs around it the one at its height is red."""
    if not any(_holds(run, word) for run in red):
        return False
    near = [run for run in runs if _holds(run, word)]
    return _is_red(min(near, key=lambda run: abs(word.mid - _middle(run))).colour)


def _middle(run: Run) -> float:
    return (run.place[1] + run.place[3]) / 2


def _is_stamp(word: Word, levels: Sequence[float]) -> bool:
    """A seal's own words, or red words without figures that no line of print has at its height."""
    if _SEAL.search(word.text):
        return True
    level = any(abs(word.mid - mid) <= _LEVEL for mid in levels)
    return not level and not _FIGURE.search(word.text)
