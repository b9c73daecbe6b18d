"""Slips of many banks: both parties, the amount, the day and the number, or an honest doubt."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from printed_pages import Cell, ruled_page, text_page

from extractors.documents.bank_slip import read
from extractors.documents.parts import Parts
from extractors.layout.page import Page

PAYER, PAYEE = "青岚机电设备有限公司", "北麓钢材贸易有限公司"
FROM, TO = "2102013319200088776", "11050163360000000321"
SERIAL = "71234567"
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
}


def _spanning(caption: str, *, stacked: bool = False) -> Page:
    """Captions that span three rows, side by side or one above the other."""
    cells: list[Cell] = []
    for number, (side, name, account) in enumerate((("付", PAYER, FROM), ("收", PAYEE, TO))):
        left, top = (40.0, 80.0 + 66 * number) if stacked else (40.0 + 255 * number, 80.0)
        text = caption.replace("付", side)
        cells.append((left, top, left + 30, top + 66, text))
        bank = ("开户银行", "工商银行海棠支行")
        for row, (label, value) in enumerate((("户 名", name), ("账 号", account), bank)):
            y = top + 22 * row
            cells += [
                (left + 30, y, left + 85, y + 22, label),
                (left + 85, y, left + 255, y + 22, value),
            ]
    bottom = 80.0 + (132 if stacked else 66)
    cells += [
        (40, bottom, 100, bottom + 22, "金额"),
        (100, bottom, 350, bottom + 22, "人民币（大写）：肆万伍仟元整"),
        (350, bottom, 550, bottom + 22, "¥45,000.00元"),
        (40, bottom + 22, 125, bottom + 44, "交易流水号"),
        (125, bottom + 22, 295, bottom + 44, SERIAL),
        (295, bottom + 22, 380, bottom + 44, "时间戳"),
        (380, bottom + 22, 550, bottom + 44, "2025-12-01-09.30.00.123456"),
    ]
    return ruled_page(cells, [(60, 40, "电子回单号码：0001-2345-6789-0123")])


def _columns_above() -> Page:
    """Headings of the sides over two columns, labels at the left."""
    return ruled_page(
        [
            (40, 80, 120, 102, ""),
            (120, 80, 335, 102, "付款方"),
            (335, 80, 550, 102, "收款方"),
            (40, 102, 120, 124, "户名"),
            (120, 102, 335, 124, PAYER),
            (335, 102, 550, 124, PAYEE),
            (40, 124, 120, 146, "账号"),
            (120, 124, 335, 146, FROM),
            (335, 124, 550, 146, TO),
        ],
        [
            (40, 40, "交易日期：2025-12-01"),
            (300, 40, f"流水号：{SERIAL}"),
            (40, 160, "金额（大写）：肆万伍仟元整"),
            (300, 160, "金额（小写）：¥45,000.00"),
        ],
    )


def _bilingual() -> Page:
    return text_page(
        [
            [(60, "回单编号 Receipt No.：0072919647316077"), (330, "交易日期 Date：2025-12-01")],
            [(60, "付款方 Payer")],
            [(60, f"户名 Account Name：{PAYER}")],
            [(60, f"账号 Account No.：{FROM}"), (330, "开户行 Bank：工行海棠支行")],
            [(60, "收款方 Payee")],
            [(60, f"户名 Account Name：{PAYEE}")],
            [(60, f"账号 Account No.：{TO}"), (330, "开户行 Bank：建行北麓支行")],
            [(60, "币种 Currency：人民币"), (330, "金额 Amount：45,000.00")],
            [(60, "大写金额：肆万伍仟元整")],
            [(60, f"交易流水号 Trans No.：{SERIAL}"), (330, "用途 Purpose：材料款")],
        ]
    )


def _no_colons() -> Page:
    """Two labels and values on each line, only blanks between."""
    return text_page(
        [
            [(60, f"付款人户名 {PAYER} 收款人户名 {PAYEE}")],
            [(60, f"付款账号 {FROM} 收款账号 {TO}")],
            [(60, "付款人开户银行 工行海棠支行 收款人开户银行 建行北麓支行")],
            [(60, "金额 ¥45,000.00元 金额（大写） 肆万伍仟元整")],
            [(60, f"摘要 货款 用途 对公转账 交易流水号 {SERIAL}")],
            [(60, "打印日期 2026-01-04 记账日期 2025年12月01日")],
        ]
    )


def _platform() -> Page:
    """A payment platform's receipt: the caption spans rows whose cells hold label and value."""
    cells: list[Cell] = []
    for number, (side, name, account) in enumerate(
        (("付款方", PAYER, FROM), ("收款方", PAYEE, TO))
    ):
        top = 80.0 + 66 * number
        cells.append((40, top, 110, top + 66, side))
        for row, text in enumerate((f"账户名：{name}", f"账号：{account}", "开户机构：工商银行")):
            cells.append((110, top + 22 * row, 550, top + 22 * row + 22, text))
    lines = [
        (40, 220, "交易金额（小写）：45,000.00"),
        (300, 220, "交易金额（大写）：人民币肆万伍仟元整"),
        (40, 240, "入账日期：2025年12月01日"),
        (300, 240, f"交易流水号：{SERIAL}"),
        (40, 60, "打印时间：2026-01-05 10:20:30"),
    ]
    return ruled_page(cells, lines)


