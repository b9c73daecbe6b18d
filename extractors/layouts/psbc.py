"""Postal Savings Bank of China (中国邮政储蓄银行)."""

from __future__ import annotations

from extractors.layouts.declare import IssuerKind, Role, TableLayout, issuer_layout

PSBC = issuer_layout(
    id="psbc",
    kind=IssuerKind.BANK,
    names=("中国邮政储蓄银行", "邮政储蓄银行", "邮储银行"),
    tables=(
        TableLayout(
            form="personal print",
            headings=(
                ("交易日期", Role.DATE),
                ("交易时间", Role.TIME),
                ("摘要", Role.DESCRIPTION),
                ("交易金额", Role.AMOUNT),
                ("余额", Role.BALANCE),
                ("交易渠道", Role.DESCRIPTION),
                ("对方账号", Role.COUNTERPARTY_ACCOUNT),
                ("对方户名", Role.COUNTERPARTY_NAME),
                ("附言", Role.DESCRIPTION),
            ),
            source="Columns of the bank's internet banking export, as named in its user guide",
        ),
        TableLayout(
            form="corporate export",
            headings=(
                ("交易日期", Role.DATE),
                ("交易流水号", Role.SERIAL_NUMBER),
                ("借方发生额", Role.DEBIT),
                ("贷方发生额", Role.CREDIT),
                ("余额", Role.BALANCE),
                ("对方账号", Role.COUNTERPARTY_ACCOUNT),
                ("对方账户名称", Role.COUNTERPARTY_NAME),
                ("摘要", Role.DESCRIPTION),
                ("用途", Role.DESCRIPTION),
            ),
            source="Columns of the bank's internet banking export, as named in its user guide",
        ),
    ),
)
