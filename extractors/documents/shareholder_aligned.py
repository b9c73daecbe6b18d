"""A shareholder table without rules: the columns follow from how texts stand below each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.documents.shareholder_grid import (
    NUMBER,
    TOTAL,
    Table,
    add_row,
    looks_like_name,
)
from extractors.layout.lines import TextLine, cells_of, lines_of
from extractors.layout.page import Page, Word
from extractors.values.glyphs import fold, squeeze
from extractors.values.party_name import is_company

Segments = list[Word]

_HEAD_LINES = 3  # lines above the first row in which headings stand
_CELLS_APART = 0.45  # heights of type between narrow cells; words of a sentence stand closer
_NEXT_LINE = 0.9  # heights of type within which a wrapped name goes on
_SPAN_REACH = 110.0  # points from a heading to the columns below it that it spans at most


def aligned_table(page: Page) -> Table | None:
    """Return the table that aligned text makes: lines with a name and numbers under headings."""
    segments = [_segments(line, page) for line in _lines(page)]
    segments = _with_wrapped_names([segment for segment in segments if segment])
    rows = [segment for segment in segments if _is_row(segment)]
    if not rows:
        return None
    columns = _columns_of(rows)
    first, last = rows[0][0].top, rows[-1][0].top
    heads = [
        segment for segment in segments if segment[0].top < first and not _has_long_number(segment)
    ]
    if len(columns) < 2:
        return None
    heads = heads[-_HEAD_LINES:]
    if heads:
        heads[-1] = _words_of_line(page, heads[-1])
    table = Table(page, _headings(columns, heads), [], [], top=first)
    table.bottom = max(s[0].bottom for s in rows)
    for line in segments:
        if first <= line[0].top <= last and any(_is_number(w) for w in line):
            _add(table, columns, line)
    return table


def _lines(page: Page) -> list[TextLine]:
    return lines_of(page, None if page.is_sheet else cells_of(page))


def _segments(line: TextLine, page: Page) -> Segments:
    """Return the texts of a line that stand apart; on a sheet those are its cells."""
    if page.is_sheet:
        return [word for word in line.words if word.text.strip()]
    return [*_parts(line)]


def _words_of_line(page: Page, segments: Segments) -> Segments:
    """Return the words of a heading's line: narrow headings may run into each other."""
    if page.is_sheet:
        return segments
    for line in _lines(page):
        if abs(line.mid - segments[0].mid) < 0.5 * segments[0].height:
            return list(line.words)
    return segments


def _parts(line: TextLine) -> Iterator[Word]:
    """Yield the texts of a line that stand apart; a number and a word beside it are two texts."""
    at = 0
    for part in line.text.split("\t"):
        for start, end in _cuts(part, line, at):
            yield line.span(at + start, at + end)
        at += len(part) + 1


