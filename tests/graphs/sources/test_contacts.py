"""Contacts that each kind of paper tells, and of whom; what looks alike and ties nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from graph_papers import BOX, A, B, C, D, field, guarantee, invoice, paper, register
from party_graphs import build

from extractors.model import Document, Packet, Transaction
from graphs.measures.shared_contact import shared_contacts

ACCOUNT, OTHER, PHONE, SEAT = (
    "4402200109001234567",
    "6105011008360000123",
    "13900001111",
    "成都市滨河路18号3栋1201室",
)


def packet(*documents: Document) -> Packet:
    return Packet(id="P", documents=documents, files=())


def contacts(*documents: Document) -> set[tuple[str, str]]:
    """Firm and contact, by name and id."""
    graph = build([packet(*documents)])
    return {(graph.name(r.source), r.target) for r in graph.of_kind("has_contact")}


def with_fields(document: Document, **more: str) -> Document:
    return replace(document, fields=document.fields | {k: field(k, v) for k, v in more.items()})


def statement(
    number: int, *rows: tuple[str, str], own: str = "1111222233334444", holder: str = A
) -> Document:
    made = tuple(
        Transaction(
            day=date(2025, 3, n + 1),
            description="货款",
            credit=Decimal(5000),
            counterparty_name=name,
            counterparty_account=account,
            page=1,
            box=BOX,
            confidence=0.99,
        )
        for n, (name, account) in enumerate(rows)
    )
    return paper(
        "bank_statement", number, {"account_name": holder, "account_number": own}, rows=made
    )


def slip(number: int, payer: tuple[str, str], payee: tuple[str, str]) -> Document:
    fields = {
        "payer_name": payer[0],
        "payer_account": payer[1],
        "payee_name": payee[0],
        "payee_account": payee[1],
    }
    return paper("bank_slip", number, fields)


def test_an_invoice_tells_both_sides() -> None:
    own = with_fields(
        invoice(1, A, B, "2025-03-01"),
        seller_phone=PHONE,
        seller_account=ACCOUNT,
        buyer_address=SEAT,
    )
    assert contacts(own) == {
        (A, f"phone:{PHONE}"),
        (A, f"account:{ACCOUNT}"),
        (B, f"address:{SEAT}"),
    }
    relation = next(
        r for r in build([packet(own)]).of_kind("has_contact") if r.target.startswith("account")
    )
    (place,) = relation.places
    assert (place.packet, place.file, place.page, place.box) == ("P", "invoice-1.pdf", 2, BOX)


def test_a_person_on_an_invoice_has_no_contacts() -> None:
    assert contacts(with_fields(invoice(1, A, "张三", "2025-03-01"), buyer_phone=PHONE)) == set()


def test_a_contract_tells_guarantor_and_debtor() -> None:
    own = with_fields(
        guarantee(1, A, B), guarantor=A, debtor=B, guarantor_phone=PHONE, debtor_account=ACCOUNT
    )
    assert contacts(own) == {(A, f"phone:{PHONE}"), (B, f"account:{ACCOUNT}")}


def test_slips_and_statements_tell_whom_money_came_from_or_went_to() -> None:
    assert contacts(slip(1, (A, ACCOUNT), (B, OTHER))) == {
        (A, f"account:{ACCOUNT}"),
        (B, f"account:{OTHER}"),
    }
    told = contacts(statement(1, (B, ACCOUNT), (B, ACCOUNT), (C, OTHER)))
    assert told == {
        (A, "account:1111222233334444"),
        (B, f"account:{ACCOUNT}"),
        (C, f"account:{OTHER}"),
    }
    (relation,) = (
        r
        for r in build([packet(statement(1, (B, ACCOUNT), (B, ACCOUNT)))]).of_kind("has_contact")
        if r.target == f"account:{ACCOUNT}"
    )
    assert len(relation.places) == 1  # a paper says it once


def test_numbers_that_are_nobody_s_own() -> None:
    own = {(A, "account:1111222233334444")}
    assert (
        contacts(statement(1, (B, ACCOUNT), (C, ACCOUNT))) == own
    )  # a clearing house or payment service
    assert (
        contacts(statement(1, (B, "1111222233334444"))) == own
    )  # the bank's form prints the account itself
    assert (
        contacts(
            statement(
                1,
                ("中国工商银行成都高新支行", ACCOUNT),
                ("国家金库成都市中心支库", OTHER),
                ("张三", "6222020000000001234"),
            )
        )
        == own
    )
    assert contacts(statement(1, (B, "6222****1234"))) == own
    assert contacts(slip(1, (A, ACCOUNT), (B, ACCOUNT))) == set()


def test_one_account_under_two_names_in_two_applications() -> None:
    graph = build(
        [
            Packet(id="P", documents=(statement(1, (B, ACCOUNT)),), files=()),
            Packet(id="Q", documents=(slip(2, (C, OTHER), (D, ACCOUNT)),), files=()),
        ]
    )
    (pattern,) = shared_contacts(graph)
    assert set(graph.names(pattern.members)) == {B, D} and float(pattern.figures["weight"]) == 1
    assert {p.packet for p in pattern.relations[0].places} == {"P", "Q"}


def test_an_agent_s_telephone_on_many_invoices_says_nothing() -> None:
    firms = [f"第{n}号有限公司" for n in range(12)]
    own = [
        with_fields(invoice(n, firm, A, "2025-03-01"), seller_phone=PHONE)
        for n, firm in enumerate(firms)
    ]
    assert not shared_contacts(build([packet(*own)]))
    assert len(shared_contacts(build([packet(*own[:2])]))) == 1


def test_only_counterparties_are_left_out_where_they_are_not_asked_for() -> None:
    own = packet(statement(1, (B, ACCOUNT), (C, OTHER)), register(2, C, PHONE))
    assert {
        e.name
        for e in build([own], counterparties=False, unrelated=True).entities.values()
        if e.is_party
    } == {A, C}
    assert {e.name for e in build([own], unrelated=True).entities.values() if e.is_party} == {
        A,
        B,
        C,
    }