def _downwards_without_rules() -> Page:
    """付款人 and 收款人 written downwards, no rules at all."""
    rows = [
        [(60, "付"), (85, "全 称"), (140, PAYER), (310, "收"), (335, "全 称"), (390, PAYEE)],
        [(60, "款"), (85, "账 号"), (140, FROM), (310, "款"), (335, "账 号"), (390, TO)],
        [
            (60, "人"),
            (85, "开户行"),
            (140, "建行滨江支行"),
            (310, "人"),
            (335, "开户行"),
            (390, "工行支行"),
        ],
        [(60, "金额"), (140, "（大写）人民币肆万伍仟元整"), (335, "（小写）¥45,000.00")],
        [(60, "凭证种类"), (140, "电子转账凭证"), (335, "凭证号码")],
    ]
    head = [[(60, f"币别：人民币 2025年12月01日 流水号：{SERIAL}")]]
    return text_page([*head, *rows])


def _captions_above_blocks() -> Page:
    return text_page(
        [
            [(60, "付款人信息"), (320, "收款人信息")],
            [(60, f"户名：{PAYER}"), (320, f"户名：{PAYEE}")],
            [(60, f"账号：{FROM}"), (320, f"账号：{TO}")],
            [(60, "开户行：农行海棠支行"), (320, "开户行：中行北麓支行")],
            [(60, "小写：45,000.00"), (320, "大写：肆万伍仟元整")],
            [(60, "交易时间：2025-12-01 10:21:33"), (320, f"交易流水号：{SERIAL}")],
            [(60, "手续费：5.00"), (320, "余额：1,234,567.89")],
        ]
    )


def _one_below_another() -> Page:
    return text_page(
        [
            [(60, "交易日期"), (160, "20251201")],
            [(60, "交易流水号"), (160, SERIAL)],
            [(60, "付款账户名称"), (160, PAYER)],
            [(60, "付款账户"), (160, FROM)],
            [(60, "收款账户名称"), (160, PAYEE)],
            [(60, "收款账户"), (160, TO)],
            [(60, "转账金额"), (160, "CNY 45,000.00")],
            [(60, "大写金额"), (160, "人民币肆万伍仟元整")],
        ]
    )


def _table_with_one_row() -> Page:
    edges = [30.0, 150, 265, 385, 500, 580]
    heads = ("付款人名称", "付款人账号", "收款人名称", "收款人账号", "金额")
    values = (PAYER, FROM, PAYEE, TO, "45,000.00")
    cells = [
        (edges[i], 80 + 26 * n, edges[i + 1], 106 + 26 * n, text)
        for n, row in enumerate((heads, values))
        for i, text in enumerate(row)
    ]
    lines = [
        (40, 40, "记账日期：2025-12-01"),
        (300, 40, f"流水号：{SERIAL}"),
        (40, 150, "金额大写：肆万伍仟元整"),
    ]
    return ruled_page(cells, lines)


