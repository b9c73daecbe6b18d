"""Reviewers' corrections put in place of what was read.

A correction is a new reading by the method `reviewer`; the raw print stays.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from extractors.documents.registry import document_types
from extractors.errors import ReadError
from extractors.model import Amount, Correction, Document, Failure, Packet, ReadMethod
from extractors.values.money import money_text, parse_money
from extractors.values.period import parse_date


class BadCorrection(ReadError):
    code = "bad_correction"
    zh = "更正有误：材料中没有此要素，或数值格式不正确（金额如 1234.50，日期如 2025-12-31）。"
    en = (
        "The correction is not right: the paper has no such field, or the value is not one "
        "of its kind (1234.50, 2025-12-31)."
    )


def canonical(document: Document, field: str, value: str) -> tuple[str, str]:
    """Old and new canonical value of `field`: a field's name, `line/column` of a statement, or
    `rows/n/column` (n from 0).

    Raises BadCorrection for a field that the paper does not have, or a value that is none of its
    kind.
    """
    if "/" in field:
        amount = parse_money(value)
        if amount is None:
            raise BadCorrection(value)
        return _amount_text(document, field), money_text(amount)
    found = document.fields.get(field)
    if found is None:
        raise BadCorrection(field)
    kind = (
        document_types()[document.type].specs[field].kind.name
        if field in document_types()[document.type].specs
        else "text"
    )
    if kind == "money":
        money = parse_money(value)
        if money is None:
            raise BadCorrection(value)
        return found.value, money_text(money)
    if kind == "date":
        day = _day(value)
        if day is None:
            raise BadCorrection(value)
        return found.value, day.isoformat()
    if not value.strip():
        raise BadCorrection(field)
    return found.value, value.strip()


def corrected(packet: Packet, corrections: Sequence[Correction]) -> Packet:
    """Return the packet with the corrections in place, in their order.

    A correction that finds no place, since its document or field is gone, becomes a failure of the
    packet.
    """
    documents = list(packet.documents)
    lost = []
    for each in corrections:
        at = index_of(documents, each.document)
        try:
            if at is None:
                raise BadCorrection(each.document)
            documents[at] = _apply(documents[at], each)
        except BadCorrection:
            lost.append(_lost(each))
    return replace(
        packet,
        documents=tuple(documents),
        corrections=tuple(corrections),
        failures=(*packet.failures, *lost),
    )


def index_of(documents: Sequence[Document], name: str) -> int | None:
    """Return the place of the document of an id, in the form of this version or of version 0.1."""
    for at, document in enumerate(documents):
        if document.id == name:
            return at
    former = _FORMER_ID.fullmatch(name)
    if former is None:
        return None
    digest, height, page, kind = former.groups()
    alike = [
        (abs(_height(d) - float(height)), at)
        for at, d in enumerate(documents)
        if d.sha256.startswith(digest) and d.type == kind and int(page) in d.pages
    ]
    return min(alike)[1] if alike else None


# Version 0.1 named a document by its file's digest, the height of its first field, page and type.
_FORMER_ID = re.compile(r"([0-9a-f]{12})-\d{3}-([\d.]+)-(\d+)-(\w+)")


def _height(document: Document) -> float:
    """Return where a document begins: readers differ in which field they find first."""
    return min((field.at.box.top for field in document.fields.values()), default=0.0)


def _lost(correction: Correction) -> Failure:
    return Failure(
        code="correction_lost",
        zh=f"更正“{correction.field}：{correction.value}”找不到原来的材料或要素，未能采用；请重新核对并更正。",
        en=(
            f"The correction “{correction.field}: {correction.value}” finds no document or field "
            "and was not applied: check the document and correct it again."
        ),
    )


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value.strip())
    except ValueError:
        return parse_date(value)


def _amount_text(document: Document, path: str) -> str:
    parts = path.split("/")
    if parts[0] == "rows":
        index, column = _row_place(document, parts)
        value = getattr(document.rows[index], column)
        return "" if value is None else money_text(value)
    return money_text(_cell(document, parts).value)


def _row_place(document: Document, parts: list[str]) -> tuple[int, str]:
    if (
        len(parts) != 3
        or not parts[1].isdecimal()
        or int(parts[1]) >= len(document.rows)
        or parts[2] not in ("debit", "credit", "balance")
    ):
        raise BadCorrection("/".join(parts))
    return int(parts[1]), parts[2]


def _cell(document: Document, parts: list[str]) -> Amount:
    line = document.lines.get(parts[0])
    if len(parts) != 2 or line is None or parts[1] not in line.columns:
        raise BadCorrection("/".join(parts))
    return line.columns[parts[1]]


def _apply(document: Document, correction: Correction) -> Document:
    """The paper with one correction in place."""
    value, parts = correction.value, correction.field.split("/")
    if len(parts) == 1:
        field = document.fields.get(parts[0])
        if field is None:
            raise BadCorrection(correction.field)
        fields = document.fields | {
            parts[0]: replace(
                field, value=value, confidence=1.0, at=replace(field.at, method=ReadMethod.REVIEWER)
            )
        }
        return replace(document, fields=fields)
    amount = parse_money(value)
    assert amount is not None  # canonical() has seen to it
    if parts[0] == "rows":
        index, column = _row_place(document, parts)
        changed: dict[str, Any] = {column: amount}
        row = replace(document.rows[index], confidence=1.0, **changed)
        return replace(document, rows=(*document.rows[:index], row, *document.rows[index + 1 :]))
    cell = _cell(document, parts)
    line = document.lines[parts[0]]
    columns = line.columns | {
        parts[1]: replace(
            cell, value=amount, confidence=1.0, at=replace(cell.at, method=ReadMethod.REVIEWER)
        )
    }
    return replace(document, lines=document.lines | {parts[0]: replace(line, columns=columns)})
