"""Hua Xia Bank (华夏银行)."""

from __future__ import annotations

from extractors.layouts.declare import IssuerKind, Role, TableLayout, issuer_layout

HXB = issuer_layout(
    id="hxb",
    kind=IssuerKind.BANK,
    names=("华夏银行",),
    tables=(
        TableLayout(
            form="data for investigations",
            headings=(
                ("户名", Role.OWN_NAME),
                ("账号", Role.OWN_ACCOUNT),
                ("过账日期", Role.DATE),
                ("业务类型", Role.DESCRIPTION),
                ("借贷标志", Role.FLAG),
                ("币种", Role.CURRENCY),
                ("发生额", Role.AMOUNT),
                ("余额", Role.BALANCE),
                ("对方户名(或商户名称)", Role.COUNTERPARTY_NAME),
                ("对方账号(或商户编号)", Role.COUNTERPARTY_ACCOUNT),
                ("对方银行", Role.COUNTERPARTY_BANK),
                ("摘要", Role.DESCRIPTION),
            ),
            source="https://github.com/search?q=过账日期+对方户名(或商户名称)&type=code",
        ),
        TableLayout(
            form="corporate export",
            headings=(
                ("交易日期", Role.DATE),
                ("流水号", Role.SERIAL_NUMBER),
                ("借方金额", Role.DEBIT),
                ("贷方金额", Role.CREDIT),
                ("余额", Role.BALANCE),
                ("对方账号", Role.COUNTERPARTY_ACCOUNT),
                ("对方户名", Role.COUNTERPARTY_NAME),
                ("摘要", Role.DESCRIPTION),
            ),
            source="Columns of the bank's internet banking export, as named in its user guide",
        ),
    ),
)
