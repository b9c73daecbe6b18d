"""China Everbright Bank (中国光大银行)."""

from __future__ import annotations

from extractors.layouts.declare import IssuerKind, Role, TableLayout, issuer_layout

CEB = issuer_layout(
    id="ceb",
    kind=IssuerKind.BANK,
    names=("中国光大银行", "光大银行"),
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
                ("对方名称", Role.COUNTERPARTY_NAME),
                ("对方行名", Role.COUNTERPARTY_BANK),
                ("凭证号", Role.OTHER),
                ("摘要", Role.DESCRIPTION),
                ("流水号", Role.SERIAL_NUMBER),
            ),
            source="Columns of the bank's internet banking export, as named in its user guide",
        ),
    ),
)
