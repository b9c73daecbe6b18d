"""Every paper of the made-up packets is read exactly, in layouts that no rule of the readers was
written for.
"""

from __future__ import annotations

from decimal import Decimal

import pytest
from conftest import honest_files, honest_packet, read_packet
from other_layouts import balance_sheet, contract, invoice
from statement_layouts import LAYOUTS

from extractors.documents import bank_slip, bank_statement, business_licence, guarantee_contract
from extractors.documents import invoice as invoices
from extractors.documents.registry import document_types


@pytest.mark.parametrize("statement", sorted(LAYOUTS))
@pytest.mark.parametrize("seed", [7, 31, 44])
def test_every_row_of_a_statement(statement: str, seed: int) -> None:
    firm, files = honest_files(seed, statement)
    packet = read_packet({statement: files[f"流水_{statement}"]})
    (document,) = packet.documents
    assert [(r.day, r.debit, r.credit, r.balance) for r in document.rows] == [
        (r.day, r.debit, r.credit, r.balance) for r in firm.rows
    ]
    assert [r.counterparty_name for r in document.rows] == [r.party for r in firm.rows]
    assert [r.counterparty_account for r in document.rows] == [r.account for r in firm.rows]
    name, number, opening = (
        s.of(document)
        for s in (
            bank_statement.ACCOUNT_NAME,
            bank_statement.ACCOUNT_NUMBER,
            bank_statement.OPENING_BALANCE,
        )
    )
    assert name and name.value == firm.name
    assert number and number.value == firm.account
    assert opening and opening.value == firm.opening


def test_rows_of_a_day_in_any_order() -> None:
    import copy
    import random

    firm = copy.deepcopy(honest_files(31, "ruled.pdf")[0])
    want = [(r.day, r.debit, r.credit, r.balance) for r in firm.rows]
    firm.rows.sort(key=lambda r: (r.day, random.Random(r.serial).random()))
    (document,) = read_packet({"x.pdf": LAYOUTS["ruled.pdf"](firm)}).documents
    assert [(r.day, r.debit, r.credit, r.balance) for r in document.rows] == want


@pytest.mark.parametrize("seed", [7, 31])
def test_licence_and_statements(seed: int) -> None:
    firm, _ = honest_files(seed, "ruled.pdf")
    packet = honest_packet(seed)
    licence = packet.of_type("business_licence")[0]
    for spec, value in (
        (business_licence.NAME, firm.name),
        (business_licence.USCC, firm.code),
        (business_licence.LEGAL_REPRESENTATIVE, firm.head),
        (business_licence.REGISTERED_CAPITAL, firm.capital),
        (business_licence.ESTABLISHED, firm.founded),
    ):
        found = spec.of(licence)
        assert found and found.value == value, spec.name
    sheet = packet.of_type("balance_sheet")[0]
    for name, (ending, opening) in firm.sheet.items():
        if name not in ("固定资产原价", "累计折旧"):
            assert (
                sheet.lines[name].columns["ending"].value,
                sheet.lines[name].columns["opening"].value,
            ) == (ending, opening), name
    income = packet.of_type("income_statement")[0]
    for name, value in firm.income.items():
        if value:
            assert income.lines[name].columns["value"].value == value, name
    declared = packet.of_type("vat_return")[0]
    for name, value in firm.vat.items():
        assert declared.lines[name].columns["value"].value == value, name


def test_a_sheet_in_ten_thousands() -> None:
    firm, _ = honest_files(7, "ruled.pdf")
    (sheet,) = read_packet({"x.pdf": balance_sheet(firm, unit=10000)}).documents
    assert (
        sheet.lines["资产总计"].columns["ending"].value
        == (firm.sheet["资产总计"][0] / 10000).quantize(Decimal("0.01")) * 10000
    )


def test_three_slips_on_a_page_are_three_papers() -> None:
    slips = honest_packet().of_type("bank_slip")
    assert len(slips) == 3
    assert len({bank_slip.SERIAL_NUMBER.of(s).value for s in slips}) == 3  # type: ignore[union-attr]
    assert all(bank_slip.AMOUNT.of(s).value == bank_slip.AMOUNT_WORDS.of(s).value for s in slips)  # type: ignore[union-attr]


