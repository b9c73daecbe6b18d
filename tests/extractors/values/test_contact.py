"""Addresses, telephones and accounts of the parties that invoices and contracts print; those of
banks are nobody's.
"""

from __future__ import annotations

import pytest
from conftest import honest_files, read_packet
from make_packets import honest
from paper import Paper

from extractors.documents.invoice_data import invoice_data
from extractors.model import Document
from extractors.values.contact import address_before_phone, parse_phone

BUYER, SELLER = "成都百川印刷有限公司", "西安鼎新照明有限公司"
CODES = ("9151010760181590XB", "91610113170759087H")
SEATS = ("成都市滨河路18号3栋1201室", "西安市高新四路7号2层")
PHONES = ("028-85551234", "13900001111")
NUMBERS = ("4402200109001234567", "61050110083600001234")


def invoice(
    mark: str, *, remarks: tuple[str, ...] = (), sides: tuple[int, ...] = (0, 1)
) -> Document:
    """An invoice with party blocks one above the other, as paper invoices have them, or a 数电票
    with what its remarks tell.
    """
    paper = Paper(wide=True)
    paper.title("电子发票（普通发票）" if remarks else "成都增值税专用发票", 17)
    paper.line((500, "发票号码：" + ("25512000000123456789" if remarks else "66775031")))
    paper.line((500, "开票日期：2025年07月10日"), step=30)
    for n in (0, 1):
        name = (BUYER, SELLER)[n]
        paper.line((40, "购销"[n]), (70, f"名　　称：{name}"))
        paper.line((40, "买售"[n]), (70, f"纳税人识别号：{CODES[n]}"))
        if n in sides and not remarks:
            paper.line((40, "方"), (70, f"地 址、电 话：{SEATS[n]} {PHONES[n]}"))
            paper.line((70, f"开户行及账号：中国工商银行{mark}支行 {NUMBERS[n]}"))
        if n == 0:
            header = ("项目名称", "规格型号", "单位", "数量", "单价", "金额", "税率", "税额")
            row = ["*印刷品*画册", "", "本", "10", "100", "1000.00", "13%", "130.00"]
            paper.table(
                (50, 230, 300, 340, 400, 500, 600, 670, 780),
                header,
                [row],
                right=(3, 4, 5, 7),
                ruled="none",
            )
            paper.line((70, "合　计"), (540, "¥1000.00"), (720, "¥130.00"))
            paper.line(
                (70, "价税合计（大写）"), (230, "壹仟壹佰叁拾圆整"), (540, "（小写）¥1130.00")
            )
    for n, text in enumerate(remarks):
        paper.line((40, "备" if n == 0 else "注" if n == 1 else ""), (70, text))
    paper.line((50, "收款人：吴军"), (250, "复核：萧国庆"), (450, "开票人：沈伟"))
    (document,) = read_packet({"发票.pdf": paper.bytes()}).documents
    assert document.type == "invoice"
    return document


def told(document: Document) -> dict[str, str]:
    kinds = ("address", "phone", "email", "account")
    return {k: f.value for k, f in document.fields.items() if k.rpartition("_")[2] in kinds}


BOTH = {
    "buyer_address": SEATS[0],
    "seller_address": SEATS[1],
    "buyer_phone": PHONES[0],
    "seller_phone": PHONES[1],
    "buyer_account": NUMBERS[0],
    "seller_account": NUMBERS[1],
}


def test_an_invoice_tells_both_sides_with_their_places() -> None:
    document = invoice("高新")
    assert told(document) == BOTH
    tops = [
        document.fields[k].at.box.top
        for k in ("buyer_address", "buyer_account", "seller_address", "seller_account")
    ]
    assert tops == sorted(tops) and len(set(tops)) == 4


def test_a_label_that_stands_once_is_the_side_s_beside_which_it_stands_or_nobody_s() -> None:
    assert told(invoice("高新", sides=(1,))) == {}


def test_remarks_of_a_digital_invoice() -> None:
    whole = (
        f"购方开户银行:中国建设银行成都支行;银行账号:{NUMBERS[0]};",
        f"销售方地址：{SEATS[1]}；电话：{PHONES[1]}；",
        f"销方开户银行:中国银行西安支行;银行账号:{NUMBERS[1]};",
    )
    assert told(invoice("", remarks=whole)) == {
        k: v for k, v in BOTH.items() if not k.startswith("buyer_") or k == "buyer_account"
    }


def test_a_number_in_the_remarks_that_may_run_on_is_not_read() -> None:
    document = invoice(
        "",
        remarks=(
            f"购方开户银行:中国建设银行成都支行;银行账号:{NUMBERS[0][:10]}",
            f"x{NUMBERS[0][10:]};",
        ),
    )
    assert told(document) == {}


