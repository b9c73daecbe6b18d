"""Labels and their values: in the same text after a colon, in the cell or text to the right, or
below.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from extractors.layout.lines import Cells, TextLine, cells_of, join_words, lines_of
from extractors.layout.page import Page, Word
from extractors.model import Box, Field, Provenance, ReadMethod
from extractors.values.glyphs import fold

T = TypeVar("T")
_BEFORE = r"(?:(?<=^)|(?<=[\s:;,()\[\]、。/|*>·.\d一二三四五六七八九十]))"


@dataclass(slots=True)
class Label:
    """An occurrence of a label in a line."""

    key: str
    line: TextLine
    start: int
    end: int
    colon: bool

    @property
    def word(self) -> Word:
        return self.line.span(self.start, self.end)


@dataclass(slots=True)
class Candidate:
    """Text that may be a label's value, where it stands, and how firmly place ties it to the label."""

    text: str
    box: Box
    page: int
    confidence: float
    label: Word


@lru_cache(maxsize=64)
def _pattern(
    names: tuple[tuple[str, tuple[str, ...]], ...],
) -> tuple[re.Pattern[str], dict[str, str]]:
    owner: dict[str, str] = {}
    for key, synonyms in names:
        for synonym in synonyms:
            owner.setdefault("".join(fold(synonym).split()), key)
    spaced = ["\\s*".join(re.escape(c) for c in s) for s in sorted(owner, key=len, reverse=True)]
    return re.compile(
        _BEFORE
        + "("
        + "|".join(spaced)
        + r")(?P<tail>[)]?\s*(?:[(][^()]{0,12}[)])?\s*(?P<colon>[::])|[)](?=.|$)|(?=[\s(¥\d]|$))"
    ), owner


@lru_cache(maxsize=64)
def _glued_pattern(
    names: tuple[tuple[str, tuple[str, ...]], ...],
) -> tuple[re.Pattern[str], dict[str, str]]:
    """Labels of two characters or more at the start of a piece, with Chinese or Latin letters right
    behind them.
    """
    owner = _pattern(names)[1]
    spaced = [
        "\\s*".join(re.escape(c) for c in s)
        for s in sorted(owner, key=len, reverse=True)
        if len(s) >= 2
    ]
    return re.compile(
        r"(?:^|(?<=\t))(" + "|".join(spaced) + r")(?=[\u4e00-\u9fffA-Za-z]{2})"
    ), owner


