"""Arithmetic as a constraint on reading: where figures read from a picture do not tie, their cells
are read again.

A cell's other candidate readings are tried only where the picture leaves it open which is right,
and one is taken only when it alone makes the figures tie. What every reader sees clearly stays as
it is, however wrong the sum: a changed figure is for the rules to find, never for the reader to
repair.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product

import numpy as np
from rapidfuzz.distance import Levenshtein

from extractors.documents.declare import DocumentType
from extractors.documents.parts import Parts
from extractors.documents.ties import Cell, Tie
from extractors.engines.model import Engines, Glyph, Picture, least_sure, text_of
from extractors.layout.page import Page, ReadLine, Word
from extractors.pictures.confidence import Placed
from extractors.pictures.ink import darkest, ink_columns
from extractors.pictures.page_reader import read_carefully
from extractors.pictures.words import set_words
from extractors.values.glyphs import fold
from extractors.values.money import FIND, parse_money

_CLEAR = 0.95  # a character at least this sure is not open to another reading
_LEAST = 0.1  # chance, against the reading that stands, that a candidate has at least
_ALONE = 3.0  # times likelier than any other candidate that ties too
_TIED = 0.985  # how sure a doubtful cell is once its figures tie
_RULED = 0.8  # share of a row of a cell that is ink where a ruling line runs through it
_MOST_LINES = 150  # lines read again on a paper of which something required was not found
_MOST_CELLS = 60  # cells read again on one paper; a paper that needs more is not readable


@dataclass(frozen=True, slots=True)
class _Candidate:
    value: Decimal
    glyphs: tuple[Glyph, ...]
    chance: float


def settle(kind: DocumentType, pages: Sequence[Page], parts: Parts, engines: Engines) -> Parts:
    """The parts again after lines were read again: unsure ones where something required is missing,
    and cells whose figures do not tie.
    """
    assert kind.read is not None
    if not all(parts.has(key) for key in kind.required):
        unsure = [
            line
            for page in pages
            if page.scan
            for line in page.scan.lines
            if least_sure(line.glyphs) < _CLEAR and engines.careful.name not in line.readings
        ]
        parts = _again(kind, pages, unsure[:_MOST_LINES], engines) if unsure else parts
    failing = [tie for tie in kind.ties(parts) if not tie.holds]
    if failing:
        words = _Words(pages)
        lines = list({id(s.line): s.line for s in words.of(failing)}.values())
        parts = _again(kind, pages, lines, engines) if lines else parts
    failing = [tie for tie in kind.ties(parts) if not tie.holds]
    if failing:
        words = _Words(pages)
        _third_reader(words.of(failing), engines)
        if any(_choose(tie, words) for tie in failing):
            parts = _read(kind, pages)
    _confirm(list(kind.ties(parts)), _Words(pages))
    return parts


def _again(
    kind: DocumentType, pages: Sequence[Page], lines: Sequence[ReadLine], engines: Engines
) -> Parts:
    """The paper read anew after the careful reader has seen some of its lines."""
    read_carefully(list(lines), engines)
    for line in lines:
        set_words(line)
    return _read(kind, pages)


def _read(kind: DocumentType, pages: Sequence[Page]) -> Parts:
    assert kind.read is not None
    for page in pages:
        page.known.clear()
    return kind.read(pages)


class _Words:
    """From a cell of a tie to the word that it was read from, and from a word to its line."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self._placed = Placed(pages)
        self.line_of: dict[int, ReadLine] = {}
        for page in pages:
            for line in page.scan.lines if page.scan else ():
                self.line_of.update((id(word), line) for word in line.words)

    def seen(self, cell: Cell) -> _Seen | None:
        """The amount of a cell as it stands in a word of its box."""
        for word in self._placed.within(cell.page, cell.box):
            if id(word) in self.line_of:
                for found in _amounts(word, self.line_of[id(word)]):
                    if abs(found.value) == abs(cell.value):
                        return found
        return None

    def of(self, failing: Sequence[Tie]) -> list[_Seen]:
        """The amounts of the cells of ties, each once."""
        found: dict[tuple[int, int], _Seen] = {}
        for cell in [each for t in failing for each in t.cells][: 3 * _MOST_CELLS]:
            seen = self.seen(cell)
            if seen is not None:
                found[id(seen.word), seen.start] = seen
        return list(found.values())[:_MOST_CELLS]


@dataclass(frozen=True, slots=True)
class _Seen:
    """An amount in a word: the word's glyphs from `start` to `end`."""

    word: Word
    line: ReadLine
    start: int
    end: int
    value: Decimal

    @property
    def glyphs(self) -> tuple[Glyph, ...]:
        return self.word.glyphs[self.start : self.end]

    def put(self, glyphs: Sequence[Glyph]) -> None:
        """Other glyphs for the amount, in place; their number stays."""
        self.word.glyphs = (*self.word.glyphs[: self.start], *glyphs, *self.word.glyphs[self.end :])
        self.word.text = text_of(self.word.glyphs)


