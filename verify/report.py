"""A report as JSON in the published format huoyan.report/1."""

from __future__ import annotations

from dataclasses import asdict
from decimal import Decimal
from typing import Any

from extractors.values.money import money_text
from graphs.model import Pattern, Place, Relation
from verify.document_json import document_json, failure_json
from verify.doubt.slip import slips
from verify.model import (
    BilingualText,
    Doubt,
    Evidence,
    Explanation,
    Finding,
    Reconciled,
    Report,
    RuleRun,
    Score,
)
from verify.registry import rules
from verify.scoring.verdict import verdict

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
        "risk": _risk(report.score) | {"verdict": verdict(report.score, report.findings).as_dict()},
        "explanation": _explanation(report.explanation),
        "documents": [document_json(d) for d in packet.documents],
        "findings": [_finding(f) for f in report.findings],
        "checks": [_check(r) for r in report.runs],
        "graph": _graph(report),
        "reconciliation": [_reconciled(r) for r in report.reconciliation],
        "next_papers": [{"type": n.type, "why": n.why.as_dict()} for n in report.next_papers],
        "failures": [failure_json(f) for f in packet.failures],
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
        "chance": score.chance,
        "interval": [_number(edge) for edge in score.interval],
        "not_low": score.not_low.as_dict() if score.not_low else None,
    }
    return head | {"reason": score.reason.as_dict(), "contributions": parts}


def _explanation(told: Explanation | None) -> dict[str, Any] | None:
    if told is None:
        return None
    return {
        "sentences": [sentence.as_dict() for sentence in told.sentences],
        "counterfactuals": [
            {"band": c.band, "say": c.say.as_dict(), "findings": list(c.findings)}
            for c in told.counterfactuals
        ],
        "useful_papers": [
            {
                "paper": paper.paper.as_dict(),
                "why": paper.why.as_dict(),
                "points": _number(paper.points),
                "coverage": paper.coverage,
            }
            for paper in told.useful_papers
        ],
        "not_checked": [reason.as_dict() for reason in told.not_checked],
    }


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
        "fingerprint": doubt.fingerprint,
        "slip": doubt.slip,
        "title": title.as_dict(),
        "severity": doubt.severity.value,
        "message": doubt.say.as_dict(),
        "documents": list(doubt.documents),
        "evidence": [evidence_json(e) for e in doubt.evidence],
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
    """The part of the graph that this packet's papers prove, and the patterns that its applicant is
    in.
    """
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
