"""Which of two papers that contradict each other is in doubt: the others become what it was set
against.

Practice of credit review: a paper that fails its own arithmetic loses to one that does not; one
paper against several independent ones loses; a firm's own statement loses to a paper of the bank,
the tax office or the register. Where none of these tells, all papers stay in doubt.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from extractors.documents.declare import Maker
from extractors.documents.registry import document_types
from extractors.model import Packet
from verify.model import Evidence, Finding, RuleRun, Severity

# What is missing accuses no document.
_INCOMPLETE = ("rows_missing", "accounts")
_WEIGHTY = (Severity.MEDIUM, Severity.HIGH)


def with_suspects(runs: Sequence[RuleRun], packet: Packet) -> tuple[RuleRun, ...]:
    """The runs with every finding about several papers of this packet split into places in doubt
    and what they were set against.
    """
    findings = [finding for run in runs for finding in run.findings]
    kinds = {document.id: document.type for document in packet.documents}
    faulty = _faulty(findings)
    opponents = _opponents(findings, kinds, faulty)
    return tuple(
        replace(
            run,
            findings=tuple(_split(finding, kinds, faulty, opponents) for finding in run.findings),
        )
        for run in runs
    )


def _papers(places: Iterable[Evidence]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(place.document for place in places))


def _faulty(findings: Sequence[Finding]) -> set[str]:
    """Papers that a finding about that paper alone puts in doubt: weighty ones by its own sums,
    identifiers or making, else grave ones.

    What is missing from a paper (a page, another account) says nothing against what stands in it.
    """
    alone = [
        finding
        for finding in findings
        if finding.severity in _WEIGHTY
        and len(_papers((*finding.evidence, *finding.against))) == 1
        and finding.group not in _INCOMPLETE
    ]
    return {
        _papers(finding.evidence)[0]
        for finding in alone
        if finding.severity is Severity.HIGH or finding.rule[:3] in ("ARI", "IDE", "FOR")
    }


def _opponents(
    findings: Sequence[Finding], kinds: dict[str, str], faulty: set[str]
) -> dict[str, set[str]]:
    """For each paper of the packet, the papers that contradict it; what a paper with a fault of its
    own says counts for nothing.
    """
    out: dict[str, set[str]] = {}
    for finding in findings:
        if not finding.cross or finding.severity not in _WEIGHTY:
            continue
        papers = [
            paper for paper in _papers((*finding.evidence, *finding.against)) if paper in kinds
        ]
        for one in papers:
            out.setdefault(one, set()).update(
                paper for paper in papers if paper != one and paper not in faulty
            )
    return out


def _split(
    finding: Finding, kinds: dict[str, str], faulty: set[str], opponents: dict[str, set[str]]
) -> Finding:
    places = (*finding.evidence, *finding.against)
    papers = [paper for paper in _papers(places) if paper in kinds]
    if not finding.cross or len(papers) < 2:
        return finding
    suspects = _suspects(
        papers,
        [paper for paper in _papers(finding.evidence) if paper in kinds],
        kinds,
        faulty,
        opponents,
    )
    doubted = tuple(
        place for place in places if place.document in suspects or place.document not in kinds
    )
    return replace(
        finding, evidence=doubted, against=tuple(place for place in places if place not in doubted)
    )


def _suspects(
    papers: list[str],
    named: list[str],
    kinds: dict[str, str],
    faulty: set[str],
    opponents: dict[str, set[str]],
) -> set[str]:
    own = {paper for paper in papers if paper in faulty}
    if len(named) < len(papers):
        return own | set(named)  # the rule itself had a reason to name these
    if own and len(own) < len(papers):
        return own
    most = max(len(opponents.get(paper, ())) for paper in papers)
    many = [paper for paper in papers if len(opponents.get(paper, ())) == most]
    if most >= 2 and len(many) == 1:
        return set(many)
    least = min(_maker(kinds[paper]) for paper in papers)
    return {paper for paper in papers if _maker(kinds[paper]) is least}


def _maker(type_id: str) -> Maker:
    kind = document_types().get(type_id)
    return kind.made_by if kind else Maker.PARTIES
