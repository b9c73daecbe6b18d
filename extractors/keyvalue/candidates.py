"""Spans that may fill a role of a document, each with the log-odds that its features give it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extractors.keyvalue.label_similarity import plain_label
from extractors.keyvalue.pieces import Piece, on_one_height
from extractors.keyvalue.value_types import Finder
from extractors.keyvalue.vocabulary import Vocabulary
from extractors.layout.page import Word
from extractors.model import Box
from extractors.values.glyphs import squeeze

# Weights in log-odds, set by hand on invented forms. A sure label with a plain value must come out
# near +4 (98 %), the right form alone near -1 (27 %): the type alone does not name a role.
LABEL_WEIGHT = 7.0
BASE = -3.2
FOREIGN_LABEL = -3.0  # the nearest label clearly names something else
ONLY_ONE = 2.0  # no other value of the page fits the type as well
IS_LABEL = -8.0  # the text is itself a label or caption
TOO_SMALL = -6.0  # below this a candidate is not kept

# How firmly a place ties a value to a label.
SAME_TEXT = 1.0
SAME_TEXT_NO_COLON = 0.97
NEXT_CELL = 0.95
NEXT_WORDS = 0.92
CELL_ABOVE = 0.85
WORDS_ABOVE = 0.78
PAST_A_VALUE = 0.5  # times, for each value that stands between
PAST_A_LABEL = 0.45  # times, where another label stands between
LATER_WORDS = 0.6  # times, for what is not the first word behind the label
LABEL_HAS_OWN = 0.35  # times, where the label has a value of its own behind it

_REACH_DOWN = 2.6  # heights of a label within which a value below it begins
_REACH_ACROSS = 12  # heights of a label within which a value to its right is its own
_CLEAR_FOREIGN = 0.8
_CLEAR_TIE = 0.84  # a label in the cell above ties as clearly, where nothing else does
_WEAK = 0.5
_WORDS_BEFORE = 8  # characters right before a value that may say what it is


_CURRENCY = re.compile(r"(?:人民币|RMB|CNY|[¥$:(]|大写|小写|[)])+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Link:
    """A label near a value and how firmly place ties them."""

    label: Piece
    strength: float


@dataclass(slots=True, kw_only=True)
class Role:
    """What a document can hold: the type of its values and the labels that name it.

    `takes_parts` lets single words of a text be values; names and free text are taken whole.
    """

    name: str
    find: Finder
    labels: tuple[str, ...] = ()  # names of the vocabulary's roles that name this one
    takes_parts: bool = True
    base: float = BASE
    other_labels: re.Pattern[str] | None = None  # labels of other things, whatever comes before
    expected: float = 0.0  # log-odds that a document of this kind prints it at all


@dataclass(slots=True, eq=False)
class Candidate:
    """A value for a role, with its place and odds."""

    role: str
    value: str
    raw: str
    piece: Piece
    start: int
    end: int
    odds: float
    links: tuple[Link, ...] = ()
    label_fit: float = 0.0
    notes: dict[str, float] = field(default_factory=dict)

    @property
    def word(self) -> Word:
        return self.piece.word

    @property
    def box(self) -> Box:
        word = self.piece.word
        return self.piece.page.box(word.x0, word.top, word.x1, word.bottom)

    @property
    def span(self) -> tuple[int, float, float, float, float]:
        """The place on the page, by which two candidates are known to be the same text."""
        word, length = self.piece.word, max(len(self.piece.text), 1)
        width = word.x1 - word.x0
        left = word.x0 + width * self.start / length
        right = word.x0 + width * self.end / length
        return self.piece.page.number, left, word.top, right, word.bottom


def overlap(first: Candidate, second: Candidate) -> bool:
    """Return whether two candidates take the same text of the page."""
    a, b = first.span, second.span
    across = min(a[3], b[3]) - max(a[1], b[1])
    down = min(a[4], b[4]) - max(a[2], b[2])
    return a[0] == b[0] and across > 1.0 and down > 1.0


def candidates(
    role: Role, pieces: Sequence[Piece], links: dict[int, tuple[Link, ...]], vocabulary: Vocabulary
) -> list[Candidate]:
    """Return the candidates of a role with their scores, best first."""
    found = [*_spans(role, pieces)]
    foreign = {}
    for each in found:
        each.links = _links(each, links.get(id(each.piece), ()))
        each.label_fit = _label_fit(role, each.links, vocabulary)
        weak = each.label_fit < _WEAK
        other = _is_said_of_other(role, each) or _is_foreign(role, each.links, vocabulary)
        foreign[id(each)] = weak and other
    rivals = [c for c in found if not c.piece.label and not foreign[id(c)]]
    best_fit = max((c.odds for c in rivals), default=0.0)
    values = {c.value for c in rivals if c.odds >= best_fit}
    for each in found:
        only = len(values) == 1 and each.odds >= best_fit and each.value in values
        each.odds += role.base + LABEL_WEIGHT * each.label_fit
        each.odds += ONLY_ONE * only + FOREIGN_LABEL * foreign[id(each)]
        each.odds += IS_LABEL * each.piece.label
    return sorted((c for c in found if c.odds > TOO_SMALL), key=lambda c: -c.odds)


def _spans(role: Role, pieces: Sequence[Piece]) -> Iterator[Candidate]:
    for piece in pieces:
        if piece.downwards or (piece.whole is not None and not role.takes_parts):
            continue
        if piece.whole is not None and piece.whole.downwards:
            continue
        for match in role.find(piece.text):
            raw = piece.text[match.start : match.end]
            yield Candidate(role.name, match.value, raw, piece, match.start, match.end, match.fit)


def _links(candidate: Candidate, links: tuple[Link, ...]) -> tuple[Link, ...]:
    """Return the labels of a candidate, weakened where other words stand before it."""
    before = candidate.piece.text[: candidate.start].strip()
    if not before or _CURRENCY.fullmatch(before) or len(candidate.piece.text.split()) < 2:
        return links
    return tuple(Link(x.label, x.strength * LATER_WORDS) for x in links)


def _label_fit(role: Role, links: Sequence[Link], vocabulary: Vocabulary) -> float:
    """Return the best product of how a label names the role and how firmly it holds the value."""
    return max(
        (
            vocabulary.fit(link.label.text, name) * link.strength
            for link in links
            for name in role.labels
            if not _names_other(role, link)
        ),
        default=0.0,
    )


def _is_said_of_other(role: Role, candidate: Candidate) -> bool:
    """Return whether the words right before a value in its text name another thing: 下载时间 …"""
    if role.other_labels is None:
        return False
    whole = candidate.piece.whole or candidate.piece
    before = whole.text[: max(whole.text.find(candidate.raw), 0)]
    return bool(role.other_labels.search(squeeze(before)[-_WORDS_BEFORE:]))


def _names_other(role: Role, link: Link) -> bool:
    """Return whether a label ends with a word for something that never fills the role."""
    other = role.other_labels
    return other is not None and bool(other.search(plain_label(link.label.text)))


def _is_foreign(role: Role, links: Sequence[Link], vocabulary: Vocabulary) -> bool:
    """Return whether the label that holds the value most firmly names something else."""
    if not links:
        return False
    nearest = max(links, key=lambda each: each.strength)
    if nearest.strength < _CLEAR_TIE:
        return False
    if _names_other(role, nearest):
        return True
    name, likeness = vocabulary.best(nearest.label.text)
    return likeness >= _CLEAR_FOREIGN and name not in role.labels


def links_of(pieces: Sequence[Piece]) -> dict[int, tuple[Link, ...]]:
    """Return, by the identity of each piece, the labels that may be its label."""
    labels = [p for p in pieces if p.label and not p.downwards]
    values = [p for p in pieces if not p.label and p.whole is None]
    return {
        id(piece): tuple([*_before(piece, labels, values), *_above(piece, labels, values)])
        for piece in pieces
    }


def _before(piece: Piece, labels: Sequence[Piece], values: Sequence[Piece]) -> Iterator[Link]:
    """Yield the labels to the left on the same height, the nearest first, two at most."""
    if piece.follows is not None:
        colon = piece.follows.colon
        strength = SAME_TEXT if colon else SAME_TEXT_NO_COLON
        yield Link(piece.follows, strength * _place_in_value(piece))
    own = piece.whole or piece
    beside = [
        x
        for x in labels
        if x is not piece.follows and x.word.x1 <= own.word.x0 + 3 and on_one_height(x, own)
    ]
    beside.sort(key=lambda x: -x.word.x1)
    for nearer, label in enumerate(beside[:2]):
        between = [
            v
            for v in values
            if v is not own and label.word.x1 - 1 <= v.word.x0 < own.word.x0 - 1
            if on_one_height(v, own)
        ]
        strength = NEXT_CELL if piece.cell >= 0 else NEXT_WORDS
        strength *= PAST_A_LABEL ** (nearer + (piece.follows is not None))
        passed = len(between)
        yield Link(label, strength * PAST_A_VALUE**passed * _place_in_value(piece))


def _place_in_value(piece: Piece) -> float:
    """Return less than one for words that are not the first behind their label."""
    if piece.whole is None or piece.word.x0 <= piece.whole.word.x0 + 1:
        return 1.0
    return LATER_WORDS


def _above(piece: Piece, labels: Sequence[Piece], values: Sequence[Piece]) -> Iterator[Link]:
    """Yield the label under which a piece stands, where no other text parts them."""
    own = piece.whole or piece
    over = [x for x in labels if x.page is own.page and _stands_over(x, own)]
    if not over:
        return
    label = max(over, key=lambda x: x.word.bottom)
    blocked = any(
        v.word.mid > label.word.bottom and v.word.mid < own.word.top and _shares_column(v, own)
        for v in values
        if v.page is own.page and v is not own
    )
    if blocked:
        return
    strength = CELL_ABOVE if own.cell >= 0 and label.cell >= 0 else WORDS_ABOVE
    taken = label.own_value or _has_value_beside(label, values, labels)
    yield Link(label, strength * (LABEL_HAS_OWN if taken else 1.0))


def _stands_over(label: Piece, piece: Piece) -> bool:
    gap = piece.word.top - label.word.bottom
    reach = _REACH_DOWN * max(label.word.height, piece.word.height)
    return -2 <= gap <= reach and _shares_column(label, piece)


def _shares_column(first: Piece, second: Piece) -> bool:
    shared = min(first.word.x1, second.word.x1) - max(first.word.x0, second.word.x0)
    narrow = min(first.word.x1 - first.word.x0, second.word.x1 - second.word.x0)
    return shared > 0.5 * narrow


def _has_value_beside(label: Piece, values: Sequence[Piece], labels: Sequence[Piece]) -> bool:
    """Return whether what stands next to the right of a label is a value."""
    after = [
        x
        for x in (*values, *labels)
        if x is not label and x.word.x0 >= label.word.x1 - 1 and on_one_height(x, label)
    ]
    if not after:
        return False
    nearest = min(after, key=lambda x: x.word.x0)
    near = nearest.word.x0 - label.word.x1 < _REACH_ACROSS * label.word.height
    return not nearest.label and (near or label.cell >= 0)
