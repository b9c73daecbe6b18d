"""The table of an official form: its rows, its columns of figures by what stands in them, and the
names beside.

A form is known by its lines, not by its header: a row is a name with figures right of it. Columns
of figures are the runs of x in which figures stand above each other; what stands above a column
says what it means. So it does not matter whether the form is ruled, how many lines its heading
takes, or how many blocks lie side by side.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extractors.layout.figures import DASH, LINE_NUMBER, MONEY, NOTE, is_figure
from extractors.layout.form_furniture import is_furniture
from extractors.layout.lines import cells_of, lines_of
from extractors.layout.page import Page, Word
from extractors.values.glyphs import fold, squeeze

_RISING = 0.9  # share of the steps of a column of line numbers that rise; a short form skips lines
_REACH_BEYOND = 2.0  # points by which words of one column may overlap those of the next
_LEAST_TEXTS = 3  # rows with a name of their own right of a figure before a second block is seen
_BLOCK_SHARE = 0.15  # of the rows, likewise


@dataclass(slots=True)
class Band:
    """A column of figures."""

    x0: float
    x1: float
    words: list[Word] = field(default_factory=list)
    heading: list[str] = field(default_factory=list)  # texts above it, the lowest first

    @property
    def is_line_numbers(self) -> bool:
        """Whether the column counts the form's lines: bare small numbers that rise from row to row."""
        texts = [squeeze(w.text) for w in self.words]
        if not texts or not all(LINE_NUMBER.fullmatch(t) for t in texts):
            return False
        numbers = [int(re.match(r"\d+", t)[0]) for t in texts]  # type: ignore[index]  # it matched above
        steps = [b - a for a, b in zip(numbers, numbers[1:], strict=False)]
        return len(numbers) < _LEAST_TEXTS or sum(s > 0 for s in steps) > _RISING * len(steps)


@dataclass(slots=True)
class GridRow:
    """A row of the form: words left of, between and in the columns of figures."""

    page: Page
    words: list[Word]
    is_ruled: bool = False  # rules above and below it: all its words belong together

    @property
    def top(self) -> float:
        return min(w.top for w in self.words)

    @property
    def bottom(self) -> float:
        return max(w.bottom for w in self.words)


@dataclass(slots=True)
class Block:
    """A column of names with its columns of figures."""

    left: float
    bands: list[int]


@dataclass(slots=True)
class Entry:
    """One row of one block: the words of its name from left to right, and its figures by column."""

    row: GridRow
    block: int
    name: list[Word]
    cells: dict[int, list[Word]]


@dataclass(slots=True)
class FormGrid:
    """The form on one page."""

    page: Page
    rows: list[GridRow]
    first: int  # the first row below the heading
    bands: list[Band]
    blocks: list[Block]

    def entries(self) -> Iterator[Entry]:
        """Every row of every block below the heading, block by block."""
        for number, block in enumerate(self.blocks):
            after = self.blocks[number + 1 :]
            right = after[0].left if after else float("inf")
            for row in self.rows[self.first :]:
                entry = self._entry(row, number, block, right)
                if entry.name or entry.cells:
                    yield entry

    def _entry(self, row: GridRow, number: int, block: Block, right: float) -> Entry:
        own = [w for w in row.words if block.left <= w.cx < right]
        cells: dict[int, list[Word]] = {}
        names: list[Word] = []
        for word in own:
            band = self._band_of(word, block)
            if band is not None:
                cells.setdefault(band, []).append(word)
            elif not self._is_line_number(word):
                names.append(word)
        return Entry(row, number, names, cells)

    def _band_of(self, word: Word, block: Block) -> int | None:
        if not is_figure(word.text) and not DASH.fullmatch(squeeze(word.text)):
            return None
        nearest = None
        for index in block.bands:
            band = self.bands[index]
            overlap = min(word.x1, band.x1) - max(word.x0, band.x0)
            if overlap > 0 and (nearest is None or overlap > nearest[0]):
                nearest = overlap, index
        return nearest[1] if nearest else None

    def _is_line_number(self, word: Word) -> bool:
        text = squeeze(word.text)
        return bool(LINE_NUMBER.fullmatch(text) or NOTE.fullmatch(text))


def form_grid(page: Page) -> FormGrid | None:
    """The form on a page, or None where no figures stand beside names."""
    rows = _form_rows(page)
    first = _first_row(rows)
    if first is None:
        return None
    body = rows[first : _end_row(rows)]
    bands = _bands(page, body)
    money = [b for b in bands if not b.is_line_numbers]
    if not money:
        return None
    _put_headings(rows[:first], money, page)
    blocks = _blocks(body, money)
    return FormGrid(page, rows, first, money, blocks)


def _form_rows(page: Page) -> list[GridRow]:
    """Rows from top to bottom without the notices around and between them."""
    rows = grid_rows(page)
    if page.is_sheet:
        return rows
    return [row for row, is_notice in zip(rows, is_furniture(rows), strict=True) if not is_notice]


