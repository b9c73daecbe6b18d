"""Shanghai Pudong Development Bank (浦发银行)."""

from __future__ import annotations

from extractors.layouts.declare import IssuerKind, Role, TableLayout, issuer_layout

SPDB = issuer_layout(
    id="spdb",
    kind=IssuerKind.BANK,
    names=("上海浦东发展银行", "浦发银行"),
    tables=(
        TableLayout(
            form="personal export",
            headings=(
                ("顺序号", Role.INDEX),
                ("交易日期", Role.DATE),
                ("交易类型", Role.DESCRIPTION),
                ("存入金额", Role.CREDIT),
                ("取出金额", Role.DEBIT),
                ("余额", Role.BALANCE),
                ("交易对手名称", Role.COUNTERPARTY_NAME),
                ("交易对手账号", Role.COUNTERPARTY_ACCOUNT),
                ("附言", Role.DESCRIPTION),
            ),
            source="https://github.com/deb-sig/double-entry-generator",
        ),
        TableLayout(
            form="corporate export",
            headings=(
                ("交易日期", Role.DATE),
                ("交易时间", Role.TIME),
                ("凭证号", Role.OTHER),
                ("借方金额", Role.DEBIT),
                ("贷方金额", Role.CREDIT),
                ("余额", Role.BALANCE),
                ("对方账号", Role.COUNTERPARTY_ACCOUNT),
                ("对方户名", Role.COUNTERPARTY_NAME),
                ("摘要", Role.DESCRIPTION),
                ("传票号", Role.SERIAL_NUMBER),
            ),
            source="Columns of the bank's internet banking export, as named in its user guide",
        ),
    ),
)
