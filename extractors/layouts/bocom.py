"""Bank of Communications (交通银行)."""

from __future__ import annotations

from extractors.layouts.declare import IssuerKind, Role, TableLayout, issuer_layout

BOCOM = issuer_layout(
    id="bocom",
    kind=IssuerKind.BANK,
    names=("交通银行", "Bocom", "BANK OF COMMUNICATIONS"),
    tables=(
        TableLayout(
            form="personal print",
            headings=(
                ("序号", Role.INDEX),
                ("交易日期", Role.DATE),
                ("交易时间", Role.TIME),
                ("交易类型", Role.DESCRIPTION),
                ("借贷", Role.FLAG),
                ("交易金额", Role.AMOUNT),
                ("余额", Role.BALANCE),
                ("对方账号", Role.COUNTERPARTY_ACCOUNT),
                ("对方户名", Role.COUNTERPARTY_NAME),
                ("交易地点", Role.DESCRIPTION),
                ("摘要", Role.DESCRIPTION),
            ),
            source="https://github.com/deb-sig/double-entry-generator",
        ),
        TableLayout(
            form="corporate export",
            headings=(
                ("交易时间", Role.TIME),
                ("摘要", Role.DESCRIPTION),
                ("凭证种类", Role.OTHER),
                ("凭证号码", Role.OTHER),
                ("借方发生额", Role.DEBIT),
                ("贷方发生额", Role.CREDIT),
                ("账户余额", Role.BALANCE),
                ("对方账号", Role.COUNTERPARTY_ACCOUNT),
                ("对方户名", Role.COUNTERPARTY_NAME),
                ("对方行名", Role.COUNTERPARTY_BANK),
                ("交易流水号", Role.SERIAL_NUMBER),
            ),
            source="Columns of the bank's internet banking export, as named in its user guide",
        ),
        TableLayout(
            form="data for investigations",
            headings=(
                ("户名", Role.OWN_NAME),
                ("主记账帐号", Role.OWN_ACCOUNT),
                ("主名义账号", Role.OWN_ACCOUNT),
                ("交易日期", Role.DATE),
                ("借贷方标志", Role.FLAG),
                ("货币码", Role.CURRENCY),
                ("金额", Role.AMOUNT),
                ("对方户名", Role.COUNTERPARTY_NAME),
                ("对方帐号", Role.COUNTERPARTY_ACCOUNT),
                ("对方分行", Role.COUNTERPARTY_BANK),
                ("交易分行", Role.OTHER),
                ("交易网点/部门", Role.OTHER),
                ("交易柜员", Role.OTHER),
                ("业务摘要区", Role.DESCRIPTION),
                ("技术摘要", Role.DESCRIPTION),
            ),
            source="https://github.com/search?q=BANK_PARAS+交通银行&type=code",
        ),
    ),
)
