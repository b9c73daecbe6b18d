"""Papers that contradict each other: each contradiction counts once, and only whole readings tell."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from conftest import honest_packet, report_on
from rule_examples import apply

from extractors.model import Packet, Proof, ProofKind
from verify.model import Finding, Outcome


def _findings(rule: str, packet: Packet, *others: Packet) -> list[Finding]:
    return [f for f in report_on(packet, *others).findings if f.rule == rule]


def test_a_returned_payment_counts_once_where_the_statement_is_there_twice() -> None:
    slip = honest_packet().of_type("bank_slip")[0]
    back = ["2025-02-05", "退汇", slip.fields["amount"].value, slip.fields["payee_name"].value]
    packet, _, _ = apply(honest_packet(), [{"rows": [back]}, {"copy": "bank_statement"}])
    assert len(_findings("CON30", packet)) == 1


def _partner_of(packet: Packet) -> Packet:
    """The application of the first customer, whose statement lacks what it paid."""
    row = next(
        r
        for r in packet.of_type("bank_statement")[0].rows
        if r.credit > 1000 and r.counterparty_name
    )
    named: list[dict[str, Any]] = [
        {"set": path, "to": row.counterparty_name}
        for path in (
            "business_licence.fields.name",
            "vat_return.fields.company",
            "bank_statement.fields.account_name",
            "balance_sheet.fields.company",
            "income_statement.fields.company",
            "shareholder_register.fields.company",
        )
    ]
    number = {"set": "bank_statement.fields.account_number", "to": row.counterparty_account}
    _, (partner,), _ = apply(packet, [{"other": [*named, number]}])
    return partner


def test_a_statement_that_was_not_read_whole_puts_nobody_in_doubt() -> None:
    packet = honest_packet()
    partner = _partner_of(packet)
    assert _findings("DUP06", packet, partner)
    lost = Proof(kind=ProofKind.INK_LEDGER, holds=False, checked=200, open=3)
    documents = tuple(
        replace(d, proofs=(lost,)) if d.type == "bank_statement" else d for d in partner.documents
    )
    partly = replace(partner, documents=documents)
    (run,) = [r for r in report_on(packet, partly).runs if r.rule == "DUP06"]
    assert run.outcome is Outcome.NOT_CHECKED and "未读全" in run.reason.zh
