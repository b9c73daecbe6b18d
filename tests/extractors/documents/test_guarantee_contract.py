"""Contracts of guarantee: the parties by role, the amount guaranteed, the contract's own number."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from printed_pages import grid, ruled_page, text_page

from extractors.documents.guarantee_contract import read
from extractors.documents.parts import Parts
from extractors.layout.page import Page

BANK = "中国工商银行股份有限公司海棠支行"
DEBTOR, GUARANTOR, SECOND = "青岚机电设备有限公司", "海岳五金制造有限公司", "北麓钢材贸易有限公司"
SURE = 0.85


def _page(*lines: str) -> Page:
    return text_page([[(50, line)] for line in lines])


def _values(parts: Parts) -> dict[str, str]:
    names = ("creditor", "debtor", "guarantor", "amount")
    return {name: parts.fields[name].value for name in names if name in parts.fields}


WANTED = {"creditor": BANK, "debtor": DEBTOR, "guarantor": GUARANTOR, "amount": "1200000.00"}


def _maximum() -> Page:
    """最高额保证合同: the debtor in a definition, the ceiling behind the figure, clause numbers."""
    return _page(
        "最高额保证合同",
        "编号：0120200012-2025年海棠（保）字0008号",
        f"债权人（甲方）：{BANK}",
        f"保证人（乙方）：{GUARANTOR}",
        f"为确保甲方与{DEBTOR}（以下称“债务人”）债权的实现，乙方自愿提供保证。",
        "1.1 乙方所担保的主债权为自2025年3月1日至2028年2月29日期间，在",
        "人民币1,200,000.00元（大写：壹佰贰拾万元整）的最高余额内的债权。",
        "1.2 前款所称最高余额，是指主债权本金余额之和。注册资本 5,000,000.00元。",
    )


def _one_under_another() -> Page:
    """Each party with its address and telephone below; roles are the only labels."""
    lines = ["保证合同", "合同编号：海银保字第2025-018号"]
    for role, name in (("保证人", GUARANTOR), ("债权人", BANK), ("债务人", DEBTOR)):
        lines += [f"{role}：{name}", "住所：滨江区滨盛路1号", "电话：0571-88881111"]
    lines += ["本合同担保的主债权本金数额为人民币（大写）壹佰贰拾万元整（小写：¥1,200,000.00）。"]
    return _page(*lines)


def _three_sides() -> Page:
    return _page(
        "保证担保合同",
        f"甲方（债 权 人）：{BANK}",
        f"乙方（债 务 人）：{DEBTOR}",
        f"丙方（保 证 人）：{GUARANTOR}",
        "第一条 丙方担保的债权最高限额为人民币120万元。",
        "第二条 违约金为人民币50,000.00元，评估费3,000.00元。",
    )


def _table() -> Page:
    edges = [40.0, 150, 550]
    rows = [
        ("债权人", BANK),
        ("债务人", DEBTOR),
        ("保证人", GUARANTOR),
        ("主合同编号", "2024年借字第9919号"),
        ("担保金额（万元）", "120"),
    ]
    return ruled_page(
        grid(edges, rows), [(200, 40, "保证合同"), (50, 62, "合同编号：2025年保字第3709号")]
    )


def _letter() -> Page:
    return _page(
        "担保函",
        f"致：{BANK}",
        f"鉴于{DEBTOR}（以下简称“借款人”）向贵行申请流动资金借款人民币壹佰贰拾万元整（¥1,200,000.00），",
        f"{GUARANTOR}自愿为借款人的上述债务提供连带责任保证。",
    )


LAYOUTS = {
    "maximum amount": _maximum,
    "one under another": _one_under_another,
    "three sides, spaced out": _three_sides,
    "table": _table,
    "letter of guarantee": _letter,
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_parties_and_amount(layout: str) -> None:
    parts = read([LAYOUTS[layout]()])
    assert _values(parts) == WANTED
    wording_alone = {"debtor", "guarantor"} if layout == "letter of guarantee" else set()
    sure = {name for name in WANTED if parts.fields[name].confidence >= SURE}
    assert sure >= set(WANTED) - wording_alone


def test_words_and_figures_of_the_amount_are_both_kept_where_they_differ() -> None:
    page = _page(
        "保证合同",
        f"债权人：{BANK}",
        f"债务人：{DEBTOR}",
        f"保证人：{GUARANTOR}",
        "担保的主债权本金为人民币（大写）壹佰贰拾万元整（小写：¥12,000,000.00）。",
    )
    fields = read([page]).fields
    assert (fields["amount"].value, fields["amount_words"].value) == ("12000000.00", "1200000.00")


def test_joint_guarantors_in_one_line_and_in_a_table() -> None:
    line = _page(
        "保证合同", f"债权人：{BANK}", f"债务人：{DEBTOR}", f"保证人：{GUARANTOR}、{SECOND}、周慕白"
    )
    assert [f.value for f in read([line]).parties["guarantor"]] == [GUARANTOR, SECOND, "周慕白"]
    rows = [
        ("序号", "保证人名称", "证件号码"),
        ("1", GUARANTOR, "91330203MA2AF0QX1D"),
        ("2", SECOND, "91330108MA2H3KXQ7U"),
    ]
    table = ruled_page(
        grid([40.0, 80, 330, 550], rows),
        [(200, 20, "保证合同"), (50, 40, f"债权人：{BANK}"), (50, 58, f"债务人：{DEBTOR}")],
    )
    assert [f.value for f in read([table]).parties["guarantor"]] == [GUARANTOR, SECOND]


def test_another_contracts_number_is_not_its_own() -> None:
    page = _page(
        "保证合同",
        f"债权人：{BANK}",
        "债务人与债权人签订的借款合同（编号：2024年借字第9919号）",
        "合同编号：2025年保字第3709号",
    )
    assert read([page]).fields["contract_number"].value == "2025年保字第3709号"


@pytest.mark.parametrize(
    "sentence",
    [
        f"鉴于债权人与{DEBTOR}（以下简称“债务人”）签订了借款合同，",
        f"为确保债务人{DEBTOR}（下称“债务人”）履行债务，",
        f"{BANK}与{DEBTOR}（以下简称“借款人”）签订借款合同，",
    ],
)
def test_words_of_the_sentence_do_not_run_into_a_name(sentence: str) -> None:
    page = _page("保证合同", f"债权人：{BANK}", f"保证人：{GUARANTOR}", sentence)
    assert read([page]).fields["debtor"].value == DEBTOR


def test_a_contract_without_role_words_names_no_party_for_sure() -> None:
    page = _page(
        "保证合同", f"看云：{BANK}", f"折柳：{DEBTOR}", f"枕石：{GUARANTOR}", "人民币120万元"
    )
    fields = read([page]).fields
    sure = {n: f.value for n, f in fields.items() if n in WANTED and f.confidence >= SURE}
    assert all(WANTED[name] == value for name, value in sure.items())


@settings(max_examples=40, deadline=None)
@given(st.randoms(use_true_random=False))
def test_order_and_look_alikes_change_no_role(dice: random.Random) -> None:
    parties = [f"债权人：{BANK}", f"债务人：{DEBTOR}", f"保证人：{GUARANTOR}"]
    dice.shuffle(parties)
    noise = dice.sample(
        [
            "注册资本：人民币5,000,000.00元",
            "违约金：人民币30,000.00元",
            "1.1 本合同自签字之日起生效。",
            f"抵押物由{SECOND}评估，评估费2,000.00元。",
            "2.3 年利率4.35%，罚息利率上浮50%。",
        ],
        3,
    )
    body = [*noise, "最高债权额：人民币1,200,000.00元（大写：壹佰贰拾万元整）"]
    dice.shuffle(body)
    assert _values(read([_page("最高额保证合同", *parties, *body)])) == WANTED
