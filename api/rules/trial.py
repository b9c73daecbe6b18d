"""A policy tried on past packets: each is judged anew by the policy in force and by the draft, so
that only the policy differs.

The stored score is not what the draft is set against: engines and neighbours may have changed
since.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import case, select
from sqlalchemy.orm import Session, aliased

from api.blobs.errors import LostBlob
from api.jobs.judging import context_among
from api.packets.neighbours import around
from api.store.case_tables import Case
from api.store.codec import load, packet_of
from api.store.packet_tables import Packet, Report, Revision

if TYPE_CHECKING:
    from api.parts import Parts


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """A packet's latest report, the day that it was judged as of, and what people decided; empty
    where nobody has.
    """

    packet: str
    parts: str
    as_of: date
    decided: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a policy makes of a packet: score, band, findings as fingerprint and rule, rules that
    failed.
    """

    score: float
    band: str
    findings: tuple[tuple[str, str], ...]
    failed: tuple[str, ...]


def keys_of(packet: bytes) -> list[tuple[str, str]]:
    """The keys by which a packet's neighbours are found. Pure; for the judging child."""
    from verify.context.shared_keys import shared_keys

    return sorted(shared_keys(packet_of(packet)))


def compared(
    packet: bytes,
    others: Sequence[bytes],
    policies: Sequence[str],
    as_of: date,
    tables: bytes = b"",
) -> list[Verdict]:
    """One verdict a policy on the same packet among the same others.

    Pure; for the judging child.
    """
    from verify.model import Outcome
    from verify.pipeline import assess
    from verify.policy import policy_of

    own = packet_of(packet)
    context = context_among(own, others, tables, as_of)
    out = []
    for policy in policies:
        report = assess(own, context, policy_of(policy), as_of)
        findings = tuple(sorted((finding.fingerprint, finding.rule) for finding in report.findings))
        failed = tuple(each.rule for each in report.runs if each.outcome is Outcome.ERROR)
        out.append(
            Verdict(
                score=float(report.score.value),
                band=report.score.band,
                findings=findings,
                failed=failed,
            )
        )
    return out


def past(session: Session, most: int) -> list[Past]:
    """The packets whose latest reports are the newest, of real applications alone."""
    later = aliased(Report)
    latest = (
        ~select(later.id)
        .where(later.packet_id == Report.packet_id, later.revision > Report.revision)
        .exists()
    )
    decided = case((Case.state == "decided", Case.disposition), else_="")
    query = (
        select(Packet.id, Report.parts, Revision.as_of, decided)
        .outerjoin(Case, Case.packet_id == Packet.id)
        .join(Report, Report.packet_id == Packet.id)
        .join(Revision, (Revision.packet_id == Packet.id) & (Revision.number == Report.revision))
        .where(Packet.mode == "live", Packet.status != "erased", latest)
        .order_by(Report.created_at.desc(), Report.id.desc())
        .limit(most)
    )
    return [
        Past(packet=packet, parts=parts, as_of=day, decided=disposition or "")
        for packet, parts, day, disposition in session.execute(query)
    ]


def run(wiring: Parts, org: str, in_force: str, draft: str, most: int) -> dict[str, Any]:
    """Judges the last packets by both policies, in the judging child and with no transaction open,
    and tells what the draft changes.
    """
    with wiring.database.reading(org) as session:
        packets = past(session, most)
    verdicts: list[tuple[Past, Verdict, Verdict]] = []
    left_out = 0
    for each in packets:
        try:
            before, after = _judged(wiring, org, each, (in_force, draft))
        except LostBlob:
            left_out += 1
            continue
        verdicts.append((each, before, after))
    return {"body_sha256": digest(draft), "packets": len(verdicts), "left_out": left_out} | told(
        verdicts
    )


def _judged(
    wiring: Parts, org: str, each: Past, policies: tuple[str, str]
) -> tuple[Verdict, Verdict]:
    """Raises LostBlob for a packet whose reading is not kept."""
    if not each.parts:
        raise LostBlob(each.packet)
    papers = load(wiring.blobs, org, each.parts)
    keys = wiring.judging.call(keys_of, papers)
    near = around(wiring, org, keys, each.packet)
    before, after = wiring.judging.call(
        compared, papers, near.papers, policies, each.as_of, near.tables
    )
    return before, after


def told(verdicts: Sequence[tuple[Past, Verdict, Verdict]]) -> dict[str, Any]:
    """Moves between bands, packets whose score or findings change, by rule how many findings come
    and go, and what the policy asks of people.
    """
    moves: Counter[tuple[str, str]] = Counter()
    rules: dict[str, Counter[str]] = {}
    changed, failed = [], set()
    for each, before, after in verdicts:
        moves[before.band, after.band] += 1
        failed |= set(after.failed) - set(before.failed)
        gone, new = (
            set(before.findings) - set(after.findings),
            set(after.findings) - set(before.findings),
        )
        for kind, some in (("gone", gone), ("new", new)):
            for _, rule in some:
                rules.setdefault(rule, Counter())[kind] += 1
        if (before.score, before.band, before.findings) != (
            after.score,
            after.band,
            after.findings,
        ):
            heads = {
                name: {"score": verdict.score, "band": verdict.band}
                for name, verdict in (("before", before), ("after", after))
            }
            changed.append(
                {"packet": each.packet, **heads, "gone": _named(gone), "new": _named(new)}
            )
    return {
        "moves": [{"before": b, "after": a, "count": n} for (b, a), n in sorted(moves.items())],
        "changed": changed,
        "rules": [
            {"rule": r, "gone": c["gone"], "new": c["new"]} for r, c in sorted(rules.items())
        ],
        "failed_rules": sorted(failed),
        "load": {
            "before": _load([(each, before) for each, before, _ in verdicts]),
            "after": _load([(each, after) for each, _, after in verdicts]),
        },
    }


def _load(verdicts: Sequence[tuple[Past, Verdict]]) -> dict[str, int]:
    """How many packets people have to look at, and of those that people have decided: how many
    clean ones were alarms, how many false ones were missed.
    """
    decided = [(each.decided, verdict.band) for each, verdict in verdicts if each.decided]
    return {
        "queue": sum(verdict.band != "low" for _, verdict in verdicts),
        "alarms": decided.count(("clean", "high")),
        "misses": decided.count(("false_information", "low")),
        "decided": len(decided),
    }


def _named(findings: set[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"fingerprint": f, "rule": r} for f, r in sorted(findings)]


def digest(body: str) -> str:
    """SHA-256 of a policy's text: a back-test belongs to just this one."""
    return hashlib.sha256(body.encode()).hexdigest()
