"""Tables printed over several pages side by side: the columns that did not fit stand on later
pages.

A spreadsheet that is wider than its page is printed like that. The pages are put together again
when the later page has a heading without a date and exactly as many rows at the same heights.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.layout.lines import TextLine, lines_of
from extractors.layout.page import Page, Word
from extractors.layouts.declare import Role
from extractors.layouts.headings import role_of_heading
from extractors.statements.dates import looks_dated

_LEVEL = 3.0  # points by which a line may stand higher or lower on the other page
_FEWEST = 3  # lines that a page must share with its neighbour
_ALIKE = 0.9  # share of the lines of the right page that have one on the left
_LABEL = re.compile(r"[^\d\s]\s*[::]")
_DATED = {Role.DATE, Role.TIME}
_CONTINUED = {
    Role.BALANCE,
    Role.AMOUNT,
    Role.DEBIT,
    Role.CREDIT,
    Role.COUNTERPARTY,
    Role.COUNTERPARTY_NAME,
    Role.COUNTERPARTY_ACCOUNT,
}


def whole_pages(pages: Sequence[Page]) -> list[Page]:
    """The pages with those that continue a table to the right put beside the page they belong to."""
    if len(pages) < 2 or any(p.is_sheet for p in pages):
        return list(pages)
    pages = _pieced(pages)
    for right_of in (_after_half, _next):
        pairs = right_of(len(pages))
        if pairs and all(_continues(pages[a], pages[b]) for a, b in pairs):
            return [_beside(pages[a], pages[b]) for a, b in pairs]
    return list(pages)


def _pieced(pages: Sequence[Page]) -> list[Page]:
    """Pieces of one page that belong to one statement as the page that they were cut from."""
    found: list[Page] = []
    for page in pages:
        last = found[-1] if found else None
        if last is not None and (last.number, last.width) == (page.number, page.width):
            found[-1] = replace(last, words=[*last.words, *page.words], known={})
        else:
            found.append(page)
    return found


def _after_half(count: int) -> list[tuple[int, int]]:
    """All left parts first, then all right parts."""
    half = count // 2
    return [(i, half + i) for i in range(half)] if count % 2 == 0 else []


def _next(count: int) -> list[tuple[int, int]]:
    """Each left part followed by its right part."""
    return [(i, i + 1) for i in range(0, count, 2)] if count % 2 == 0 else []


def _continues(left: Page, right: Page) -> bool:
    if abs(left.width - right.width) > 1:
        return False
    lines, others = _left_table(left), _right_table(right)
    if min(len(lines), len(others)) < _FEWEST:
        return False
    shift = _shift(lines, others)
    level = [y for x in lines for y in others if abs(x.mid - shift - y.mid) < _LEVEL]
    if any(looks_dated(line.text) for line in level):
        return False  # a table of its own
    return len(level) >= _ALIKE * len(lines)


def _left_table(page: Page) -> list[TextLine]:
    """The heading of the left page and the rows below it."""
    lines = lines_of(page)
    for index, line in enumerate(lines):
        if _roles(line) & _DATED:
            return [line, *(x for x in lines[index + 1 :] if _is_row(x))]
    return []


def _right_table(page: Page) -> list[TextLine]:
    """The heading of the right page, which names no date, and the lines below it."""
    lines = lines_of(page)
    for index, line in enumerate(lines):
        roles = _roles(line)
        if roles & _DATED:
            return []
        if roles & _CONTINUED:
            return [x for x in lines[index:] if not _LABEL.search(x.text)]
    return []


def _is_row(line: TextLine) -> bool:
    """A line with a date that is no note with a label, as the time of printing."""
    return looks_dated(line.text) and not _LABEL.search(line.text)


def _roles(line: TextLine) -> set[Role]:
    pieces = [p for chunk in line.text.split("\t") for p in chunk.split(" ") if p]
    return {r for p in pieces if (r := role_of_heading(p)) is not None}


def _shift(lines: Sequence[TextLine], others: Sequence[TextLine]) -> float:
    """How much lower the left page's table stands: the headings are level."""
    return lines[0].mid - others[0].mid if lines and others else 0.0


def _beside(left: Page, right: Page) -> Page:
    """Both pages as one wide page with the places of the left one."""
    shift = _shift(_left_table(left), _right_table(right))
    across = left.width
    words = [
        Word(w.text, w.x0 + across, w.top + shift, w.x1 + across, w.bottom + shift, w.glyphs)
        for w in right.words
    ]
    vertical = [(x + across, a + shift, b + shift) for x, a, b in right.vertical]
    horizontal = [(y + shift, a + across, b + across) for y, a, b in right.horizontal]
    return replace(
        left,
        words=[*left.words, *words],
        vertical=[*left.vertical, *vertical],
        horizontal=[*left.horizontal, *horizontal],
        known={},
    )
