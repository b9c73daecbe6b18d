"""Files of other systems to a party graph, by what they hold: tables of guarantees, loans with
their guarantors, shareholders, companies, payments and invoices (text with any delimiter,
workbooks), our own exports, GraphML, GEXF, FollowTheMoney, BODS.

Every relation keeps the file and the line or statement that says so. Parties are resolved as those
of documents are: code first.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import partial
from typing import Any

from graphs.formats.json_graph import SCHEMA, graph_of
from graphs.merge import merged
from graphs.model import PartyGraph
from graphs.registers.company_table import companies
from graphs.registers.decoding import decoded
from graphs.registers.delimited import (
    HEAD_LINES,
    TextRow,
    delimiter_of,
    lines_of,
    rows_of,
    without_control_characters,
)
from graphs.registers.follow_the_money import each_line, follow_the_money
from graphs.registers.import_report import Imported, ImportOptions, NotAGraph, Notes
from graphs.registers.ledger import columns_read, ledger_graph
from graphs.registers.own_forms import is_own_csv, own_csv, xml_graph
from graphs.registers.ownership_statements import ownership_statements
from graphs.registers.table import NoTable, Table, find_table, is_head
from graphs.registers.workbook import Sheet, sheets_of

_WORKBOOKS = (b"PK", b"\xd0\xcf\x11\xe0")
_LEAST_CELLS = (
    2  # cells in each of two rows, from which a sheet without a known head may be a table
)
_REPEATED = 2


def imported(name: str, data: bytes) -> PartyGraph:
    """The graph of one file. Raises NotAGraph."""
    return read_foreign(name, data).graph


def read_foreign(name: str, data: bytes, options: ImportOptions | None = None) -> Imported:
    """The graph of one file, and what became of every row. Raises NotAGraph."""
    notes, told = Notes(), options or ImportOptions()
    graph = _graph_of_file(name, data, told, notes)
    return Imported(graph, notes.report(name, len(graph.relations)))


def _graph_of_file(name: str, data: bytes, options: ImportOptions, notes: Notes) -> PartyGraph:
    start = data.lstrip(b"\xef\xbb\xbf \r\n\t")[:1]
    if data[:4].startswith(_WORKBOOKS):
        return _of_workbook(name, data, options, notes)
    if start == b"[":
        return ownership_statements(name, _json(data), notes)
    if start == b"{":
        return _of_json_lines(name, data, notes)
    if start == b"<":
        return xml_graph(name, data, notes)
    return _of_text(name, data, options, notes)


def _json(data: bytes) -> Any:
    try:
        return json.loads(data)
    except (ValueError, RecursionError) as error:
        raise NotAGraph(f"JSON（{error}）", f"JSON: {error}") from error


def _of_json_lines(name: str, data: bytes, notes: Notes) -> PartyGraph:
    if SCHEMA.encode() in data[:200]:
        return _own_json(data, notes)
    lines = []
    for number, line in enumerate(each_line(data.removeprefix(b"\xef\xbb\xbf")), 1):
        try:
            lines.append(json.loads(line))
        except (ValueError, RecursionError):
            notes.add("line_not_read", number)
    if not lines:
        raise NotAGraph("JSON（每行一个对象）", "JSON, one object a line")
    return follow_the_money(name, lines, notes)


def _own_json(data: bytes, notes: Notes) -> PartyGraph:
    try:
        graph = graph_of(_json(data))
    except (KeyError, TypeError, ValueError, ArithmeticError, AttributeError) as error:
        raise NotAGraph(f"完整的 {SCHEMA}（{error}）", f"a whole {SCHEMA}: {error}") from error
    notes.form, notes.rows = SCHEMA, len(graph.relations)
    return graph


def _of_text(name: str, data: bytes, options: ImportOptions, notes: Notes) -> PartyGraph:
    head = partial(is_head, told=options.columns)

    def is_known(text: str) -> bool:
        top = lines_of(text[:100_000])[:HEAD_LINES]
        delimiter = options.delimiter or delimiter_of(top, head)
        return any(head(row.cells) for row in rows_of(top, delimiter))

    text, encoding, broken = decoded(data, options.encoding, is_known)
    if broken:
        notes.add("undecoded_bytes", count=broken)
    first = text.split("\n", 1)[0].rstrip("\r")
    if is_own_csv(first.split(",")):
        return own_csv(name, text, notes)
    plain, taken = without_control_characters(text)
    if taken:
        notes.add("control_characters", count=taken)
    lines = lines_of(plain)
    delimiter = options.delimiter or delimiter_of(lines, head)
    del text, plain  # a ledger of a million rows is held once
    try:
        table = find_table(rows_of(lines, delimiter), options.columns)
    except NoTable as error:
        raise _not_a_table(str(error)) from error
    del lines
    shown = {"\t": "tab"}.get(delimiter, delimiter)
    notes.form = f"table ({encoding}, {shown})"
    return _of_table(name, table, options, notes)


def _of_workbook(name: str, data: bytes, options: ImportOptions, notes: Notes) -> PartyGraph:
    notes.form = "workbook"
    graphs: list[PartyGraph] = []
    first = ""
    skipped: list[Sheet] = []
    for sheet in sheets_of(data):
        rows = (TextRow(number, cells) for number, cells in enumerate(sheet.rows, 1))
        try:
            table = find_table(rows, options.columns)
        except NoTable as error:
            first = first or str(error)
            skipped.append(sheet)
            continue
        if sheet.filled:
            notes.add("merged_cells", sheet.name, sheet.filled)
        for where in sheet.mangled:
            notes.add("number_mangled", where)
        file = name if not graphs else f"{name}[{sheet.name}]"
        graphs.append(_of_table(file, table, options, notes))
    if not graphs:
        raise _not_a_table(first)
    for sheet in skipped:
        if sum(_is_wide(row) for row in sheet.rows) >= _REPEATED:
            notes.add("sheet_not_read", sheet.name)
    return merged(graphs)


def _is_wide(row: Sequence[str]) -> bool:
    return sum(bool(cell.strip()) for cell in row) >= _LEAST_CELLS


def _of_table(file: str, table: Table, options: ImportOptions, notes: Notes) -> PartyGraph:
    notes.columns += columns_read(table).items()
    for head in table.unused():
        notes.add("column_not_used", head)
    before = notes.rows
    if table.tells_companies:
        graph = companies(file, table, options, notes)
    else:
        graph = ledger_graph(file, table, options, notes)
        notes.add_all("repeated_row", table.cells.repeated())
    if notes.rows == before:
        notes.add("no_rows")
    return graph


def _not_a_table(shown: str) -> NotAGraph:
    return NotAGraph(
        "列名“保证人”与“债务人”（或“借款人”），“股东”与“公司”，“企业”与“净资产”或“联系电话”（也可用 --column 指定列名）"
        + (f"；表头现为：{shown}" if shown else ""),
        "columns 保证人 and 债务人, 股东 and 公司, 企业 and 净资产 or 联系电话; or guarantor and debtor "
        "(borrower), owner and company, company and "
        "net_assets or phone (or name them with --column)"
        + (f"; the first row reads: {shown}" if shown else ""),
    )
