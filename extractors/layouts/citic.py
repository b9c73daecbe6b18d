"""China CITIC Bank (中信银行)."""

from __future__ import annotations

from extractors.layouts.declare import IssuerKind, Role, TableLayout, issuer_layout

CITIC = issuer_layout(
    id="citic",
    kind=IssuerKind.BANK,
    names=("中信银行", "CITIC"),
    tables=(
        TableLayout(
            form="corporate export",
            headings=(
                ("交易日期", Role.DATE),
                ("交易时间", Role.TIME),
                ("借方发生额", Role.DEBIT),
                ("贷方发生额", Role.CREDIT),
                ("账户余额", Role.BALANCE),
                ("对方账号", Role.COUNTERPARTY_ACCOUNT),
                ("对方账户名称", Role.COUNTERPARTY_NAME),
                ("对方行名称", Role.COUNTERPARTY_BANK),
                ("摘要", Role.DESCRIPTION),
                ("附言", Role.DESCRIPTION),
                ("柜员交易号", Role.SERIAL_NUMBER),
            ),
            source="Columns of the bank's internet banking export, as named in its user guide",
        ),
        TableLayout(
            form="data for investigations",
            headings=(
                ("客户名称", Role.OWN_NAME),
                ("客户账号", Role.OWN_ACCOUNT),
                ("交易日期", Role.DATE),
                ("借贷类型代码", Role.FLAG),
                ("币种中文", Role.CURRENCY),
                ("交易金额", Role.AMOUNT),
                ("账户余额", Role.BALANCE),
                ("通用对方客户账号", Role.COUNTERPARTY_ACCOUNT),
                ("对方账户名称", Role.COUNTERPARTY_NAME),
                ("对方行名称", Role.COUNTERPARTY_BANK),
                ("交易码", Role.OTHER),
                ("交易用户名", Role.OTHER),
                ("摘要", Role.DESCRIPTION),
            ),
            source="https://github.com/search?q=BANK_PARAS+中信银行&type=code",
        ),
    ),
)
