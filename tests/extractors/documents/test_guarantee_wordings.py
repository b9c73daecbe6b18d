"""Real banks' wordings of guarantees: names inside sentences, counter-guarantees, days of signing."""

from __future__ import annotations

import pytest
from printed_pages import text_page

from extractors.documents.guarantee_contract import read
from extractors.documents.parts import Parts

BANK = "中国工商银行股份有限公司海棠支行"
DEBTOR, GUARANTOR = "青岚机电设备有限公司", "海岳五金制造有限公司"
COMPANY = "临渊融资担保有限公司"


def _read(*lines: str) -> Parts:
    return read([text_page([[(50, line)] for line in lines])])


@pytest.mark.parametrize(
    "sentence",
    [
        f"保证人自愿为债权人与{DEBTOR}（即主合同债务人）之间形成的债权提供最高额保证。",
        f"在最高余额内，甲方依据与{DEBTOR}（下称债务人）签订的借款合同而享有的债权。",
        f"鉴于贵行和{DEBTOR}（以下简称“债务人”）签订了《授信协议》，保证人自愿提供担保。",
        f"本合同之主合同为：债权人与债务人{DEBTOR}之间签署的借款合同及其修订。",
    ],
)
def test_a_debtor_is_named_without_the_words_before_it(sentence: str) -> None:
    parts = _read("最高额保证合同", f"债权人：{BANK}", f"保证人：{GUARANTOR}", sentence)
    assert parts.fields["debtor"].value == DEBTOR
    assert parts.fields["guarantor"].value == GUARANTOR


def test_a_debtor_whose_name_begins_with_a_link_keeps_it() -> None:
    name = "和平机电设备有限公司"
    parts = _read("保证合同", f"债权人：{BANK}", f"保证人：{GUARANTOR}", f"债务人：{name}")
    assert parts.fields["debtor"].value == name


def test_the_first_guarantor_is_the_creditor_of_a_counter_guarantee() -> None:
    parts = _read(
        "反担保保证合同",
        f"甲方（担保人）：{COMPANY}",
        "乙方（反担保保证人）：沈知秋",
        f"丙方（借款人）：{DEBTOR}",
        "1.1 乙方反担保的本金金额为人民币壹佰万元整（小写：1,000,000.00元）。",
    )
    assert parts.fields["creditor"].value == COMPANY
    assert [f.value for f in parts.parties["guarantor"]] == ["沈知秋"]
    assert parts.fields["debtor"].value == DEBTOR


def test_amounts_captioned_after_a_full_stop_keep_their_context() -> None:
    parts = _read(
        "最高额保证合同",
        "1、本合同所担保债权之最高本金余额为：币种：人民币。（大写）：伍佰万元整。（小写）：5,000,000.00。",
    )
    assert parts.fields["amount"].value == "5000000.00"
    assert parts.fields["amount_words"].value == "5000000.00"


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("本合同由甲乙双方于2025年3月8日在宁波签订。", "2025-03-08"),
        ("2025年3月8日", "2025-03-08"),
    ],
)
def test_the_time_of_printing_is_not_the_day_of_signing(line: str, wanted: str) -> None:
    parts = _read(
        "保证合同",
        f"债权人：{BANK}",
        f"保证人：{GUARANTOR}",
        line,
        "打印时间：2026-01-05 10:12:33",
    )
    assert parts.fields["signed"].value == wanted


def test_an_advert_below_the_title_is_no_guaranteed_amount() -> None:
    parts = _read(
        "最高额保证合同",
        "新客户开户礼：满 200.00 元减 20.00 元，详询大堂经理。",
        "最高债权本金：人民币壹佰玖拾万元整（￥1,900,000.00）",
    )
    assert parts.fields["amount"].value == "1900000.00"


def test_a_period_of_claims_without_its_name() -> None:
    parts = _read(
        "最高额保证合同",
        f"鉴于{DEBTOR}（以下简称债务人）拟于2025年6月5日起至2026年6月5日期间",
        "向甲方申请办理各类授信业务，乙方愿意在最高债权额限度内提供担保。",
    )
    assert parts.fields["claim_period"].value == "2025-06-05/2026-06-05"