def test_invoices_with_their_lines_and_qr_code() -> None:
    firm, _ = honest_files(7, "ruled.pdf")
    for one, document in zip(firm.sales[8:11], honest_packet().of_type("invoice"), strict=True):
        assert invoices.NUMBER.of(document).value == one.number  # type: ignore[union-attr]
        assert invoices.BUYER_TAX_ID.of(document).value == one.buyer[1]  # type: ignore[union-attr]
        assert [(i.quantity, i.unit_price, i.net, i.tax) for i in document.items] == [
            (q, p, n, t) for _, q, p, n, t in one.items
        ]
        assert document.fields["qr"].at.method == "qr"


def test_several_papers_in_one_file_are_split() -> None:
    import io

    import pikepdf

    firm, files = honest_files(7, "ruled.pdf")
    joined = pikepdf.new()
    for data in (
        files["营业执照.pdf"],
        files["流水_ruled.pdf"],
        invoice(firm.sales[0]),
        invoice(firm.sales[1]),
        files["利润表.pdf"],
    ):
        joined.pages.extend(pikepdf.open(io.BytesIO(data)).pages)
    out = io.BytesIO()
    joined.save(out)
    documents = read_packet({"all.pdf": out.getvalue()}).documents
    assert [d.type for d in documents] == [
        "business_licence",
        "bank_statement",
        "invoice",
        "invoice",
        "income_statement",
    ]
    assert len(documents[1].rows) == len(firm.rows)


def test_several_guarantors() -> None:
    firm, _ = honest_files(7, "ruled.pdf")
    data = contract(
        firm,
        ["昆明恒丰阀门有限公司", "广州启元和记照明有限公司", "李建国"],
        Decimal(2_500_000),
        "保2026-7",
    )
    (document,) = read_packet({"c.pdf": data}).documents
    assert [f.value for f in document.parties["guarantor"]][:2] == [
        "昆明恒丰阀门有限公司",
        "广州启元和记照明有限公司",
    ]
    assert guarantee_contract.DEBTOR.of(document).value == firm.name  # type: ignore[union-attr]
    assert guarantee_contract.CREDITOR.of(document).value == firm.bank  # type: ignore[union-attr]
    assert guarantee_contract.AMOUNT.of(document).value == 2_500_000  # type: ignore[union-attr]


def test_text_that_was_painted_over_is_not_read() -> None:
    import io

    import pikepdf

    firm, _ = honest_files(7, "ruled.pdf")
    one = firm.sales[8]
    pdf = pikepdf.open(io.BytesIO(invoice(one)))
    page = pdf.pages[0]
    before = read_packet({"i.pdf": invoice(one)}).documents[0].fields["total_amount"]
    box, (width, height) = before.at.box, (float(page.mediabox[2]), float(page.mediabox[3]))
    x, y = box.left * width, height * (1 - box.bottom)
    font = next(iter(page.resources.Font.keys()))
    cover = f"q 1 1 1 rg {x:.1f} {y:.1f} {(box.right - box.left) * width + 4:.1f} {(box.bottom - box.top) * height:.1f} re f Q q 0 g BT {font} 9 Tf {x:.1f} {y + 2:.1f} Td (\x01) Tj ET Q"
    page.contents_add(pdf.make_stream(cover.encode()))
    out = io.BytesIO()
    pdf.save(out)
    document = read_packet({"i.pdf": out.getvalue()}).documents[0]
    total = document.fields.get("total_amount")
    # The QR code still says it; the text under the cover must not.
    assert total is None or total.at.method == "qr" or total.value != before.value
    assert any(s.kind == "invisible_text" for s in document.signals)


def test_types_are_declared_whole() -> None:
    assert {
        "business_licence",
        "invoice",
        "bank_statement",
        "bank_slip",
        "balance_sheet",
        "income_statement",
        "cash_flow_statement",
        "vat_return",
        "guarantee_contract",
        "shareholder_register",
    } <= set(document_types())
