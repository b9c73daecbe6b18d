"""Arithmetic as a constraint on reading: where figures read from a picture do not tie, their cells are read again.

A cell's other candidate readings are tried only where the picture leaves it open which is right, and one is taken only when it
alone makes the figures tie. What every reader sees clearly stays as it is, however wrong the sum: a changed figure is for the
rules to find, never for the reader to repair.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product

from rapidfuzz.distance import Levenshtein

from extractors.documents.declare import DocumentType, Parts
from extractors.documents.ties import Cell, Tie, ties
from extractors.engines.model import Engines, Glyph, least_sure, text_of
from extractors.layout.page import Page, ReadLine, Word
from extractors.pictures.confidence import Placed
from extractors.pictures.page_reader import read_carefully
from extractors.pictures.words import set_words
from extractors.values.money import parse_money

_CLEAR = 0.985  # a character at least this sure is not open to another reading
_LEAST = 0.01  # chance, against the reading that stands, that a candidate has at least
_ALONE = 3.0  # times likelier than any other candidate that ties too
_TIED = 0.985  # how sure a doubtful cell is once its figures tie
_MOST_CELLS = 60  # cells read again on one paper; a paper that needs more is not readable


@dataclass(frozen=True, slots=True)
class _Candidate:
    value: Decimal
    glyphs: tuple[Glyph, ...]
    chance: float


def settle(kind: DocumentType, pages: Sequence[Page], parts: Parts, engines: Engines) -> Parts:
    """The parts again after disputed cells were read again; `parts` as they were where every figure ties."""
    assert kind.read is not None
    failing = [t for t in ties(kind.id, parts) if not t.holds]
    if failing:
        words = _Words(pages)
        lines = list({id(line): line for line, _ in words.of(failing)}.values())
        if lines:
            read_carefully(lines, engines)
            for line in lines:
                set_words(line)
            parts = _read(kind, pages)
    failing = [t for t in ties(kind.id, parts) if not t.holds]
    if failing:
        words = _Words(pages)
        _third_reader([w for _, w in words.of(failing)], words, engines)
        if any(_choose(tie, words) for tie in failing):
            parts = _read(kind, pages)
    _confirm(ties(kind.id, parts), _Words(pages))
    return parts


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
                self.line_of.update((id(w), line) for w in line.words)

    def word(self, cell: Cell) -> Word | None:
        for word in self._placed.within(cell.page, cell.box):
            value = parse_money(word.text)
            if value is not None and abs(value) == abs(cell.value):
                return word
        return None

    def of(self, failing: Sequence[Tie]) -> list[tuple[ReadLine, Word]]:
        """Lines and words of the cells of ties, each once."""
        found: dict[int, tuple[ReadLine, Word]] = {}
        for cell in [c for t in failing for c in t.cells][: 3 * _MOST_CELLS]:
            word = self.word(cell)
            if word is not None and id(word) in self.line_of:
                found[id(word)] = (self.line_of[id(word)], word)
        return list(found.values())[:_MOST_CELLS]


def crop_of(line: ReadLine, word: Word) -> tuple[float, float]:
    """Start and end of a word as fractions of its line's picture."""
    left, right = float(line.quad[:, 0].min()), float(line.quad[:, 0].max())
    wide = max(right - left, 1e-6)
    return max(0.0, (word.x0 - left) / wide), min(1.0, (word.x1 - left) / wide)


def _third_reader(words: Sequence[Word], index: _Words, engines: Engines) -> None:
    """Weighs each word by what a reader of another make sees in its cell alone."""
    if engines.cells is None or not words:
        return
    pictures = []
    for word in words:
        line = index.line_of[id(word)]
        start, end = crop_of(line, word)
        width, pad = line.crop.shape[1], int(0.2 * line.crop.shape[0])
        pictures.append(line.crop[:, max(0, int(start * width) - pad) : int(end * width) + pad])
    for word, text in zip(words, engines.cells.amounts(pictures), strict=True):
        digits, seen = _digits(text_of(word.glyphs)), _digits(text)
        if seen and digits:
            word.glyphs = _weighed(word.glyphs, seen)


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())


def _weighed(glyphs: tuple[Glyph, ...], seen: str) -> tuple[Glyph, ...]:
    """Digits that the other reader saw too are surer; digits on which it differs have one more candidate."""
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
                out[place] = replace(glyph, others=((rival, max(0.3, 1 - glyph.sure)), *glyph.others))
    return tuple(out)


def _choose(tie: Tie, words: _Words) -> bool:
    """Takes the candidate readings that alone make a tie hold; says whether any was taken."""
    found = [words.word(c) for c in tie.cells]
    if any(w is None for w in found):
        return False
    choices = [list(_candidates(w)) for w in found if w is not None]
    best: list[tuple[float, tuple[_Candidate, ...]]] = []
    for each in product(*choices):
        signs = [-1 if c.value < 0 else 1 for c in tie.cells]
        if sum(c.chance < 1 for c in each) <= 2 and tie.true([s * abs(c.value) for s, c in zip(signs, each, strict=True)]):
            chance = 1.0
            for candidate in each:
                chance *= candidate.chance
            best.append((chance, each))
    best.sort(key=lambda b: -b[0])
    if not best or best[0][0] < _LEAST or (len(best) > 1 and best[1][0] * _ALONE > best[0][0]):
        return False
    for word, candidate in zip(found, best[0][1], strict=True):
        if word is not None and candidate.chance < 1:
            word.glyphs = candidate.glyphs
            word.text = text_of(candidate.glyphs)
    return True


def _candidates(word: Word) -> Iterator[_Candidate]:
    """The reading that stands (chance 1), and those with one or two open characters read otherwise."""
    value = parse_money(word.text)
    if value is None:
        return
    yield _Candidate(value, word.glyphs, 1.0)
    open_places = [(i, o) for i, g in enumerate(word.glyphs) if g.sure < _CLEAR for o in g.others[:3]]
    singles = [((i, o),) for i, o in open_places]
    doubles = [(a, b) for n, a in enumerate(open_places) for b in open_places[n + 1 :] if a[0] != b[0]][:60]
    seen = {value}
    for changes in [*singles, *doubles]:
        glyphs, chance = list(word.glyphs), 1.0
        for place, (char, likely) in changes:
            chance *= min(1.0, likely / max(glyphs[place].sure, 1e-3))
            glyphs[place] = replace(glyphs[place], char=char, sure=_TIED)
        other = parse_money(text_of(glyphs))
        if other is not None and other not in seen and chance >= _LEAST:
            seen.add(other)
            yield _Candidate(other, tuple(glyphs), min(chance, 0.99))


def _confirm(held: Sequence[Tie], words: _Words) -> None:
    """Cells of ties that hold are surer for it: three figures seldom tie to the cent by misreading."""
    for tie in held:
        if tie.holds and len(tie.cells) > 1 and tie.cells[0].value != 0:
            for cell in tie.cells:
                word = words.word(cell)
                if word is not None and least_sure(word.glyphs) < _TIED:
                    word.glyphs = tuple(replace(g, sure=max(g.sure, _TIED)) for g in word.glyphs)
