"""China Construction Bank (中国建设银行)."""

from __future__ import annotations

from extractors.layouts.declare import IssuerKind, Role, TableLayout, issuer_layout

CCB = issuer_layout(
    id="ccb",
    kind=IssuerKind.BANK,
    names=("中国建设银行", "建设银行", "建行", "CCB"),
    tables=(
        TableLayout(
            form="corporate export",
            headings=(
                ("账号", Role.OWN_ACCOUNT),
                ("账户名称", Role.OWN_NAME),
                ("交易时间", Role.TIME),
                ("借方发生额/元(支取)", Role.DEBIT),
                ("贷方发生额/元(收入)", Role.CREDIT),
                ("余额", Role.BALANCE),
                ("币种", Role.CURRENCY),
                ("对方户名", Role.COUNTERPARTY_NAME),
                ("对方账号", Role.COUNTERPARTY_ACCOUNT),
                ("对方开户机构", Role.COUNTERPARTY_BANK),
                ("记账日期", Role.VALUE_DATE),
                ("摘要", Role.DESCRIPTION),
                ("备注", Role.DESCRIPTION),
                ("账户明细编号-交易流水号", Role.SERIAL_NUMBER),
                ("企业流水号", Role.OTHER),
                ("凭证种类", Role.OTHER),
                ("凭证号", Role.OTHER),
            ),
            source="Columns of the bank's internet banking export, as named in its user guide",
        ),
        TableLayout(
            form="personal print",
            headings=(
                ("序号", Role.INDEX),
                ("摘要", Role.DESCRIPTION),
                ("币别", Role.CURRENCY),
                ("钞汇", Role.OTHER),
                ("交易日期", Role.DATE),
                ("交易金额", Role.AMOUNT),
                ("账户余额", Role.BALANCE),
                ("交易地点/附言", Role.DESCRIPTION),
                ("对方账号与户名", Role.COUNTERPARTY),
            ),
            source="https://github.com/jiegec/china_bean_importers",
        ),
    ),
)
