"""The workbook of a report: whole, the same bytes each time, and no text becomes a formula, a
number or a link.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import openpyxl
import pytest
from sample_report import PAYLOADS, forged, with_texts

from api.reports.workbook import report_xlsx

SHEETS = 11
TEXT_COLUMNS = 57  # of all sheets together; the rest are numbers
_LOST = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def _book(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


def _full(report: dict[str, Any], text: str) -> dict[str, Any]:
    """The report with `text` in all its texts, and a row in every sheet."""
    full: dict[str, Any] = with_texts(report, lambda _: text)
    full["failures"] = [{"code": "x", "message": text, "message_zh": text, "page": 1, "file": text}]
    full["risk"]["policy_version"] = full["inputs"]["context_sha256"] = text
    full["application"]["id"] = text
    full["inputs"]["manual_checks"] = [{"what": text, "result": text, "date": text, "by": text}]
    for document in full["documents"]:
        document["id"] = document["type"] = text
        for held in document["fields"].values():
            for entry in held if isinstance(held, list) else [held]:
                entry["value"] = text
        for part in ("lines", "cells"):
            first = list(document[part].values())[:1]
            document[part] = dict(zip([text], first, strict=False))
        for row in document["rows"]:
            row["date"] = text
    return full


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_workbook_holds_the_report(lang: str) -> None:
    report, _ = forged()
    data = report_xlsx(report, lang)
    assert data == report_xlsx(report, lang)
    book = _book(data)
    assert len(book.worksheets) == SHEETS
    _, contributions, findings, evidence, fields, lines, rows, matrix, checks, unread, _ = (
        [*s.iter_rows(values_only=True)] for s in book.worksheets
    )
    assert sum(round(r[3] * 10) for r in contributions[1:]) == round(report["risk"]["score"] * 10)
    assert [r[3] for r in findings[1:]] == [f["message"][lang] for f in report["findings"]]
    assert len(evidence) - 1 == sum(
        len(f["evidence"]) + len(f["against"]) for f in report["findings"]
    )
    assert len(rows) - 1 == sum(len(d["rows"]) for d in report["documents"])
    assert len(lines) - 1 == sum(len(c) for d in report["documents"] for c in d["lines"].values())
    assert all(isinstance(r[4], int | float) for r in (*lines[1:], *matrix[1:]))
    assert len(fields) > 50 and len(checks) - 1 == len(report["checks"]) and len(unread) == 1


@pytest.mark.parametrize("payload", PAYLOADS, ids=repr)
def test_no_text_becomes_a_formula(payload: str) -> None:
    data = report_xlsx(_full(forged()[0], payload), "zh")
    kept = _LOST.sub("", payload)
    columns = 0
    for sheet in _book(data).worksheets:
        columns += len(
            {c.column for row in sheet.iter_rows(min_row=2) for c in row if c.data_type == "s"}
        )
        for row in sheet.iter_rows(min_row=2):
            for cell in row:
                assert cell.data_type in ("s", "n"), (sheet.title, cell.coordinate)
                assert cell.data_type == "n" or cell.value is not None
    assert columns == TEXT_COLUMNS
    # What is stored: no formula, no link, and the text as it was, less what XML cannot hold.
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = [archive.read(n).decode() for n in archive.namelist() if "/worksheets/" in n]
    assert not [s for s in sheets if "<f>" in s or "<f " in s or "hyperlink" in s]
    texts = {
        c.value
        for s in _book(data).worksheets
        for row in s.iter_rows(min_row=2)
        for c in row
        if c.data_type == "s"
    }
    spoken = {openpyxl.utils.escape.unescape(t) for t in texts} | {
        t.replace("\r\n", "\n") for t in texts
    }
    assert kept in spoken or kept.replace("\r", "\n") in spoken


def test_formula_like_texts_stay_texts_when_edited() -> None:
    book = _book(report_xlsx(_full(forged()[0], "=1+1"), "en"))
    cells = [
        c
        for s in book.worksheets
        for row in s.iter_rows(min_row=2)
        for c in row
        if c.value == "=1+1"
    ]
    assert len(cells) > 500 and all(c.data_type == "s" and c.quotePrefix for c in cells)


def test_long_texts_and_amounts_are_not_corrupted() -> None:
    report = _full(forged()[0], "長" * 40_000)
    next(d for d in report["documents"] if d["rows"])["rows"][0]["debit"] = "12345678901234567.89"
    book = _book(report_xlsx(report, "zh"))
    texts = [
        c.value
        for s in book.worksheets
        for row in s.iter_rows(min_row=2)
        for c in row
        if isinstance(c.value, str)
    ]
    assert max(map(len, texts)) == 32_767 and "12345678901234567.89" in texts
