"""Ping An Bank (平安银行)."""

from __future__ import annotations

from extractors.layouts.declare import IssuerKind, Role, TableLayout, issuer_layout

PAB = issuer_layout(
    id="pab",
    kind=IssuerKind.BANK,
    names=("平安银行", "深圳发展银行"),
    tables=(
        TableLayout(
            form="corporate export",
            headings=(
                ("交易日期", Role.DATE),
                ("账号", Role.OWN_ACCOUNT),
                ("借方发生额", Role.DEBIT),
                ("贷方发生额", Role.CREDIT),
                ("账户余额", Role.BALANCE),
                ("对方账户", Role.COUNTERPARTY_ACCOUNT),
                ("对方账户名称", Role.COUNTERPARTY_NAME),
                ("对方账户开户行", Role.COUNTERPARTY_BANK),
                ("交易流水号", Role.SERIAL_NUMBER),
                ("摘要", Role.DESCRIPTION),
                ("用途", Role.DESCRIPTION),
            ),
            source="Columns of the bank's internet banking export, as named in its user guide",
        ),
        TableLayout(
            form="personal print",
            headings=(
                ("交易日期", Role.DATE),
                ("交易时间", Role.TIME),
                ("交易类型", Role.DESCRIPTION),
                ("收入", Role.CREDIT),
                ("支出", Role.DEBIT),
                ("账户余额", Role.BALANCE),
                ("交易对方", Role.COUNTERPARTY_NAME),
                ("对方账号", Role.COUNTERPARTY_ACCOUNT),
                ("交易备注", Role.DESCRIPTION),
            ),
            source="Columns of the bank's internet banking export, as named in its user guide",
        ),
    ),
)
