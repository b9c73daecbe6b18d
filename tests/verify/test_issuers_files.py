"""Files of issuers: templates that a server fills keep the template's program and date; a later
hand does not look so.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from conftest import honest_packet, report_on

from extractors.model import Box, Document, Packet, PrintedTotal, Proof, ProofKind, Signal
from verify.model import Finding, Severity

TEMPLATE = (
    ("metadata_creator", "Microsoft® Word 2013"),
    ("metadata_producer", "Microsoft® Word 2013; modified using iText® 5.5.6 ©2000-2015"),
    ("metadata_creationdate", "D:20250301090000+08'00'"),
    ("metadata_moddate", "D:20260105093000+08'00'"),
)


def _with_notes(kind: str, notes: tuple[tuple[str, str], ...]) -> Packet:
    packet = honest_packet()
    old = packet.of_type(kind)[0]
    signals = tuple(Signal(kind=k, detail=detail) for k, detail in notes)
    return _replaced(packet, old, replace(old, signals=signals))


def _replaced(packet: Packet, old: Document, new: Document) -> Packet:
    return replace(packet, documents=tuple(new if d is old else d for d in packet.documents))


def _findings(packet: Packet, rule: str) -> list[Finding]:
    return [f for f in report_on(packet).findings if f.rule == rule]


@pytest.mark.parametrize("kind", ["invoice", "bank_statement"])
@pytest.mark.parametrize("rule", ["FOR03", "FOR04"])
def test_a_template_that_a_system_filled_is_low(kind: str, rule: str) -> None:
    found = _findings(_with_notes(kind, TEMPLATE), rule)
    assert all(f.severity is Severity.LOW for f in found)


@pytest.mark.parametrize(
    ("rule", "notes"),
    [
        ("FOR04", (("metadata_producer", "Microsoft® Word 2013"),)),
        ("FOR03", (("metadata_creationdate", "D:20250301090000+08'00'"),)),
        (
            "FOR03",
            (
                ("metadata_producer", "Adobe Acrobat Pro 11"),
                ("metadata_creationdate", "D:20250301090000+08'00'"),
                ("metadata_moddate", "D:20260105093000+08'00'"),
            ),
        ),
    ],
)
def test_a_file_that_no_system_finished_stays_medium(
    rule: str, notes: tuple[tuple[str, str], ...]
) -> None:
    found = _findings(_with_notes("bank_statement", notes), rule)
    assert [f.severity for f in found] == [Severity.MEDIUM]


def _with_total(holds: bool) -> Packet:
    """A statement whose printed total ends off its column."""
    packet = honest_packet()
    old = packet.of_type("bank_statement")[0]
    box = Box(0.1, 0.9, 0.9, 0.92)
    total = PrintedTotal(
        kind="total",
        debit=sum((r.debit for r in old.rows), start=old.rows[0].debit * 0),
        credit=sum((r.credit for r in old.rows), start=old.rows[0].credit * 0),
        balance=None,
        after_row=len(old.rows),
        page=1,
        box=box,
    )
    apart = Signal(
        kind="set_apart",
        detail="1,234,567.89: ends 5.4 points off its column",
        page=1,
        box=Box(0.6, 0.902, 0.7, 0.918),
    )
    proof = Proof(kind=ProofKind.PRINTED_TOTALS, holds=holds, checked=1, open=int(not holds))
    proofs = (*(p for p in old.proofs if p.kind is not proof.kind), proof)
    return _replaced(packet, old, replace(old, totals=(total,), signals=(apart,), proofs=proofs))


def test_a_total_that_equals_its_rows_may_stand_off_their_column() -> None:
    assert not _findings(_with_total(holds=True), "FOR10")


def test_a_total_that_does_not_is_found() -> None:
    assert _findings(_with_total(holds=False), "FOR10")
