"""The reconciliation table: each figure by source, with what was left out and why."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from conftest import honest_packet, read_packet, report_on
from facts import FACTS
from firm import make_firm
from make_packets import honest
from rule_examples import apply

from verify.model import Reconciled, Report
from verify.report import report_json


def _table(report: Report) -> dict[str, Reconciled]:
    return {r.figure.en: r for r in report.reconciliation}


def test_an_honest_firm_agrees_with_itself() -> None:
    table = _table(report_on(honest_packet()))
    for figure in (
        "revenue 2025",
        "purchases 2025",
        "cash on the sheet's date 2025",
        "loans at the end of 2025",
    ):
        assert table[figure].outcome == "agrees", table[figure]
    assert {s.name for s in table["revenue 2025"].sources} == {
        "income_statement",
        "vat_return",
        "invoices",
        "bank_receipts",
    }


def test_receipts_leave_out_what_is_no_sale_and_say_why() -> None:
    names = ("second_account", "bridged_renewal", "shareholder_advance", "retail")
    firm = make_firm(77, [FACTS[n] for n in names])
    report = report_on(read_packet(honest(firm)))
    revenue = _table(report)["revenue 2025"]
    left = {x.reason: x.value for x in revenue.left_out}
    assert left["loan"] >= firm.loan and left["own_transfer"] == Decimal(12 * 25_000)
    receipts = sum((s.value for s in revenue.sources if s.name == "bank_receipts"), Decimal(0))
    sold = sum(
        (r.credit for r in firm.rows if r.text in ("货款", "零售款", "代付货款")), Decimal(0)
    )
    assert receipts == sold
    shown = next(r for r in report_json(report)["reconciliation"] if r["figure"] == "revenue 2025")
    assert {x["reason"] for x in shown["left_out"]} == set(left) and all(
        x["why"]["zh"] and x["why"]["en"] for x in shown["left_out"]
    )


def test_round_trips_are_left_out_of_receipts() -> None:
    trip = [["2025-03-03", "货款", 500000, "甲公司"], ["2025-03-05", "往来款", -499000, "甲公司"]]
    packet, _, _ = apply(honest_packet(), [{"rows": trip}])
    revenue = _table(report_on(packet))["revenue 2025"]
    assert {x.reason: x.value for x in revenue.left_out}["round_trip"] == Decimal(500000)


def test_a_loan_left_off_the_sheet_differs() -> None:
    rows = [["2025-03-03", "贷款发放", 900000, "某银行"]]
    packet, _, _ = apply(honest_packet(), [{"rows": rows}])
    assert _table(report_on(packet))["loans at the end of 2025"].outcome == "differs"


def test_a_figure_that_fails_is_told_and_costs_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    from verify.reconciliation import table

    def broken(sheet: object) -> Reconciled:
        raise ValueError("broken")

    monkeypatch.setattr(table, "_FIGURES", (broken, *table._FIGURES))
    outcomes = [r.outcome for r in report_on(honest_packet()).reconciliation]
    assert outcomes.count("error") == 1 and "agrees" in outcomes


def test_a_thousand_equal_invoices_are_settled() -> None:
    """Hostile: far more equal invoices of one customer than can be weighed."""
    packet = honest_packet()
    sale = packet.of_type("invoice")[0]
    number = sale.fields["number"]
    many = tuple(
        replace(
            sale,
            file=f"{n}.pdf",
            sha256=f"{n:064d}",
            fields={**sale.fields, "number": replace(number, value=f"{n:020d}")},
        )
        for n in range(1000)
    )
    report = report_on(replace(packet, documents=(*packet.documents, *many)))
    assert not [r for r in report.runs if r.outcome == "error"] and not [
        r for r in report.reconciliation if r.outcome == "error"
    ]


def test_invoices_are_shown_by_how_they_were_settled() -> None:
    table = _table(report_on(honest_packet()))["invoices and receipts 2025"]
    assert {s.name for s in table.sources} <= {
        "settled_single",
        "settled_parts",
        "settled_batch",
        "settled_third_party",
        "not_settled",
    }
