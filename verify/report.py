"""A report as JSON in the published format huoyan.report/1."""

from __future__ import annotations

from dataclasses import asdict
from decimal import Decimal
from typing import Any

from extractors.model import (
    WHOLE_PAGE,
    Amount,
    Document,
    Failure,
    Field,
    Proof,
    Signal,
    Transaction,
)
from extractors.values.money import money_text
from graphs.model import Pattern, Place, Relation
from verify.doubt.slip import slips
from verify.model import BilingualText, Doubt, Evidence, Finding, Reconciled, Report, RuleRun, Score
from verify.registry import rules

SCHEMA = "huoyan.report/1"


def report_json(report: Report) -> dict[str, Any]:
    """The report as plain values, ready for json.dumps."""
    packet = report.packet
    return {
        "schema": SCHEMA,
        "application": {
            "id": packet.id,
            "applicant": {"name": report.applicant_name, "uscc": report.applicant_code},
            "as_of": report.as_of,
        },
        "risk": _risk(report.score),
        "documents": [_document(d) for d in packet.documents],
        "findings": [_finding(f) for f in report.findings],
        "checks": [_check(r) for r in report.runs],
        "graph": _graph(report),
        "reconciliation": [_reconciled(r) for r in report.reconciliation],
        "next_papers": [{"type": n.type, "why": n.why.as_dict()} for n in report.next_papers],
        "failures": [_failure(f) for f in packet.failures],
        "inputs": {
            "context_sha256": report.context_sha256,
            "corrections": [asdict(c) for c in packet.corrections],
            "files": [
                {"file": f.file, "sha256": f.sha256, "size": f.size, "kind": f.kind}
                for f in packet.files
            ],
            "manual_checks": [
                {"what": c.what, "result": c.result, "date": c.day, "by": c.by}
                for c in packet.manual_checks
            ],
        },
        "engines": report.engines,
        "timings": report.timings,
    }


def _risk(score: Score) -> dict[str, Any]:
    parts = [
        {
            "rule": c.rule,
            "group": c.group,
            "points": _number(c.points),
            "log_odds": c.log_odds,
            "findings": list(c.findings),
            "sentence": c.sentence.as_dict(),
        }
        for c in score.contributions
    ]
    head = {
        "score": _number(score.value),
        "band": score.band,
        "coverage": score.coverage,
        "cross_checked": score.cross_checked,
        "policy_version": score.policy_version,
        "not_low": score.not_low.as_dict() if score.not_low else None,
    }
    return head | {"reason": score.reason.as_dict(), "contributions": parts}


def _reconciled(figure: Reconciled) -> dict[str, Any]:
    sources = [
        {
            "name": s.name,
            "value": money_text(s.value),
            "document": s.document,
            "note": s.note.as_dict(),
        }
        for s in figure.sources
    ]
    return {
        "figure": figure.figure.en,
        "title": figure.figure.as_dict(),
        "tolerance": figure.tolerance,
        "outcome": figure.outcome,
        "sources": sources,
        "left_out": [
            {"reason": x.reason, "value": money_text(x.value), "why": x.why.as_dict()}
            for x in figure.left_out
        ],
    }


def _number(value: Decimal) -> float:
    return float(value)


def _check(run: RuleRun) -> dict[str, Any]:
    title = {r.id: (r.title_zh, r.title) for r in rules()}[run.rule]
    return {
        "rule": run.rule,
        "title": {"zh": title[0], "en": title[1]},
        "outcome": run.outcome.value,
        "reason": run.reason.en,
        "reason_text": run.reason.as_dict(),
        "missing": list(run.missing),
        "doubts": [_doubt(d) for d in run.doubts],
    }


def _doubt(doubt: Doubt) -> dict[str, Any]:
    slip = {s.id: s for s in slips()}.get(doubt.slip)
    title = BilingualText(slip.title_zh, slip.title) if slip else BilingualText("", "")
    return {
        "slip": doubt.slip,
        "title": title.as_dict(),
        "severity": doubt.severity.value,
        "message": doubt.say.as_dict(),
        "documents": list(doubt.documents),
        "evidence": [evidence_json(e) for e in doubt.evidence],
    }


def _document(document: Document) -> dict[str, Any]:
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
        "rows": [_row(r) for r in document.rows],
        "signals": [_signal(s) for s in document.signals],
        "failures": [_failure(f) for f in document.failures],
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


def _signal(signal: Signal) -> dict[str, Any]:
    return {
        "kind": signal.kind,
        "detail": signal.detail,
        "page": signal.page,
        "box": signal.box.as_list(),
    }


def _failure(failure: Failure) -> dict[str, Any]:
    place = {"box": failure.box.as_list()} if failure.box != WHOLE_PAGE else {}
    return {
        "code": failure.code,
        "message": failure.en,
        "message_zh": failure.zh,
        "page": failure.page,
        "file": failure.file,
        **place,
    }


def evidence_json(evidence: Evidence | Place) -> dict[str, Any]:
    return {
        "packet": evidence.packet,
        "file": evidence.file,
        "document": evidence.document,
        "page": evidence.page,
        "box": evidence.box.as_list(),
        "text": evidence.text,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "fingerprint": finding.fingerprint,
        "rule": finding.rule,
        "group": finding.group,
        "proof": finding.proof,
        "severity": finding.severity.value,
        "confidence": finding.confidence,
        "message": finding.message.as_dict(),
        "expected": finding.expected,
        "observed": finding.observed,
        "difference": finding.difference,
        "question": finding.question.as_dict(),
        "paper_to_ask_for": finding.paper_to_ask_for.as_dict(),
        "innocent_explanations": finding.innocent_explanations.as_dict(),
        "evidence": [evidence_json(e) for e in finding.evidence],
        "against": [evidence_json(e) for e in finding.against],
    }


def _graph(report: Report) -> dict[str, Any]:
    """The part of the graph that this packet's papers prove, and the patterns that its applicant is in."""
    graph = report.graph
    own = [r for r in graph.relations if any(p.packet == report.packet.id for p in r.places)]
    mine = {e for r in own for e in (r.source, r.target)}
    patterns = [p for p in report.patterns if set(p.members) & mine]
    return {
        "entities": [
            {"id": e.id, "kind": e.kind, "name": e.name, "names": list(e.names), "uscc": e.code}
            for e in graph.entities.values()
            if e.id in mine
        ],
        "relations": [relation_json(r) for r in own],
        "patterns": [pattern_json(p, graph.names(p.members)) for p in patterns],
    }


def relation_json(relation: Relation) -> dict[str, Any]:
    return {
        "kind": relation.kind,
        "source": relation.source,
        "target": relation.target,
        "amount": None if relation.amount is None else money_text(relation.amount),
        "share": None if relation.share is None else f"{relation.share:f}",
        "contract": relation.contract,
        "start": relation.start.isoformat() if relation.start else None,
        "end": relation.end.isoformat() if relation.end else None,
        "evidence": [evidence_json(p) for p in relation.places],
    }


def pattern_json(pattern: Pattern, names: tuple[str, ...]) -> dict[str, Any]:
    return {
        "kind": pattern.kind,
        "members": list(names),
        **pattern.figures,
        "evidence": [e for r in pattern.relations for e in relation_json(r)["evidence"]],
    }
