"""Why a packet cannot be called low: documents that were not read, or not in a weighty place, and
readings in doubt.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.documents.bank_statement import BANK_STATEMENT
from extractors.documents.registry import type_of
from extractors.model import Document, Packet, ReadStatus
from graphs.sources.owner import owner_field
from verify.doubt.parts import WORDS, has_content, is_readable, lacks_any
from verify.model import BilingualText, Doubt, RuleRun
from verify.parties.applicant import Applicant, applicant_of
from verify.policy import Policy
from verify.rule import Rule
from verify.scoring.stakes import doubted, may_lift

# A complaint about a page's picture lowers the confidence of what was read from it, and a column
# that was
# left out takes nothing from the others; every other failure says that something was not read at
# all.
_MINOR = (
    "picture_blurred",
    "picture_glare",
    "picture_too_small",
    "picture_unreadable",
    "columns_unclear",
)
# The value was read, and it is open which of several was meant.
_CHOSEN = frozenset({"value_in_doubt"})
# Doubts that say no more than that rows are open.
_OPEN_ROWS = frozenset({"row_not_read"})
# How surely a holder's name has to be read before a statement counts as somebody else's.
_SURE_HOLDER = 0.95
# A reason names no more files than a reader takes in at a glance.
_NAMED = 3


@dataclass(frozen=True, slots=True)
class OpenReading:
    """One document whose reading is open, and why."""

    document: Document
    why: BilingualText


def open_readings(
    packet: Packet, runs: Sequence[RuleRun], rules: Sequence[Rule], policy: Policy
) -> tuple[OpenReading, ...]:
    """Return one entry for each document that keeps the packet from being called low."""
    findings = [f for run in runs for f in run.findings]
    doubts: list[Doubt] = []
    if may_lift(findings, doubted(runs, rules), policy):
        doubts = [d for run in runs for d in run.doubts if d.is_weighty]
    confirmed = _confirmed(runs, rules)
    applicant = applicant_of(packet)
    out = []
    for document in packet.documents:
        own = [d for d in doubts if document.id in d.documents]
        if _is_of_a_person(document, applicant):
            why = _of_doubts([d for d in own if d.slip not in _OPEN_ROWS])
        elif _is_settled(document, confirmed):
            why = _of_doubts(own)
        else:
            why = _why(document, own)
        if why:
            out.append(OpenReading(document, why))
    return tuple(out)


def _confirmed(runs: Sequence[RuleRun], rules: Sequence[Rule]) -> frozenset[str]:
    """Return the documents that another document bears out."""
    cross = {rule.id for rule in rules if rule.cross}
    return frozenset(d for run in runs if run.rule in cross for d in run.holds_for)


def _is_settled(document: Document, confirmed: frozenset[str]) -> bool:
    """Whether all that is open in a document is which of several values is meant, and another
    document bears out the one that was taken: what two papers say alike was not misread.
    """
    codes = {failure.code for failure in document.failures}
    return bool(codes) and codes <= _CHOSEN and document.id in confirmed


def _is_of_a_person(document: Document, applicant: Applicant) -> bool:
    """Whether a statement is surely of another holder than the applicant: rules over the company's
    accounts do not stand on it, so its open rows hide nothing that they would find.
    """
    field = owner_field(document)
    if field is None or document.type != BANK_STATEMENT.id or document.status != "partial":
        return False
    is_sure = field.confidence >= _SURE_HOLDER
    return is_sure and bool(applicant.name) and not applicant.is_named(field.value)


def is_unread(document: Document) -> bool:
    """Whether nothing that a rule may use was read from a document."""
    return not is_readable(document)


def is_other_kind(document: Document) -> bool:
    """Whether a document was recognised as a kind that no rule asks for: nothing is hidden in it
    that a check needs.
    """
    return document.looks_like is not None and bool(document.looks_like.kind)


def reason_not_low(readings: Sequence[OpenReading]) -> BilingualText | None:
    """Return why the packet cannot be low, or None where nothing speaks against it."""
    if not readings:
        return None
    files = list(dict.fromkeys(r.document.file for r in readings))
    names = "、".join(files[:_NAMED]) + (" 等" if len(files) > _NAMED else "")
    listed = ", ".join(files[:_NAMED]) + (", …" if len(files) > _NAMED else "")
    return BilingualText(
        f"{len(files)} 个文件未读到或识别存疑（{names}），不能给出低风险结论",
        f"{len(files)} file(s) were not read or not read for certain ({listed}), "
        "so the packet cannot be called low",
    )


def _why(document: Document, own: Sequence[Doubt]) -> BilingualText | None:
    if is_other_kind(document):
        return None
    if document.status in (ReadStatus.UNREADABLE, ReadStatus.UNSUPPORTED):
        return BilingualText("未能读取或识别", "could not be read or recognised")
    if not has_content(document):
        return BilingualText("没有读到任何明细或项目", "no row or line was read")
    lacks = lacks_any(document)
    if lacks:
        zh = "、".join(WORDS[part].zh for part in lacks)
        en = ", ".join(WORDS[part].en for part in lacks)
        return BilingualText(f"未读到{zh}", f"not read: {en}")
    if document.status == ReadStatus.PARTIAL and _is_weighty(document):
        return BilingualText("只读到一部分", "read in part only")
    return _of_doubts(own)


def _is_weighty(document: Document) -> bool:
    """Whether a document that was read in part lacks something that it must hold."""
    kind = type_of(document)
    if kind is None or any(not _holds(document, key) for key in kind.required):
        return True
    return any(f.code not in _MINOR for f in document.failures)


def _holds(document: Document, key: str) -> bool:
    if key == "rows":
        return bool(document.rows)
    if key == "lines":
        return bool(document.lines)
    return key in document.fields


def _of_doubts(own: Sequence[Doubt]) -> BilingualText | None:
    if not own:
        return None
    rules = ", ".join(dict.fromkeys(d.rule for d in own))
    return BilingualText(f"识别存疑（{rules}）", f"the reading is in doubt ({rules})")
