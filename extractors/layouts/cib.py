"""Industrial Bank (兴业银行)."""

from __future__ import annotations

from extractors.layouts.declare import IssuerKind, Role, TableLayout, issuer_layout

CIB = issuer_layout(
    id="cib",
    kind=IssuerKind.BANK,
    names=("兴业银行",),
    tables=(
        TableLayout(
            form="corporate export",
            headings=(
                ("银行流水号", Role.SERIAL_NUMBER),
                ("账号", Role.OWN_ACCOUNT),
                ("账户名称", Role.OWN_NAME),
                ("凭证代号", Role.OTHER),
                ("借方金额", Role.DEBIT),
                ("贷方金额", Role.CREDIT),
                ("账户余额", Role.BALANCE),
                ("摘要", Role.DESCRIPTION),
                ("对方账号", Role.COUNTERPARTY_ACCOUNT),
                ("对方户名", Role.COUNTERPARTY_NAME),
                ("对方银行", Role.COUNTERPARTY_BANK),
                ("交易时间", Role.TIME),
                ("用途", Role.DESCRIPTION),
            ),
            source="Columns of the bank's internet banking export, as named in its user guide",
        ),
        TableLayout(
            form="data for investigations",
            headings=(
                ("帐号", Role.OWN_ACCOUNT),
                ("交易日期", Role.DATE),
                ("交易名称", Role.DESCRIPTION),
                ("渠道类型代码", Role.OTHER),
                ("借贷标志", Role.FLAG),
                ("交易金额", Role.AMOUNT),
                ("账户余额", Role.BALANCE),
                ("对手帐号", Role.COUNTERPARTY_ACCOUNT),
                ("对手户名", Role.COUNTERPARTY_NAME),
                ("对手开户行", Role.COUNTERPARTY_BANK),
                ("摘要描述", Role.DESCRIPTION),
                ("柜员流水号", Role.SERIAL_NUMBER),
            ),
            source="https://github.com/search?q=BANK_PARAS+兴业银行&type=code",
        ),
    ),
)
