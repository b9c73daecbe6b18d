"""A page cut into pieces: the smallest texts that can be a label, a caption or a value of a form."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.keyvalue.vocabulary import Vocabulary
from extractors.layout.lines import Cells, TextLine, cells_of, join_words, lines_of
from extractors.layout.page import Page, Word
from extractors.values.glyphs import squeeze, tidy
from extractors.values.party_name import is_company

_LONGEST_LABEL = 16  # characters of an unknown label before a colon; longer ones are sentences
_BLOCK_LINES = 4  # lines of a cell whose text is one value; more are a text or a form of its own
_SPACED = 5  # characters of a label that is spaced out over a column
_STACK_GAP = 2.6  # character heights between the characters of a caption written downwards
_STACK_DRIFT = 0.6  # character widths by which they may stand out of line

_COLON = re.compile(r"(?<!\d):|:(?!\d)")
_LABEL_BEFORE_COLON = re.compile(
    r"(?:(?<=^)|(?<=[\s,;]))"
    r"((?:(?:[\u4e00-\u9fff]\s){1,5}[\u4e00-\u9fff]|[\u4e00-\u9fff()/、·*.\d]+)"
    r"(?:\s?[A-Za-z][A-Za-z.'/&() -]*)?|[A-Za-z][A-Za-z.'/&() -]*)\s*$"
)
# The English half of a bilingual label before its Chinese one: A/C No. 账号
_LATIN_BEFORE = re.compile(r"\s*[A-Za-z][A-Za-z.'/&() -]{1,24}\s")
_TYPED = re.compile(r"\d{6}|\d\.\d{2}$|\d年\d|[壹贰叁肆伍陆柒捌玖][拾佰仟万元]")
_UNKNOWN_LABEL = 8  # characters of a label that is known by its place alone
_SAME_EDGE = 6.0  # points by which a value under its heading may begin beside it
_NEXT_ROW = 2.2  # heights of type from a heading to the value below it
_NAME_BEHIND = re.compile(r"^[\u4e00-\u9fff()A-Za-z0-9·]{4,}$")


@dataclass(slots=True, eq=False)
class Piece:
    """Text on one line, or the whole of a small cell, with its place.

    `label` says that it is a label or caption. `downwards` says that its characters stand one under
    another. `whole` is the piece that a part was cut from.
    """

    text: str
    word: Word
    page: Page
    line: int
    cell: int = -1
    label: bool = False
    colon: bool = False
    downwards: bool = False
    follows: Piece | None = None  # the label directly before it in the same run of text
    own_value: bool = False  # of a label: its value stands behind it in the same run of text
    whole: Piece | None = None


def pieces_of(page: Page, vocabulary: Vocabulary) -> list[Piece]:
    """Return the pieces of a page from top to bottom, labels marked."""
    if page.is_sheet:
        cells = Cells(Page(page.number, page.width, page.height, []))
    else:
        cells = cells_of(page)
    lines = lines_of(page, cells)
    pieces: list[Piece] = []
    for number, line in enumerate(lines):
        pieces.extend(_cut_line(page, line, number, cells, vocabulary))
    pieces = [*pieces, *_blocks(page, pieces, cells, vocabulary)]
    pieces = [*pieces, *_stacks(page, pieces, vocabulary)]
    _mark_unknown_labels(pieces)
    return pieces


def line_before(piece: Piece) -> str:
    """Return what its line says before a piece."""
    lines = lines_of(piece.page, None if piece.page.is_sheet else cells_of(piece.page))
    if not 0 <= piece.line < len(lines):
        return ""
    line = lines[piece.line]
    before = [w for w in line.words if w.x0 < piece.word.x0 - 1]
    if not before:
        return ""
    return line.text[: max(line.text.find(piece.text), 0)]


def _cut_line(
    page: Page, line: TextLine, number: int, cells: Cells, vocabulary: Vocabulary
) -> Iterator[Piece]:
    for start, end in _segments(line.text, vocabulary):
        yield from _cut_segment(page, line, number, start, end, cells, vocabulary)


def _segments(text: str, vocabulary: Vocabulary) -> list[tuple[int, int]]:
    """Return the runs of text between wide gaps; a label spaced out (名　　称) is one run."""
    runs = [m.span() for m in re.finditer(r"[^\t]+", text)]
    joined: list[tuple[int, int]] = []
    index = 0
    while index < len(runs):
        length = _spaced_label(text, runs, index, vocabulary)
        joined.append((runs[index][0], runs[index + length - 1][1]))
        index += length
    return joined


def _spaced_label(
    text: str, runs: Sequence[tuple[int, int]], first: int, vocabulary: Vocabulary
) -> int:
    """Return how many runs of one character make a label; the last may be followed by a colon."""
    for length in range(min(_SPACED, len(runs) - first), 1, -1):
        parts = [text[a:b].strip() for a, b in runs[first : first + length]]
        single = all(len(part.rstrip(":")) == 1 for part in parts)
        if single and vocabulary.knows("".join(parts)):
            return length
    return 1


def _cut_segment(
    page: Page,
    line: TextLine,
    number: int,
    start: int,
    end: int,
    cells: Cells,
    vocabulary: Vocabulary,
) -> Iterator[Piece]:
    """Yield labels and values of a run of text that no gap or rule divides."""
    previous: Piece | None = None
    for a, b, is_label, colon in _spans(line.text, start, end, vocabulary):
        piece = _piece(page, line, number, a, b, cells)
        if piece is None:
            continue
        piece.label, piece.colon = is_label, colon
        if not is_label and previous is not None and previous.label:
            piece.follows, previous.own_value = previous, True
        yield piece
        yield from _tokens(piece, line, a, b, cells)
        previous = piece


def _tokens(piece: Piece, line: TextLine, start: int, end: int, cells: Cells) -> Iterator[Piece]:
    """Yield the words of a value: 人民币 2025年12月01日 may be two values."""
    words = [*re.finditer(r"\S+", line.text[start:end])]
    if piece.label or len(words) < 2:
        return
    for word in words:
        part = _piece(piece.page, line, piece.line, start + word.start(), start + word.end(), cells)
        if part is not None:
            part.follows, part.whole = piece.follows, piece
            yield part


def _piece(
    page: Page, line: TextLine, number: int, start: int, end: int, cells: Cells
) -> Piece | None:
    text = line.text[start:end]
    if not text.strip():
        return None
    word = line.span(start + len(text) - len(text.lstrip()), start + len(text.rstrip()))
    inside = [w for w, at in zip(line.words, line.offsets, strict=True) if start <= at < end]
    cell = cells.of.get(id(inside[0]), -1) if inside else -1
    return Piece(tidy(text), word, page, number, cell)


def _spans(
    text: str, start: int, end: int, vocabulary: Vocabulary
) -> Iterator[tuple[int, int, bool, bool]]:
    """Yield (start, end, is a label, has a colon) of the pieces of a run of text."""
    whole = text[start:end]
    plain = not re.search(r"\d|[:¥].", whole.strip()) and not is_company(whole)
    if plain and vocabulary.knows(whole):
        yield start, end, True, whole.rstrip().endswith(":")
        return
    labels = _labels(text, start, end, vocabulary)
    at = start
    for a, b, after, colon in labels:
        if a > at:
            yield at, a, False, False
        yield a, b, True, colon
        at = after
    if at < end:
        yield at, end, False, False


def _labels(
    text: str, start: int, end: int, vocabulary: Vocabulary
) -> list[tuple[int, int, int, bool]]:
    """Return labels as (start, end, where what follows begins, has a colon), left to right."""
    found: list[tuple[int, int, int, bool]] = []
    at = start
    for colon in _COLON.finditer(text, start, end):
        if text.startswith("//", colon.end()):
            continue
        label = _before_colon(text, at, colon.start(), vocabulary)
        found += _known(text, at, label[0] if label else colon.start(), vocabulary)
        at = found[-1][2] if found else at
        if label is not None:
            found.append((*label, colon.end(), True))
        elif found and found[-1][1] <= colon.start() and not text[at : colon.start()].strip():
            found[-1] = (found[-1][0], found[-1][1], colon.end(), True)
        at = found[-1][2] if found else at
    return found + _known(text, at, end, vocabulary)


def _before_colon(
    text: str, start: int, end: int, vocabulary: Vocabulary
) -> tuple[int, int] | None:
    """Return the label that ends at a colon: its known words, or the last word of the text."""
    if end <= start or not text[start:end].strip():
        return None
    found = _LABEL_BEFORE_COLON.search(text[start:end])
    if found and _LATIN_BEFORE.fullmatch(text[start : start + found.start(1)]):
        return start, start + found.end(1)
    if found and len(squeeze(found[1])) <= _LONGEST_LABEL + len(re.findall("[A-Za-z]", found[1])):
        return start + found.start(1), start + found.end(1)
    plain = text[start:end].rstrip()
    for length in range(min(_LONGEST_LABEL, len(plain)), 1, -1):
        if vocabulary.knows(plain[-length:]):
            return start + len(plain) - length, start + len(plain)
    return None


def _known(
    text: str, start: int, end: int, vocabulary: Vocabulary
) -> list[tuple[int, int, int, bool]]:
    """Return known labels without a colon, and one that runs into the name behind it."""
    part = text[start:end]
    found = []
    for match in vocabulary.pattern.finditer(part):
        rest = part[match.end() :]
        if match.start() and not rest.strip():
            continue  # the last words of a text are its value, not a label of nothing
        found.append((start + match.start(), start + match.end(), start + match.end(), False))
    if found or not is_company(part):
        return found
    for length in range(min(_LONGEST_LABEL, len(part)), 1, -1):
        rest = part[length:].strip()
        if vocabulary.best(part[:length])[1] >= 1.0 and _NAME_BEHIND.match(rest):
            return [(start, start + length, start + length, False)]
    return []


def _blocks(
    page: Page, pieces: Sequence[Piece], cells: Cells, vocabulary: Vocabulary
) -> Iterator[Piece]:
    """Yield the text of each ruled cell that runs over several lines as one piece."""
    by_cell: dict[int, list[Piece]] = {}
    for piece in pieces:
        if piece.cell >= 0 and piece.whole is None:
            by_cell.setdefault(piece.cell, []).append(piece)
    for cell, inside in by_cell.items():
        lines = {p.line for p in inside}
        downwards = len(lines) > 1 and all(len(squeeze(p.text)) == 1 for p in inside)
        if not 1 < len(lines) <= (len(inside) if downwards else _BLOCK_LINES):
            continue
        if any(p.colon or p.own_value for p in inside) or len(inside) > len(lines):
            continue
        words = cells.members(cell)
        block = _joined(page, words, inside[0].line, cell)
        block.downwards = downwards
        block.label = vocabulary.knows(block.text) and not is_company(block.text)
        for piece in inside:
            piece.whole = block
            piece.label = False
        yield block


def _joined(page: Page, words: list[Word], line: int, cell: int) -> Piece:
    text = join_words(words)
    place = Word(
        text,
        min(w.x0 for w in words),
        min(w.top for w in words),
        max(w.x1 for w in words),
        max(w.bottom for w in words),
    )
    return Piece(tidy(text), place, page, line, cell)


def _stacks(page: Page, pieces: Sequence[Piece], vocabulary: Vocabulary) -> Iterator[Piece]:
    """Yield captions whose characters stand one under another where no rules show it."""
    single = [p for p in pieces if p.whole is None and len(squeeze(p.text)) == 1]
    taken: set[int] = set()
    for first in single:
        if id(first) in taken:
            continue
        stack = _stack(first, single)
        text = "".join(squeeze(p.text) for p in stack)
        if len(stack) < 2 or not vocabulary.knows(text):
            continue
        taken.update(id(p) for p in stack)
        caption = _joined(page, [p.word for p in stack], first.line, -1)
        caption.downwards = caption.label = True
        for piece in stack:
            piece.whole = caption
        yield caption


def _stack(first: Piece, single: Sequence[Piece]) -> list[Piece]:
    stack = [first]
    for piece in single:
        last = stack[-1].word
        size = max(last.height, 1.0)
        below = 0 < piece.word.mid - last.mid <= _STACK_GAP * size
        if below and abs(piece.word.cx - last.cx) <= _STACK_DRIFT * size:
            stack.append(piece)
    return stack


def _mark_unknown_labels(pieces: Sequence[Piece]) -> None:
    """Mark short texts that stand as labels do, whatever they say.

    One that stands twice, each time with a value behind it, is a label of two parallel blocks. One
    that begins a line and has a typed value behind it is the label of that value.
    """
    short = [p for p in pieces if p.whole is None and not p.label and _may_be_label(p.text)]
    times = Counter(squeeze(p.text) for p in short)
    for piece in short:
        behind = _next_on_line(piece, pieces)
        if behind is None or behind.label or _is_below_heading(piece, pieces):
            continue
        first = _is_first(piece, pieces)
        if times[squeeze(piece.text)] > 1 or (first and _is_typed(behind.text)):
            piece.label = True


def _is_below_heading(piece: Piece, pieces: Sequence[Piece]) -> bool:
    """Return whether a piece stands in the cell under a label beside which other labels stand.

    There the values stand below: what is under such a heading is its value, however short.
    """
    for label in pieces:
        if not label.label or label.own_value or label.page is not piece.page:
            continue
        gap = piece.word.top - label.word.bottom
        starts_alike = abs(label.word.x0 - piece.word.x0) <= _SAME_EDGE
        if starts_alike and -2 <= gap <= _NEXT_ROW * label.word.height:
            beside = _next_on_line(label, pieces)
            return beside is not None and beside.label
    return False


def _may_be_label(text: str) -> bool:
    plain = squeeze(text)
    short = 2 <= len(plain) <= _UNKNOWN_LABEL and not re.search(r"[\d:]", plain)
    return short and not is_company(plain)


def _next_on_line(piece: Piece, pieces: Sequence[Piece]) -> Piece | None:
    after = [
        p
        for p in pieces
        if p.whole is None and p.word.x0 >= piece.word.x1 - 1 and on_one_height(p, piece)
    ]
    return min(after, key=lambda p: p.word.x0, default=None)


def _is_first(piece: Piece, pieces: Sequence[Piece]) -> bool:
    return not any(
        p.word.x1 <= piece.word.x0 + 1 and p.whole is None and on_one_height(p, piece)
        for p in pieces
    )


def on_one_height(first: Piece, second: Piece) -> bool:
    """Return whether two pieces share at least half the height of the lower one."""
    if first.page is not second.page or first is second:
        return False
    shared = min(first.word.bottom, second.word.bottom) - max(first.word.top, second.word.top)
    return shared > 0.5 * min(first.word.height, second.word.height)


def _is_typed(text: str) -> bool:
    plain = squeeze(text)
    return is_company(plain) or bool(_TYPED.search(plain))
