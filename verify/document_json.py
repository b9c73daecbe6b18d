"""A document as JSON of the report (huoyan.report/1)."""

from __future__ import annotations

from typing import Any

from extractors.model import (
    WHOLE_PAGE,
    Amount,
    Document,
    Failure,
    Field,
    JournalEntry,
    Proof,
    Signal,
    Transaction,
)
from extractors.values.money import money_text


def document_json(document: Document) -> dict[str, Any]:
    return {
        "id": document.id,
        "file": document.file,
        "sha256": document.sha256,
        "pages": list(document.pages),
        "type": document.type,
        "status": document.status,
        "fields": {n: _field(f) for n, f in document.fields.items()} | _lists(document),
        "lines": {
            n: {c: money_text(a.value) for c, a in line.columns.items()}
            for n, line in document.lines.items()
        },
        "cells": {
            n: {c: _cell(a) for c, a in line.columns.items()} for n, line in document.lines.items()
        },
        "dashes": {n: list(line.dashes) for n, line in document.lines.items() if line.dashes},
        "rows": [_row(r) for r in document.rows],
        "entries": [_entry(e) for e in document.entries],
        "signals": [_signal(s) for s in document.signals],
        "failures": [failure_json(f) for f in document.failures],
        "proofs": [_proof(p) for p in document.proofs],
        **_looks_like(document),
    }


def _looks_like(document: Document) -> dict[str, Any]:
    """What a document of no declared type looks like, and why; nothing for one of a declared type."""
    seen = document.looks_like
    if seen is None:
        return {}
    title = {"zh": seen.zh, "en": seen.en}
    because = {"zh": seen.because_zh, "en": seen.because_en}
    return {"looks_like": {"kind": seen.kind, "title": title, "because": because}}


def _proof(proof: Proof) -> dict[str, Any]:
    place = {"page": proof.page, "box": proof.box.as_list()} if not proof.holds else {}
    return {
        "kind": proof.kind.value,
        "holds": proof.holds,
        "checked": proof.checked,
        "open": proof.open,
        **place,
    }


def _lists(document: Document) -> dict[str, Any]:
    """Fields that hold lists: items, guarantors, shareholders."""
    out: dict[str, Any] = {}
    if document.items:
        out["items"] = [
            {
                "name": i.name,
                "quantity": None if i.quantity is None else f"{i.quantity:f}",
                "unit_price": None if i.unit_price is None else f"{i.unit_price:f}",
                "net_amount": money_text(i.net),
                "rate": i.rate,
                "tax_amount": None if i.tax is None else money_text(i.tax),
                "page": i.page,
                "box": i.box.as_list(),
            }
            for i in document.items
        ]
    if document.shareholders:
        out["shareholders"] = [
            {
                "name": s.name,
                "share": None if s.share is None else f"{s.share:f}",
                "amount": None if s.amount is None else money_text(s.amount),
                "page": s.page,
                "box": s.box.as_list(),
            }
            for s in document.shareholders
        ]
    for role, found in document.parties.items():
        out[f"{role}s"] = [_field(f) for f in found]
    return out


def _field(field: Field) -> dict[str, Any]:
    at = field.at
    return {
        "value": field.value,
        "raw": field.raw,
        "confidence": round(field.confidence, 4),
        "page": at.page,
        "box": at.box.as_list(),
        "method": at.method,
        **({"engine": at.engine} if at.engine else {}),
        **({"derived_from": list(at.derived_from)} if at.derived_from else {}),
    }


def _cell(amount: Amount) -> dict[str, Any]:
    at = amount.at
    cell = {
        "raw": amount.raw,
        "confidence": round(amount.confidence, 4),
        "page": at.page,
        "box": at.box.as_list(),
        "method": at.method,
    }
    return cell | ({"engine": at.engine} if at.engine else {})


def _row(row: Transaction) -> dict[str, Any]:
    return {
        "date": row.day.isoformat(),
        "time": row.time,
        "description": row.description,
        "debit": money_text(row.debit),
        "credit": money_text(row.credit),
        "balance": None if row.balance is None else money_text(row.balance),
        "counterparty_name": row.counterparty_name,
        "counterparty_account": row.counterparty_account,
        "serial_number": row.serial_number,
        "page": row.page,
        "box": row.box.as_list(),
        **({"neutral": money_text(row.neutral)} if row.neutral else {}),
    }


def _entry(entry: JournalEntry) -> dict[str, Any]:
    return {
        "date": entry.day.isoformat(),
        "voucher": entry.voucher,
        "summary": entry.summary,
        "account_code": entry.account_code,
        "account": entry.account,
        "debit": money_text(entry.debit),
        "credit": money_text(entry.credit),
        "page": entry.page,
        "box": entry.box.as_list(),
    }


def _signal(signal: Signal) -> dict[str, Any]:
    return {
        "kind": signal.kind,
        "detail": signal.detail,
        "page": signal.page,
        "box": signal.box.as_list(),
    }


def failure_json(failure: Failure) -> dict[str, Any]:
    place = {"box": failure.box.as_list()} if failure.box != WHOLE_PAGE else {}
    return {
        "code": failure.code,
        "message": failure.en,
        "message_zh": failure.zh,
        "page": failure.page,
        "file": failure.file,
        **place,
    }
