"""Spreadsheets that keep whole yuan as numbers without decimals."""

from __future__ import annotations

import io
from datetime import datetime
from decimal import Decimal

from openpyxl import Workbook

from extractors.intake.limits import Limits
from extractors.read import read_file

HEADINGS = ("序号", "记账日", "收入", "支出", "余额", "对方单位", "对方账号", "附言", "凭证号")
ROWS = (
    (1, datetime(2025, 1, 1), 25000, None, 545549, "甲印刷有限公司", None, "货款", "250101000000"),
    (2, datetime(2025, 1, 3), None, 185000, 360549, "乙仪器有限公司", None, "货款", "250103000001"),
    (3, datetime(2025, 1, 5), 210000, None, 570549, "甲印刷有限公司", None, "货款", "250105000002"),
    (4, datetime(2025, 1, 7), None, 205000, 365549, "乙仪器有限公司", None, "货款", "250107000003"),
)


def test_amounts_without_decimals_are_rows() -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(("对公账户对账单",))
    sheet.append(("户名", "青岚机电设备有限公司", "账号", "2102013319200088776"))
    sheet.append(HEADINGS)
    for row in ROWS:
        sheet.append(row)
    data = io.BytesIO()
    book.save(data)
    (document,) = read_file("流水.xlsx", data.getvalue(), Limits()).documents
    found = [(r.day, r.credit - r.debit, r.balance, r.counterparty_name) for r in document.rows]
    wanted = [
        (row[1].date(), Decimal(row[2] or 0) - Decimal(row[3] or 0), Decimal(row[4]), row[5])
        for row in ROWS
    ]
    assert found == wanted
    assert document.fields["account_name"].value == "青岚机电设备有限公司"
