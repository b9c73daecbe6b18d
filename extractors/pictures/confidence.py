"""How sure a value read from a picture is: the weakest of its characters, on a scale on which 0.95
means right 95 times in 100.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import numpy as np

from extractors.documents.parts import Parts
from extractors.engines.model import Glyph
from extractors.layout.page import Page, Word
from extractors.model import Box, Field, Provenance, ReadMethod, Transaction
from extractors.values.glyphs import squeeze
from extractors.values.money import parse_money

# The engines' own probability of a value's weakest character, and the share of such values that
# were right on degraded
# papers (benchmarks/degraded.py --save; the curve is in docs/reading.md).
_HIDING = (
    "picture_glare",
    "picture_cut_off",
)  # what may have taken a column's header or an amount's first digits
_LOOSE = 0.8  # most that a row of a statement is sure of which an amount stands apart
_CENTS = re.compile(r"-?[¥]?[\d,]+\.\d{2}")
_DERIVED = 0.8  # most that a value is sure which the picture does not print but other values give
_HIDDEN = 0.8  # most that a table's values are sure then
_STATED = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.995, 1.0)
_RIGHT = (0.0, 0.3, 0.8, 0.84, 0.88, 0.95, 0.98, 0.995, 0.998, 0.999)


def calibrated(sure: float) -> float:
    return float(np.interp(sure, _STATED, _RIGHT))


class Placed:
    """The words of a paper's pictures with their boxes, to find what a value was read from."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self._words: dict[int, list[tuple[Word, Box]]] = {}
        for page in pages:
            if page.scan is not None:
                placed = self._words.setdefault(page.number, [])
                placed += [
                    (word, page.box(word.x0, word.top, word.x1, word.bottom)) for word in page.words
                ]

    def __bool__(self) -> bool:
        return bool(self._words)

    def holds(self, page: int) -> bool:
        return page in self._words

    def within(self, page: int, box: Box) -> list[Word]:
        """Words whose box shares its middle with a box, or holds that box's middle."""
        return [word for word, b in self._words.get(page, ()) if _meet(b, box)]

    def glyphs(self, page: int, box: Box, raw: str) -> list[Glyph]:
        """The characters of a value; those of all words of its box where the text cannot be found
        in them.
        """
        words = self.within(page, box)
        wanted = squeeze(raw)
        every = [glyph for word in words for glyph in word.glyphs]
        shown = [glyph for glyph in every if glyph.char.strip()]
        at = "".join(squeeze(glyph.char) or " " for glyph in shown).find(wanted) if wanted else -1
        if at < 0 or len(wanted) > len(shown):
            return every
        first, last = shown[at], shown[min(at + len(wanted), len(shown)) - 1]
        low, high = every.index(first), len(every) - 1 - every[::-1].index(last)
        return every[low : high + 1]


def _meet(a: Box, b: Box) -> bool:
    ax, ay, bx, by = (
        (a.left + a.right) / 2,
        (a.top + a.bottom) / 2,
        (b.left + b.right) / 2,
        (b.top + b.bottom) / 2,
    )
    return (b.left <= ax <= b.right and b.top <= ay <= b.bottom) or (
        a.left <= bx <= a.right and a.top <= by <= a.bottom
    )


def weigh(parts: Parts, pages: Sequence[Page], engine: str) -> None:
    """Sets method, engine and confidence of every value of `parts` that was read from a picture."""
    placed = Placed(pages)
    if not placed:
        return

    hidden = {
        page.number
        for page in pages
        if page.scan and any(failure.code in _HIDING for failure in page.scan.failures)
    }

    def sure(page: int, box: Box, raw: str, before: float) -> float:
        found = placed.glyphs(page, box, raw)
        before = before if raw else min(before, _DERIVED)
        return min(before, calibrated(min((glyph.sure for glyph in found), default=0.5)))

    def in_table(page: int, before: float) -> float:
        return min(before, _HIDDEN) if page in hidden else before

    def seen(at: Provenance) -> Provenance:
        return (
            replace(at, method=ReadMethod.OCR, engine=engine)
            if placed.holds(at.page) and at.method != ReadMethod.QR
            else at
        )

    def field(f: Field) -> Field:
        return (
            replace(f, confidence=sure(f.at.page, f.at.box, f.raw, f.confidence), at=seen(f.at))
            if seen(f.at) != f.at
            else f
        )

    parts.fields = {key: field(f) for key, f in parts.fields.items()}
    parts.parties = {key: tuple(field(f) for f in value) for key, value in parts.parties.items()}
    for name, line in parts.lines.items():
        columns = {
            key: replace(
                amount,
                confidence=in_table(
                    amount.at.page,
                    sure(amount.at.page, amount.at.box, amount.raw, amount.confidence),
                ),
                at=seen(amount.at),
            )
            for key, amount in line.columns.items()
        }
        parts.lines[name] = replace(line, columns=columns)
    parts.rows = tuple(
        replace(row, confidence=in_table(row.page, _row_sure(row, placed, row.confidence)))
        if placed.holds(row.page)
        else row
        for row in parts.rows
    )
    parts.items = tuple(
        replace(
            item, confidence=_least(placed.within(item.page, item.box), _has_digit, item.confidence)
        )
        for item in parts.items
    )


def _has_digit(word: Word) -> bool:
    return any(character.isdigit() for character in word.text)


def _row_sure(row: Transaction, placed: Placed, before: float) -> float:
    """The weakest of a row's amounts and its day."""
    amounts = {row.debit, row.credit, row.balance}
    day = row.day.strftime("%m%d")

    def counts(word: Word) -> bool:
        value = parse_money(word.text)
        return (value is not None and (value in amounts or -value in amounts)) or day in "".join(
            character for character in word.text if character.isdigit()
        )

    words = placed.within(row.page, row.box)
    printed = [parse_money(word.text) for word in words if _CENTS.fullmatch(squeeze(word.text))]
    if row.balance is None or any(
        value not in amounts and (value is None or -value not in amounts) for value in printed
    ):
        before = min(
            before, _LOOSE
        )  # no balance ties it, or it prints an amount that fell into no column: its columns may be mistaken
    return _least(words, counts, before)


def _least(words: Iterable[Word], counts: Callable[[Word], bool], before: float) -> float:
    return min(
        [
            before,
            *(
                calibrated(min((glyph.sure for glyph in word.glyphs), default=0.5))
                for word in words
                if counts(word)
            ),
        ]
    )
