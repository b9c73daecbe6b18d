"""What to ask for next: usual papers that are missing, files that were not read, papers that would
settle findings.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractors.documents.registry import document_types
from extractors.model import Document, Packet
from verify.doubt.parts import is_readable
from verify.model import BilingualText, NextPaper, RuleRun
from verify.policy import Policy
from verify.registry import rules
from verify.scoring.open_reading import OpenReading, is_other_kind, open_readings


def next_papers(packet: Packet, runs: Sequence[RuleRun], policy: Policy) -> tuple[NextPaper, ...]:
    """One entry a missing usual paper with the checks that wait for it, then one a document whose
    reading is open, then one for files that were not read.
    """
    have = {d.type for d in packet.documents if is_readable(d)}
    out: list[NextPaper] = []
    for type_id in policy.usual_papers:
        if type_id in have:
            continue
        waiting = sum(type_id in r.missing for r in runs)
        kind = document_types()[type_id]
        why = BilingualText(
            f"缺少{kind.title_zh}，{waiting} 项核查因此未能进行",
            f"missing: {kind.title}; {waiting} check(s) wait for it",
        )
        out.append(NextPaper(type=type_id, why=why))
    out += [
        _again(r) for r in open_readings(packet, runs, rules(), policy) if is_readable(r.document)
    ]
    out += [_other(d) for d in packet.documents if is_other_kind(d)]
    unread = [d.file for d in packet.documents if not is_readable(d) and not is_other_kind(d)]
    if unread:
        names = "、".join(sorted(set(unread))[:5])
        why = BilingualText(
            f"{len(unread)} 份材料未能读取（{names} 等），请提供电子版原件",
            f"{len(unread)} paper(s) were not read ({names} …); ask for electronic originals",
        )
        out.append(NextPaper(type="unread", why=why))
    return tuple(out)


def _other(document: Document) -> NextPaper:
    """A document that was recognised as a kind that is not checked here."""
    kind = document.looks_like
    zh, en = (kind.zh, kind.en) if kind else ("", "")
    return NextPaper(
        type="other",
        why=BilingualText(
            f"“{document.file}”为{zh}，系统不核查该类材料，请人工查看",
            f"“{document.file}” is a {en}, a kind that is not checked here: look at it by hand",
        ),
    )


def _again(reading: OpenReading) -> NextPaper:
    """A document that was handed in and has to be asked for again."""
    document, why = reading.document, reading.why
    return NextPaper(
        type=document.type,
        why=BilingualText(
            f"“{document.file}”{why.zh}，请重新提供清晰的原件或电子版",
            (
                f"“{document.file}”: {why.en}; ask for a clear original or the electronic "
                "version again"
            ),
        ),
    )
