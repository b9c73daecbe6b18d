"""WeBank (微众银行)."""

from __future__ import annotations

from extractors.layouts.declare import IssuerKind, Role, TableLayout, issuer_layout

WEBANK = issuer_layout(
    id="webank",
    kind=IssuerKind.BANK,
    names=("微众银行", "WeBank"),
    tables=(
        TableLayout(
            form="personal print",
            headings=(
                ("记账日期", Role.DATE),
                ("对方户名", Role.COUNTERPARTY_NAME),
                ("对方账号", Role.COUNTERPARTY_ACCOUNT),
                ("对方银行", Role.COUNTERPARTY_BANK),
                ("摘要", Role.DESCRIPTION),
                ("备注", Role.DESCRIPTION),
                ("币种", Role.CURRENCY),
                ("金额", Role.AMOUNT),
                ("余额", Role.BALANCE),
            ),
            source="https://github.com/jiegec/china_bean_importers",
        ),
    ),
)