def grid_rows(page: Page) -> list[GridRow]:
    """Rows from top to bottom: a sheet's rows, what two rules hold between them, or the lines of
    text.
    """
    lines = lines_of(page)
    if page.is_sheet:
        return [GridRow(page, line.words, is_ruled=True) for line in lines]
    rules = _row_rules(page)
    rows: list[GridRow] = []
    held: dict[int, list[list[Word]]] = {}
    for line in lines:
        held.setdefault(bisect_right(rules, line.mid), []).append(line.words)
    for key in sorted(held):
        ruled = 0 < key < len(rules)
        rows.extend(_rows_between(page, held[key], ruled=ruled))
    return rows


def _row_rules(page: Page) -> list[float]:
    """Heights of the rules that part rows where figures stand: they reach over most figures' width."""
    money = [w for w in page.words if MONEY.fullmatch(squeeze(w.text))]
    if not money:
        return []
    left, right = min(w.x0 for w in money), max(w.x1 for w in money)
    reach: dict[float, float] = {}
    for at, start, end in cells_of(page).horizontal:
        reach[round(at)] = reach.get(round(at), 0.0) + max(0.0, min(end, right) - max(start, left))
    return sorted(at for at, width in reach.items() if width > 0.6 * (right - left))


def _rows_between(page: Page, lines: list[list[Word]], *, ruled: bool) -> Iterator[GridRow]:
    """One row where the lines between two rules hold figures once; else each line is a row of its
    own.
    """
    with_figures = sum(any(MONEY.fullmatch(squeeze(w.text)) for w in line) for line in lines)
    if ruled and with_figures <= 1 and len(lines) <= 5:
        yield GridRow(page, [w for line in lines for w in line], is_ruled=True)
        return
    for line in lines:
        yield GridRow(page, line)


def _first_row(rows: Sequence[GridRow]) -> int | None:
    """The first row in which an amount stands right of a name, or under a name of two lines."""
    for index, row in enumerate(rows):
        texts = [w for w in row.words if _is_name_text(w.text)]
        money = [w for w in row.words if MONEY.fullmatch(squeeze(w.text))]
        loose = [w for w in row.words if is_figure(w.text)]
        if not money and len(loose) < _FEWEST_LOOSE:
            continue
        if texts and min(w.x0 for w in texts) < max(w.x0 for w in loose):
            return index
        if money and not texts:
            return index - 1 if index and _is_left_of(rows[index - 1], money) else index
    return None


_FEWEST_LOOSE = 2  # bare numbers of a row that are figures: one may be a line's number


def _is_left_of(row: GridRow, money: Sequence[Word]) -> bool:
    """Whether a row holds a name alone: all of it stands left of the figures."""
    return max(w.x1 for w in row.words) < min(w.x0 for w in money)


def _end_row(rows: Sequence[GridRow]) -> int:
    """One behind the last row in which an amount stands."""
    return max(i + 1 for i, row in enumerate(rows) if any(is_figure(w.text) for w in row.words))


def _is_name_text(text: str) -> bool:
    return bool(re.search(r"[\u4e00-\u9fffA-Za-z]", text)) and not LINE_NUMBER.fullmatch(
        squeeze(text)
    )


def _bands(page: Page, body: Sequence[GridRow]) -> list[Band]:
    """Runs of x in which figures stand above each other.

    Dashes join the run in which they stand, or make their own.
    """
    figures = [w for row in body for w in row.words if is_figure(w.text) or _is_counted(w.text)]
    dashes = [w for row in body for w in row.words if DASH.fullmatch(squeeze(w.text))]
    bands: list[Band] = []
    for word in sorted([*figures, *dashes], key=lambda w: w.x0):
        last = bands[-1] if bands else None
        if last is not None and word.x0 < last.x1 - _REACH_BEYOND:
            last.x1 = max(last.x1, word.x1)
            last.words.append(word)
        else:
            bands.append(Band(word.x0, word.x1, [word]))
    for band in bands:
        band.words.sort(key=lambda w: w.mid)
    return [b for b in bands if len(b.words) > 1 or page.is_sheet or _is_money(b.words[0])]


def _is_money(word: Word) -> bool:
    """Whether a figure cannot be a stray number: it has cents or thousands."""
    return bool(MONEY.fullmatch(squeeze(word.text)))


def _is_counted(text: str) -> bool:
    return bool(LINE_NUMBER.fullmatch(squeeze(text)))


_HEAD_END = re.compile(
    r"编制单位|纳税人|单位[:：]|所属|公司名称|填表|填报|会计期|期间[:：]|月份[:：]|日期[:：]"
)


def _put_headings(above: Sequence[GridRow], bands: Sequence[Band], page: Page) -> None:
    """Gives each column the texts above it, the lowest first; a text over several columns heads
    them all.
    """
    for row in reversed(above[-_HEADING_ROWS:]):
        if _HEAD_END.search(squeeze("".join(w.text for w in row.words))):
            return
        if _is_alone(row, bands):
            if any(band.heading for band in bands):
                return  # the title above the heading
            continue  # the name of a section below it
        for line in _heading_lines(row):
            _head(line, bands, page)


