"""The heading of a statement's table: the lines that name its columns, found by words or by place."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.layout.column_edges import part_columns
from extractors.layout.lines import TextLine, cells_of, lines_of
from extractors.layout.page import Page, Word
from extractors.layout.table import Column, Header
from extractors.layouts.declare import Role
from extractors.layouts.headings import role_of_heading
from extractors.statements.dates import looks_dated
from extractors.values.glyphs import fold

SHEET_COLUMN = 100.0  # points that a column of a sheet takes (formats/spreadsheet.py)
SHEET_INSET = 8.0  # points by which a cell's text stands inside its column
AMOUNT = re.compile(r"\d\.\d\d(?!\d)")
_LABEL = re.compile(r"[::]\s*\S")  # a label with its value: the form above the table
_UNIT = re.compile(r"[(（]?(?:元|人民币元?|RMB|CNY|\d|[A-Za-z ./]+)[)）]?")
_VALUE = re.compile(r"\d{6}|(?:19|20)\d{2}[-/.年]\d")  # an account or a date: no heading holds them
_TOTAL = re.compile(r"合计|小计|总计|余额[::]?\s*\d|承前|以下空白|第\d+页")
_MOST_HEADS = 12  # tables on one page
_MOST_LINES = 4  # lines that one heading takes
_FEWEST_ROLES = 4
_CLOSE = 0.9  # heights of a line between two lines of one heading
_ABOVE = 0.5  # share of a line's pieces that are headings where a line above joins
_OVERLAP = 0.5  # share of the narrower of two texts by which they stand above each other
_SHEET_ROWS = 60  # rows of a sheet in which its heading stands
_DATED = {Role.DATE, Role.TIME, Role.MONTH}


def table_heads(page: Page) -> list[Header]:
    """Every heading of a page from top to bottom; a sheet has one unless months are stacked."""
    lines = page_lines(page)
    found: list[Header] = []
    index = 0
    limit = len(lines) if not page.is_sheet else min(_SHEET_ROWS, len(lines))
    while index < limit and len(found) < _MOST_HEADS:
        block = heading_block(page, lines, index)
        if block is None:
            index += 1
            continue
        found.append(_header(page, [lines[i] for i in block]))
        index = block[-1] + 1
        if page.is_sheet:
            break
    return found


def page_lines(page: Page) -> list[TextLine]:
    """Lines of a page. On a sheet every cell is a piece of its own, whatever it holds."""
    if page.is_sheet:
        return [_of_cells(line) for line in lines_of(page)]
    return lines_of(page, cells_of(page))


def _of_cells(line: TextLine) -> TextLine:
    parts = [fold(w.text.replace("\n", "")) for w in line.words]
    offsets = [sum(len(p) + 1 for p in parts[:i]) for i in range(len(parts))]
    words = [Word(p, w.x0, w.top, w.x1, w.bottom) for p, w in zip(parts, line.words, strict=True)]
    return TextLine(words, "\t".join(parts), offsets)


def is_dated_amount(line: TextLine) -> bool:
    """A line that may be a row: a date and an amount, each in a piece of its own."""
    pieces = [p for p in line.text.split("\t") if p.strip()]
    return len(pieces) >= 3 and bool(AMOUNT.search(line.text)) and looks_dated(line.text)


def heading_block(page: Page, lines: Sequence[TextLine], seed: int) -> list[int] | None:
    """Indexes of the lines of a heading around a seed line, or None where it names no table."""
    if not is_heading_line(lines[seed]) or len(_roles_of(lines[seed])) < 2:
        return None
    block = [seed]
    while len(block) < _MOST_LINES and _joins_below(lines, block):
        block.append(block[-1] + 1)
    if not page.is_sheet and seed and len(block) < _MOST_LINES and _joins_above(lines, block):
        block.insert(0, seed - 1)
    columns = heading_columns([lines[i] for i in block])
    roles = {role_of_heading(c.text) for c in columns} - {None}
    if not _accepts({r for r in roles if r is not None}):
        return None
    return block


def _accepts(roles: set[Role]) -> bool:
    money = {Role.DEBIT, Role.CREDIT} <= roles or Role.AMOUNT in roles
    return bool(roles & _DATED) and money and len(roles) >= _FEWEST_ROLES


def is_heading_line(line: TextLine) -> bool:
    """Whether a line may be a heading: it holds no amount, no sum, no account and no date."""
    said = AMOUNT.search(line.text) or _TOTAL.search(line.text) or _VALUE.search(line.text)
    return said is None


def _roles_of(line: TextLine) -> set[Role]:
    return {r for p in _pieces(line) if (r := role_of_heading(p.text)) is not None}


def _joins_below(lines: Sequence[TextLine], block: Sequence[int]) -> bool:
    """Whether the line after a block is its next line: close, and each piece under a heading."""
    after = block[-1] + 1
    if after >= len(lines):
        return False
    line = lines[after]
    if not is_heading_line(line) or looks_dated(line.text) or _LABEL.search(line.text):
        return False
    if not _is_close(lines[block[-1]], line) or _wraps_a_row(lines, after):
        return False
    spans = [p for i in block for p in _pieces(lines[i])]
    pieces = _pieces(line)
    if len(pieces) < 2 and not all(_is_unit(p.text) for p in pieces):
        return False
    return all(_covers(spans, p) or role_of_heading(p.text) is not None for p in pieces)


def _wraps_a_row(lines: Sequence[TextLine], index: int) -> bool:
    """Whether a line is the upper half of a text that wraps within the first row."""
    below = lines[index + 1] if index + 1 < len(lines) else None
    overlaps = below is not None and below.top < lines[index].bottom - 1
    return overlaps and below is not None and not is_heading_line(below)


def _is_unit(text: str) -> bool:
    return bool(_UNIT.fullmatch(text.strip()))


def _joins_above(lines: Sequence[TextLine], block: Sequence[int]) -> bool:
    """Whether the line before a block belongs to it: English over Chinese, or a group's heading."""
    line = lines[block[0] - 1]
    pieces = _pieces(line)
    if not is_heading_line(line) or looks_dated(line.text) or _LABEL.search(line.text):
        return False
    if not _is_close(line, lines[block[0]]) or len(pieces) < 2:
        return False
    spans = [p for i in block for p in _pieces(lines[i])]
    named = sum(role_of_heading(p.text) is not None for p in pieces)
    beside = all(_covers(spans, p) for p in pieces)
    if len(pieces) < _ABOVE * len(heading_columns([lines[i] for i in block])):
        return False
    return named >= _ABOVE * len(pieces) or (beside and len(pieces) >= 3)


