"""assess(packet, context, policy, as_of) -> Report: link, run, score, in order. Pure."""

from __future__ import annotations

from datetime import date

from extractors.model import Packet
from verify.case_file import CaseFile
from verify.context.context import Context
from verify.doubt.whole_document import with_whole_documents
from verify.engine import run
from verify.explanation.explain import explain
from verify.model import Finding, Report, Severity
from verify.next_papers import next_papers
from verify.parties.applicant import applicant_of
from verify.policy import Policy
from verify.reconciliation.table import reconcile
from verify.registry import rules
from verify.scoring.scorecard import score
from verify.suspects import with_suspects

_ORDER = {s: i for i, s in enumerate(Severity)}


def assess(
    packet: Packet,
    context: Context,
    policy: Policy,
    as_of: date,
    engines: dict[str, str] | None = None,
) -> Report:
    """The report on one packet: a function of its arguments alone."""
    applicant = applicant_of(packet)
    case = CaseFile(
        packet=packet,
        applicant=applicant,
        context=context,
        policy=policy,
        as_of=as_of,
    )
    believed = with_whole_documents(run(case, rules()), packet, policy)
    runs = with_suspects(believed, packet)
    findings = sorted((finding for each in runs for finding in each.findings), key=_weight)
    scored = score(packet, runs, rules(), policy)
    return Report(
        packet=packet,
        applicant_name=applicant.name,
        applicant_code=applicant.code,
        as_of=as_of.isoformat(),
        score=scored,
        findings=tuple(findings),
        runs=runs,
        graph=context.graph,
        patterns=(
            *context.mutual,
            *context.circles.patterns,
            *context.rings.patterns,
            *context.shared,
        ),
        reconciliation=reconcile(case),
        next_papers=next_papers(packet, runs, policy),
        context_sha256=context.digest,
        engines=engines or {},
        explanation=explain(packet, findings, runs, rules(), scored, policy),
    )


def _weight(finding: Finding) -> tuple[int, float, str, str]:
    return -_ORDER[finding.severity], -finding.confidence, finding.rule, finding.fingerprint
