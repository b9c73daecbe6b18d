"""Licences of companies, branches, partnerships and sole traders, old and new forms, and notices."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from printed_pages import text_page

from extractors.documents.business_licence import read
from extractors.documents.name_change_notice import read as read_notice
from extractors.layout.page import Page

CODE = "91330108MA2H3KXQ7U"


def _new_company() -> Page:
    """The form of 2019: code at the left, labels spaced out over a column, no colons."""
    return text_page(
        [
            [(250, "营 业 执 照")],
            [(40, "统一社会信用代码")],
            [(40, CODE), (270, "（副 本）")],
            [
                (40, "名"),
                (80, "称"),
                (110, "青岚机电设备有限公司"),
                (330, "注"),
                (345, "册"),
                (360, "资"),
                (375, "本"),
                (410, "伍佰万元整"),
            ],
            [
                (40, "类"),
                (80, "型"),
                (110, "有限责任公司（自然人投资或控股）"),
                (330, "成 立 日 期"),
                (410, "2019年05月06日"),
            ],
            [
                (40, "法定代表人"),
                (110, "沈知秋"),
                (330, "住"),
                (375, "所"),
                (410, "杭州市滨江区滨盛路1号"),
            ],
            [(40, "经营范围"), (110, "机电设备销售。")],
            [(330, "登记机关"), (410, "杭州市市场监督管理局")],
            [(410, "2023年08月09日")],
        ]
    )


def _old_company() -> Page:
    return text_page(
        [
            [(200, "企业法人营业执照")],
            [(60, f"注册号：{CODE}")],
            [(60, "名称：青岚机电设备有限公司")],
            [(60, "住所：杭州市滨江区滨盛路1号")],
            [(60, "法定代表人姓名：沈知秋")],
            [(60, "注册资本：人民币500万元"), (330, "实收资本：人民币300万元")],
            [(60, "公司类型：有限责任公司（自然人投资或控股）")],
            [(60, "成立日期：二〇一九年五月六日")],
            [(60, "营业期限：自2019年5月6日至2039年5月5日")],
        ]
    )


def _sole_trader() -> Page:
    return text_page(
        [
            [(220, "个体工商户营业执照")],
            [(60, f"统一社会信用代码 {CODE}")],
            [(60, "名称"), (150, "滨江区知秋五金商行")],
            [(60, "组成形式"), (150, "个人经营")],
            [(60, "经营者"), (150, "沈知秋")],
            [(60, "经营场所"), (150, "杭州市滨江区滨盛路1号")],
            [(60, "注册日期"), (150, "2019年05月06日")],
            [(60, "经营范围"), (150, "五金零售。")],
        ]
    )


def _partnership() -> Page:
    return text_page(
        [
            [(250, "营业执照")],
            [(60, "统一社会信用代码"), (180, CODE)],
            [
                (60, "名称"),
                (180, "青岚投资合伙企业（有限合伙）"),
                (380, "出资额"),
                (450, "壹仟万元整"),
            ],
            [(60, "类型"), (180, "有限合伙企业"), (380, "成立日期"), (450, "2019年05月06日")],
            [(60, "执行事务合伙人"), (180, "沈知秋"), (380, "主要经营场所"), (450, "滨盛路1号")],
        ]
    )


def _branch() -> Page:
    return text_page(
        [
            [(250, "营业执照")],
            [(60, f"统一社会信用代码：{CODE}")],
            [(60, "名称：青岚机电设备有限公司宁波分公司")],
            [(60, "负责人：沈知秋"), (330, "成立日期：2019年05月06日")],
            [(60, "营业场所：宁波市海曙区机场路9号")],
        ]
    )


LAYOUTS = {
    "new company": (_new_company, "青岚机电设备有限公司", "5000000.00"),
    "old company": (_old_company, "青岚机电设备有限公司", "5000000.00"),
    "sole trader": (_sole_trader, "滨江区知秋五金商行", None),
    "partnership": (_partnership, "青岚投资合伙企业(有限合伙)", "10000000.00"),
    "branch": (_branch, "青岚机电设备有限公司宁波分公司", None),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_a_licence_says(layout: str) -> None:
    page, name, capital = LAYOUTS[layout]
    fields = read([page()]).fields
    assert fields["name"].value == name
    assert fields["uscc"].value == CODE
    assert fields["legal_representative"].value == "沈知秋"
    assert fields["established"].value == "2019-05-06"
    found = fields.get("registered_capital")
    assert (found.value if found else None) == capital
    sure = ("name", "uscc", "legal_representative", "established")
    assert all(fields[n].confidence >= 0.85 for n in sure)


def test_the_day_of_issue_stands_below_the_office() -> None:
    assert read([_new_company()]).fields["issued"].value == "2023-08-09"


def test_unknown_labels_give_the_name_or_a_doubt() -> None:
    page = text_page(
        [
            [(250, "营业执照")],
            [(60, "看云"), (180, CODE)],
            [(60, "折柳"), (180, "青岚机电设备有限公司")],
            [(60, "枕石"), (180, "沈知秋"), (380, "衔山"), (450, "2019年05月06日")],
            [(60, "墨竹"), (180, "杭州市市场监督管理局")],
        ]
    )
    fields = read([page]).fields
    sure = {n: f.value for n, f in fields.items() if f.confidence >= 0.85}
    right = {"name": "青岚机电设备有限公司", "uscc": CODE, "legal_representative": "沈知秋"}
    right["established"] = right["issued"] = "2019-05-06"
    assert all(right.get(name) == value for name, value in sure.items())


@settings(max_examples=30, deadline=None)
@given(st.randoms(use_true_random=False))
def test_labels_in_any_order(dice: random.Random) -> None:
    pairs = [
        (dice.choice(["名称", "企业名称"]), "青岚机电设备有限公司"),
        (dice.choice(["法定代表人", "负责人"]), "沈知秋"),
        (dice.choice(["成立日期", "注册日期"]), "2019年05月06日"),
        ("统一社会信用代码", CODE),
        ("登记机关", "杭州市市场监督管理局"),
        ("核准日期", "2023年08月09日"),
        (dice.choice(["注册资本", "注册资金"]), "500万元人民币"),
    ]
    dice.shuffle(pairs)
    colon = dice.choice(["：", ""])
    lines = [[(60.0, f"{label}{colon}"), (170.0, value)] for label, value in pairs]
    fields = read([text_page([[(250, "营业执照")], *lines])]).fields
    assert fields["name"].value == "青岚机电设备有限公司"
    assert fields["legal_representative"].value == "沈知秋"
    assert fields["established"].value == "2019-05-06"
    assert fields["registered_capital"].value == "5000000.00"


def test_old_and_new_name_of_a_notice_in_a_table_of_changes() -> None:
    page = text_page(
        [
            [(200, "准予变更登记通知书")],
            [(60, "变更事项"), (200, "变更前内容"), (400, "变更后内容")],
            [(60, "企业名称"), (200, "青岚五金有限公司"), (400, "青岚机电设备有限公司")],
            [(330, "杭州市市场监督管理局")],
            [(330, "核准日期：2025年10月08日")],
        ]
    )
    fields = read_notice([page]).fields
    assert fields["old_name"].value == "青岚五金有限公司"
    assert fields["new_name"].value == "青岚机电设备有限公司"
    assert fields["changed"].value == "2025-10-08"


def test_without_known_labels_the_likeliest_texts_are_kept_in_doubt() -> None:
    page = text_page(
        [
            [(200, "营业执照")],
            [(50, "统一社会信用代码 91330200MA2CCJ4L6L")],
            [(50, "墨竹"), (200, "青岚机电设备有限公司")],
            [(50, "听松"), (200, "有限责任公司")],
            [(50, "观澜"), (200, "海棠市滨河路88号")],
            [(50, "枕石"), (200, "沈知秋")],
            [(50, "经营范围"), (200, "机电设备销售")],
            [(50, "登记机关")],
        ]
    )
    parts = read([page])
    assert parts.fields["address"].value == "海棠市滨河路88号"
    assert parts.fields["legal_representative"].value == "沈知秋"
    doubted = ("address", "legal_representative")
    assert all(parts.fields[name].confidence < 0.85 for name in doubted)