class Form:
    """A page read as labels with values. `vocabulary` maps a field's name to its labels."""

    def __init__(self, page: Page, vocabulary: Mapping[str, Sequence[str]]) -> None:
        self.page = page
        self.cells = (
            cells_of(page)
            if not page.is_sheet
            else Cells(Page(page.number, page.width, page.height, []))
        )
        self.lines = lines_of(page, self.cells)
        pattern, owner = _pattern(tuple((k, tuple(value)) for k, value in vocabulary.items()))
        self.labels: list[Label] = []
        for line in self.lines:
            for match in pattern.finditer(line.text):
                key = owner["".join(match[1].split())]
                self.labels.append(
                    Label(key, line, match.start(), match.end(), match["colon"] is not None)
                )
        if page.scan is not None:
            self.labels += self._glued(tuple((k, tuple(value)) for k, value in vocabulary.items()))
        self._starts = {(id(label.line), label.start) for label in self.labels}

    def of(self, key: str) -> list[Label]:
        return [label for label in self.labels if label.key == key]

    def _glued(self, names: tuple[tuple[str, tuple[str, ...]], ...]) -> list[Label]:
        """Labels that start a piece of a line read from a picture and run into their value: a
        narrow space is not seen there.
        """
        pattern, owner = _glued_pattern(names)
        known = {(id(label.line), label.start) for label in self.labels}
        found = []
        for line in self.lines:
            for match in pattern.finditer(line.text):
                if (id(line), match.start(1)) not in known:
                    found.append(
                        Label(
                            owner["".join(match[1].split())],
                            line,
                            match.start(1),
                            match.end(1),
                            False,
                        )
                    )
        return found

    def candidates(self, label: Label) -> Iterator[Candidate]:
        """Values in order of trust: after the label, in the rest of its line, right in the next
        cell, below.
        """
        word = label.word
        inline = self._inline(label)
        if inline is not None:
            yield self._candidate(inline, 0.99 if label.colon else 0.97, word)
        right = self._right(label)
        if right:
            yield Candidate(
                join_words(right), self.page.box_of(right), self.page.number, 0.98, word
            )
        follow = self._next_piece(label)
        if follow is not None:
            yield self._candidate(follow, 0.95, word)
        below = self._below(word)
        if below:
            yield Candidate(join_words(below), self.page.box_of(below), self.page.number, 0.9, word)

    def first(self, key: str, parse: Callable[[str], T | None]) -> tuple[T, Candidate] | None:
        """The first value of a label that parses, labels from top to bottom."""
        for label in self.of(key):
            for candidate in self.candidates(label):
                value = parse(candidate.text)
                if value is not None:
                    return value, candidate
        return None

    def field(
        self,
        key: str,
        parse: Callable[[str], T | None],
        show: Callable[[T], str] = str,
        name: str = "",
    ) -> Field | None:
        found = self.first(key, parse)
        return make_field(name or key, show(found[0]), found[1]) if found else None

    def _candidate(self, word: Word, confidence: float, label: Word) -> Candidate:
        return Candidate(
            word.text,
            self.page.box(word.x0, word.top, word.x1, word.bottom),
            self.page.number,
            confidence,
            label,
        )

    def _stop(self, label: Label, start: int) -> int:
        text = label.line.text
        stops = [o.start for o in self.labels if o.line is label.line and o.start >= start]
        tab = text.find("\t", start)
        return min([*stops, tab if tab >= 0 else len(text)])

    def _inline(self, label: Label) -> Word | None:
        start = label.end
        text = label.line.text
        while start < len(text) and text[start] in " :":
            start += 1
        word = label.line.span(start, self._stop(label, start))
        return word if word.text else None

    def _next_piece(self, label: Label) -> Word | None:
        start = label.end
        text = label.line.text
        while start < len(text) and text[start] in " \t:":
            start += 1
        if (id(label.line), start) in self._starts:
            return None
        word = label.line.span(start, self._stop(label, start))
        return word if word.text else None

    def _right(self, label: Label) -> list[Word]:
        """All words of the ruled cell right of the label's cell."""
        box = self.cells.box(label.line.words[_last(label)])
        if box is None:
            return []
        near = [
            word
            for word in self.page.words
            if (b := self.cells.box(word))
            and abs(b[0] - box[2]) < 2
            and min(b[3], box[3]) - max(b[1], box[1]) > 2
        ]
        if not near or any(
            any(o.line.words[_last(o)] is word for o in self.labels) for word in near
        ):
            return []
        return near

    def _below(self, word: Word) -> list[Word]:
        reach = 2.6 * word.height
        near = [
            each
            for each in self.page.words
            if each.top >= word.bottom - 1
            and each.top - word.bottom < reach
            and each.x0 < word.x1 + 4
            and each.x1 > word.x0 - 4
        ]
        if not near:
            return []
        row = min(each.mid for each in near)
        line = next(
            (
                each
                for each in self.lines
                if any(each is near[0] or abs(each.mid - row) < 2 for each in each.words)
                and abs(each.mid - row) < word.height / 2
            ),
            None,
        )
        if line is None:
            return []
        anchor = next(each for each in near if abs(each.mid - row) < word.height / 2)
        position = next((i for i, w in enumerate(line.words) if w is anchor), None)
        if position is None:
            return []
        start, end = line.offsets[position], line.text.find("\t", line.offsets[position])
        begin = line.text.rfind("\t", 0, start) + 1
        if (id(line), begin) in self._starts:
            return []  # the next label, not this one's value
        piece = line.span(begin, end if end >= 0 else len(line.text))
        return [piece] if piece.text else []


def _last(label: Label) -> int:
    """Index of the word in which a label ends."""
    offsets = label.line.offsets
    return max(i for i, at in enumerate(offsets) if at < max(label.end, 1))


def make_field(name: str, value: str, at: Candidate, method: ReadMethod = ReadMethod.TEXT) -> Field:
    return Field(
        name=name,
        value=value,
        raw=at.text,
        confidence=at.confidence,
        at=Provenance(page=at.page, box=at.box, method=method),
    )