LAYOUTS = {
    "caption spans rows, side by side": lambda: _spanning("付款人"),
    "caption spans rows, downwards": lambda: _spanning("付\n款\n人"),
    "caption spans rows, stacked": lambda: _spanning("付款人", stacked=True),
    "downwards without rules": _downwards_without_rules,
    "headings over columns": _columns_above,
    "bilingual": _bilingual,
    "no colons": _no_colons,
    "payment platform": _platform,
    "captions above blocks": _captions_above_blocks,
    "one below another": _one_below_another,
    "table with one row": _table_with_one_row,
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_value_stands_on_its_own_side(layout: str) -> None:
    parts = read([LAYOUTS[layout]()])
    found = {name: parts.fields[name].value for name in WANTED if name in parts.fields}
    assert found == WANTED
    assert all(parts.fields[name].confidence >= SURE for name in WANTED)
    assert not parts.failures


def _wrong_and_sure(parts: Parts) -> dict[str, str]:
    return {
        name: found.value
        for name, found in parts.fields.items()
        if name in WANTED and found.value != WANTED[name] and found.confidence >= SURE
    }


UNKNOWN = (
    "扶摇",
    "漱玉",
    "耕烟",
    "看云",
    "折柳",
    "衔山",
    "枕石",
    "锄月",
    "临帖",
    "钓雪",
    "候潮",
    "墨竹",
)


def _reworded(page: Page, words: Sequence[str]) -> Page:
    """Replace everything on a page that is no value by unknown words."""
    values = {PAYER, PAYEE, FROM, TO, SERIAL}
    for index, word in enumerate(page.words):
        _, colon, value = word.text.replace("：", ":").partition(":")
        has_value = any(v in word.text for v in values) or any(c.isdigit() for c in word.text)
        if colon and value:
            word.text = words[index % len(words)] + ":" + value
        elif not has_value and "元" not in word.text:
            word.text = words[index % len(words)] + colon
    return page


@pytest.mark.parametrize("layout", LAYOUTS)
def test_unknown_labels_give_the_value_or_a_doubt(layout: str) -> None:
    parts = read([_reworded(LAYOUTS[layout](), UNKNOWN)])
    assert not _wrong_and_sure(parts)
    sides = ("payer_name", "payee_name")
    if any(n in parts.fields and parts.fields[n].confidence < SURE for n in sides):
        assert [f.code for f in parts.failures] == ["value_in_doubt"]


def test_a_fee_has_a_payer_alone() -> None:
    page = text_page(
        [
            [(60, "户名：" + PAYER), (330, f"账号：{FROM}")],
            [(60, "业务类型：对公收费"), (330, "交易日期：2025-12-01")],
            [(60, "金额（小写）：¥15.00"), (330, "大写：壹拾伍元整")],
            [(60, "付款人：" + PAYER)],
        ]
    )
    parts = read([page])
    assert parts.fields["payer_name"].value == PAYER
    assert parts.fields["amount"].value == "15.00"


def test_captions_and_clause_numbers_are_no_values() -> None:
    page = text_page(
        [
            [(60, "付款人：（章）"), (330, "收款人：1.1")],
            [(60, "金额：1.1"), (330, "日期：")],
        ]
    )
    assert not {"payer_name", "payee_name", "amount", "date"} & set(read([page]).fields)


def test_figures_that_differ_from_the_words_are_both_kept() -> None:
    page = text_page(
        [
            [(60, f"付款人户名：{PAYER}"), (330, f"收款人户名：{PAYEE}")],
            [(60, "金额（大写）：人民币肆万伍仟元整"), (330, "金额（小写）：¥450,000.00")],
            [(60, "余额：45,000.00"), (330, "交易日期：2025-12-01")],
        ]
    )
    fields = read([page]).fields
    assert (fields["amount"].value, fields["amount_words"].value) == ("450000.00", "45000.00")


NAMES = ("户名", "全称", "名称", "账户名称", "账户户名", "开户单位")
ACCOUNTS = ("账号", "卡号", "账户", "银行账号")
SIDES = (("付款人", "收款人"), ("付款方", "收款方"), ("汇款人", "收款人"), ("付款单位", "收款单位"))
OTHERS = (
    "开户行：工商银行股份有限公司海棠支行",
    "手续费：12.50",
    "余额：45,000.01",
    "打印日期：2026-01-09",
    "验证码：AB12CD34",
    "经办：张三",
    "合作伙伴：远帆阀门有限公司",
    "1.1 请核对：2.3",
)


@settings(max_examples=60, deadline=None)
@given(st.randoms(use_true_random=False))
def test_order_synonyms_and_look_alikes_never_give_a_wrong_sure_value(dice: random.Random) -> None:
    payer, payee = dice.choice(SIDES)
    name, account = dice.choice(NAMES), dice.choice(ACCOUNTS)
    lines = [
        [f"{payer}{name}：{PAYER}", f"{payer}{account}：{FROM}"],
        [f"{payee}{name}：{PAYEE}", f"{payee}{account}：{TO}"],
        ["金额（小写）：¥45,000.00", "金额（大写）：肆万伍仟元整"],
        ["交易日期：2025-12-01", f"交易流水号：{SERIAL}"],
        dice.sample(OTHERS, 2),
        dice.sample(OTHERS, 2),
    ]
    dice.shuffle(lines)
    for line in lines:
        dice.shuffle(line)
    page = text_page([[(60, line[0]), (330, line[1])] for line in lines])
    parts = read([page])
    assert not _wrong_and_sure(parts)
    found = {n: parts.fields[n].value for n in WANTED if n in parts.fields}
    assert found == WANTED
