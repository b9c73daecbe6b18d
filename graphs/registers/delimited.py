"""Text to rows of cells: any delimiter, any line end, quotes that are closed or not.

No row is lost.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

DELIMITERS = (",", "\t", ";", "|", "，", "；", "^")
HEAD_LINES = 30  # lines within which the head row of a table stands
_MOST_LINES = 20  # of one cell: more is a quotation mark that was never closed
_MOST_CELL = 10**9  # characters, so that the reader itself refuses no cell
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


class TextRow(NamedTuple):
    """A row with the line on which it begins.

    `is_torn`: it holds a quotation mark that is never closed.
    """

    number: int
    cells: list[str]
    is_torn: bool = False


def without_control_characters(text: str) -> tuple[str, int]:
    """The text without characters that no cell holds, and how many there were."""
    return _CONTROL.subn("", text)


def lines_of(text: str) -> list[str]:
    """Lines by any line end."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def delimiter_of(lines: Sequence[str], is_head: Callable[[Sequence[str]], bool]) -> str:
    """The delimiter under which a row near the top is a head row; otherwise the one that cuts the
    first lines most.
    """
    if lines and (told := re.fullmatch(r"\ufeff?sep=(.)", lines[0].strip())):
        return told[1]
    top = [line for line in lines[:HEAD_LINES] if line.strip()]
    for delimiter in DELIMITERS:
        if any(is_head(_cells(line, delimiter)) for line in top):
            return delimiter
    return max(DELIMITERS, key=lambda d: sum(line.count(d) for line in top))


def rows_of(lines: Sequence[str], delimiter: str) -> Iterator[TextRow]:
    """Rows in order; lines are counted from 1."""
    at = 0
    while at < len(lines):
        line = lines[at]
        if '"' not in line:
            yield TextRow(at + 1, line.split(delimiter))
            at += 1
            continue
        last = _last_line(lines, at, delimiter)
        if last is None:
            yield TextRow(at + 1, line.split(delimiter), is_torn=True)
            at += 1
            continue
        yield TextRow(at + 1, _cells("\n".join(lines[at : last + 1]), delimiter))
        at = last + 1


def _cells(text: str, delimiter: str) -> list[str]:
    csv.field_size_limit(_MOST_CELL)
    try:
        return next(csv.reader([text], delimiter=delimiter), [])
    except csv.Error:
        return text.split(delimiter)


def _last_line(lines: Sequence[str], first: int, delimiter: str) -> int | None:
    """The line on which the row ends that begins on a line; None where its quotation mark is never
    closed.

    A line that by itself has as many delimiters as the first has is a row of its own, not the rest
    of a cell.
    """
    is_open = _ends_open(lines[first], delimiter, False)
    at = first
    width = lines[first].count(delimiter)
    while is_open:
        at += 1
        if at >= len(lines) or at - first >= _MOST_LINES:
            return None
        if width and lines[at].count(delimiter) >= max(width, 1) and '"' not in lines[at]:
            return None
        is_open = _ends_open(lines[at], delimiter, True)
    return at


def _ends_open(line: str, delimiter: str, is_open: bool) -> bool:
    """Whether a cell is still open at the end of a line.

    A quotation mark opens a cell only at its beginning.
    """
    at, starts_cell = 0, not is_open
    while at < len(line):
        char = line[at]
        if is_open:
            if char == '"' and line[at + 1 : at + 2] == '"':
                at += 1
            elif char == '"':
                is_open = False
        elif char == '"' and starts_cell:
            is_open = True
        starts_cell = not is_open and char == delimiter
        at += 1
    return is_open
