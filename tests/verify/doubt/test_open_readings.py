"""No packet is low while a document is unread, lacks a weighty part, or its reading is in doubt;
and what is asked for again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from conftest import honest_packet, report_on
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from readings import (
    WEAK,
    changed,
    document_of,
    field,
    pictured,
    proven,
    run_of,
    with_document,
    without_field,
)

from extractors.model import Document, Failure, Likeness, Packet, ProofKind
from verify.doubt.parts import Part, lacking
from verify.model import Outcome, Report
from verify.report import report_json
from verify.scoring.open_reading import open_readings

NOT_READ = Failure(code="picture_not_read", zh="未读取", en="not read")


def _unread(document: Document) -> Document:
    return replace(
        document, status="unreadable", fields={}, rows=(), lines={}, failures=(NOT_READ,)
    )


def _unknown(document: Document) -> Document:
    return replace(_unread(document), status="unsupported", type="unknown")


def _in_part(document: Document) -> Document:
    return replace(document, status="partial", failures=(NOT_READ,))


SPOILT: dict[str, Callable[[Document], Document]] = {
    "unread": _unread,
    "of no known kind": _unknown,
    "read in part": _in_part,
}


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_no_report_is_low_with_a_spoilt_document(data: st.DataObject) -> None:
    packet = honest_packet()
    chosen = data.draw(
        st.lists(st.sampled_from(range(len(packet.documents))), min_size=1, max_size=3, unique=True)
    )
    spoil = SPOILT[data.draw(st.sampled_from(sorted(SPOILT)))]
    documents = tuple(
        spoil(d) if number in chosen else d for number, d in enumerate(packet.documents)
    )
    report = report_on(replace(packet, documents=documents))
    assert report.score.band != "low"
    assert report.score.not_low is not None
    assert report.score.coverage < 1


def test_damaged_documents_lower_coverage_one_by_one() -> None:
    packet = honest_packet()
    shares = []
    for count in (0, 3, 40):
        damaged = tuple(
            _unread(replace(packet.documents[0], file=f"{n}.pdf", sha256=f"{n:064d}"))
            for n in range(count)
        )
        shares.append(report_on(replace(packet, documents=(*packet.documents, *damaged))))
    first, second, third = (r.score.coverage for r in shares)
    assert first > second > third
    assert [r.score.band for r in shares] == ["low", "not_verified", "not_verified"]
    assert len({r.score.value for r in shares}) == 1


def test_a_document_of_another_kind_is_told_and_costs_little() -> None:
    packet = honest_packet()
    likeness = Likeness(kind="payroll", zh="工资表", en="payroll", because_zh="", because_en="")
    other = replace(
        _unknown(packet.documents[0]), file="p.pdf", sha256="p" * 64, looks_like=likeness
    )
    before, after = (
        report_on(packet),
        report_on(replace(packet, documents=(*packet.documents, other))),
    )
    assert after.score.band == "low"
    assert before.score.coverage - 0.02 < after.score.coverage < before.score.coverage
    assert any("工资表" in n.why.zh for n in after.next_papers)


@pytest.mark.parametrize("name", ["account_name", "account_number", "period_end"])
def test_a_statement_without_a_weighty_part_is_asked_for_again(name: str) -> None:
    report = report_on(changed("bank_statement", without_field(name)))
    assert report.score.band == "not_verified"
    assert "bank_statement" in {n.type for n in report.next_papers}


def test_a_statement_without_rows_counts_as_missing() -> None:
    report = report_on(changed("bank_statement", lambda d: replace(d, rows=())))
    assert report.score.band == "not_verified"
    run = next(r for r in report.runs if r.rule == "CON04")
    assert run.outcome is Outcome.NOT_APPLICABLE
    assert "bank_statement" in run.missing
    assert "bank_statement" in {n.type for n in report.next_papers}


HOLDER_RULES = ["CON04", "CON05", "CON07", "CON12", "CON21", "CON23", "PRA13", "BNK14"]


@pytest.mark.parametrize("rule", HOLDER_RULES)
def test_rules_do_not_stand_on_a_holder_that_was_not_read(rule: str) -> None:
    run = run_of(changed("bank_statement", without_field("account_name")), rule)
    assert run.outcome not in (Outcome.HIT, Outcome.CLEAR)


@pytest.mark.parametrize("rule", ["CON04", "CON12", "CON23", "PRA11", "BNK01", "BNK02"])
def test_rules_do_not_stand_on_rows_that_may_be_missing(rule: str) -> None:
    packet = changed("bank_statement", proven(ProofKind.INK_LEDGER, holds=False))
    packet = _without_proofs_but_ink(packet)
    run = run_of(packet, rule)
    assert run.outcome not in (Outcome.HIT, Outcome.CLEAR)


def _without_proofs_but_ink(packet: Packet) -> Packet:
    statement = document_of(packet, "bank_statement")
    kept = tuple(p for p in statement.proofs if p.kind is ProofKind.INK_LEDGER)
    return with_document(packet, statement, replace(statement, proofs=kept))


def test_a_broken_chain_is_complete_where_all_ink_is_accounted_for() -> None:
    statement = proven(ProofKind.INK_LEDGER)(document_of(honest_packet(), "bank_statement"))
    statement = proven(ProofKind.CHAIN, holds=False)(statement)
    assert lacking(statement, (Part.ROWS,)) == ()


@pytest.mark.parametrize("rule", ["CON04", "CON12", "CON21", "CON23"])
def test_rules_over_all_accounts_wait_for_files_that_were_not_read(rule: str) -> None:
    """The file may be the statement of the account that they miss."""
    packet = honest_packet()
    lost = _unread(replace(packet.documents[0], file="lost.pdf", sha256="f" * 64, type="unknown"))
    run = run_of(replace(packet, documents=(*packet.documents, lost)), rule)
    assert run.outcome is Outcome.NOT_CHECKED
    assert "lost.pdf" in run.reason.en


def _doubted() -> Report:
    words = document_of(honest_packet(), "invoice").fields["total_words"].value
    other = f"{float(words) - 0.04:.2f}"
    return report_on(changed("invoice", pictured(), field("total_words", other)))


def test_a_doubt_scores_nothing_and_tells_where_to_look() -> None:
    report = _doubted()
    assert report.score.value == report_on(honest_packet()).score.value
    assert report.score.band == "not_verified"
    check = next(c for c in report_json(report)["checks"] if c["rule"] == "ARI15")
    assert check["outcome"] == "reading_in_doubt"
    doubt = check["doubts"][0]
    assert doubt["slip"] and doubt["title"]["zh"] and doubt["message"]["en"]
    assert doubt["evidence"][0]["file"]
    assert "invoice" in {n.type for n in report.next_papers}


def test_each_document_is_named_once() -> None:
    packet = changed("invoice", pictured(WEAK))
    found = open_readings(packet, report_on(packet).runs)
    assert len({r.document.id for r in found}) == len(found)
