"""A page that shows several documents is cut between them: side by side at the gutter, one below
the other at the widest gap.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.classification.look import CUES_UNDER_TITLE, TITLE_POINTS, Look, look_at
from extractors.classification.titles import Title, titles_of
from extractors.layout.lines import TextLine, lines_of
from extractors.layout.page import Page
from extractors.values.period import find_dates

APART = 60.0  # points from one document's title to the next below it
GUTTER = 0.02  # width of the strip between two pages of a spread, as a share of both
WIDE_GAP = 0.6  # share of the widest gap from which a gap may part two documents of one page
FEWEST = 10  # words of a page of a spread
SURE_CUES = CUES_UNDER_TITLE + 1  # fields of its own that every document on a shared page shows
_LEVEL = 2.0  # points by which the two halves of one row may stand higher or lower
_FEWEST_ROWS = 3  # rows that show a strip to be the gap between two columns
_SMALLEST = 12  # words of a page that may show several documents


def slices(page: Page) -> list[Page]:
    """The documents on a page, from top to bottom; the page itself where it shows one."""
    if page.is_sheet or len(page.words) < _SMALLEST:
        return [page]
    return [piece for half in _halves(page) for piece in _stacked(half)]


def _halves(page: Page) -> list[Page]:
    """The two pages of a spread.

    Each half has a title of its own, or a table that goes on from the left half is read more fully
    so.
    """
    gutter = _gutter(page)
    if gutter is None:
        return [page]
    left, right = _beside(page, 0.0, gutter), _beside(page, gutter, page.width + 1)
    if _is_one_table(left, right):
        return [page]
    first, second = look_at(left), look_at(right)
    if not first.titled or min(len(left.words), len(right.words)) < FEWEST:
        return [page]
    if second.titled:
        return [left, right]
    kind = first.kind
    if (
        kind is None
        or kind.read is None
        or not kind.recognise.continues
        or kind.id == "guarantee_contract"
    ):
        return [page]
    return (
        [left, right]
        if len(kind.read([left, right]).rows) > len(kind.read([page]).rows)
        else [page]
    )


def _is_one_table(left: Page, right: Page) -> bool:
    """Whether a strip only parts two columns of a table: its rows are dated on one side alone."""
    others = lines_of(right)
    level = [
        (bool(find_dates(line.text)), bool(find_dates(other.text)))
        for line in lines_of(left)
        for other in others
        if abs(line.mid - other.mid) < _LEVEL
    ]
    one_sided = sum(first != second for first, second in level)
    both = sum(first and second for first, second in level)
    return one_sided >= _FEWEST_ROWS and not both


def _gutter(page: Page) -> float | None:
    """Middle of the widest empty strip from top to bottom near the middle of a page that is wider
    than high.
    """
    if page.width < page.height:
        return None
    low, high = 0.3 * page.width, 0.7 * page.width
    edge, best, at = low, GUTTER * page.width, None
    for word in sorted(page.words, key=lambda w: w.x0):
        if word.x0 - edge > best and edge < high:
            best, at = word.x0 - edge, (edge + min(word.x0, high)) / 2
        edge = max(edge, word.x1)
    return at


def _stacked(page: Page) -> list[Page]:
    """Documents one below the other: a title that comes again for a type that may share a page, or
    titles of two kinds.

    Every piece must have fields of its own: a word in a remark or a clause never makes a second
    document.
    """
    lines = lines_of(page)
    titles = _set_apart(titles_of(lines))
    if len(titles) < 2:
        return [page]
    pieces = _cut(page, lines, [title.line for title in titles if title.line is not None])
    looks = [look_at(piece) for piece in pieces]
    whole = all(_is_whole(look, title) for look, title in zip(looks, titles, strict=True))
    return pieces if whole else [page]


def _set_apart(found: list[Title]) -> list[Title]:
    """Titles that may begin a document: some way below the one before, and of another kind or of
    one that shares pages.
    """
    titles: list[Title] = []
    for title in found:
        last = titles[-1] if titles else None
        if last is None:
            titles.append(title)
            continue
        assert last.line is not None and title.line is not None
        same = (title.known, title.other) == (last.known, last.other)
        repeats = title.known is not None and title.known.recognise.repeats
        if title.line.top - last.line.top > APART and (repeats or not same):
            titles.append(title)
    return titles


def _is_whole(look: Look, title: Title) -> bool:
    """Whether a piece of a page is a document by itself: of its title's kind, with fields of its
    own.
    """
    if title.known is None:
        return look.is_other
    return look.kind is title.known and look.points >= TITLE_POINTS + SURE_CUES


def _cut(page: Page, lines: list[TextLine], titles: list[TextLine]) -> list[Page]:
    edges = [0.0]
    for before, title in zip(titles, titles[1:], strict=False):
        between = [line for line in lines if before.bottom < line.mid <= title.mid]
        gaps = [
            (box.top - first.bottom, (first.bottom + box.top) / 2)
            for first, box in zip([before, *between], between, strict=False)
        ]
        edges.append(_between_documents(page, gaps))
    edges.append(page.height + 1)
    return [_part(page, first, second) for first, second in zip(edges, edges[1:], strict=False)]


def _between_documents(page: Page, gaps: Sequence[tuple[float, float]]) -> float:
    """Height at which to cut: the widest gap that no upright rule of a frame crosses, else the
    lowest of the wide gaps.
    """
    free = [gap for gap in gaps if not any(top < gap[1] < end for _, top, end in page.vertical)]
    if free and len(free) < len(gaps):
        return max(free)[1]
    widest = max(gaps)[0]
    return max(middle for size, middle in gaps if size >= WIDE_GAP * widest)


def _beside(page: Page, left: float, right: float) -> Page:
    """The part of a page between two places across; places stay those of the whole page."""
    return replace(
        page,
        words=[word for word in page.words if left <= word.cx < right],
        vertical=[r for r in page.vertical if left <= r[0] < right],
        horizontal=[
            (y, max(a, left), min(b, right))
            for y, a, b in page.horizontal
            if a < right and b > left
        ],
        known={},
    )


def _part(page: Page, top: float, bottom: float) -> Page:
    """The part of a page between two heights; places stay those of the whole page."""
    return replace(
        page,
        words=[word for word in page.words if top <= word.mid < bottom],
        vertical=[r for r in page.vertical if r[1] < bottom and r[2] > top],
        horizontal=[r for r in page.horizontal if top <= r[0] < bottom],
        known={},
    )
