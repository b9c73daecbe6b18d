"""A report as a workbook (xlsx): everything it holds as tables, in Chinese or English.

No cell is ever a formula or a link.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from api.reports.values import Held, cells_of, fields_of
from api.reports.view import view_of
from api.reports.wording import Wording
from extractors.values.csv_cell import is_formula_like

Cell = str | int | float | Decimal | None
_ILLEGAL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]"
)  # what XML 1.0 cannot hold
_LONGEST = 32_767  # characters of a cell
_DIGITS = 15  # that a spreadsheet keeps of a number
_ROWS = (
    "date",
    "time",
    "description",
    "debit",
    "credit",
    "balance",
    "counterparty_name",
    "counterparty_account",
    "serial_number",
    "page",
)
_AMOUNTS = ("debit", "credit", "balance")


def report_xlsx(report: Mapping[str, Any], lang: str) -> bytes:
    """A report (huoyan.report/1 JSON) as a workbook. The same report gives the same bytes."""
    wording = Wording(lang)
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties(
            {
                "title": wording.word("title"),
                "created": datetime.fromisoformat(report["application"]["as_of"]),
            }
        )
        pen = _Pen(book)
        for name, (columns, rows) in _sheets(report, wording).items():
            pen.table(
                book.add_worksheet(wording.word(name)),
                [wording.word(column) for column in columns],
                rows,
            )
    return out.getvalue()


class _Pen:
    """Writes tables.

    Every text is stored as a string, with the quote prefix where a spreadsheet would take it for a
    formula when edited.
    """

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        shape = {"text_wrap": True, "valign": "top"}
        self.head: Format = book.add_format({"bold": True, "bg_color": "#EEF1F4", "bottom": 1})
        self.plain: Format = book.add_format(shape)
        self.quoted: Format = book.add_format(shape | {"quote_prefix": True})
        self.number: Format = book.add_format({"valign": "top", "num_format": "General"})
        self.money: Format = book.add_format({"valign": "top", "num_format": "#,##0.00"})

    def table(
        self, sheet: Worksheet, columns: Sequence[str], rows: Iterable[Sequence[Cell]]
    ) -> None:
        widths = [_width(column) for column in columns]
        for at, name in enumerate(columns):
            sheet.write_string(0, at, name, self.head)
        last = 0
        for last, row in enumerate(rows, 1):
            for at, cell in enumerate(row):
                self._cell(sheet, last, at, cell)
                widths[at] = max(widths[at], min(60, _width(str(cell))))
        for at, width in enumerate(widths):
            sheet.set_column(at, at, width + 2)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, last, len(columns) - 1)

    def _cell(self, sheet: Worksheet, row: int, column: int, cell: Cell) -> None:
        if cell is None or cell == "":
            return
        if isinstance(cell, str):
            text = _clean(cell)
            sheet.write_string(
                row, column, text, self.quoted if is_formula_like(text) else self.plain
            )
        elif isinstance(cell, Decimal) and len(cell.as_tuple().digits) > _DIGITS:
            sheet.write_string(row, column, f"{cell:f}", self.plain)
        else:
            sheet.write_number(
                row, column, float(cell), self.money if isinstance(cell, Decimal) else self.number
            )


def _clean(text: str) -> str:
    kept = _ILLEGAL.sub("", text)
    return kept if len(kept) <= _LONGEST else kept[: _LONGEST - 1] + "…"


def _width(text: str) -> int:
    """Columns that a text takes: a Chinese character takes two."""
    return sum(2 if ord(c) > 0x2E7F else 1 for c in text.split("\n", maxsplit=1)[0][:60])


_Table = tuple[Sequence[str], Iterable[Sequence[Cell]]]


def _sheets(report: Mapping[str, Any], wording: Wording) -> dict[str, _Table]:
    """Columns and rows of each sheet, by the keys of their words."""
    view = view_of(report, (), wording.lang)
    held = ("document", "file", "reading", "raw", "page", "confidence", "method")
    row_columns = ("file", *_ROWS)
    return {
        "summary": (("field", "reading"), _summary(view)),
        "contributions": (
            ("rule", "group", "finding", "points", "log_odds", "fingerprint"),
            _contributions(report, wording),
        ),
        "findings": (
            (
                *(
                    "severity",
                    "rule",
                    "check",
                    "message",
                    "expected",
                    "observed",
                    "difference",
                    "confidence",
                ),
                *("innocent", "ask", "paper", "fingerprint"),
            ),
            _findings(view),
        ),
        "evidence": (
            ("fingerprint", "rule", "role", "application", "file", "page", "text", "box"),
            _evidence(report, wording),
        ),
        "fields": ((*held[:2], "field", *held[2:]), _fields(report, wording)),
        "statement_lines": (
            (*held[:2], "line", "column", "value", *held[3:]),
            _lines(report, wording),
        ),
        "transactions": (row_columns, _transactions(report)),
        "reconciliation": (
            ("figure", "outcome", "tolerance", "source", "value", "note", "document"),
            _reconciled(report, wording),
        ),
        "checks": (
            ("rule", "check", "outcome", "why"),
            (
                [check["rule"], check["title"], check["outcome_word"], check["reason"]]
                for check in view["checks"]
            ),
        ),
        "not_read": (
            ("file", "page", "why"),
            ([x["file"], x["page"] or None, x["why"]] for x in view["unread"]),
        ),
        "inputs": (("field", "reading", "size"), _inputs(view)),
    }


def _summary(view: Mapping[str, Any]) -> list[list[Cell]]:
    risk, words = view["risk"], view["words"]
    rows: list[list[Cell]] = [
        [words["applicant"], view["name"]],
        [words["uscc"], view["uscc"]],
        [words["application"], view["id"]],
        [words["as_of"], view["as_of"]],
        [words["score"], float(risk["score"])],
        [words["band"], risk["band_word"]],
        [words["coverage"], risk["coverage"]],
        [words["reason"], risk["reason"]],
        [words["findings"], len(view["findings"])],
    ]
    return [
        *rows,
        *([words["next"], text] for text in view["next"]),
        [words["note"], words["person"]],
    ]


def _contributions(report: Mapping[str, Any], wording: Wording) -> Iterable[Sequence[Cell]]:
    for part in report["risk"]["contributions"]:
        yield (
            part["rule"],
            part["group"],
            wording.say(part["sentence"]),
            part["points"],
            part["log_odds"],
            ", ".join(part["findings"]),
        )


def _findings(view: Mapping[str, Any]) -> Iterable[Sequence[Cell]]:
    for finding in view["findings"]:
        told = (
            finding["severity_word"],
            finding["rule"],
            finding["title"],
            finding["message"],
            finding["expected"],
            finding["observed"],
            finding["difference"],
            float(finding["confidence"]),
        )
        yield (
            *told,
            finding["innocent"],
            finding["question"],
            finding["paper"],
            finding["fingerprint"],
        )


def _evidence(report: Mapping[str, Any], wording: Wording) -> Iterable[Sequence[Cell]]:
    for finding in report["findings"]:
        for side, role in (("evidence", "in_doubt"), ("against", "against")):
            for p in finding[side]:
                box = ", ".join(map(str, p["box"]))
                yield (
                    finding["fingerprint"],
                    finding["rule"],
                    wording.word(role),
                    p["packet"],
                    p["file"],
                    p["page"],
                    p["text"],
                    box,
                )


def _read(held: Held, wording: Wording) -> tuple[Cell, ...]:
    return held.raw, held.page, held.confidence, wording.methods.get(held.method, held.method)


def _fields(report: Mapping[str, Any], wording: Wording) -> Iterable[Sequence[Cell]]:
    for document in report["documents"]:
        for held in fields_of(document):
            yield (
                wording.kind(document["type"]),
                document["file"],
                wording.field(document["type"], held.name),
                held.value,
                *_read(held, wording),
            )


def _lines(report: Mapping[str, Any], wording: Wording) -> Iterable[Sequence[Cell]]:
    for document in report["documents"]:
        for held in cells_of(document):
            yield (
                wording.kind(document["type"]),
                document["file"],
                held.name,
                wording.column(held.column),
                Decimal(held.value),
                *_read(held, wording),
            )


def _transactions(report: Mapping[str, Any]) -> Iterable[Sequence[Cell]]:
    for document in report["documents"]:
        for row in document["rows"]:
            yield (
                document["file"],
                *(
                    Decimal(row[c]) if c in _AMOUNTS and row[c] is not None else row[c]
                    for c in _ROWS
                ),
            )


def _reconciled(report: Mapping[str, Any], wording: Wording) -> Iterable[Sequence[Cell]]:
    files = {document["id"]: document["file"] for document in report["documents"]}
    for figure in report["reconciliation"]:
        head = (wording.say(figure["title"]), wording.word(figure["outcome"]), figure["tolerance"])
        for source in figure["sources"]:
            yield (
                *head,
                wording.word(source["name"]),
                Decimal(source["value"]),
                wording.say(source["note"]),
                files.get(source["document"], source["document"]),
            )
        for x in figure["left_out"]:
            yield *head, wording.word("left_out"), Decimal(x["value"]), wording.say(x["why"]), ""


def _inputs(view: Mapping[str, Any]) -> Iterable[Sequence[Cell]]:
    inputs, words = view["inputs"], view["words"]
    yield words["policy"], inputs["policy_version"]
    yield words["context"], inputs["context"]
    yield words["corrections"], inputs["corrections"]
    for check in inputs["manual_checks"]:
        yield words["manual_checks"], check
    for file in inputs["files"]:
        yield file["file"], file["sha256"], int(file["size"].replace(",", ""))
    for engine in inputs["engines"]:
        yield engine["name"], engine["version"]
