"""Bank of Beijing (北京银行)."""

from __future__ import annotations

from extractors.layouts.declare import IssuerKind, Role, TableLayout, issuer_layout

BOB = issuer_layout(
    id="bob",
    kind=IssuerKind.BANK,
    names=("北京银行",),
    tables=(
        TableLayout(
            form="flow export",
            headings=(
                ("帐号", Role.OWN_ACCOUNT),
                ("户名", Role.OWN_NAME),
                ("交易日期", Role.DATE),
                ("交易方式", Role.DESCRIPTION),
                ("资金收付标志", Role.FLAG),
                ("金额", Role.AMOUNT),
                ("余额", Role.BALANCE),
                ("交易对手姓名", Role.COUNTERPARTY_NAME),
                ("交易对手帐号", Role.COUNTERPARTY_ACCOUNT),
                ("交易对手金融机构名称", Role.COUNTERPARTY_BANK),
                ("开户银行机构名称", Role.OTHER),
                ("交易附言", Role.DESCRIPTION),
            ),
            source="https://github.com/search?q=BANK_PARAS+北京银行&type=code",
        ),
    ),
)
