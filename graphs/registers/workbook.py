"""Sheets of a workbook as rows of text: merged cells filled, whole numbers without a decimal point,
percent cells as percent.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from extractors.errors import ReadError
from extractors.formats.ofd_package import parse_xml
from extractors.formats.zip_package import check_parts
from graphs.registers.import_report import NotAGraph

_DIRECTORY, _UNPACKED = 1 << 20, 200 << 20  # bytes
_EXACT = 2**53  # whole numbers above this are not exact in a spreadsheet
_PERCENT_FORMATS = {9, 10}  # built-in number formats 0% and 0.00% (ECMA-376 part 1, 18.8.30)
_CELL = re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*?\bs="(\d{1,5})"[^>]*?>|<c\b[^>]*?\bs="(\d{1,5})"[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*?>')  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet's rows, the first being row 1; cells that were filled from a merged cell, and numbers
    that may have lost digits.
    """

    name: str
    rows: list[list[str]]
    filled: int = 0
    mangled: list[str] = field(default_factory=list)


def sheets_of(data: bytes) -> Iterator[Sheet]:
    """Raises NotAGraph for a workbook that does not open."""
    import python_calamine

    is_package = data[:2] == b"PK"
    try:
        if is_package:
            check_parts(data, directory=_DIRECTORY, most=_UNPACKED)
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = book.sheet_names
    except (ReadError, Exception) as error:
        raise NotAGraph(f"可打开的工作簿（{error}）", f"a workbook that opens: {error}") from error
    percent = _PercentCells(data) if is_package else None
    for number, name in enumerate(names):
        try:
            sheet = book.get_sheet_by_index(number)
            cells = sheet.to_python(skip_empty_area=False)
            merged = sheet.merged_cell_ranges or []
        except Exception as error:
            raise NotAGraph(
                f"可读取的工作表 {name}（{error}）", f"a sheet that opens: {name}: {error}"
            ) from error
        yield _sheet(name, cells, merged, percent.of_sheet(number) if percent else set())


def _sheet(
    name: str,
    cells: list[list[Any]],
    merged: list[tuple[tuple[int, int], tuple[int, int]]],
    percent: set[tuple[int, int]],
) -> Sheet:
    mangled: list[str] = []
    rows = []
    for row_number, row in enumerate(cells):
        texts = []
        for column, cell in enumerate(row):
            if isinstance(cell, float) and abs(cell) >= _EXACT:
                mangled.append(f"{name} {row_number + 1}")
            texts.append(_text(cell, (row_number, column) in percent))
        rows.append(texts)
    return Sheet(name, rows, _filled(rows, merged), mangled)


def _filled(rows: list[list[str]], merged: list[tuple[tuple[int, int], tuple[int, int]]]) -> int:
    """Gives every cell of a merged range the range's text; how many cells got one."""
    count = 0
    for (top, left), (bottom, right) in merged:
        if top >= len(rows) or left >= len(rows[top]):
            continue
        text = rows[top][left]
        for row in range(top, min(bottom + 1, len(rows))):
            for column in range(left, min(right + 1, len(rows[row]))):
                if text and not rows[row][column] and column == left:
                    rows[row][column] = text
                    count += 1
    return count


def _text(cell: Any, is_percent: bool) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, bool) or not isinstance(cell, float):
        return str(cell) if cell is not None else ""
    if is_percent:
        return f"{round(cell * 100, 10):.10f}".rstrip("0").rstrip(".") + "%"
    if cell.is_integer() and abs(cell) < _EXACT:
        return str(int(cell))
    return repr(cell)


class _PercentCells:
    """Which cells of an xlsx package are formatted as percent; empty where the package does not
    say.
    """

    def __init__(self, data: bytes) -> None:
        self._package = zipfile.ZipFile(io.BytesIO(data))
        self._styles = self._percent_styles()

    def of_sheet(self, number: int) -> set[tuple[int, int]]:
        """Places (row, column) from 0."""
        if not self._styles:
            return set()
        try:
            body = self._package.read(self._part(number))
        except (KeyError, IndexError, zipfile.BadZipFile, ReadError, ValueError):
            return set()
        found = set()
        for match in _CELL.finditer(body):
            style = int(match[3] or match[4])
            if style in self._styles:
                column, row = match[1] or match[5], match[2] or match[6]
                found.add((int(row) - 1, _column_number(column.decode())))
        return found

    def _percent_styles(self) -> set[int]:
        try:
            tree = parse_xml(self._package.read("xl/styles.xml"), "styles")
        except (KeyError, zipfile.BadZipFile, ReadError, ValueError):
            return set()
        own = {
            int(node.get("numFmtId", "0")): node.get("formatCode", "")
            for node in tree.iter("numFmt")
        }
        formats = next(tree.iter("cellXfs"), None)
        if formats is None:
            return set()
        found = set()
        for number, node in enumerate(formats):
            format_id = int(node.get("numFmtId", "0"))
            if format_id in _PERCENT_FORMATS or "%" in own.get(format_id, ""):
                found.add(number)
        return found

    def _part(self, number: int) -> str:
        """The part of a sheet, by the workbook's own order."""
        book = parse_xml(self._package.read("xl/workbook.xml"), "workbook")
        ties = parse_xml(self._package.read("xl/_rels/workbook.xml.rels"), "relations")
        targets = {node.get("Id"): node.get("Target", "") for node in ties}
        sheets = [node.get("id") for node in book.iter("sheet")]
        target = targets[sheets[number]]
        return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
