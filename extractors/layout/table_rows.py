"""Rows of a table below its header: ruled bands, or lines gathered around the lines that anchor a
row.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from itertools import pairwise

from extractors.layout.lines import TextLine, cells_of, join_words, lines_of
from extractors.layout.page import Page, Word
from extractors.layout.table import Header, Row
from extractors.values.glyphs import squeeze

Joins = Callable[[TextLine, dict[int, list[Word]]], bool]
_MOST_WRAPPED = 6  # lines that one ruled row takes
_REACH = 2.2  # heights of a line, for each line between, from a row's anchor to a line of the row
_SLACK = 1.0  # points by which the distance of wrapped lines may differ
_LESS_THAN_ROWS = 0.85  # share of the distance of two rows within which a line belongs to one
_FEWEST_STROKES = 6  # characters of a rule drawn with them; fewer may stand for an empty cell
_RULE = re.compile(r"[-—–―_=~*＊﹡#·.…─━┄┈═]+")


def rows_below(
    page: Page,
    header: Header,
    is_anchor: Callable[[dict[int, list[Word]]], bool],
    until: float = float("inf"),
    joins: Joins | None = None,
) -> list[Row]:
    """Rows under a header, top to bottom. A row holds one anchor line; lines without one belong to
    the nearest row.

    `joins` says whether a line without an anchor may continue a row; without it, place decides.
    """
    body = [each for each in page.words if each.mid > header.bottom - 1 and each.mid < until]
    if page.is_sheet:
        sheet: dict[float, list[Word]] = {}
        for word in body:
            sheet.setdefault(word.top, []).append(word)
        return [Row(page, split_cells(sheet[key], header)) for key in sorted(sheet)]
    table_left = header.columns[0].x0
    rules = sorted(
        y
        for y, a, b in cells_of(page).horizontal
        if b - a > 0.5 * (header.columns[-1].x1 - table_left)
    )
    rows: list[Row] = []
    for band in _bands(body, rules):
        rows.extend(_rows_of_band(page, header, band, is_anchor, joins))
    return rows


def _bands(body: list[Word], rules: list[float]) -> list[list[Word]]:
    if not rules:
        return [body]
    bands: dict[int, list[Word]] = {}
    edges = rules
    for word in body:
        bands.setdefault(bisect_left(edges, word.mid), []).append(word)
    return [bands[key] for key in sorted(bands)]


def _rows_of_band(
    page: Page,
    header: Header,
    band: list[Word],
    is_anchor: Callable[[dict[int, list[Word]]], bool],
    joins: Joins | None,
) -> list[Row]:
    found = lines_of(Page(page.number, page.width, page.height, band))
    drawn = [x.mid for x in found if _is_rule(x)]
    lines = [x for x in found if not _is_rule(x)]
    split = [split_cells(line.words, header) for line in lines]
    anchors = [i for i, cells in enumerate(split) if is_anchor(cells)]
    if len(anchors) <= 1 and header.ruled and len(lines) <= _MOST_WRAPPED:
        return _row_between_rules(page, lines, split, anchors, drawn)
    if not anchors:
        return [Row(page, cells) for cells in split]
    owner: dict[int, list[int]] = {anchor: [anchor] for anchor in anchors}
    loose: list[Row] = []
    reach = _reach_outside(lines, anchors)
    for index, line in enumerate(lines):
        if index in owner:
            continue
        nearest = min(anchors, key=lambda a: abs(lines[a].mid - line.mid))
        allowed = joins is None or joins(line, split[index])
        near = _is_near(lines, index, nearest) and not _parted(lines, index, nearest, drawn)
        if joins is not None and not anchors[0] < index < anchors[-1]:
            near = near and _gap(lines, index, nearest) <= reach
        if allowed and near and not _total_like(split[index]):
            owner[nearest].append(index)
        else:
            loose.append(Row(page, split[index]))
    rows = [
        Row(page, _merge([split[i] for i in sorted(own)]), split[anchor])
        for anchor, own in owner.items()
    ]
    return sorted([*rows, *loose], key=lambda r: min(word.top for word in r.words))


def _is_near(lines: list[TextLine], index: int, anchor: int) -> bool:
    """Whether a line is as near to its row's anchor as lines of one row are."""
    line = lines[index]
    reach = _REACH * (line.bottom - line.top) * max(1, abs(anchor - index))
    return abs(lines[anchor].mid - line.mid) < reach


def _row_between_rules(
    page: Page,
    lines: list[TextLine],
    split: list[dict[int, list[Word]]],
    anchors: list[int],
    drawn: list[float],
) -> list[Row]:
    """The one row that two rules hold between them, and what stands beyond a drawn rule."""
    if not anchors:
        return [Row(page, _merge(split))] if split else []
    anchor = anchors[0]
    own = [i for i in range(len(lines)) if not _parted(lines, i, anchor, drawn)]
    beyond = [Row(page, split[i]) for i in range(len(lines)) if i not in own]
    row = Row(page, _merge([split[i] for i in own]), split[anchor])
    return sorted([row, *beyond], key=lambda r: min(w.top for w in r.words))


def _reach_outside(lines: list[TextLine], anchors: list[int]) -> float:
    """How far a line above the first row or below the last may stand from it and belong to it.

    As far as wrapped lines stand apart between the rows; where none wraps, less than rows do. What
    stands further off is a note or a sum.
    """
    inner = range(anchors[0] + 1, anchors[-1])
    wraps = [min(_gap(lines, i, i - 1), _gap(lines, i, i + 1)) for i in inner if i not in anchors]
    if wraps:
        return max(wraps) + _SLACK
    pitches = [_gap(lines, a, b) for a, b in pairwise(anchors)]
    return _LESS_THAN_ROWS * min(pitches) if pitches else float("inf")


def _gap(lines: list[TextLine], index: int, anchor: int) -> float:
    """Distance from a line to its neighbour on the side of a row's anchor."""
    step = 1 if anchor > index else -1
    return abs(lines[index + step].mid - lines[index].mid)


def _parted(lines: list[TextLine], index: int, anchor: int, drawn: list[float]) -> bool:
    """Whether a rule drawn with characters stands between a line and a row's anchor."""
    low, high = sorted((lines[index].mid, lines[anchor].mid))
    return any(low < at < high for at in drawn)


def _is_rule(line: TextLine) -> bool:
    """A rule drawn with characters: a line of dashes, stars or dots and nothing else."""
    text = squeeze(line.text)
    drawn = _RULE.fullmatch(text) is not None
    return drawn and (len(text) >= _FEWEST_STROKES or len(line.words) >= 3)


def _total_like(cells: dict[int, list[Word]]) -> bool:
    text = "".join(squeeze(join_words(cells[i])) for i in sorted(cells))
    return bool(
        re.search(r"合计|小计|总计|累计|承前|过次|期初|期末|余额|共\d+[笔页]|第\d+页|打印|页", text)
    )


def _merge(parts: list[dict[int, list[Word]]]) -> dict[int, list[Word]]:
    merged: dict[int, list[Word]] = {}
    for part in parts:
        for index, words in part.items():
            merged.setdefault(index, []).extend(words)
    return merged


def split_cells(words: list[Word], header: Header) -> dict[int, list[Word]]:
    cells: dict[int, list[Word]] = {}
    for word in words:
        cells.setdefault(bisect_left(header.separators, word.cx), []).append(word)
    return cells
