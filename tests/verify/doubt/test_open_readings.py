"""No packet is low while a document is unread, lacks a weighty part, or its reading is in doubt;
and what is asked for again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from conftest import honest_packet, report_on
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from readings import (
    WEAK,
    changed,
    document_of,
    field,
    inner_row,
    line,
    pictured,
    proven,
    row,
    run_of,
    with_document,
    without_field,
)

from extractors.model import Document, Failure, Likeness, Packet, Proof, ProofKind
from verify.doubt.parts import Part, lacking
from verify.model import Outcome, Report, RuleRun
from verify.policy import default_policy
from verify.registry import rules
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
    found = open_readings(packet, report_on(packet).runs, rules(), default_policy())
    assert len({r.document.id for r in found}) == len(found)


# Small open places do not cost the verdict; their forged twins do.


def _day_differs(*, text_is_clear: bool) -> Report:
    """A year's statement twice, a day of the second copy, a picture, misread."""
    packet = honest_packet()
    statement = document_of(packet, "bank_statement")
    index = inner_row(statement)
    later = statement.rows[index].day + timedelta(days=1)
    copy = replace(statement, file="second.pdf", sha256="e" * 64)
    twin = pictured()(row(index, day=later)(copy))
    if not text_is_clear:
        packet = with_document(packet, statement, pictured()(statement))
    return report_on(replace(packet, documents=(*packet.documents, twin)))


def test_a_misread_copy_of_a_clear_statement_is_not_asked_for_again() -> None:
    report = _day_differs(text_is_clear=True)
    assert run_with(report, "DUP05").outcome is Outcome.READING_IN_DOUBT
    assert report.score.not_low is None and report.score.band == "low"


def test_two_pictures_that_differ_are_asked_for_again() -> None:
    report = _day_differs(text_is_clear=False)
    assert report.score.band == "not_verified"
    assert "bank_statement" in {n.type for n in report.next_papers}


def run_with(report: Report, rule: str) -> RuleRun:
    return next(r for r in report.runs if r.rule == rule)


CHOSEN = Failure(code="value_in_doubt", zh="日期不确定", en="Not certain: date.")


def _slip_of_doubtful_day(amount: str | None) -> Report:
    """A slip of which it is open which printed day is meant; with another amount where given."""
    slip = document_of(honest_packet(), "bank_slip")
    day = slip.fields["date"]
    changes = [
        lambda d: replace(d, status="partial", failures=(CHOSEN,)),
        field("date", day.value, confidence=0.5),
    ]
    if amount is not None:
        changes.append(field("amount", amount))
        changes.append(field("serial_number", "990000000001"))
    return report_on(changed("bank_slip", *changes))


def test_a_doubtful_day_that_the_statement_bears_out_is_settled() -> None:
    report = _slip_of_doubtful_day(None)
    assert run_with(report, "CON23").outcome is Outcome.CLEAR
    assert report.score.band == "low"
    assert "bank_slip" not in {n.type for n in report.next_papers}


def test_a_doubtful_day_of_a_payment_that_no_statement_shows_stays_open() -> None:
    report = _slip_of_doubtful_day("777777.70")
    assert report.score.band != "low"
    assert "bank_slip" in {n.type for n in report.next_papers}


@pytest.mark.parametrize("holder, open_again", [("沈岚岚", False), (None, True)])
def test_open_rows_of_somebody_elses_account_do_not_cost_the_verdict(
    holder: str | None, open_again: bool
) -> None:
    packet = honest_packet()
    statement = document_of(packet, "bank_statement")
    name = statement.fields["account_name"]
    rows = Failure(code="statement_lines_open", zh="有未识别的行", en="lines are open")
    wallet = replace(
        statement,
        file="wallet.pdf",
        sha256="d" * 64,
        status="partial",
        failures=(rows,),
        rows=tuple(replace(r, balance=None) for r in statement.rows[:20]),
        proofs=(Proof(kind=ProofKind.INK_LEDGER, holds=False, checked=20, open=3),),
        fields={
            "account_name": replace(name, value=holder or name.value, confidence=0.99),
            "account_number": replace(
                statement.fields["account_number"], value="6228480000000001234"
            ),
            "period_end": statement.fields["period_end"],
            "period_start": statement.fields["period_start"],
        },
    )
    report = report_on(replace(packet, documents=(*packet.documents, wallet)))
    asked = [n.why.en for n in report.next_papers if "wallet.pdf" in n.why.en]
    assert bool(asked) is open_again, asked
    assert (report.score.not_low is not None) is open_again


def test_one_doubt_of_severity_medium_cannot_change_the_band_and_is_not_asked_about() -> None:
    shares = document_of(honest_packet(), "vat_return").lines["应纳税额"].columns["value"].value
    packet = changed("vat_return", pictured(0.8), line("应纳税额", "value", shares * 10))
    report = report_on(packet)
    doubts = [d for r in report.runs for d in r.doubts if d.is_weighty]
    low, high = report.score.interval
    assert doubts and low <= report.score.value <= high
    assert (report.score.not_low is not None) == (high >= default_policy().bands["medium"])