def _is_close(upper: TextLine, lower: TextLine) -> bool:
    height = max(upper.bottom - upper.top, lower.bottom - lower.top)
    return lower.top - upper.bottom < _CLOSE * height


def _covers(spans: Sequence[Word], piece: Word) -> bool:
    return any(_above(span, piece) for span in spans)


def _above(one: Word, other: Word) -> bool:
    shared = min(one.x1, other.x1) - max(one.x0, other.x0)
    return shared > _OVERLAP * min(one.x1 - one.x0, other.x1 - other.x0)


def _header(page: Page, lines: Sequence[TextLine]) -> Header:
    columns = heading_columns(lines)
    if page.is_sheet:
        columns = _on_grid(page, columns, lines)
    for column in columns:
        column.role = role_of_heading(column.text) or ""
    header = Header(columns, min(x.top for x in lines), max(x.bottom for x in lines))
    _part(page, header)
    return header


def _part(page: Page, header: Header) -> None:
    if not page.is_sheet:
        part_columns(page, header)
        return
    header.separators = [c.x1 for c in header.columns[:-1]]
    header.ruled = True


def heading_columns(lines: Sequence[TextLine]) -> list[Column]:
    """Columns of a heading: those of its best known line, with what stands above and below them."""
    main = max(lines, key=lambda line: len(_roles_of(line)))
    columns = [Column("", p.x0, p.x1, p.text) for p in _pieces(main)]
    above = [line for line in lines if line.mid < main.mid]
    for line in reversed(above):
        _add_line(columns, line, before=True)
    for line in lines:
        if line.mid > main.mid:
            _add_line(columns, line, before=False)
    return sorted(columns, key=lambda c: c.x0)


def _add_line(columns: list[Column], line: TextLine, *, before: bool) -> None:
    """Add the texts of another line of a heading to the columns that they stand over."""
    added: list[Column] = []
    for piece in _pieces(line):
        over = [c for c in columns if _stands_over(c, piece)]
        if len(over) > 1 and role_of_heading(piece.text) is None:
            _spread(over, _words_of(line, piece), before)
        elif over:
            for column in over:
                _join(column, piece, before)
        elif not before or not _heads_neighbours(columns, piece):
            added.append(Column("", piece.x0, piece.x1, piece.text))
    columns += added


