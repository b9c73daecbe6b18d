"""Bank slips as published parsers and templates know them. Names, accounts and sums are invented.

Sources: an ICBC receipt parser's sample, CCB 单位客户专用回单 and 网上银行电子回执, CIB 汇入回单, a
payment platform's receipt template, ABC and credit unions' vouchers, and the customer advice of a
bank's counter.
"""

from __future__ import annotations

from collections.abc import Callable

from printed_pages import Cell, ruled_page, text_page

from extractors.layout.page import Page

PAYER, PAYEE = "青岚机电设备有限公司", "北麓钢材贸易有限公司"
FROM, TO = "2102013319200088776", "11050163360000000321"
SERIAL = "71234567"
PURPOSE = "支付钢材货款"


def two_columns_reprint() -> Page:
    """Payer left and payee right, one text per pair, marked as a reprint."""
    return text_page(
        [
            [(180, "中国工商银行电子回单"), (440, "补打")],
            [(60, "电子回单号码 0006010125286264"), (360, "打印日期 2025-12-09")],
            [(60, f"付款人户名 {PAYER}"), (330, f"收款人户名 {PAYEE}")],
            [(60, f"付款账号 {FROM}"), (330, f"收款账号 {TO}")],
            [(60, "付款人开户银行 工商银行海棠支行"), (330, "收款人开户银行 建设银行北麓支行")],
            [(60, "金额 ￥45,000.00元"), (330, "金额（大写） 肆万伍仟元整")],
            [(60, "摘要 转账"), (330, f"用途 {PURPOSE}")],
            [(60, f"交易流水号 {SERIAL}"), (330, "时间戳 2025-12-01-18.54.08.714221")],
            [(60, "记账日期 2025-12-01"), (330, "指令编号 HQP778899123")],
            [(60, "重要提示：本回单不作为收款方发货依据，请勿重复记账。")],
        ]
    )


def unit_customer() -> Page:
    """单位客户专用回单: two ruled columns with spelled labels, date and serial in the head line."""
    cells: list[Cell] = []
    for left, side, name, account in ((40.0, "付款人", PAYER, FROM), (295.0, "收款人", PAYEE, TO)):
        cells.append((left, 100, left + 25, 166, "\n".join(side)))
        bank = ("开户行", "建设银行海棠支行")
        for row, (label, value) in enumerate((("全称", name), ("账号", account), bank)):
            top = 100.0 + 22 * row
            cells.append((left + 25, top, left + 80, top + 22, label))
            cells.append((left + 80, top, left + 255, top + 22, value))
    cells += [
        (40, 166, 120, 188, "大写金额"),
        (120, 166, 330, 188, "肆万伍仟元整"),
        (330, 166, 400, 188, "小写金额"),
        (400, 166, 550, 188, "45,000.00"),
        (40, 188, 120, 210, "凭证种类"),
        (120, 188, 330, 210, "电子转账凭证"),
        (330, 188, 400, 210, "凭证号码"),
        (400, 188, 550, 210, "100200300"),
        (40, 210, 120, 232, "用途"),
        (120, 210, 330, 232, PURPOSE),
        (330, 210, 400, 232, "交易机构"),
        (400, 210, 550, 232, "海棠支行"),
    ]
    lines = [
        (170, 40, "中国建设银行单位客户专用回单"),
        (40, 70, "币别：人民币"),
        (200, 70, "日期：2025年12月1日"),
        (400, 70, f"流水号：{SERIAL}"),
    ]
    return ruled_page(cells, lines)


def incoming_receipt() -> Page:
    """A stacked advice of money received; the payer stands first."""
    return text_page(
        [
            [(200, "兴业银行汇入回单")],
            [(60, "金额（大写）：肆万伍仟元整")],
            [(60, "金额：45,000.00")],
            [(60, f"付款人户名：{PAYER}")],
            [(60, "付款人开户银行：兴业银行海棠支行")],
            [(60, f"付款人账号：{FROM}")],
            [(60, f"摘要：{PURPOSE}")],
            [(60, "记账日期：2025年12月01日"), (320, f"交易流水号：{SERIAL}")],
            [(60, "收款人开户银行：兴业银行北麓支行")],
            [(60, f"收款人户名：{PAYEE}")],
            [(60, f"收款人账号：{TO}")],
        ]
    )


def platform_receipt() -> Page:
    """商户专用回单: captions span rows of one cell each, the sum written twice in one row."""
    cells: list[Cell] = []
    for top, side, name, account in ((100.0, "付款方", PAYER, FROM), (166.0, "收款方", PAYEE, TO)):
        cells.append((40, top, 110, top + 66, side))
        texts = (f"账户名：{name}", f"账号：{account}", "开户机构：海棠银行")
        for row, text in enumerate(texts):
            cells.append((110, top + 22 * row, 550, top + 22 * row + 22, text))
    cells += [
        (40, 232, 200, 254, "海棠支付流水号"),
        (200, 232, 550, 254, SERIAL),
        (40, 254, 200, 276, "记账时间（业务发起时间）"),
        (200, 254, 550, 276, "2025-12-01 10:20:30"),
        (40, 276, 200, 298, "付款金额"),
        (200, 276, 350, 298, "小写：45,000.00"),
        (350, 276, 550, 298, "大写：肆万伍仟元整"),
        (40, 298, 200, 320, "备注"),
        (200, 298, 550, 320, PURPOSE),
    ]
    lines = [
        (180, 40, "海棠支付有限公司商户专用回单"),
        (40, 70, "回单编号：R20251201000911"),
        (40, 700, "1、本回单有任何修改或涂改的，均为无效证明。"),
    ]
    return ruled_page(cells, lines)