def _amounts(word: Word, line: ReadLine) -> Iterator[_Seen]:
    """Every amount that a word holds: most words of a table are one, some stand behind a label or a
    currency mark.
    """
    shown = [i for i, glyph in enumerate(word.glyphs) if glyph.char]
    for match in FIND.finditer(fold(word.text)):
        value = parse_money(match[0])
        if value is not None and match.end() <= len(shown):
            yield _Seen(word, line, shown[match.start()], shown[match.end() - 1] + 1, value)


def _cell(seen: _Seen) -> Picture:
    """The picture of an amount alone, ruling lines painted over."""
    width, pad = seen.line.crop.shape[1], int(0.25 * seen.line.crop.shape[0])
    start = max(0, int(seen.glyphs[0].at * width) - 2 * pad)
    cell = seen.line.crop[
        :, start : max(int(seen.glyphs[-1].at * width) + 2 * pad, start + 4)
    ].copy()
    _, ruled = ink_columns(cell)
    dark = darkest(cell)
    paper = int(np.percentile(dark, 85))
    cell[:, ruled] = paper
    cell[(dark < paper - 40).mean(axis=1) > _RULED] = paper
    return cell


def _third_reader(disputed: Sequence[_Seen], engines: Engines) -> None:
    """Weighs each amount by what a reader of another make sees in its cell alone."""
    if engines.cells is None or not disputed:
        return
    for seen, text in zip(
        disputed, engines.cells.amounts([_cell(s) for s in disputed]), strict=True
    ):
        if _digits(text) and _digits(text_of(seen.glyphs)):
            seen.put(_weighed(seen.glyphs, _digits(text)))


def _digits(text: str) -> str:
    return "".join(character for character in text if character.isdigit())


def _weighed(glyphs: tuple[Glyph, ...], seen: str) -> tuple[Glyph, ...]:
    """Digits that the other reader saw too are surer; digits on which it differs have one more
    candidate.
    """
    places = [i for i, g in enumerate(glyphs) if g.char.isdigit()]
    out = list(glyphs)
    for step in Levenshtein.opcodes("".join(glyphs[i].char for i in places), seen):
        own = places[step.src_start : step.src_end]
        for offset, place in enumerate(own):
            glyph = out[place]
            if step.tag == "equal":
                out[place] = replace(glyph, sure=1 - (1 - glyph.sure) * 0.3)
            elif step.tag == "replace" and glyph.sure < _CLEAR:
                rival = seen[step.dest_start + offset]
                out[place] = replace(
                    glyph, others=((rival, max(0.3, 1 - glyph.sure)), *glyph.others)
                )
    return tuple(out)


def _choose(tie: Tie, words: _Words) -> bool:
    """Takes the candidate readings that alone make a tie hold; says whether any was taken."""
    found = [words.seen(cell) for cell in tie.cells]
    choices = [list(_candidates(s)) for s in found if s is not None]
    if len(choices) < len(found):
        return False
    best: list[tuple[float, tuple[_Candidate, ...]]] = []
    for each in product(*choices):
        signs = [-1 if cell.value < 0 else 1 for cell in tie.cells]
        if sum(c.chance < 1 for c in each) <= 2 and tie.true(
            [s * abs(c.value) for s, c in zip(signs, each, strict=True)]
        ):
            chance = 1.0
            for candidate in each:
                chance *= candidate.chance
            best.append((chance, each))
    best.sort(key=lambda b: -b[0])
    if not best or best[0][0] < _LEAST or (len(best) > 1 and best[1][0] * _ALONE > best[0][0]):
        return False
    for seen, candidate in zip(found, best[0][1], strict=True):
        if seen is not None and candidate.chance < 1:
            seen.put(candidate.glyphs)
    return True


def _candidates(seen: _Seen) -> Iterator[_Candidate]:
    """The reading that stands (chance 1), and those with one or two open characters read otherwise."""
    yield _Candidate(seen.value, seen.glyphs, 1.0)
    open_places = [
        (i, each)
        for i, glyph in enumerate(seen.glyphs)
        if glyph.sure < _CLEAR
        for each in glyph.others[:3]
    ]
    singles = [((i, o),) for i, o in open_places]
    doubles = [
        (a, b) for n, a in enumerate(open_places) for b in open_places[n + 1 :] if a[0] != b[0]
    ][:60]
    known = {seen.value}
    for changes in [*singles, *doubles]:
        glyphs, chance = list(seen.glyphs), 1.0
        for place, (char, likely) in changes:
            chance *= min(1.0, likely / max(glyphs[place].sure, 1e-3))
            glyphs[place] = replace(glyphs[place], char=char, sure=_TIED)
        other = parse_money(text_of(glyphs))
        if other is not None and other not in known and chance >= _LEAST:
            known.add(other)
            yield _Candidate(other, tuple(glyphs), min(chance, 0.99))


def _confirm(held: Sequence[Tie], words: _Words) -> None:
    """Cells of ties that hold are surer for it: three figures seldom tie to the cent by misreading."""
    for tie in held:
        if tie.holds and len(tie.cells) > 1 and tie.cells[0].value != 0:
            for cell in tie.cells:
                seen = words.seen(cell)
                if seen is not None and least_sure(seen.glyphs) < _TIED:
                    seen.put([replace(glyph, sure=max(glyph.sure, _TIED)) for glyph in seen.glyphs])
