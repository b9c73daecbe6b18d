"""What many packets say together, in the published format huoyan.portfolio/1."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from graphs.measures.control import control_groups
from graphs.measures.joint_group import joint_groups
from graphs.model import Pattern
from verify.context.context import Context
from verify.model import Report
from verify.report import evidence_json, pattern_json


def portfolio_json(reports: Sequence[Report], context: Context) -> dict[str, Any]:
    """Scores, guarantee patterns over all packets, and papers that several packets share."""
    graph = context.graph
    circles = context.circles

    def shown(patterns: Sequence[Pattern]) -> list[dict[str, Any]]:
        return [pattern_json(pattern, graph.names(pattern.members)) for pattern in patterns]

    return {
        "schema": "huoyan.portfolio/1",
        "packets": [
            {
                "id": report.packet.id,
                "applicant": report.applicant_name,
                "score": float(report.score.value),
                "band": report.score.band,
                "coverage": report.score.coverage,
            }
            for report in reports
        ],
        "guarantee_circles": [
            pattern | {"length": int(pattern["length"])} for pattern in shown(circles.patterns)
        ],
        "mutual_guarantees": shown(context.mutual),
        "star_guarantors": shown(context.stars),
        "guarantee_chains": shown(context.chains),
        "common_controllers": shown(context.controllers),
        "control_groups": shown(control_groups(graph)),
        "joint_groups": shown(joint_groups(graph)),
        "invoice_rings": shown(context.rings.patterns),
        "shared_contacts": shown(context.shared),
        "circular_flows": [
            pattern_json(pattern, pattern.members) for pattern in context.flows.patterns
        ],
        "duplicate_documents": [
            {
                "packet": report.packet.id,
                "rule": finding.rule,
                "severity": finding.severity.value,
                "message": finding.message.as_dict(),
                "evidence": [evidence_json(entry) for entry in finding.evidence],
            }
            for report in reports
            for finding in report.findings
            if finding.rule in ("DUP01", "DUP03")
        ],
        "completeness": {
            "complete_to_length": circles.complete_to_length,
            "limited_roots": [graph.name(root) for root in circles.limited_roots],
            "limited_flows": context.flows.cut,
            "limited_rings": context.rings.cut,
        },
    }
