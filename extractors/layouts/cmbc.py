"""China Minsheng Bank (中国民生银行)."""

from __future__ import annotations

from extractors.layouts.declare import IssuerKind, Role, TableLayout, issuer_layout

CMBC = issuer_layout(
    id="cmbc",
    kind=IssuerKind.BANK,
    names=("中国民生银行", "民生银行"),
    tables=(
        TableLayout(
            form="personal print",
            headings=(
                ("凭证类型", Role.OTHER),
                ("凭证号码", Role.OTHER),
                ("交易时间", Role.TIME),
                ("摘要", Role.DESCRIPTION),
                ("交易金额", Role.AMOUNT),
                ("账户余额", Role.BALANCE),
                ("现转标志", Role.OTHER),
                ("交易渠道", Role.DESCRIPTION),
                ("交易机构", Role.OTHER),
                ("对方户名/账号", Role.COUNTERPARTY),
                ("对方行名", Role.COUNTERPARTY_BANK),
            ),
            source="https://github.com/jiegec/china_bean_importers",
        ),
        TableLayout(
            form="corporate export",
            headings=(
                ("交易时间", Role.TIME),
                ("交易流水号", Role.SERIAL_NUMBER),
                ("借方发生额", Role.DEBIT),
                ("贷方发生额", Role.CREDIT),
                ("账户余额", Role.BALANCE),
                ("凭证号", Role.OTHER),
                ("摘要", Role.DESCRIPTION),
                ("对方账号", Role.COUNTERPARTY_ACCOUNT),
                ("对方账号名称", Role.COUNTERPARTY_NAME),
                ("对方开户行", Role.COUNTERPARTY_BANK),
            ),
            source="Columns of the bank's internet banking export, as named in its user guide",
        ),
    ),
)
