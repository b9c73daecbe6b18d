"""Headings that no list holds say by their parts what their column is."""

from __future__ import annotations

import pytest

from extractors.layouts.declare import Role
from extractors.layouts.headings import role_of_heading


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("對方戶名", Role.COUNTERPARTY_NAME),
        ("扣賬/入賬", Role.FLAG),
        ("餘額", Role.BALANCE),
        ("对端户名", Role.COUNTERPARTY_NAME),
        ("对方账号/卡号/汇票号", Role.COUNTERPARTY_ACCOUNT),
        ("对方户名及账号", Role.COUNTERPARTY),
        ("往来方开户行", Role.COUNTERPARTY_BANK),
        ("借方发生额（支取）", Role.DEBIT),
        ("贷方发生额（收入）", Role.CREDIT),
        ("支出（-）或存入（+）", Role.AMOUNT),
        ("变动后余额(元)", Role.BALANCE),
        ("主机交易流水号", Role.SERIAL_NUMBER),
        ("本方银行账号", Role.OWN_ACCOUNT),
        ("发生额借方", Role.DEBIT),
    ],
)
def test_a_heading_is_understood_by_its_parts(heading: str, role: Role) -> None:
    assert role_of_heading(heading) is role


@pytest.mark.parametrize("text", ["墨竹", "合计", "海岳五金制造有限公司", "2025年度", "借或贷余额"])
def test_what_is_no_heading_has_no_role(text: str) -> None:
    assert role_of_heading(text) is None
