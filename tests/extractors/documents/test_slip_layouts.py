"""Bank slips in layouts of public templates: recognised, and every value on its own side."""

from __future__ import annotations

import pytest
from printed_pages import text_page
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