@pytest.mark.parametrize(
    "tags",
    [
        ("SellerInformation", "SellerAddr", "SellerTelNum", "SellerBankAccNum"),
        ("Seller", "SellerAddrTel", "", "SellerFinancialAccount"),
    ],
)
def test_an_invoice_as_data(tags: tuple[str, ...]) -> None:
    block, address, phone, account = tags
    seat = SEATS[1] if phone else f"{SEATS[1]} {PHONES[1]}"
    own = f"<{address}>{seat}</{address}>" + (f"<{phone}>{PHONES[1]}</{phone}>" if phone else "")
    own += f"<{account}>中国银行西安支行 {NUMBERS[1]}</{account}>"
    head = "<InvoiceNumber>25512000000123456789</InvoiceNumber><IssueTime>2025-07-10</IssueTime>"
    body = f"<EInvoice><{block}><SellerName>{SELLER}</SellerName>{own}</{block}><TaxSupervisionInfo>{head}</TaxSupervisionInfo></EInvoice>"
    fields = invoice_data(body.encode()).fields
    assert {k: f.value for k, f in fields.items() if k in BOTH} == {
        k: v for k, v in BOTH.items() if k.startswith("seller_")
    }


HEAD = (
    (
        "债权人（甲方）：中国工商银行股份有限公司成都高新支行",
        "住所：成都市人民南路1号",
        "联系电话：028-95588000",
        "账号：4402000000000000001",
    ),
    (
        f"债务人（乙方）：{BUYER}",
        f"住所：{SEATS[0]}",
        f"联系电话：{PHONES[0]}　电子邮箱：office@baichuan.example",
    ),
    (
        f"保证人（丙方）：{SELLER}",
        f"统一社会信用代码：{CODES[1]}",
        f"地址：{SEATS[1]}",
        f"电话：{PHONES[1]}",
        f"开户银行：中国银行　账号：{NUMBERS[1]}",
    ),
)


def contract(*head: tuple[str, ...]) -> Document:
    paper = Paper(creator="Word")
    paper.title("保证合同")
    for text in (
        "合同编号：保2025-017",
        *(line for block in head for line in block),
        "鉴于债务人与债权人签订了《借款合同》，保证人自愿提供保证。",
        "一、担保的主债权本金为人民币壹佰万元整（¥1,000,000.00）。",
        "二、保证方式：连带责任保证。债权人联系电话：028-12345678。",
        "签署日期：2025年7月10日",
    ):
        paper.line((60, text), size=10.5, step=22)
    (document,) = read_packet({"保证合同.pdf": paper.bytes()}).documents
    assert document.type == "guarantee_contract"
    return document


def test_a_contract_tells_guarantor_and_debtor_and_not_the_bank() -> None:
    document = contract(*HEAD)
    assert told(document) == {
        "debtor_address": SEATS[0],
        "debtor_phone": PHONES[0],
        "debtor_email": "office@baichuan.example",
        "guarantor_address": SEATS[1],
        "guarantor_phone": PHONES[1],
        "guarantor_account": NUMBERS[1],
    }
    assert (
        document.fields["guarantor_phone"].at.box.top > document.fields["debtor_phone"].at.box.top
    )


def test_parties_side_by_side_and_several_guarantors_are_not_told_apart() -> None:
    beside = (f"保证人：{SELLER}", f"电话：{PHONES[1]}　电话：{PHONES[0]}")
    assert told(contract(HEAD[0], (f"债务人：{BUYER}",), beside)) == {}
    several = (f"保证人：{SELLER}、昆明天佑仪器有限公司", f"电话：{PHONES[1]}")
    assert told(contract(HEAD[0], (f"债务人：{BUYER}",), several)) == {}


def test_papers_without_contacts_have_none() -> None:
    firm, _ = honest_files(7, "ruled.pdf")
    files = {n: d for n, d in honest(firm, "ruled.pdf").items() if "发票" in n}
    assert files and all(told(d) == {} for d in read_packet(files).documents)


@pytest.mark.parametrize(
    ("text", "address", "phone"),
    [
        ("成都市滨河路18号 028-85551234", "成都市滨河路18号", "028-85551234"),
        ("成都市滨河路18号1201室13900001111", "成都市滨河路18号1201室", "13900001111"),
        ("成都市滨河路18号 85551234", "成都市滨河路18号", None),
        ("成都市滨河路18号国贸大厦", None, None),
        ("13900001111", None, "13900001111"),
    ],
)
def test_address_and_telephone_in_one_text(
    text: str, address: str | None, phone: str | None
) -> None:
    assert (address_before_phone(text), parse_phone(text)) == (address, phone)