def _heads_neighbours(columns: Sequence[Column], piece: Word) -> bool:
    """Join a text that stands between two columns to both where it says more of each: 对方 over
    名称 and 账号.
    """
    left = max((c for c in columns if c.x1 <= piece.cx), key=lambda c: c.x1, default=None)
    right = min((c for c in columns if c.x0 >= piece.cx), key=lambda c: c.x0, default=None)
    if left is None or right is None:
        return False
    if any(role_of_heading(piece.text + column.text) is None for column in (left, right)):
        return False
    for column in (left, right):
        column.text = piece.text + column.text
    return True


def _stands_over(column: Column, piece: Word) -> bool:
    return _above(Word("", column.x0, 0, column.x1, 0), piece)


def _words_of(line: TextLine, piece: Word) -> list[Word]:
    return [w for w in line.words if piece.x0 - 1 <= w.cx <= piece.x1 + 1]


def _spread(columns: Sequence[Column], words: Sequence[Word], before: bool) -> None:
    """Give each word of a text over several columns to its column; one word heads them all."""
    if len(words) < 2:
        for column in columns:
            _join(column, words[0] if words else Word("", 0, 0, 0, 0), before)
        return
    texts: dict[int, list[str]] = {}
    for word in words:
        nearest = min(range(len(columns)), key=lambda i: _distance(columns[i], word))
        texts.setdefault(nearest, []).append(word.text)
    for index, parts in texts.items():
        column = columns[index]
        own = Word(" ".join(parts), column.x0, 0, column.x1, 0)
        _join(column, own, before)


def _distance(column: Column, word: Word) -> float:
    return max(column.x0 - word.x1, word.x0 - column.x1, 0.0) or -min(
        column.x1 - word.x0, word.x1 - column.x0
    )


def _join(column: Column, piece: Word, before: bool) -> None:
    column.text = piece.text + column.text if before else column.text + piece.text
    if role_of_heading(piece.text) is not None:
        column.x0, column.x1 = min(column.x0, piece.x0), max(column.x1, piece.x1)


def _on_grid(page: Page, columns: Sequence[Column], lines: Sequence[TextLine]) -> list[Column]:
    """One column for each column of the sheet that holds anything from the heading down."""
    top = min(x.top for x in lines)
    grid = _grid([w for w in page.words if w.top >= top])
    texts = {int(c.x0 // SHEET_COLUMN): c.text for c in columns}
    for index, column in enumerate(grid):
        column.text = texts.get(index, "")
    return grid


def _grid(words: Sequence[Word]) -> list[Column]:
    last = max(int(w.x0 // SHEET_COLUMN) for w in words)
    return [Column("", i * SHEET_COLUMN, (i + 1) * SHEET_COLUMN, "") for i in range(last + 1)]


def _pieces(line: TextLine) -> list[Word]:
    """A line of headings cut at wide gaps, and at spaces between texts that are headings."""
    pieces: list[Word] = []
    start = 0
    for chunk in line.text.split("\t"):
        if chunk.strip():
            pieces += _cut(line, chunk, start)
        start += len(chunk) + 1
    return _glued(pieces)


def _cut(line: TextLine, chunk: str, start: int) -> list[Word]:
    whole = line.span(start, start + len(chunk))
    one = " " not in chunk.strip() or chunk.isascii() or len(whole.text) < 2
    if one or role_of_heading(chunk) is not None or _is_cell(line):
        return [whole]
    pieces = []
    at = start
    for part in chunk.split(" "):
        if part:
            pieces.append(line.span(at, at + len(part)))
        at += len(part) + 1
    return pieces


def _is_cell(line: TextLine) -> bool:
    """Whether a line comes from a sheet, whose cells stand at the columns of the grid."""
    return all(w.x1 - w.x0 == SHEET_COLUMN - 2 * SHEET_INSET for w in line.words)


def _glued(pieces: Sequence[Word]) -> list[Word]:
    """Joins letter-spaced headings (摘 要) that were cut apart."""
    out: list[Word] = []
    for piece in pieces:
        joined = _joined(out[-1], piece) if out else None
        if joined is not None:
            out[-1] = joined
        else:
            out.append(piece)
    return out


def _joined(left: Word, right: Word) -> Word | None:
    if len(right.text) > 2 or role_of_heading(right.text) or role_of_heading(left.text):
        return None
    text = left.text + right.text
    if role_of_heading(text) is None:
        return None
    top, bottom = min(left.top, right.top), max(left.bottom, right.bottom)
    return Word(text, left.x0, top, right.x1, bottom)
