"""The captions of an invoice's form (购买方, 销售方, 密码区, 备注), and whose a label is: the
buyer's or the seller's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.layout.labels import Candidate, Form, Label
from extractors.layout.page import Page, Word
from extractors.values.glyphs import squeeze

BUYER = "buyer"
SELLER = "seller"
# Captions that forms print one character under the other, the longer ones first.
_STACKED = (
    "购买方信息",
    "销售方信息",
    "购货单位",
    "销货单位",
    "购买方",
    "销售方",
    "密码区",
    "购方",
    "销方",
    "备注",
)
_LETTERS = frozenset("".join(_STACKED))
_FLAT = re.compile(r"(?:购买方|销售方|购货方|销货方|购货单位|销货单位|购方|销方)(?:信息)?|[购销]")
_CIPHER = re.compile(r"[0-9*+\-/<>]+")
_CIPHER_SIGN = re.compile(r"[*+/<>]")
_NEXT_LETTER = 3.2  # heights of a letter from one letter of a vertical caption to the next
_SAME_COLUMN = 0.7  # heights of a letter by which the letters of a vertical caption may be off
_TALL = 1.6  # height to width of a word that was read as one but stands upright
_REACH = 5.0  # heights of a label by which a caption's ends may be off from its labels
_CIPHER_REACH = 20.0  # points by which the cipher's lines go beyond the letters of 密码区
_ACROSS = 0.3  # weight of the distance across against the distance in height
_MOST_LABELS = 4  # labels of one kind on an invoice: two sides, each perhaps twice


@dataclass(frozen=True, slots=True)
class Caption:
    """A caption of the form and its place in points."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    stacked: bool

    @property
    def side(self) -> str:
        if "购" in self.text:
            return BUYER
        return SELLER if "销" in self.text else ""

    def off(self, word: Word) -> float:
        """How far above or below the caption a word stands; zero beside it."""
        return max(self.top - word.mid, word.mid - self.bottom, 0.0)


def without_captions(page: Page) -> tuple[Page, list[Caption]]:
    """The page without its vertical captions and the cipher, which are never values, and all
    captions found.
    """
    stacked, letters = _stacked(page.words)
    flat = [
        Caption(squeeze(word.text), word.x0, word.top, word.x1, word.bottom, False)
        for word in page.words
        if id(word) not in letters and _FLAT.fullmatch(squeeze(word.text))
    ]
    ciphers = [c for c in stacked if c.text == "密码区"]
    words = [
        word
        for word in page.words
        if id(word) not in letters and not any(_in_cipher(word, cipher) for cipher in ciphers)
    ]
    return replace(page, words=words, known={}), stacked + flat


def _in_cipher(word: Word, caption: Caption) -> bool:
    text = squeeze(word.text)
    reach = _CIPHER_REACH if _CIPHER_SIGN.search(text) else 0.0
    beside = word.x0 > caption.x1 - 2 and caption.off(word) <= reach
    return beside and _CIPHER.fullmatch(text) is not None


def _stacked(words: Sequence[Word]) -> tuple[list[Caption], set[int]]:
    """Vertical captions, and the identities of the words that they are made of."""
    found: list[Caption] = []
    used: set[int] = set()
    for column in _columns([word for word in words if set(squeeze(word.text)) <= _LETTERS]):
        text = "".join(squeeze(word.text) for word in column)
        for caption, members in _captions_of(text, column):
            found.append(caption)
            used.update(id(word) for word in members)
    return found, used


def _columns(letters: Sequence[Word]) -> Iterator[list[Word]]:
    """Runs of letters that stand under each other, and words that stand upright by themselves."""
    open_columns: list[list[Word]] = []
    for word in sorted(letters, key=lambda w: w.mid):
        if len(word.text) > 1 and word.height < _TALL * (word.x1 - word.x0):
            continue  # written across
        under = [column for column in open_columns if _follows(column[-1], word)]
        if under:
            min(under, key=lambda c: abs(c[-1].cx - word.cx)).append(word)
        else:
            open_columns.append([word])
    yield from open_columns


def _follows(above: Word, word: Word) -> bool:
    size = max(min(above.height, word.height), 1.0)
    apart = word.mid - above.mid
    near = abs(above.cx - word.cx) < _SAME_COLUMN * size
    return near and 0.3 * size < apart < _NEXT_LETTER * size + max(above.height - size, 0.0)


def _captions_of(text: str, column: Sequence[Word]) -> Iterator[tuple[Caption, list[Word]]]:
    owners = [word for word in column for _ in squeeze(word.text)]
    taken = [False] * len(text)
    for name in _STACKED:
        start = text.find(name)
        if start < 0 or any(taken[start : start + len(name)]):
            continue
        taken[start : start + len(name)] = [True] * len(name)
        own = owners[start : start + len(name)]
        yield (
            Caption(
                name,
                min(word.x0 for word in own),
                min(word.top for word in own),
                max(word.x1 for word in own),
                max(word.bottom for word in own),
                True,
            ),
            own,
        )


def side_by_caption(word: Word, captions: Sequence[Caption]) -> str:
    """The side that the nearest caption left of a word names; empty where there is none near."""
    near = [
        (caption.off(word) + _ACROSS * (word.x0 - caption.x1), caption.side)
        for caption in captions
        if caption.side and caption.x0 < word.x0 + 4 and caption.off(word) < _REACH * word.height
    ]
    return min(near)[1] if near else ""


def in_order(words: Sequence[Word]) -> list[int]:
    """Places of two words as buyer, then seller: the left one first where they stand side by side,
    else the upper one.
    """
    first, second = words
    beside = abs(first.mid - second.mid) < max(first.height, second.height)
    if beside:
        return [0, 1] if first.x0 <= second.x0 else [1, 0]
    return [0, 1] if first.mid <= second.mid else [1, 0]


def near(form: Form, label: Label) -> list[Candidate]:
    """Values that stand right of a label or in its text."""
    return [candidate for candidate in form.candidates(label) if candidate.confidence >= 0.95]


def sides(
    form: Form, labels: Sequence[Label], captions: Sequence[Caption]
) -> list[tuple[str, Label]]:
    """The first labels of a kind with their side: by the caption beside them, else by place."""
    labels = labels[:_MOST_LABELS]
    marked = [(side_by_caption(label.word, captions), label) for label in labels]
    named = [(side, label) for side, label in marked if side]
    if {side for side, _ in named} == {BUYER, SELLER} or (len(labels) == 1 and named):
        return named
    if len(labels) < 2:
        return [(BUYER, label) for label in labels]
    order = in_order([label.word for label in labels[:2]])
    return [(side, labels[place]) for side, place in zip((BUYER, SELLER), order, strict=True)]
