"""Registers of shareholders: whose they are, and each shareholder with share and amount."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from printed_pages import grid, ruled_page, text_page

from extractors.documents.shareholder_register import read
from extractors.layout.page import Page

COMPANY = "青岚机电设备有限公司"
HOLDERS = [("沈知秋", "70", "700000"), ("北麓钢材贸易有限公司", "30", "300000")]


def _official() -> Page:
    """The columns of the company law: certificates and addresses, headings over two lines."""
    edges = [40.0, 70, 190, 230, 330, 390, 450, 495, 550]
    rows = [
        (
            "序\n号",
            "股东姓名\n或名称",
            "证件\n类型",
            "证件号码",
            "认缴出资\n额（万元）",
            "实缴出资\n额（万元）",
            "出资比\n例",
            "方式",
        ),
        ("1", "沈知秋", "身份\n证", "330108199001010012", "70", "50", "70%", "货币"),
        (
            "2",
            "北麓钢材贸易\n有限公司",
            "营业\n执照",
            "91330108MA2H3KXQ7U",
            "30",
            "20",
            "30%",
            "货币",
        ),
        ("合计", "", "", "", "100", "70", "100%", ""),
    ]
    return ruled_page(grid(edges, rows, high=34), [(200, 40, f"{COMPANY}股东名册")])


def _two_levels() -> Page:
    """认缴 and 实缴 over three columns each."""
    cells = [
        (40, 80, 200, 124, "股东名称"),
        (200, 80, 370, 102, "认缴情况"),
        (370, 80, 550, 102, "实缴情况"),
        (200, 102, 290, 124, "出资额（元）"),
        (290, 102, 370, 124, "比例"),
        (370, 102, 460, 124, "出资额（元）"),
        (460, 102, 550, 124, "比例"),
    ]
    rows = [
        ("沈知秋", "700,000.00", "70.00%", "500,000.00", "83.33%"),
        ("北麓钢材贸易有限公司", "300,000.00", "30.00%", "100,000.00", "16.67%"),
    ]
    cells += grid([40.0, 200, 290, 370, 460, 550], rows, top=124)
    return ruled_page(cells, [(200, 30, "股东及出资情况"), (60, 50, f"公司名称：{COMPANY}")])


def _aligned() -> Page:
    return text_page(
        [
            [(180, COMPANY)],
            [(220, "股东名单")],
            [(60, "出资人姓名"), (260, "认缴出资（万元）"), (420, "出资比例（%）")],
            [(60, "沈知秋"), (260, "70.00"), (420, "70.00")],
            [(60, "北麓钢材贸易有限公司"), (260, "30.00"), (420, "30.00")],
            [(60, "注册号/统一社会信用代码 91441900MA9917268G"), (360, "电话 0769-75282666")],
        ]
    )


def _at_the_stamp() -> Page:
    return text_page(
        [
            [(220, "股东名册")],
            [(60, "股东"), (260, "出资额（万元）"), (420, "持股比例")],
            [(60, "沈知秋"), (260, "70"), (420, "70%")],
            [(60, "北麓钢材贸易有限公司"), (260, "30"), (420, "30%")],
            [(60, "以上信息真实有效。")],
            [(300, f"{COMPANY}（盖章）")],
        ],
        step=40,
    )


LAYOUTS = {
    "official columns": _official,
    "headings on two levels": _two_levels,
    "aligned text": _aligned,
    "company at the stamp": _at_the_stamp,
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_company_and_shareholders(layout: str) -> None:
    parts = read([LAYOUTS[layout]()])
    assert parts.fields["company"].value == COMPANY
    assert parts.fields["company"].confidence >= 0.85
    found = [(s.name, s.share, s.amount) for s in parts.shareholders]
    assert found == [(n, Decimal(share), Decimal(amount)) for n, share, amount in HOLDERS]
    assert not parts.failures


def test_a_missing_shareholder_is_said() -> None:
    page = text_page(
        [
            [(150, f"{COMPANY}股东名册")],
            [(60, "股东"), (260, "出资额（万元）"), (420, "持股比例")],
            [(60, "沈知秋"), (260, "40"), (420, "40%")],
            [(60, "林放"), (260, "25"), (420, "25%")],
        ]
    )
    assert [f.code for f in read([page]).failures] == ["shareholders_incomplete"]


def test_an_amount_without_a_known_unit_is_left_out() -> None:
    page = text_page(
        [
            [(150, f"{COMPANY}股东名册")],
            [(60, "看云"), (260, "折柳"), (420, "枕石")],
            [(60, "沈知秋"), (260, "70"), (420, "70%")],
            [(60, "林放"), (260, "30"), (420, "30%")],
        ]
    )
    found = [(s.name, s.share, s.amount) for s in read([page]).shareholders]
    assert found == [("沈知秋", Decimal(70), None), ("林放", Decimal(30), None)]


@settings(max_examples=30, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(2, 5))
def test_columns_in_any_order_are_told_by_heading_and_sums(dice: random.Random, count: int) -> None:
    names = dice.sample(
        ["沈知秋", "林放", "周慕白", "许静姝", "唐子昂", "北麓钢材贸易有限公司"], count
    )
    cuts = sorted(dice.sample(range(1, 100), count - 1))
    shares = [b - a for a, b in zip([0, *cuts], [*cuts, 100], strict=True)]
    columns = [
        ("股东名称", names),
        ("持股比例", [f"{s}.00%" for s in shares]),
        ("认缴出资额（万元）", [f"{s * 5}.00" for s in shares]),
        ("实缴出资额（万元）", [f"{dice.randint(1, 90)}.50" for _ in shares]),
        ("出资方式", ["货币"] * count),
    ]
    dice.shuffle(columns)
    rows = [[heading for heading, _ in columns]]
    rows += [[values[i] for _, values in columns] for i in range(count)]
    edges = [30.0, 160, 260, 370, 480, 570]
    page = ruled_page(grid(edges, rows), [(150, 40, f"{COMPANY}股东名册")])
    found = [(s.name, s.share, s.amount) for s in read([page]).shareholders]
    assert found == [
        (name, Decimal(s), Decimal(s) * 50000) for name, s in zip(names, shares, strict=True)
    ]
