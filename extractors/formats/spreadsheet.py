"""xlsx, xls and csv to pages: one page a sheet, one word a cell, placed by row and column."""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from html.parser import HTMLParser

from extractors.errors import DamagedFile, EncryptedFile, OverLimit, ReadError
from extractors.formats.ofd_package import parse_xml
from extractors.formats.zip_package import check_parts
from extractors.layout.page import Page, Raw, Word
from extractors.progress import step
from extractors.values.glyphs import unified

_WIDE, _HIGH, _INSET = 100.0, 20.0, 8.0
_DIRECTORY, _UNPACKED = 1 << 20, 200 << 20  # bytes
# A sheet keeps fifteen digits of a number. A longer one, of an account or an invoice, has lost its
# last digits and is
# shown with its exponent, so that nothing takes it for the whole number.
_EXACT = 1e15
_MOST_PROPERTIES = 2**18  # bytes
_TEXT_LOOKED_AT = 65536  # characters of a delimited text from which its delimiter is told
_MARKS = (",", "\t", ";", "|")  # that part the cells of a text
_WIDEST_SPAN = 500  # columns that one cell of an HTML table may span
_QUOTED = re.compile(r'="(.*)"', re.DOTALL)


def read_workbook(data: bytes, kind: str, *, max_cells: int, max_bytes: int = _UNPACKED) -> Raw:
    """Every sheet with cells.

    Raises EncryptedFile, DamagedFile, UnsafeArchive or OverLimit (cells, bytes unpacked).
    """
    from python_calamine import CalamineWorkbook

    if (
        data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        and b"E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k" in data
    ):
        raise EncryptedFile("encrypted workbook")
    if kind == "xlsx":
        check_parts(data, directory=_DIRECTORY, most=max_bytes)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [(name, book.get_sheet_by_name(name)) for name in book.sheet_names]
    except Exception as error:
        if "assword" in str(error) or "ncrypt" in str(error):
            raise EncryptedFile(str(error)) from error
        raise DamagedFile(str(error)) from error
    pages: list[Page] = []
    total = 0
    for name, sheet in sheets:
        step()
        total += sheet.total_height * sheet.total_width
        if total > max_cells:
            raise OverLimit(f"{total} cells, at most {max_cells}")
        rows = sheet.to_python(skip_empty_area=True)
        if any(cell not in ("", None) for row in rows for cell in row):
            pages.append(_page(rows, len(pages) + 1, name))
    if not pages:
        raise DamagedFile("no cells")
    return Raw(kind, pages, dict(_makers(data)))


def _makers(data: bytes) -> Iterator[tuple[str, str]]:
    """Who made a workbook and who saved it last, as its core properties say (ECMA-376 part 2, 11)."""
    try:
        with (
            zipfile.ZipFile(io.BytesIO(data)) as package,
            package.open("docProps/core.xml") as part,
        ):
            root = parse_xml(part.read(_MOST_PROPERTIES), "core properties")
    except (
        ReadError,
        KeyError,
        OSError,
        RuntimeError,
        NotImplementedError,
        zipfile.BadZipFile,
        zlib.error,
    ):
        return
    for item in root:
        name = {"creator": "Author", "lastModifiedBy": "LastModifiedBy"}.get(item.tag)
        if name and item.text and item.text.strip():
            yield name, item.text.strip()[:200]


def read_csv(data: bytes, *, max_cells: int) -> Raw:
    """A delimited text in UTF-8 or GB 18030, its delimiter found by looking."""
    text = _decode(data)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)))
    except csv.Error as error:
        raise DamagedFile(str(error)) from error
    if sum(len(row) for row in rows) > max_cells:
        raise OverLimit(f"more than {max_cells} cells")
    if not rows:
        raise DamagedFile("no rows")
    return Raw(
        "csv", [_page([[plain_cell(cell) for cell in _uncommented(row)] for row in rows], 1, "")]
    )


def _uncommented(row: list[str]) -> list[str]:
    """A line of notes without the mark that some exports put before it (#支付宝账务明细查询)."""
    return [row[0].lstrip("#"), *row[1:]] if row and row[0].startswith("#") else row


def _delimiter(text: str) -> str:
    """The delimiter that gives the most cells in rows of one width.

    Notes above a table may hold more commas than the table has tabs, and cells may be padded with
    tabs, so what counts is the table that a delimiter makes, not how often it stands there.
    """
    sample = text[:_TEXT_LOOKED_AT]

    def cells(mark: str) -> int:
        try:
            rows = list(csv.reader(io.StringIO(sample, newline=""), delimiter=mark))
        except csv.Error:
            return 0
        widths = Counter(len(row) for row in rows)
        width = max(widths, key=lambda each: (each - 1) * widths[each], default=1)
        inner = [cell for row in rows if len(row) == width for cell in row[1:]]
        cut = sum(cell.strip()[:1] in _MARKS for cell in inner if cell.strip())
        return (width - 1) * widths[width] if 2 * cut < len(inner) else 0

    return max(_MARKS, key=cells)


