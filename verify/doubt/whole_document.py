"""Every rule of one document hits: first a sign that the document was misread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from extractors.model import Packet
from verify.doubt.examine import NOT_READ
from verify.model import BilingualText, Doubt, Finding, Outcome, RuleRun
from verify.policy import Policy

# The smallest edit says again what the sums that it repairs have said.
_DERIVED = "ARI21"
_WHY = BilingualText(
    "该材料的各项核对几乎全部不符，首先应怀疑版式未读对，请核对原件",
    "almost every check of this document fails, which first suggests that its layout was "
    "misread: compare with the original",
)


def with_whole_documents(
    runs: Sequence[RuleRun], packet: Packet, policy: Policy
) -> tuple[RuleRun, ...]:
    """Return the runs with the findings about a document as doubts where its own sums all fail.

    A forger changes a figure or two and leaves the others; a reader that mistook the columns leaves
    no sum that holds.
    """
    least = int(policy.limit("doubt", "failed_sums"))
    misread = _all_failing(runs, packet, least)
    if not misread:
        return tuple(runs)
    return tuple(_doubted(run, misread) for run in runs)


def _all_failing(runs: Sequence[RuleRun], packet: Packet, least: int) -> frozenset[str]:
    """Documents of which at least so many sums fail, and none holds."""
    failing: Counter[str] = Counter()
    holding: set[str] = set()
    for run in runs:
        if not run.rule.startswith("ARI") or run.rule == _DERIVED:
            continue
        holding |= set(run.holds_for)
        for finding in run.findings:
            documents = {entry.document for entry in finding.evidence}
            if len(documents) == 1:
                failing.update(documents)
    known = {document.id for document in packet.documents} - holding
    return frozenset(
        document for document, count in failing.items() if count >= least and document in known
    )


def _doubted(run: RuleRun, misread: frozenset[str]) -> RuleRun:
    if run.rule.startswith(NOT_READ):
        return run
    doubtful = [finding for finding in run.findings if _is_about(finding, misread)]
    if not doubtful:
        return run
    kept = tuple(finding for finding in run.findings if finding not in doubtful)
    doubts = (*run.doubts, *(_doubt(f, misread) for f in doubtful))
    outcome = Outcome.HIT if kept else Outcome.READING_IN_DOUBT
    reason = run.reason if kept else doubts[0].say
    return replace(run, outcome=outcome, reason=reason, findings=kept, doubts=doubts)


def _is_about(finding: Finding, misread: frozenset[str]) -> bool:
    return any(entry.document in misread for entry in (*finding.evidence, *finding.against))


def _doubt(finding: Finding, misread: frozenset[str]) -> Doubt:
    places = (*finding.evidence, *finding.against)
    shown = tuple(place for place in places if place.document in misread)
    return Doubt(
        rule=finding.rule,
        slip="whole_document",
        severity=finding.severity,
        say=BilingualText(f"{finding.message.zh}。{_WHY.zh}", f"{finding.message.en}. {_WHY.en}"),
        evidence=shown,
        documents=tuple(dict.fromkeys(entry.document for entry in shown)),
    )
