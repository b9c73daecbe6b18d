"""Words to ruled cells and to lines of text, with the way back from a character to its place."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import numpy as np

from extractors.layout.page import Page, Word
from extractors.values.glyphs import fold

_SLACK = 1.5  # points by which a word may overstep a rule


@dataclass(slots=True)
class TextLine:
    """Words on one baseline from left to right.

    `text` is folded; a tab stands for a wide gap or a rule between words.
    """

    words: list[Word]
    text: str = ""
    offsets: list[int] = field(default_factory=list)

    @property
    def top(self) -> float:
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        return max(word.bottom for word in self.words)

    @property
    def mid(self) -> float:
        return sum(word.mid for word in self.words) / len(self.words)

    def span(self, start: int, end: int) -> Word:
        """The piece of the line between two offsets as one word; its box is cut in proportion
        within a word.
        """
        parts = []
        for word, at in zip(self.words, self.offsets, strict=True):
            a, b = max(start, at), min(end, at + len(word.text))
            if a < b:
                parts.append(_cut(word, a - at, b - at))
        if not parts:
            anchor = self.words[-1]
            return Word("", anchor.x1, anchor.top, anchor.x1, anchor.bottom)
        return Word(
            self.text[start:end].strip(),
            min(each.x0 for each in parts),
            min(each.top for each in parts),
            max(each.x1 for each in parts),
            max(each.bottom for each in parts),
        )


def _cut(word: Word, start: int, end: int) -> Word:
    if start == 0 and end == len(word.text):
        return word
    weights = [2 if ord(ch) > 0x2E7F else 1 for ch in word.text]
    total = sum(weights) or 1
    width = word.x1 - word.x0
    return Word(
        word.text[start:end],
        word.x0 + width * sum(weights[:start]) / total,
        word.top,
        word.x0 + width * sum(weights[:end]) / total,
        word.bottom,
    )


class Cells:
    """For each word of a page the ruled cell that it stands in; -1 where no rule encloses it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.vertical = merge_rules(page.vertical)
        self.horizontal = merge_rules(page.horizontal)
        self.boxes: list[tuple[float, float, float, float]] = []
        self.of: dict[int, int] = {}
        if page.words and len(self.vertical) >= 2 and len(self.horizontal) >= 2:
            self._assign(page.words)

    def _assign(self, words: list[Word]) -> None:
        cx = np.array([each.cx for each in words])
        cy = np.array([each.mid for each in words])
        left, right = _around(self.vertical, cx, cy)
        top, bottom = _around(self.horizontal, cy, cx)
        index: dict[tuple[float, float, float, float], int] = {}
        for word, key in zip(words, zip(left, top, right, bottom, strict=True), strict=True):
            if all(np.isfinite(key)):
                self.of[id(word)] = index.setdefault(key, len(index))
        self.boxes = list(index)

    def box(self, word: Word) -> tuple[float, float, float, float] | None:
        """The cell around a word as (left, top, right, bottom), or None."""
        cell = self.of.get(id(word), -1)
        return self.boxes[cell] if cell >= 0 else None

    def members(self, cell: int) -> list[Word]:
        return [word for word in self.page.words if self.of.get(id(word), -1) == cell]


def _around(
    rules: list[tuple[float, float, float]], across: np.ndarray, along: np.ndarray
) -> tuple[list[float], list[float]]:
    """Nearest rule before and after each point, among those that pass it; infinities where there is
    none.
    """
    at = np.array([rule[0] for rule in rules])[None, :]
    covers = (np.array([rule[1] for rule in rules])[None, :] - _SLACK <= along[:, None]) & (
        along[:, None] <= np.array([rule[2] for rule in rules])[None, :] + _SLACK
    )
    before = np.where(covers & (at <= across[:, None]), at, -np.inf).max(axis=1)
    after = np.where(covers & (at > across[:, None]), at, np.inf).min(axis=1)
    return before.tolist(), after.tolist()


