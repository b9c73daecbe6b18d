"""Interest: which ways of paying are honest, and what average balance a payment was made on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

import pytest
from conftest import honest_packet, report_on

from extractors.model import WHOLE_PAGE, Document, Packet, Transaction
from verify.model import Finding, Outcome, Reconciled, RuleRun
from verify.report import report_json

START, END = date(2025, 1, 1), date(2025, 12, 31)
Payer = Callable[[dict[date, Decimal], date], Decimal]


def _balances(day: date) -> Decimal:
    """Swings through the year between 400,000 and 1,200,000."""
    return Decimal(800_000 + 400_000 * ((day.toordinal() // 17) % 5 - 2) // 2)


def _listed(day: date) -> Decimal:
    return Decimal("0.0010") if day < date(2025, 5, 20) else Decimal("0.0005")


def by_day(balances: dict[date, Decimal], day: date) -> Decimal:
    return balances[day] * _listed(day)


def one_rate(balances: dict[date, Decimal], day: date) -> Decimal:
    return balances[day] * Decimal("0.0035")


def two_tiers(balances: dict[date, Decimal], day: date) -> Decimal:
    base = min(balances[day], Decimal(500_000))
    return base * Decimal("0.0005") + (balances[day] - base) * Decimal("0.0115")


def _statement(
    pay: Payer, inflated_from: date | None = None, added: Decimal = Decimal(4_000_000)
) -> Packet:
    """The honest packet with rows that make these balances and interest paid this way, on the
    balances before any inflation.
    """
    packet = honest_packet()
    paper = packet.of_type("bank_statement")[0]
    rows: list[Transaction] = []
    true: dict[date, Decimal] = {}
    balance, due, extra = _balances(START), Decimal(0), Decimal(0)
    day = START
    while day <= END:
        interest = day.day == 21 and day.month in (3, 6, 9, 12)
        if interest:
            paid = (due / 360).quantize(Decimal("0.01"), ROUND_HALF_UP)
            balance, due = balance + paid, Decimal(0)
            rows.append(_row(day, "结息", paid, balance + extra))
        target = _balances(day) if not interest else balance
        if inflated_from == day:
            extra = added
            rows.append(_row(day, "货款", extra, balance + extra))
        if abs(target - balance) > 10_000:
            rows.append(_row(day, "货款", target - balance, target + extra))
            balance = target
        true[day] = balance
        due += pay(true, day)
        day += timedelta(days=1)
    fields = {
        **paper.fields,
        "opening_balance": replace(
            paper.fields["opening_balance"], value=f"{_balances(START):.2f}"
        ),
        "period_start": replace(paper.fields["period_start"], value=START.isoformat()),
        "period_end": replace(paper.fields["period_end"], value=END.isoformat()),
    }
    changed = replace(paper, rows=tuple(rows), totals=(), fields=fields)
    return replace(
        packet,
        documents=tuple(changed if d.type == "bank_statement" else d for d in packet.documents),
    )


def _row(day: date, text: str, amount: Decimal, balance: Decimal) -> Transaction:
    sides = {"credit": amount} if amount > 0 else {"debit": -amount}
    return Transaction(
        day=day, description=text, balance=balance, page=1, box=WHOLE_PAGE, confidence=0.99, **sides
    )


def _runs(packet: Packet) -> dict[str, RuleRun]:
    return {r.rule: r for r in report_on(packet).runs}


@pytest.mark.parametrize("pay", [by_day, one_rate, two_tiers])
def test_honest_ways_of_paying_are_clear(pay: Payer) -> None:
    """A rate that changes within the quarter, a bank's own rate, an agreed deposit with two tiers."""
    runs = _runs(_statement(pay))
    for rule in ("BNK01", "BNK02", "BNK03", "BNK25"):
        assert runs[rule].outcome is Outcome.CLEAR, (
            rule,
            runs[rule].reason,
            [f.message for f in runs[rule].findings],
        )


@pytest.mark.parametrize("pay", [by_day, one_rate])
def test_inflated_balances_are_told_from_interest(pay: Payer) -> None:
    runs = _runs(_statement(pay, inflated_from=date(2025, 7, 15)))
    found: list[Finding] = [*runs["BNK02"].findings, *runs["BNK03"].findings]
    assert any(f.rule == "BNK02" and f.severity == "high" for f in found)


@pytest.mark.parametrize(
    ("pay", "raised_on", "severity"),
    [
        (by_day, date(2025, 2, 10), "high"),
        (by_day, date(2025, 5, 12), "high"),
        (by_day, date(2025, 9, 18), "medium"),
        (one_rate, date(2025, 7, 15), "medium"),
    ],
)
def test_a_small_sum_added_to_every_balance_is_told_from_interest(
    pay: Payer, raised_on: date, severity: str
) -> None:
    run = _runs(_statement(pay, raised_on, Decimal(50_000)))["BNK25"]
    assert [f.severity for f in run.findings] == [severity]
    assert "50,000" in run.findings[0].message.en


def test_the_average_that_the_bank_paid_on_stands_in_the_table() -> None:
    report = report_on(_statement(by_day, inflated_from=date(2025, 7, 15)))
    tables: dict[str, Reconciled] = {
        r.figure.en: r for r in report.reconciliation if r.figure.en.startswith("average balance")
    }
    assert {r.outcome for k, r in tables.items() if "2025-12-20" in k} == {"differs"}
    quarter = next(r for k, r in tables.items() if k.endswith("2025-12-20"))
    shown, counted = (
        next(s.value for s in quarter.sources if s.name == n)
        for n in ("bank_statement", "deposit_interest")
    )
    true = (
        sum((_balances(date(2025, 9, 21) + timedelta(days=n)) for n in range(91)), Decimal(0)) / 91
    )
    assert abs(counted - true) < true * Decimal("0.02") and shown > counted + 3_500_000
    names = [x["name"] for r in report_json(report)["reconciliation"] for x in r["sources"]]
    assert "deposit_interest" in names


def test_documents_without_balances_are_not_judged() -> None:
    packet = _statement(by_day)
    paper: Document = packet.of_type("bank_statement")[0]
    bare = replace(paper, rows=tuple(replace(r, balance=None) for r in paper.rows))
    runs = _runs(
        replace(packet, documents=tuple(bare if d is paper else d for d in packet.documents))
    )
    assert (
        runs["BNK01"].outcome is Outcome.NOT_CHECKED
        and runs["BNK02"].outcome is Outcome.NOT_APPLICABLE
    )