def payment_advice() -> Page:
    """付款通知: captions over two columns, labels without sides below them."""
    return text_page(
        [
            [(230, "付款通知")],
            [(60, "入账日期：20251201"), (330, f"业务流水号：{SERIAL}")],
            [(60, "付款人"), (330, "收款人")],
            [(60, f"名称：{PAYER}"), (330, f"名称：{PAYEE}")],
            [(60, f"账号：{FROM}"), (330, f"账号：{TO}")],
            [(60, "开户行：农业银行海棠支行"), (330, "开户行：农业银行北麓支行")],
            [(60, "币种：人民币"), (330, "金额：45,000.00")],
            [(60, "大写：人民币肆万伍仟元整")],
            [(60, f"附言：{PURPOSE}")],
        ]
    )


def online_receipt() -> Page:
    """网上银行转账回执: label above value in ruled cells of three columns."""
    rows = [
        (("付款人名称", PAYER), ("付款人账号", FROM), ("付款行", "海棠农商银行")),
        (("收款人名称", PAYEE), ("收款人账号", TO), ("收款行", "北麓农商银行")),
        (("转账金额", "￥45,000.00"), ("大写金额", "肆万伍仟元整"), ("交易状态", "成功")),
        (("交易日期", "2025/12/01"), ("交易流水", SERIAL), ("转账用途", PURPOSE)),
    ]
    cells = [
        (40.0 + 170 * column, 90.0 + 44 * row + 22 * below,
         210.0 + 170 * column, 112.0 + 44 * row + 22 * below, pair[below])
        for row, line in enumerate(rows)
        for column, pair in enumerate(line)
        for below in (0, 1)
    ]  # fmt: skip
    return ruled_page(cells, [(200, 40, "网上银行转账回执")])


def remittance_voucher() -> Page:
    """汇款凭证: sender and receiver, labels spaced out, amount behind a currency."""
    cells: list[Cell] = []
    for left, side, name, account in ((40.0, "汇款人", PAYER, FROM), (295.0, "收款人", PAYEE, TO)):
        cells.append((left, 100, left + 25, 166, "\n".join(side)))
        place = ("汇出地点" if side == "汇款人" else "汇入地点", "海棠市")
        for row, (label, value) in enumerate((("全 称", name), ("账 号", account), place)):
            top = 100.0 + 22 * row
            cells.append((left + 25, top, left + 80, top + 22, label))
            cells.append((left + 80, top, left + 255, top + 22, value))
    cells += [
        (40, 166, 120, 188, "金 额"),
        (120, 166, 380, 188, "人民币（大写） 肆万伍仟元整"),
        (380, 166, 550, 188, "CNY45,000.00"),
        (40, 188, 120, 210, "汇款用途"),
        (120, 188, 380, 210, PURPOSE),
        (380, 188, 550, 210, f"流水号 {SERIAL}"),
    ]
    lines = [(230, 40, "汇款凭证"), (210, 70, "委托日期 2025 年 12 月 01 日")]
    return ruled_page(cells, lines)


def customer_receipt() -> Page:
    """客户回单 of a counter: one's own account first, stacked, the other side below."""
    return text_page(
        [
            [(170, "海棠农村商业银行客户回单")],
            [(60, "交易日期: 2025-12-01"), (330, f"流水号: {SERIAL}")],
            [(60, "付款方户名"), (180, PAYER)],
            [(60, "付款方账号"), (180, FROM)],
            [(60, "付款方开户行"), (180, "海棠农村商业银行营业部")],
            [(60, "收款方户名"), (180, PAYEE)],
            [(60, "收款方账号"), (180, TO)],
            [(60, "收款方开户行"), (180, "建设银行北麓支行")],
            [(60, "交易金额"), (180, "45,000.00"), (330, "大写金额"), (420, "肆万伍仟元整")],
            [(60, "用途"), (180, PURPOSE), (330, "回单编号"), (420, "90817263544")],
        ]
    )


LAYOUTS: dict[str, Callable[[], Page]] = {
    "two columns, reprint": two_columns_reprint,
    "unit customer": unit_customer,
    "incoming receipt": incoming_receipt,
    "payment platform": platform_receipt,
    "payment advice": payment_advice,
    "online receipt": online_receipt,
    "remittance voucher": remittance_voucher,
    "customer receipt": customer_receipt,
}