def plain_cell(cell: str) -> str:
    """A cell without what exports put around it so that a spreadsheet keeps it as text.

    ="0123" (formula of a text), `0123 (WeChat Pay), '0123, tabs and blanks.
    """
    text = cell.strip().lstrip("\t'`").strip()
    match = _QUOTED.fullmatch(text)
    return match[1].strip() if match else text


def read_html(data: bytes, *, max_cells: int) -> Raw:
    """The tables of an HTML page, each cell where its rows and columns put it."""
    parser = _Tables(max_cells)
    parser.feed(_decode(data))
    parser.close()
    rows = [row for row in parser.rows if any(row)]
    if not rows:
        raise DamagedFile("no table in this page")
    return Raw("html", [_page(rows, 1, parser.title.strip())])


class _Tables(HTMLParser):
    """Collects the cells of all tables, spanned columns left empty; text between tables is a row."""

    def __init__(self, max_cells: int) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[str]] = []
        self.title = ""
        self._max = max_cells
        self._cells = 0
        self._text: list[str] | None = None
        self._span = 1
        self._loose: list[str] = []
        self._hidden = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style", "title"):
            self._hidden = tag
        elif tag == "tr":
            self._end_loose()
            self.rows.append([])
        elif tag in ("td", "th"):
            self._end_cell()
            self._text, self._span = [], _span_of(attrs)
        elif tag == "br" and self._text is not None:
            self._text.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag == self._hidden:
            self._hidden = ""
        elif tag in ("td", "th", "tr", "table"):
            self._end_cell()

    def handle_data(self, data: str) -> None:
        if self._hidden == "title":
            self.title += data
        elif self._hidden:
            return
        elif self._text is not None:
            self._text.append(data)
        elif data.strip():
            self._loose.append(data)

    def close(self) -> None:
        super().close()
        self._end_cell()
        self._end_loose()

    def _end_cell(self) -> None:
        if self._text is None:
            return
        if not self.rows:
            self.rows.append([])
        text = " ".join("".join(self._text).split())
        self.rows[-1] += [plain_cell(text), *[""] * (self._span - 1)]
        self._cells += self._span
        self._text = None
        if self._cells > self._max:
            raise OverLimit(f"more than {self._max} cells")

    def _end_loose(self) -> None:
        for text in self._loose:
            self.rows.append([" ".join(text.split())])
        self._loose = []


def _span_of(attrs: Sequence[tuple[str, str | None]]) -> int:
    value = dict(attrs).get("colspan") or "1"
    return min(max(int(value), 1), _WIDEST_SPAN) if value.isdigit() else 1


def _decode(data: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030", "utf-16"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise DamagedFile("not text in UTF-8 or GB 18030")


def _page(rows: Sequence[Sequence[object]], number: int, title: str) -> Page:
    columns = max((len(row) for row in rows), default=1)
    words = list(_words(rows))
    return Page(
        number, columns * _WIDE, max(len(rows), 1) * _HIGH, words, is_sheet=True, title=title
    )


def _words(rows: Iterable[Sequence[object]]) -> Iterable[Word]:
    for r, row in enumerate(rows):
        for key, cell in enumerate(row):
            text = unified(_text(cell))
            if text:
                yield Word(
                    text,
                    key * _WIDE + _INSET,
                    r * _HIGH + 1,
                    (key + 1) * _WIDE - _INSET,
                    (r + 1) * _HIGH - 1,
                )


def _text(cell: object) -> str:
    """A cell as it would be printed; a float is money or a count, so cents are enough unless it has
    more digits.
    """
    if cell is None or cell == "":
        return ""
    if isinstance(cell, bool):
        return str(cell)
    if isinstance(cell, float):
        if abs(cell) >= _EXACT:
            return f"{cell:.14e}"
        if cell.is_integer():
            return str(int(cell))
        return f"{Decimal(repr(round(cell, 6))):f}"
    if isinstance(cell, datetime):
        return (
            cell.strftime("%Y-%m-%d %H:%M:%S")
            if cell.time() != time(0)
            else cell.strftime("%Y-%m-%d")
        )
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time):
        return cell.strftime("%H:%M:%S")
    return plain_cell(str(cell))
