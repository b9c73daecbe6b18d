"""What rules on guarantees and related trade weigh: told or not told, one contact or several,
contagion apart from falsehood.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import yaml
from conftest import ROOT, honest_files, honest_packet, read_packet, report_on
from other_layouts import name_change
from rule_examples import apply

from extractors.model import Packet, Signal
from verify.model import Finding, Severity

K, C, ME = "昆明恒丰阀门有限公司", "丙贸易有限公司", "成都嘉泰07号印刷有限公司"


def _changes(rule: str, kind: str = "hit") -> list[dict[str, Any]]:
    packet = honest_packet()
    buyer = packet.of_type("invoice")[0].fields["buyer_name"].value
    text = (
        (ROOT / "fixtures" / "rules" / f"{rule}.yaml")
        .read_text("utf-8")
        .replace("APPLICANT", ME)
        .replace("BUYER", buyer)
    )
    changes: list[dict[str, Any]] = yaml.safe_load(text)[kind]
    return changes


def _found(rule: str, packet: Packet, *others: Packet) -> list[Finding]:
    return [f for f in report_on(packet, *others).findings if f.rule == rule]


def _group(severities_of: str) -> list[Finding]:
    """A circle of three under one owner; the registers of the other two lie in this packet or only
    in others.
    """
    packet, _, _ = apply(honest_packet(), _changes("GUA05"))
    if severities_of == "told":
        return _found("GUA05", packet)
    registers = [
        d for d in packet.of_type("shareholder_register") if d.fields["company"].value != ME
    ]
    own = replace(packet, documents=tuple(d for d in packet.documents if d not in registers))
    return _found("GUA05", own, replace(honest_packet(), id="others", documents=tuple(registers)))


def test_a_group_circle_weighs_most_where_the_group_is_not_told() -> None:
    (told,), (hidden,) = _group("told"), _group("hidden")
    assert told.severity is Severity.MEDIUM and hidden.severity is Severity.HIGH
    assert "未见于本申请材料" in hidden.message.zh and "未见于本申请材料" not in told.message.zh
    assert {e.packet for e in hidden.against} > {"others"}


def test_a_group_circle_with_support_from_outside_is_not_high() -> None:
    more = [
        {"copy": "guarantee_contract"},
        {"set": "guarantee_contract#LAST.parties.guarantor", "to": ["圈外担保有限公司"]},
        {"set": "guarantee_contract#LAST.fields.contract_number", "to": "外1"},
    ]
    packet, _, _ = apply(honest_packet(), [*_changes("GUA05"), *more])
    assert [f.severity for f in _found("GUA05", packet)] == [Severity.MEDIUM]


def test_a_hidden_partner_weighs_by_its_share() -> None:
    packet, others, _ = apply(honest_packet(), _changes("GUA08"))
    (found,) = _found("GUA08", packet, *others)
    assert (
        found.severity is Severity.MEDIUM
        and found.against
        and {e.packet for e in found.evidence} == {packet.id}
    )
    few = tuple(
        replace(d, rows=d.rows[:0]) if d.type == "bank_statement" else d for d in packet.documents
    )
    assert [f.severity for f in _found("GUA08", replace(packet, documents=few), *others)] == [
        Severity.LOW
    ]


def test_soft_links_count_together() -> None:
    packet, _, _ = apply(honest_packet(), _changes("GUA09"))
    (two,) = _found("GUA09", packet)
    assert two.severity is Severity.MEDIUM and "13900001111" in two.message.zh
    packet, _, _ = apply(honest_packet(), _changes("GUA09", "innocent"))
    (one,) = _found("GUA09", packet)
    assert one.severity is Severity.LOW and one.confidence < 0.6


def _backed_by(
    firm: str,
    *,
    mine: dict[str, str],
    theirs: dict[str, str],
    more: tuple[dict[str, Any], ...] = (),
) -> list[Finding]:
    """GUA09 where a firm guarantees and both sell by invoices that print these contacts of their
    sellers.
    """
    own = [{"set": f"invoice.fields.seller_{k}", "to": v} for k, v in mine.items()]
    other = [{"set": f"invoice#LAST.fields.seller_{k}", "to": v} for k, v in theirs.items()]
    copied = [
        {"copy": "invoice"},
        {"set": "invoice#LAST.fields.seller_name", "to": firm},
        {"set": "invoice#LAST.fields.number", "to": "1"},
    ]
    copied.append({"drop": "invoice#LAST.fields.seller_tax_id"})
    packet, _, _ = apply(honest_packet(), [*copied, *own, *other, *more])
    return _found("GUA09", packet)


def test_contacts_that_invoices_print_count() -> None:
    account, phone = "4402200109001234567", "13900001111"
    (both,) = _backed_by(
        K, mine={"account": account, "phone": phone}, theirs={"account": account, "phone": phone}
    )
    assert (
        both.severity is Severity.MEDIUM
        and account in both.message.zh
        and len(both.evidence) + len(both.against) == 4
    )
    (one,) = _backed_by(K, mine={"phone": phone}, theirs={"phone": phone})
    assert one.severity is Severity.LOW  # an accountant may give its own number for both
    assert not _backed_by(K, mine={"phone": phone}, theirs={"phone": "13900002222"})


def test_firms_that_tell_their_relation_here_may_share_contacts() -> None:
    shared = {"account": "4402200109001234567", "phone": "13900001111"}
    told = ({"holders": "shareholder_register", "to": [["张三", 70], [K, 30]]},)
    assert _backed_by(K, mine=shared, theirs=shared) and not _backed_by(
        K, mine=shared, theirs=shared, more=told
    )


@pytest.mark.parametrize(("author", "hits"), [("王会计", 1), ("Administrator", 0)])
def test_an_author_behind_both_firms_statements(author: str, hits: int) -> None:
    packet, _, _ = apply(
        honest_packet(),
        [{"copy": "balance_sheet"}, {"set": "balance_sheet#LAST.fields.company", "to": K}],
    )
    made = Signal(kind="metadata_author", detail=author)
    marked = tuple(
        replace(d, signals=(made,)) if d.type == "balance_sheet" else d for d in packet.documents
    )
    assert len(_found("GUA09", replace(packet, documents=marked))) == hits


def test_contagion_is_told_apart_and_low() -> None:
    packet, _, _ = apply(honest_packet(), _changes("GUA12"))
    (found,) = _found("GUA12", packet)
    assert found.severity is Severity.LOW and K in found.message.zh and C in found.message.zh
    assert len(found.against) == 2


def test_papers_of_a_former_name_are_the_applicant_s_own() -> None:
    firm = honest_files(7, "ruled.pdf")[0]
    old = "成都旧名印刷厂"
    packet, _, _ = apply(honest_packet(), [{"set": "income_statement.fields.company", "to": old}])
    assert [f.observed for f in _found("CON01", packet)] == [old]
    notice = read_packet({"通知书.pdf": name_change(firm, old)}).documents
    assert not _found("CON01", replace(packet, documents=(*packet.documents, *notice)))


def test_the_applicant_goes_by_its_latest_name_and_keeps_its_old_account() -> None:
    firm, old = honest_files(7, "ruled.pdf")[0], "成都旧名印刷厂"
    places = (
        "income_statement.fields.company",
        "bank_statement.fields.account_name",
        "vat_return.fields.company",
        "balance_sheet.fields.company",
    )
    packet, _, _ = apply(honest_packet(), [{"set": place, "to": old} for place in places])
    notice = read_packet({"通知书.pdf": name_change(firm, old)}).documents
    report = report_on(replace(packet, documents=(*packet.documents, *notice)))
    assert report.applicant_name == firm.name
    assert report.score.value == report_on(honest_packet()).score.value and not [
        f for f in report.findings if f.rule == "CON01"
    ]
