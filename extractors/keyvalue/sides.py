"""Which side of a document a value stands on: what the captions 付款人 and 收款人 span.

A caption may stand beside its rows (in a cell that spans them, or written downwards), over a
column, or in a heading above a block. Evidence is in log-odds; positive for the side that is asked
for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.keyvalue.candidates import Candidate
from extractors.keyvalue.pieces import Piece
from extractors.keyvalue.vocabulary import KNOWN, Vocabulary
from extractors.layout.lines import Cells, cells_of
from extractors.values.glyphs import squeeze
from extractors.values.party_name import is_company

SPANS = 4.0  # a ruled cell that spans the value's row
BESIDE = 3.2  # to the left, without rules, on the same height
OVER = 3.0  # above, in the same column
_A_LINE = 0.55  # taken away for each line of distance
_LONGEST_CAPTION = 8  # characters of a caption
_ALIGNED = 4.0  # points by which captions of one column may begin apart
_LINE = 1.9  # heights of type from one line to the next
_REACH_BESIDE = 3.2  # lines above or below its middle that a caption may span
_REACH_OVER = 6.0  # lines below a heading that still belong to it


@dataclass(frozen=True, slots=True)
class Caption:
    """A caption of a side and the area of its cell (left, top, right, bottom)."""

    piece: Piece
    side: str
    area: tuple[float, float, float, float] | None


def captions_of(
    pieces: Sequence[Piece], vocabulary: Vocabulary, sides: Sequence[str]
) -> list[Caption]:
    """Return the captions of each side, wherever they stand."""
    found = []
    for piece in pieces:
        if piece.label and (piece.whole is None or piece.downwards):
            role, likeness = vocabulary.best(piece.text)
            if role in sides and likeness >= KNOWN:
                found.append(Caption(piece, role, _area(piece)))
    return [*found, *_unknown(pieces, found, vocabulary)]


def _unknown(
    pieces: Sequence[Piece], captions: Sequence[Caption], vocabulary: Vocabulary
) -> Iterator[Caption]:
    """Yield captions of a side that nobody knows: short texts in the column of a known caption.

    What they span is not the known side's.
    """
    for piece in pieces:
        plain = squeeze(piece.text)
        short = 2 <= len(plain) <= _LONGEST_CAPTION and not re.search(r"[\d:]", plain)
        if not short or piece.whole is not None or is_company(plain):
            continue
        aligned = any(
            caption.piece.page is piece.page
            and abs(caption.piece.word.x0 - piece.word.x0) <= _ALIGNED
            for caption in captions
        )
        if aligned and vocabulary.best(plain)[1] < KNOWN:
            yield Caption(piece, "", _area(piece))


def _area(piece: Piece) -> tuple[float, float, float, float] | None:
    if piece.page.is_sheet or piece.cell < 0:
        return None
    cells: Cells = cells_of(piece.page)
    return cells.boxes[piece.cell] if piece.cell < len(cells.boxes) else None


def side_evidence(candidate: Candidate, captions: Sequence[Caption], side: str) -> float:
    """Return how much more the captions give a value to `side` than to the other side."""
    own = [*_ties(candidate.piece, captions, side, True)]
    other = [*_ties(candidate.piece, captions, side, False)]
    return max(own, default=0.0) - max(other, default=0.0)


def _ties(piece: Piece, captions: Sequence[Caption], side: str, same: bool) -> Iterator[float]:
    for caption in captions:
        if (caption.side == side) == same and caption.piece.page is piece.page:
            strength = _tie(piece, caption, captions)
            if strength > 0:
                yield strength


def _tie(piece: Piece, caption: Caption, captions: Sequence[Caption]) -> float:
    if caption.piece.word.x1 <= piece.word.x0 + 3:
        if _parted(piece, caption, captions):
            return 0.0
        return _beside(piece, caption)
    return _over(piece, caption, captions)


def _beside(piece: Piece, caption: Caption) -> float:
    mid, word = piece.word.mid, caption.piece.word
    if caption.area is not None:
        return SPANS if caption.area[1] <= mid <= caption.area[3] else 0.0
    top, bottom = word.top, word.bottom
    if top <= mid <= bottom:
        return BESIDE
    size = _LINE * _size(caption.piece)
    lines = (top - mid if mid < top else mid - bottom) / size
    # Below its own line a caption is likelier followed by its rows than preceded by them.
    return max(0.0, BESIDE - _A_LINE * lines) if lines <= _REACH_BESIDE else 0.0


def _parted(piece: Piece, caption: Caption, captions: Sequence[Caption]) -> bool:
    """Return whether another side's caption stands between a caption and a value, across."""
    for other in captions:
        between = caption.piece.word.x1 <= other.piece.word.x0 <= piece.word.x0
        if other.side != caption.side and between and _beside(piece, other) > 0:
            return True
    return False


def _over(piece: Piece, caption: Caption, captions: Sequence[Caption]) -> float:
    word = caption.piece.word
    if word.bottom > piece.word.top + 2:
        return 0.0
    left, right = _columns_reach(caption, captions)
    if not left <= _edge(piece, caption) <= right:
        return 0.0
    lines = (piece.word.top - word.bottom) / (_LINE * _size(caption.piece))
    between = any(
        each.side != caption.side
        and word.bottom <= each.piece.word.mid <= piece.word.top
        and _columns_reach(each, captions)[0]
        <= _edge(piece, each)
        <= _columns_reach(each, captions)[1]
        for each in captions
        if each.piece.page is piece.page
    )
    if between or lines > _REACH_OVER:
        return 0.0
    return max(0.0, OVER - 0.3 * _A_LINE * lines)


def _columns_reach(caption: Caption, captions: Sequence[Caption]) -> tuple[float, float]:
    """Return the strip below a heading: its cell, or half-way to the headings on its line."""
    if caption.area is not None:
        return caption.area[0], caption.area[2]
    word = caption.piece.word
    on_line = [
        each.piece.word.x0
        for each in captions
        if each.piece.page is caption.piece.page
        and each.piece is not caption.piece
        and abs(each.piece.word.mid - word.mid) < 0.5 * word.height
    ]
    left = max((x for x in on_line if x < word.x0), default=-word.x0)
    right = min((x for x in on_line if x > word.x0), default=2 * caption.piece.page.width)
    return (left + word.x0) / 2, (right + word.x0) / 2


def _edge(piece: Piece, caption: Caption) -> float:
    """Return where a value counts to stand: its middle in ruled cells, else its left edge."""
    return piece.word.cx if caption.area is not None else piece.word.x0


def _size(piece: Piece) -> float:
    """Return the height of one line of a piece, also of one that is written downwards."""
    if not piece.downwards:
        return max(piece.word.height, 1.0)
    return max(piece.word.x1 - piece.word.x0, 1.0)