def _cuts(part: str, line: TextLine, at: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of a text, cut at the spaces beside a number that part two narrow cells."""
    start = 0
    for space in re.finditer(r" +", part):
        before = fold(part[start : space.start()].strip())
        after = fold(part[space.end() :].split(" ", maxsplit=1)[0])
        is_beside_number = NUMBER.match(before) or NUMBER.match(after)
        if before and is_beside_number and _gap(line, at + space.end()) >= _CELLS_APART:
            yield start, space.start()
            start = space.end()
    if part[start:].strip():
        yield start, len(part)


def _is_number(word: Word) -> bool:
    return bool(NUMBER.match(fold(squeeze(word.text))))


def _is_row(segments: Sequence[Word]) -> bool:
    """Return whether a line holds a name or a total, and a number beside it."""
    named = any(looks_like_name(w.text) >= 1.0 or TOTAL.match(squeeze(w.text)) for w in segments)
    return named and any(_is_number(w) for w in segments)


def _has_long_number(segments: Sequence[Word]) -> bool:
    return any(re.search(r"\d{4}", word.text) for word in segments)


def _with_wrapped_names(lines: list[Segments]) -> list[Segments]:
    """Join a company's name that goes on above or below the line with its numbers."""
    out: list[Segments] = []
    index = 0
    while index < len(lines):
        joined, used = _joined(lines[index : index + 3])
        out.append(joined)
        index += used
    return out


def _joined(lines: Sequence[Segments]) -> tuple[Segments, int]:
    """Return the row that begins with these lines, and how many of them it takes."""
    for count in (3, 2):
        if len(lines) < count:
            continue
        row = _one_row(lines[:count])
        if row is not None:
            return row, count
    return lines[0], 1


def _one_row(lines: Sequence[Segments]) -> Segments | None:
    """Return several lines as one row: one holds the numbers, all others are parts of a name."""
    with_numbers = [s for s in lines if any(_is_number(w) for w in s)]
    if len(with_numbers) != 1 or not _adjoin(lines):
        return None
    others = [s for s in lines if s is not with_numbers[0]]
    if any(len(s) != 1 for s in others):
        return None
    column = others[0][0]
    own = [w for w in with_numbers[0] if not _is_number(w) and _share_column(w, column)]
    parts = sorted([*(s[0] for s in others), *own[:1]], key=lambda w: w.top)
    name = "".join(word.text for word in parts)
    if not is_company(name) or not all(_share_column(w, column) for w in parts):
        return None
    if not all(_goes_on(first, second) for first, second in zip(parts, parts[1:], strict=False)):
        return None
    whole = Word(
        name,
        min(word.x0 for word in parts),
        min(word.top for word in parts),
        max(word.x1 for word in parts),
        max(word.bottom for word in parts),
    )
    rest = [w for w in with_numbers[0] if w not in own[:1]]
    return sorted([whole, *rest], key=lambda w: w.x0)


def _goes_on(part: Word, rest: Word) -> bool:
    """Return whether a name is broken after a part: its line is full, and it is no whole name yet."""
    if TOTAL.match(squeeze(part.text)) or is_company(part.text):
        return False
    return part.x1 - part.x0 >= rest.x1 - rest.x0 - part.height


def _adjoin(lines: Sequence[Segments]) -> bool:
    pairs = zip(lines, lines[1:], strict=False)
    return all(
        second[0].top - first[0].bottom <= _NEXT_LINE * first[0].height for first, second in pairs
    )


def _share_column(first: Word, second: Word) -> bool:
    return min(first.x1, second.x1) - max(first.x0, second.x0) > 0


def _columns_of(rows: Sequence[Segments]) -> list[tuple[float, float]]:
    """Return the strips that the rows' texts fill, from left to right."""
    spans = sorted((word.x0, word.x1) for row in rows for word in row)
    merged: list[tuple[float, float]] = []
    for left, right in spans:
        if merged and left < merged[-1][1] - 1:
            merged[-1] = (merged[-1][0], max(merged[-1][1], right))
        else:
            merged.append((left, right))
    return merged


def _add(table: Table, columns: Sequence[tuple[float, float]], segments: Segments) -> None:
    row = ["" for _ in columns]
    for word in segments:
        row[_nearest(columns, word)] += word.text
    name = max(range(len(columns)), key=lambda i: looks_like_name(row[i]))
    if not looks_like_name(row[name]) and table.rows:
        # A body of another kind (a committee, a trade union) stands where other names stand.
        name = max(range(len(columns)), key=lambda i: _names_in(table, i))
    add_row(table, row, segments, name)


def _names_in(table: Table, column: int) -> float:
    return sum(looks_like_name(row[column]) for row in table.rows)


def _gap(line: TextLine, offset: int) -> float:
    """Return the space before the word at an offset of a line, in heights of type."""
    for index, start in enumerate(line.offsets):
        if start == offset and index:
            word, before = line.words[index], line.words[index - 1]
            return (word.x0 - before.x1) / max(word.height, 1.0)
    return 0.0


def _nearest(columns: Sequence[tuple[float, float]], word: Word) -> int:
    def apart(index: int) -> float:
        left, right = columns[index]
        return max(left - word.x1, word.x0 - right, 0.0) + 0.01 * abs((left + right) / 2 - word.cx)

    return min(range(len(columns)), key=apart)


def _headings(columns: Sequence[tuple[float, float]], heads: Sequence[Segments]) -> list[str]:
    """Return the texts over each column from top to bottom; a heading over several names each."""
    headings = ["" for _ in columns]
    lines = [line for line in heads if len(line) >= 2]
    for number, line in enumerate(lines):
        is_lowest = number == len(lines) - 1
        spanning = not is_lowest and len(line) < len(lines[-1])
        for index, text in _over_columns(columns, line, spanning):
            headings[index] += text
    return headings


def _over_columns(
    columns: Sequence[tuple[float, float]], line: Segments, spanning: bool
) -> Iterator[tuple[int, str]]:
    """Yield the columns that each heading of a line stands over."""
    if not spanning:
        for word in line:
            yield _nearest(columns, word), squeeze(word.text)
        return
    for index, (left, right) in enumerate(columns):
        middle = (left + right) / 2
        word = min(line, key=lambda w: abs(w.cx - middle))
        others = [abs(each.cx - word.cx) / 2 for each in line if each is not word]
        if abs(word.cx - middle) <= min([_SPAN_REACH, *others]):
            yield index, squeeze(word.text)
