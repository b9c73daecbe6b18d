"""Bank slips in layouts of public templates: recognised, and every value on its own side."""

from __future__ import annotations

import pytest
from printed_pages import grid, ruled_page, text_page
from slip_layouts import FROM, LAYOUTS, PAYEE, PAYER, PURPOSE, SERIAL, TO

from extractors.classification.papers import papers_of
from extractors.documents.bank_slip import read
from extractors.layout.page import Page

SURE = 0.85
WANTED = {
    "payer_name": PAYER,
    "payer_account": FROM,
    "payee_name": PAYEE,
    "payee_account": TO,
    "amount": "45000.00",
    "amount_words": "45000.00",
    "date": "2025-12-01",
    "serial_number": SERIAL,
    "purpose": PURPOSE,
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_slip_is_recognised(layout: str) -> None:
    papers = papers_of([LAYOUTS[layout]()])
    assert [p.kind.id for p in papers if p.kind] == ["bank_slip"]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_values_are_right(layout: str) -> None:
    parts = read([LAYOUTS[layout]()])
    found = {name: field.value for name, field in parts.fields.items()}
    assert found == WANTED
    doubtful = {name for name, field in parts.fields.items() if field.confidence < SURE}
    assert doubtful == ({"purpose"} if layout == "payment platform" else set())  # a mere remark
    assert not parts.failures


TITLES = ("客户回单", "汇入汇款通知书", "网上银行转账回执", "收款通知", "汇款凭证", "付款交易证明")
NOT_SLIPS = ("收据", "产品购销合同", "付款申请单", "借款合同", "销售单", "报销单", "对账单")


def _titled(title: str) -> Page:
    page = LAYOUTS["payment advice"]()
    page.words[0].text = title
    return page


@pytest.mark.parametrize("title", TITLES)
def test_a_slip_is_recognised_under_other_titles(title: str) -> None:
    assert [p.kind.id for p in papers_of([_titled(title)]) if p.kind] == ["bank_slip"]


@pytest.mark.parametrize("title", NOT_SLIPS)
def test_parties_and_accounts_under_the_title_of_another_kind_are_no_slip(title: str) -> None:
    assert "bank_slip" not in {p.kind.id for p in papers_of([_titled(title)]) if p.kind}


def _without_labels(title: str) -> Page:
    lines = [f"看云：{PAYER}", f"折柳：{FROM}", f"枕石：{PAYEE}", f"临帖：{TO}"]
    lines += ["候潮：¥45,000.00", "锄月：肆万伍仟元整", "墨竹：2025-12-01"]
    return text_page([[(230, title)], *([(60, line)] for line in lines)])


def test_a_slip_with_unknown_labels_is_one_and_says_what_is_open() -> None:
    page = _without_labels("电子回单")
    assert [p.kind.id for p in papers_of([page]) if p.kind] == ["bank_slip"]
    parts = read([page])
    sure = {n: f.value for n, f in parts.fields.items() if f.confidence >= SURE}
    assert sure.items() <= WANTED.items()
    assert "amount" in sure


@pytest.mark.parametrize("title", ["收据", "付款确认函", "欠条"])
def test_unknown_labels_without_the_title_of_a_slip_are_none(title: str) -> None:
    assert not [p for p in papers_of([_without_labels(title)]) if p.kind]


def test_a_purpose_has_the_better_label() -> None:
    page = LAYOUTS["incoming receipt"]()
    for word in page.words:
        word.text = word.text.replace("摘要：", "备注：")
    assert read([page]).fields["purpose"].confidence < SURE


def test_without_known_labels_both_parties_are_kept_in_doubt() -> None:
    page = text_page(
        [
            [(200, "海棠银行电子回单")],
            [(50, "墨竹：2025-12-01"), (320, "听松：20251201000911")],
            [(50, f"观澜：{PAYER}"), (320, f"枕石：{FROM}")],
            [(50, "付款行：工商银行海棠支行")],
            [(50, f"拾翠：{PAYEE}"), (320, f"衔山：{TO}")],
            [(50, "收款行：建设银行北麓支行")],
            [(50, "漱玉：人民币肆万伍仟元整"), (320, "栖霞：￥45,000.00")],
            [(50, "揽月：支付钢材货款")],
        ]
    )
    parts = read([page])
    found = {name: field.value for name, field in parts.fields.items()}
    assert found["payer_name"] == PAYER
    assert found["payee_name"] == PAYEE
    assert found["payer_account"] == FROM
    assert found["payee_account"] == TO
    assert found["amount"] == "45000.00"
    assert found["purpose"] == "支付钢材货款"
    doubted = {name for name, field in parts.fields.items() if field.confidence < SURE}
    assert {"payer_name", "payee_name", "payer_account", "payee_account"} <= doubted
    assert parts.failures


def test_values_below_their_headings_are_no_labels() -> None:
    rows = [
        ["付款人户名", "付款人账号", "付款人开户行"],
        ["沈知秋", FROM, "工商银行海棠支行"],
        ["收款人户名", "收款人账号", "收款人开户行"],
        ["国家金库海棠支库", TO, "建设银行北麓支行"],
        ["交易金额", "大写金额", "交易日期"],
        ["45,000.00", "肆万伍仟元整", "2025-12-01"],
    ]
    page = ruled_page(grid([40, 220, 400, 560], rows), [(200, 40, "海棠银行电子回单")])
    parts = read([page])
    assert parts.fields["payer_name"].value == "沈知秋"
    assert parts.fields["payee_name"].value == "国家金库海棠支库"
    assert parts.fields["payee_account"].value == TO


def test_both_halves_of_a_bilingual_label_are_the_label() -> None:
    page = text_page(
        [
            [(200, "付款通知书 PAYMENT ADVICE")],
            [(50, "Payer 付款人"), (320, "Payee 收款人")],
            [(50, f"Name 户名: {PAYER}"), (320, f"Name 户名: {PAYEE}")],
            [(50, f"A/C No. 账号: {FROM}"), (320, f"A/C No. 账号: {TO}")],
            [(50, "Amount 金额: CNY 45,000.00"), (320, "Amount in words 大写: 肆万伍仟元整")],
            [(50, "Value Date 起息日: 2025-12-01")],
        ]
    )
    parts = read([page])
    assert parts.fields["payer_name"].value == PAYER
    assert parts.fields["payer_account"].value == FROM
    assert parts.fields["payee_name"].value == PAYEE
    assert parts.fields["payee_account"].value == TO


def test_the_time_of_asking_for_the_receipt_is_not_surely_the_day_of_payment() -> None:
    page = text_page(
        [
            [(200, "海棠银行电子回单")],
            [(50, "申请时间：2026-02-03 09:00:00"), (320, "墨竹：2025-12-01 10:20:30")],
            [(50, f"付款人户名：{PAYER}"), (320, f"付款人账号：{FROM}")],
            [(50, f"收款人户名：{PAYEE}"), (320, f"收款人账号：{TO}")],
            [(50, "金额：￥45,000.00"), (320, "大写：肆万伍仟元整")],
        ]
    )
    assert read([page]).fields["date"].confidence < SURE


def test_an_advert_with_a_date_is_no_day_of_payment() -> None:
    page = text_page(
        [
            [(200, "海棠农村合作银行进账单")],
            [(240, "2025年12月01日")],
            [(50, "下载时间 2026-02-03 14:15:16　渠道 企业手机银行")],
            [(50, f"出票人全称：{PAYER}"), (320, f"出票人账号：{FROM}")],
            [(50, f"持票人全称：{PAYEE}"), (320, f"持票人账号：{TO}")],
            [(50, "人民币（大写）：肆万伍仟元整"), (320, "￥45,000.00")],
        ]
    )
    assert read([page]).fields["date"].value == "2025-12-01"
