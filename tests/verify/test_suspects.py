"""Which paper of a contradiction is in doubt, and which is what it was set against."""

from __future__ import annotations

from conftest import honest_packet, report_on
from rule_examples import apply

from extractors.model import Packet
from verify.model import Finding


def _finding(changes: list[dict[str, object]], rule: str) -> tuple[Packet, Finding]:
    packet, others, as_of = apply(honest_packet(), changes)
    report = report_on(packet, *others, as_of=as_of)
    return packet, next(f for f in report.findings if f.rule == rule)


def _types(packet: Packet, finding: Finding) -> tuple[set[str], set[str]]:
    kinds = {d.id: d.type for d in packet.documents}
    return {kinds[e.document] for e in finding.evidence}, {
        kinds[e.document] for e in finding.against
    }


def test_the_firm_s_own_statement_is_doubted_before_the_tax_return() -> None:
    packet, finding = _finding(
        [{"set": "income_statement.lines.营业收入.value", "times": 2}], "CON02"
    )
    assert _types(packet, finding) == ({"income_statement"}, {"vat_return"})


def test_a_return_that_fails_its_own_sums_is_doubted_first() -> None:
    changes = [
        {"set": "vat_return.lines.销售额.value", "times": 3},
        {"set": "vat_return.fields.sales", "times": 3},
    ]
    packet, finding = _finding(changes, "CON02")
    assert _types(packet, finding) == ({"vat_return"}, {"income_statement"})


def test_one_code_against_many_is_the_one_in_doubt() -> None:
    packet, finding = _finding(
        [{"set": "business_licence.fields.uscc", "to": "91440604MA0421914F"}], "CON01"
    )
    doubted, against = _types(packet, finding)
    assert doubted == {"business_licence"} and "business_licence" not in against and against


def test_a_slip_beside_slips_that_are_found_is_doubted() -> None:
    packet, finding = _finding(
        [
            {"set": "bank_slip.fields.date", "to": "2025-06-17"},
            {"set": "bank_slip.fields.serial_number", "to": "999999999999"},
        ],
        "CON23",
    )
    assert _types(packet, finding) == ({"bank_slip"}, {"bank_statement"})


def test_a_finding_about_one_paper_keeps_its_evidence() -> None:
    _, finding = _finding([{"set": "bank_statement.rows.40.balance", "add": 90}], "ARI17")
    assert finding.evidence and not finding.against