def merge_rules(rules: list[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
    """Pieces of one straight rule joined; double rules made one."""
    merged: list[list[float]] = []
    for at, start, end in sorted((round(rule[0] * 2) / 2, rule[1], rule[2]) for rule in rules):
        last = merged[-1] if merged else None
        if last and at - last[0] <= 1.0 and start <= last[2] + 3.0:
            last[2] = max(last[2], end)
            last[1] = min(last[1], start)
        else:
            merged.append([at, start, end])
    return [(m[0], m[1], m[2]) for m in merged]


def cells_of(page: Page) -> Cells:
    """The cells of a page, worked out once."""
    found = page.known.get("cells")
    if not isinstance(found, Cells):
        page.known["cells"] = found = Cells(page)
    return found


def lines_of(page: Page, cells: Cells | None = None) -> list[TextLine]:
    """Lines from top to bottom, worked out once.

    Words of a line overlap in height by at least half of the smaller one.
    """
    key = "lines in cells" if cells else "lines"
    found = page.known.get(key)
    if not isinstance(found, list):
        groups = _sheet_rows(page.words) if page.is_sheet else _cluster(page.words)
        page.known[key] = found = [
            _join(sorted(group, key=lambda w: w.x0), cells) for group in groups
        ]
    return found


def pieces_of(line: TextLine) -> list[Word]:
    """The texts of a line between wide gaps or rules, each as one word."""
    pieces = []
    at = 0
    for piece in line.text.split("\t"):
        if piece.strip():
            pieces.append(line.span(at, at + len(piece)))
        at += len(piece) + 1
    return pieces


def _sheet_rows(words: list[Word]) -> list[list[Word]]:
    rows: dict[float, list[Word]] = {}
    for word in words:
        rows.setdefault(word.top, []).append(word)
    return [rows[key] for key in sorted(rows)]


def _cluster(words: list[Word]) -> list[list[Word]]:
    groups: list[list[Word]] = []
    mids: list[float] = []
    for word in sorted(words, key=lambda w: w.mid):
        near = 0.45 * min(word.height, groups[-1][0].height) if groups else 0.0
        drift = word.mid - mids[-1] if groups else 1.0
        if drift < near and (drift < 0.5 * near or not _above(groups[-1], word)):
            groups[-1].append(word)
            mids[-1] += (word.mid - mids[-1]) / len(groups[-1])
        else:
            groups.append([word])
            mids.append(word.mid)
    return groups


def _above(group: list[Word], word: Word) -> bool:
    """Whether a word stands under one of the group: then the two are on two lines, however tight."""
    return any(
        min(each.x1, word.x1) - max(each.x0, word.x0)
        > 0.5 * min(each.x1 - each.x0, word.x1 - word.x0)
        and each.mid < word.mid
        for each in group
    )


def _join(words: list[Word], cells: Cells | None) -> TextLine:
    line = TextLine(words)
    parts: list[str] = []
    length = 0
    for previous, word in zip([None, *words], words, strict=False):
        if previous is not None:
            glue = _glue(previous, word, cells)
            parts.append(glue)
            length += len(glue)
        line.offsets.append(length)
        parts.append(fold(word.text))
        length += len(word.text)
    line.text = "".join(parts)
    return line


def _glue(previous: Word, word: Word, cells: Cells | None) -> str:
    gap, size = word.x0 - previous.x1, min(previous.height, word.height)
    if cells and cells.of and cells.of.get(id(previous), -1) != cells.of.get(id(word), -1):
        return "\t"
    if gap > 1.15 * size:
        return "\t"
    return " " if gap > 0.08 * size else ""


def join_words(words: list[Word]) -> str:
    """Text of a cell: lines from top to bottom, joined as Chinese is written; a space only between
    Latin words or numbers.
    """
    if len(words) < 2:
        return words[0].text if words else ""
    out = ""
    for group in _cluster(words):
        for word in sorted(group, key=lambda w: w.x0):
            glue = (
                " "
                if out
                and re.match(r"[\w¥$*.]", word.text[0])
                and out[-1].isascii()
                and word.text[0].isascii()
                else ""
            )
            out += glue + word.text
    return out