_HEADING_ROWS = 6


def _is_alone(row: GridRow, bands: Sequence[Band]) -> bool:
    """Whether a row is one text that begins left of the figures: it heads no column."""
    return len(row.words) == 1 and row.words[0].x0 < bands[0].x0


def _heading_lines(row: GridRow) -> Iterator[list[Word]]:
    """Lines of a heading row from bottom to top."""
    small = Page(row.page.number, row.page.width, row.page.height, row.words)
    small.is_sheet = row.page.is_sheet
    for line in reversed(lines_of(small)):
        yield line.words


def _head(words: Sequence[Word], bands: Sequence[Band], page: Page) -> None:
    """Gives the columns the texts of one line of the heading."""
    pieces = [w for w in words if not _NAMES_HEAD.search(squeeze(w.text))]
    own: dict[int, str] = {}
    for piece, heads in _headed(pieces, bands, page):
        for index in heads:
            own[index] = own.get(index, "") + squeeze(piece.text)
    for index, text in own.items():
        bands[index].heading.append(text)


# Texts that head the columns of names, line numbers and notes.
_NAMES_HEAD = re.compile(
    r"^(?:资产|项目?|目|科目)$|负债|所有者权益|行次|行号|栏次|附注|序号|(?i:^items?$|^notes?$|^no\.?$|assets|equity)"
)


def _headed(
    pieces: Sequence[Word], bands: Sequence[Band], page: Page
) -> Iterator[tuple[Word, list[int]]]:
    """Each text with the columns that it heads.

    Its ruled cell says so. Without rules, as many texts as columns head one each, and half as many
    two each, wherever they are set; else each column takes the texts above it.
    """
    count = len(bands)
    boxes = [None if page.is_sheet else cells_of(page).box(piece) for piece in pieces]
    if pieces and not page.is_sheet and not any(boxes) and count % len(pieces) == 0:
        share = count // len(pieces)
        if share == 1 or len(pieces) > 1:
            for at, piece in enumerate(pieces):
                yield piece, list(range(at * share, (at + 1) * share))
            return
    for piece, box in zip(pieces, boxes, strict=True):
        yield piece, _bands_under(piece, pieces, bands, box, page)


def _bands_under(
    piece: Word,
    pieces: Sequence[Word],
    bands: Sequence[Band],
    box: tuple[float, float, float, float] | None,
    page: Page,
) -> list[int]:
    """Columns in the ruled cell of a text, or below it."""
    found = []
    for index, band in enumerate(bands):
        middle = (band.x0 + band.x1) / 2
        if box is not None:
            is_under = box[0] - 2 <= middle <= box[2] + 2
        elif page.is_sheet:
            is_under = _sheet_heads(piece, pieces, band)
        else:
            is_under = _nearest(band, pieces) is piece and _is_near(piece, band)
        if is_under:
            found.append(index)
    return found


def _sheet_heads(piece: Word, pieces: Sequence[Word], band: Band) -> bool:
    """In a sheet a merged heading stands in its first cell: it heads the columns up to the next
    text.
    """
    if piece.x0 > band.x1:
        return False
    return not any(piece.x0 < other.x0 <= band.x1 for other in pieces)


def _nearest(band: Band, pieces: Sequence[Word]) -> Word:
    return min(pieces, key=lambda w: _distance(w, band))


def _distance(word: Word, band: Band) -> float:
    """How far a text and a column are apart; their middles decide where they overlap."""
    gap = max(band.x0 - word.x1, word.x0 - band.x1, 0.0)
    return gap + abs(word.cx - (band.x0 + band.x1) / 2) / 10


def _is_near(piece: Word, band: Band) -> bool:
    """Whether a text may head a column: no further away than the wider of both."""
    return _distance(piece, band) < max(band.x1 - band.x0, piece.x1 - piece.x0)


def _blocks(body: Sequence[GridRow], bands: Sequence[Band]) -> list[Block]:
    """Blocks side by side: names that stand between two columns of figures begin one."""
    least = max(_LEAST_TEXTS, _BLOCK_SHARE * len(body))
    blocks = [Block(0.0, [0])]
    for index in range(1, len(bands)):
        before, here = bands[index - 1], bands[index]
        words = [w for row in body for w in row.words if _is_item(w.text)]
        names = [w for w in words if before.x1 - 4 <= w.cx <= here.x0 + 4]
        if len(names) >= least:
            blocks.append(Block(max(before.x1, min(w.x0 for w in names) - 2), [index]))
        else:
            blocks[-1].bands.append(index)
    return blocks


def _is_item(text: str) -> bool:
    """A text that can name a line: two Chinese characters or more, and no mark of a note."""
    named = re.search(r"[\u4e00-\u9fff]{2}|[A-Za-z]{4}", fold(text))
    return bool(named) and not NOTE.fullmatch(squeeze(text))
