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
        "fields": {name: _field(f) for name, f in document.fields.items()} | _lists(document),
        "lines": {
            name: {c: money_text(amount.value) for c, amount in line.columns.items()}
            for name, line in document.lines.items()
        },
        "cells": {
            name: {c: _cell(a) for c, a in line.columns.items()}
            for name, line in document.lines.items()
        },
        "dashes": {name: list(line.dashes) for name, line in document.lines.items() if line.dashes},
        "rows": [_row(row) for row in document.rows],
        "entries": [_entry(entry) for entry in document.entries],
        "signals": [_signal(signal) for signal in document.signals],
        "failures": [failure_json(failure) for failure in document.failures],
        "proofs": [_proof(proof) for proof in document.proofs],
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
                "name": item.name,
                "quantity": None if item.quantity is None else f"{item.quantity:f}",
                "unit_price": None if item.unit_price is None else f"{item.unit_price:f}",
                "net_amount": money_text(item.net),
                "rate": item.rate,
                "tax_amount": None if item.tax is None else money_text(item.tax),
                "page": item.page,
                "box": item.box.as_list(),
            }
            for item in document.items
        ]
    if document.shareholders:
        out["shareholders"] = [
            {
                "name": shareholder.name,
                "share": None if shareholder.share is None else f"{shareholder.share:f}",
                "amount": None if shareholder.amount is None else money_text(shareholder.amount),
                "page": shareholder.page,
                "box": shareholder.box.as_list(),
            }
            for shareholder in document.shareholders
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
