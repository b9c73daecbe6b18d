"""Agricultural Bank of China (中国农业银行)."""

from __future__ import annotations

from extractors.layouts.declare import IssuerKind, Role, TableLayout, issuer_layout

ABC = issuer_layout(
    id="abc",
    kind=IssuerKind.BANK,
    names=("中国农业银行", "农业银行", "农行"),
    tables=(
        TableLayout(
            form="personal export",
            headings=(
                ("交易日期", Role.DATE),
                ("交易时间", Role.TIME),
                ("交易摘要", Role.DESCRIPTION),
                ("交易金额", Role.AMOUNT),
                ("本次余额", Role.BALANCE),
                ("对手信息", Role.COUNTERPARTY),
                ("日志号", Role.SERIAL_NUMBER),
                ("交易渠道", Role.DESCRIPTION),
                ("交易附言", Role.DESCRIPTION),
            ),
            source="https://github.com/deb-sig/double-entry-generator",
        ),
        TableLayout(
            form="corporate export",
            headings=(
                ("交易时间", Role.TIME),
                ("收入金额", Role.CREDIT),
                ("支出金额", Role.DEBIT),
                ("账户余额", Role.BALANCE),
                ("交易行名", Role.OTHER),
                ("对方省市", Role.OTHER),
                ("对方账号", Role.COUNTERPARTY_ACCOUNT),
                ("对方户名", Role.COUNTERPARTY_NAME),
                ("交易说明", Role.DESCRIPTION),
                ("交易摘要", Role.DESCRIPTION),
                ("交易附言", Role.DESCRIPTION),
            ),
            source="Columns of the bank's internet banking export, as named in its user guide",
        ),
        TableLayout(
            form="data for investigations",
            headings=(
                ("合约名称", Role.OWN_NAME),
                ("合约号", Role.OWN_ACCOUNT),
                ("产品号", Role.OWN_ACCOUNT),
                ("交易日期", Role.DATE),
                ("借方交易金额", Role.DEBIT),
                ("贷方交易金额", Role.CREDIT),
                ("合约账户余额", Role.BALANCE),
                ("对方银行", Role.COUNTERPARTY_BANK),
                ("交易对手账号", Role.COUNTERPARTY_ACCOUNT),
                ("对方名称", Role.COUNTERPARTY_NAME),
                ("交易渠道", Role.DESCRIPTION),
                ("摘要信息", Role.DESCRIPTION),
                ("交易地点", Role.OTHER),
            ),
            source="https://github.com/search?q=BANK_PARAS+农业银行&type=code",
        ),
    ),
)
