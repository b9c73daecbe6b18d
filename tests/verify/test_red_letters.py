"""Invoices that count no more: told by the number that a red-letter invoice names, or by their state in
the tax office's list.
"""

from __future__ import annotations

from random import Random

from conftest import honest_files, honest_packet, read_packet, report_on
from other_layouts import invoice
from rule_examples import apply

from extractors.model import Packet
from verify.model import Finding, Severity


def _found(packet: Packet, *others: Packet) -> list[Finding]:
    return [f for f in report_on(packet, *others).findings if f.rule == "PRA09"]


def test_a_red_letter_invoice_names_the_number_that_it_cancels() -> None:
    firm = honest_files(7, "ruled.pdf")[0]
    sale = firm.sales[8]
    firm.red_letter(sale, Random(1))
    red = firm.red.pop()
    data = invoice(
        red, remark=f"被红冲蓝字数电票号码：{sale.number} 红字发票信息确认单编号：1234567890"
    )
    buyer = read_packet({"红字.pdf": data}, "buyer")
    assert buyer.of_type("invoice")[0].fields["cancels"].value == sale.number
    assert buyer.of_type("invoice")[0].fields["number"].value == red.number
    (finding,) = _found(honest_packet(), buyer)
    assert finding.severity is Severity.HIGH and finding.against[0].packet == "buyer"


def test_the_number_counts_where_the_amounts_differ() -> None:
    packet = honest_packet()
    number = packet.of_type("invoice")[0].fields["number"].value
    _, (other,), _ = apply(
        packet,
        [
            {
                "other": [
                    {"set": "invoice.fields.number", "to": "25510000000000000009"},
                    {"set": "invoice.fields.cancels", "to": number},
                    {"set": "invoice.fields.total_amount", "times": -0.5},
                ]
            }
        ],
    )
    (finding,) = _found(packet, other)
    assert finding.severity is Severity.HIGH


def test_a_list_that_says_void_is_held_against_the_paper() -> None:
    listed, _, _ = apply(
        honest_packet(),
        [{"copy": "invoice"}, {"set": "invoice#3.fields.state", "to": "已红冲-全额"}],
    )
    (finding,) = _found(listed)
    assert finding.severity is Severity.MEDIUM
    valid, _, _ = apply(
        honest_packet(), [{"copy": "invoice"}, {"set": "invoice#3.fields.state", "to": "正常"}]
    )
    assert not _found(valid)
